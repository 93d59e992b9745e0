"""The fields that people type into: where the code makes them, how a window shows each, typing."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from billops_desktop.ui.widgets.input.fields import (
    SearchField,
    TextArea,
    TextField,
)
from billops_desktop.ui.widgets.input.floating import Bubble
from billops_desktop.ui.widgets.labels import PlainLabel
from billops_desktop.ui.widgets.panels import Banner
from billops_desktop.ui.widgets.sheet import Sheet
from tests.faults.outcome import ROOT
from tests.looks.stage import Stage
from tests.support.tour import tops

UI = ROOT / "billops_desktop" / "ui"
KINDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)
Site = tuple[str, int]
SITE = "made_at"


def field_classes() -> set[str]:
    """Return the names of all classes of fields: Qt's own, and whatever is derived from them."""
    found: set[type] = set(KINDS)
    todo = list(found)
    while todo:
        below: set[type] = set(todo.pop().__subclasses__()) - found
        found |= below
        todo += below
    return {one.__name__ for one in found} | {"QInputDialog"}


def declared_sites() -> dict[Site, str]:
    """Return every place of the window's code that makes a field: file and line, and its words."""
    names, found = field_classes(), {}
    for file in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            if name in names:
                found[(str(file), node.lineno)] = ast.unparse(node)[:60]
    return found


@contextmanager
def remembered_sites() -> Iterator[None]:
    """Let each field know where it was made, until the end of the block."""
    with pytest.MonkeyPatch.context() as patch:
        for kind in (TextField, TextArea):
            patch.setattr(kind, "__init__", _remembering(kind.__init__))
        yield


def _remembering(first: Any) -> Any:
    def made(self: QWidget, *words: Any, **more: Any) -> None:
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and frame.f_locals.get("self") is self:
            frame = frame.f_back
        assert frame is not None
        setattr(self, SITE, (frame.f_code.co_filename, frame.f_lineno))
        first(self, *words, **more)

    return made


def site_of(field: QWidget) -> Site:
    """Return where a field was made; one that is not ours was made nowhere."""
    found: Site = getattr(field, SITE, ("", 0))
    return found


def key_of(field: QWidget) -> tuple[str, Site]:
    return field.objectName(), site_of(field)


def fields(stage: Stage) -> list[QWidget]:
    """Return what can be typed into now: in the dialogs over the window, or in the window."""
    found: list[QWidget] = []
    for top in tops(stage):
        for field in top.findChildren(QWidget):
            if isinstance(field, QComboBox) and not field.isEditable():
                continue
            if isinstance(field, (*KINDS, QComboBox)) and field.isVisible() and field.isEnabled():
                found.append(field)
    return found


def writable(field: QWidget) -> bool:
    """Tell whether a field takes what is typed, and is not only read and copied."""
    return not getattr(field, "isReadOnly", bool)()


def text_of(field: QWidget) -> str:
    """Return what stands in a field."""
    return str(field.text() if hasattr(field, "text") else field.currentText())  # type: ignore[attr-defined]  # one of both


def paste(field: QWidget, text: str) -> None:
    """Put a text into a field as a user does: go there, choose all, paste."""
    field.window().activateWindow()
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QApplication.clipboard().setText(text)
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def submit(stage: Stage, field: QWidget, press: str) -> None:
    """Press Enter in a field, leave it, then press the button of its form."""
    window = field.window()
    if not isinstance(field, (QPlainTextEdit, QTextEdit)):
        QTest.keyClick(field, Qt.Key.Key_Return)
        stage.settle()
    if shiboken6.isValid(field) and field.isVisible():
        field.clearFocus()
        stage.settle()
    if shiboken6.isValid(window) and isinstance(window, Sheet) and window.isVisible():
        if window.confirm.isEnabled():
            window.confirm.click()
    elif isinstance(field, SearchField):
        pass  # what is looked for is not the form's
    elif press and any(one.isVisible() for one in stage.window.findChildren(QWidget, press)):
        stage.press(press)
    stage.settle()


def told_at(field: QWidget) -> bool:
    """Tell whether a refusal stands at a field: framed in red, or in words just under it."""
    if not shiboken6.isValid(field):
        return False
    if field.property("wrong"):
        return True
    if any(one.isVisible() and one.under.isAncestorOf(field) for one in _bubbles(field)):
        return True
    parent = field.parentWidget()
    return parent is not None and any(
        label.ink == "bad" and label.isVisible() and label.text()
        for label in parent.findChildren(PlainLabel)
    )


def _bubbles(field: QWidget) -> list[Bubble]:
    return field.window().findChildren(Bubble)


def told(stage: Stage) -> list[str]:
    """Return the refusals that can be seen anywhere, in words."""
    found = []
    for top in (*stage.over(), stage.window):
        found += [
            label.text()
            for label in top.findChildren(PlainLabel)
            if label.ink == "bad" and label.isVisible()
        ]
        found += [
            one.objectName()
            for one in top.findChildren(Banner)
            if one.tone == "bad" and one.isVisible()
        ]
    return [words for words in found if words]


def place(site: Site) -> str:
    """Return where a field is made, to read."""
    return f"{Path(site[0]).relative_to(ROOT)}:{site[1]}" if site[0] else "Qt itself"
