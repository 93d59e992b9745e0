"""No words are cut: large text, 40 % longer words, a window from right to left (U-16)."""

from __future__ import annotations

import gettext
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QWidget,
)

from billops_desktop import i18n
from billops_desktop.ui import fonts
from billops_desktop.ui.widgets.labels import ElidedLabel, PlainLabel, escaped
from tests.looks.scenes import CROWDED, EVERY
from tests.support.tour import Tour, empty_scenes, page_scenes, parts, sheet_scenes, told, tops

SIZE = (1280, 800)
MORE = 0.4


class Longer(gettext.NullTranslations):
    """English whose every message is 40 % longer, as many languages are."""

    def gettext(self, message: str) -> str:
        return message + " " + "m" * max(round(len(message) * MORE) - 1, 1)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def cut(one: QWidget) -> str:
    """Return what of a widget's words does not fit, nothing when all do."""
    metrics = QFontMetrics(one.font())
    if isinstance(one, QHeaderView) and one.orientation() == Qt.Orientation.Horizontal:
        return ", ".join(cut_titles(one))
    # Names that users give are marked to be shortened; the tooltip has the whole.
    if isinstance(one, PlainLabel) and not isinstance(one, ElidedLabel):
        return cut_label(one, metrics)
    words, beside = words_of(one)
    wide = metrics.horizontalAdvance(words) + beside > one.width()
    high = isinstance(one, QAbstractButton) and metrics.height() > one.height()
    return words if words and (wide or high) and one.toolTip() != escaped(words) else ""


def words_of(one: QWidget) -> tuple[str, int]:
    """Return the words of a button or field and the room that stands beside them."""
    if isinstance(one, QAbstractButton):
        return one.text().replace("&&", "&"), 24 if getattr(one, "icon_name", "") else 0
    if isinstance(one, QComboBox):
        return one.currentText(), 40
    if isinstance(one, QLineEdit) and not one.text():
        return one.placeholderText(), one.textMargins().left() + one.textMargins().right() + 12
    return "", 0


def cut_label(label: PlainLabel, metrics: QFontMetrics) -> str:
    """Return the words of a label that stand outside of it."""
    room = label.contentsRect()
    if label.wordWrap():
        return label.text() if label.heightForWidth(label.width()) > label.height() else ""
    lines = label.text().split("\n")
    wide = max(metrics.horizontalAdvance(line) for line in lines) > room.width() + 1
    high = metrics.height() * len(lines) > room.height() + 2
    return label.text() if wide or high else ""


def cut_titles(header: QHeaderView) -> Iterator[str]:
    """Yield the titles of columns that do not fit over them."""
    metrics = QFontMetrics(fonts.font("small_medium"))
    model = header.model()
    for column in range(header.count()):
        title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        if title and metrics.horizontalAdvance(title) > header.sectionSize(column):
            yield title


@pytest.mark.parametrize(("percent", "longer"), [(100, False), (160, False), (100, True)])
def test_no_words_are_cut(
    tour: Tour, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, percent: int, longer: bool
) -> None:
    fonts.install(qapp, percent)
    if longer:
        words = i18n.Translator("en", Longer())
        monkeypatch.setattr(i18n._Current, "words", words)
    faults = [
        f"{name}: {cut(one)!r} in {told(one)} {one.width()}x{one.height()}"
        for name, stage in tour((*page_scenes(), *sheet_scenes(), *empty_scenes()), size=SIZE)
        for top in tops(stage)
        for one in parts(top)
        if not one.visibleRegion().isEmpty() and cut(one)
    ]
    assert not faults, "\n".join(faults)


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def left_of(one: QWidget, window: QWidget) -> int:
    return one.mapTo(window, QPoint()).x()


def test_the_window_is_mirrored_and_nothing_is_cut(mirrored: None, tour: Tour) -> None:
    # The company of these has a client in Hebrew, projects that begin so, and money of all sizes.
    scenes = [one for one in EVERY if one.fill is CROWDED.keywords["fill"]]
    assert len(scenes) >= 7
    faults = []
    for name, stage in tour(scenes, size=SIZE):
        window = stage.window
        assert left_of(window.sidebar, window) > left_of(window.page_now(), window), name
        for top in tops(stage):
            faults += [
                f"{name}: {cut(one)!r} in {told(one)}"
                for one in parts(top)
                if not one.visibleRegion().isEmpty() and cut(one)
            ]
    assert not faults, "\n".join(faults)
