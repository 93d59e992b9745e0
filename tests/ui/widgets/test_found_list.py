"""The list of what was found: what fits, headings that are passed over, what is read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from billops_desktop.ui.widgets.found_list import FoundList, FoundPainter, fits
from billops_desktop.ui.widgets.labels import line


@dataclass(frozen=True)
class Found:
    words: str
    heading: str = ""

    def spoken(self) -> str:
        return self.heading or self.words


class Painter(FoundPainter):
    def paint_line(self, painter: QPainter, area: QRectF, found: Any) -> None:
        line(painter, area, found.words)


@pytest.fixture
def shown(dressed: QApplication, qtbot: QtBot) -> Iterator[FoundList]:
    from PySide6.QtWidgets import QWidget

    parent = QWidget()
    qtbot.addWidget(parent)
    made = FoundList("found", "Results", parent)
    made.setItemDelegate(Painter(made))
    made.show_lines([Found("", "A"), Found("one"), Found("", "B"), Found("two"), Found("three")])
    made.resize(200, 300)
    parent.show()
    yield made
    # The list lives as long as what it stands on.
    parent.hide()


@pytest.mark.parametrize(
    ("typed", "fit"),
    [("web", 0), ("acme web", 0), ("launch", 1), ("wbst", 3), ("zzz", None), ("acme/web", 0)],
)
def test_words_rank_before_letters(typed: str, fit: int | None) -> None:
    assert fits(typed, "Website relaunch Acme GmbH") == fit


def test_it_stands_on_the_first_line_that_can_be_chosen(shown: FoundList) -> None:
    assert shown.currentIndex().row() == 1
    assert shown.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) == "one"
    assert shown.found.index(0).flags() == Qt.ItemFlag.NoItemFlags


@pytest.mark.parametrize(("steps", "row"), [((1,), 3), ((1, -1), 1), ((-1,), 1), ((8,), 4)])
def test_walking_passes_over_headings(shown: FoundList, steps: tuple[int, ...], row: int) -> None:
    for step in steps:
        shown.walk(step)
    assert shown.currentIndex().row() == row


def test_headings_are_lower_than_lines(shown: FoundList) -> None:
    heading, found = (Painter.height_of([shown.found.lines[row]]) for row in (0, 1))
    assert heading < found
    assert Painter.height_of(shown.found.lines) == 2 * heading + 3 * found
    assert not shown.grab().isNull()
