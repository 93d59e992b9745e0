"""Tests for cells: columns give words and raw values, painters stay inside, the header sorts."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from billops_desktop.ui import theme
from billops_desktop.ui.widgets import cells, labels
from billops_desktop.ui.widgets.cells import Column

ROW = SimpleNamespace(name="Umbra AG", state=("Overdue", "bad"), hue="teal")


@pytest.mark.parametrize(
    "paint",
    [
        cells.badge_cell(lambda row: row.state),
        cells.project_cell(lambda row: (row.hue, "ERP migration", row.name)),
        cells.two_line_cell(lambda row: (row.name, "ERP migration")),
    ],
)
def test_painters_draw_in_their_cell_and_nowhere_else(dressed: QApplication, paint: Any) -> None:
    image = QImage(300, 60, QImage.Format.Format_ARGB32)
    image.fill(theme.colour("bg_surface"))
    painter = QPainter(image)
    paint(painter, QRectF(50, 10, 200, 40), ROW)
    painter.end()
    ground = theme.colour("bg_surface").rgba()
    touched = [
        (x, y) for x in range(300) for y in range(60) if image.pixelColor(x, y).rgba() != ground
    ]
    assert touched
    assert all(49 <= x <= 251 and 9 <= y <= 51 for x, y in touched)


def test_a_column_gives_words_and_raw_values() -> None:
    column = Column(
        name="name",
        title="Client",
        value=lambda row: row.name,
        align="right",
        ink=lambda row: "bad" if row.state[1] == "bad" else "text",
    )
    assert column.words(ROW) == "Umbra AG"
    assert column.ink_of(ROW) == "bad"
    assert column.flag & Qt.AlignmentFlag.AlignRight
    assert cells.plain(None) == ""
    worded = Column(name="x", title="X", value=lambda _row: 1, text=lambda _row: "one")
    assert worded.words(ROW) == "one"


def test_a_line_is_cut_to_its_room(dressed: QApplication) -> None:
    image = QImage(100, 20, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    assert labels.line(painter, QRectF(0, 0, 40, 20), "far too long for this") <= 41
    assert labels.line(painter, QRectF(0, 0, 2, 20), "x") == 0
    painter.end()
