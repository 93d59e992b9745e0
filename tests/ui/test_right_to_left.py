"""A mirrored window: columns from the right, names in Arabic whole, figures as they are read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from billops_desktop.ui import theme
from billops_desktop.ui.table import Table
from billops_desktop.ui.widgets.cells import Column, RowDelegate
from billops_desktop.ui.widgets.labels import KeyCap

ARABIC = "\u0634\u0631\u0643\u0629 \u0627\u0644\u0645\u062b\u0627\u0644"


COLUMNS = (
    Column(name="number", title="Number", value=lambda row: row[0], width=90),
    Column(name="client", title="Client", value=lambda row: row[1]),
)
ROWS = [("0139", ARABIC), ("0141", "Globex")]


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_columns_run_from_the_right_and_names_are_written_whole(
    mirrored: None, dressed: QApplication, qtbot: QtBot
) -> None:
    table = Table(COLUMNS, "mirrored")
    qtbot.addWidget(table)
    table.resize(700, 400)
    table.set_rows(ROWS)
    table.show()
    first, second = (table.visualRect(table.model().index(0, column)) for column in (0, 1))
    assert first.left() > second.left()
    picture = table.viewport().grab(second).toImage()
    ground = picture.pixel(2, 2)
    inked = [x for x in range(picture.width()) if any(
        picture.pixel(x, y) != ground for y in range(8, picture.height() - 8)
    )]  # fmt: skip
    # It begins at the right edge of its column, and ends before the left one.
    assert picture.width() - max(inked) < 20
    assert min(inked) > 40


def painted(direction: Qt.LayoutDirection, words: str) -> QImage:
    """Return a figure's cell as it is painted in a window of a direction."""
    column = Column(name="hours", title="Hours", value=lambda row: row, align="right")
    table = Table((column, COLUMNS[1]), "hours")
    table.set_rows(ROWS)
    image = QImage(160, 40, QImage.Format.Format_RGB32)
    image.fill(theme.colour("bg_surface"))
    painter = QPainter(image)
    painter.setLayoutDirection(direction)
    assert isinstance(table.delegate, RowDelegate)
    table.delegate.cell(painter, QRectF(0, 0, 160, 40), 0, words)
    painter.end()
    return image


@pytest.mark.parametrize("words", ["109 h 25", "\u20ac115.00/h", "US$11,753,086.42", "1:05"])
def test_figures_are_painted_as_in_every_window(dressed: QApplication, words: str) -> None:
    usual = painted(Qt.LayoutDirection.LeftToRight, words)
    assert painted(Qt.LayoutDirection.RightToLeft, words) == usual


def test_keys_are_written_as_in_every_window(dressed: QApplication, qtbot: QtBot) -> None:
    pictures = []
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        dressed.setLayoutDirection(direction)
        cap = KeyCap("Ctrl+.")
        qtbot.addWidget(cap)
        cap.resize(cap.sizeHint())
        pictures.append(cap.grab().toImage())
    dressed.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert pictures[0] == pictures[1]
