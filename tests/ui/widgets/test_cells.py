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


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_a_hairline_is_as_thick_under_every_row(dressed: Any, ratio: float) -> None:
    image = QImage(round(20 * ratio), round(200 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(theme.colour("bg_surface"))
    painter = QPainter(image)
    bottoms = list(range(44, 200, 44))
    for bottom in bottoms:
        cells.hairline(painter, 0, 20, bottom)
    painter.end()
    ink = theme.colour("border_subtle").rgb()
    thick = sum(image.pixel(5, y) == ink for y in range(image.height()))
    others = {image.pixel(5, y) for y in range(image.height())}
    assert others == {ink, theme.colour("bg_surface").rgb()}, "a line is blurred"
    assert thick == len(bottoms) * int(ratio)
