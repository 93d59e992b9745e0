"""Tests for the sheet: Esc leaves without effect, Ctrl+Enter confirms, errors go to their field."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.errors import InvalidInput, Refused
from billops_desktop.ui.widgets.input.fields import FormField, TextField
from billops_desktop.ui.widgets.sheet import Sheet


def opened(qtbot: QtBot, **more: Any) -> Sheet:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    sheet = Sheet("Issue invoice 2026-0147?", "Issue", window, **more)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(sheet)
    sheet.over = window  # type: ignore[attr-defined] # kept alive with the sheet
    sheet.open()
    return sheet


def test_the_verb_does_it_and_esc_does_not(dressed: QApplication, qtbot: QtBot) -> None:
    done: list[int] = []
    sheet = opened(qtbot)
    sheet.say("It cannot be changed afterwards, only credited.")
    sheet.on_confirm(lambda: done.append(1))
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert done == []
    assert not sheet.isVisible()
    other = opened(qtbot, danger=True)

    def confirm() -> None:
        done.append(2)
        other.close_done()

    other.on_confirm(confirm)
    QTest.keyClick(other, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert done == [2]
    assert not other.isVisible()


def test_enter_alone_does_not_confirm(dressed: QApplication, qtbot: QtBot) -> None:
    done: list[int] = []
    sheet = opened(qtbot)
    sheet.on_confirm(lambda: done.append(1))
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    assert done == []


def test_an_error_goes_to_its_field_or_above_the_buttons(
    dressed: QApplication, qtbot: QtBot
) -> None:
    sheet = opened(qtbot)
    field = sheet.fields.add("name", FormField("Name", TextField("name"), sheet))
    sheet.body.addWidget(field)
    sheet.busy(True)
    assert not sheet.confirm.isEnabled()
    sheet.show_error(InvalidInput("The name is empty.", field="name"))
    assert "empty" in field.note.text()
    assert sheet.confirm.isEnabled()
    assert sheet.problem.isHidden()
    sheet.show_error(Refused("Issued already.", "Nothing was changed."))
    assert sheet.problem.text() == "Issued already. Nothing was changed."
    assert not sheet.problem.isHidden()


def test_a_question_of_danger_starts_at_the_safe_button(
    dressed: QApplication, qtbot: QtBot
) -> None:
    done: list[int] = []
    sheet = opened(qtbot, danger=True)
    sheet.on_confirm(lambda: done.append(1))
    assert sheet.focusWidget() is sheet.cancel
    QTest.keyClick(sheet.focusWidget(), Qt.Key.Key_Return)
    assert done == []
    assert not sheet.isVisible()
