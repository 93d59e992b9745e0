"""What is painted of an entry: its fill, its warning, the places of its buttons."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from billops_desktop.services import tracking
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui import icons, theme
from billops_desktop.ui.views.entries.entry_model import Field, lines_of
from billops_desktop.ui.views.entries.entry_painter import (
    continue_place,
    more_place,
    names_area,
    paint_unbilled,
    tag_width,
)
from billops_desktop.ui.views.entries.entry_table import EntryTable
from tests.support.clock import MovableClock
from tests.support.factories import log


@pytest.fixture
def table(
    workspace: Workspace, clock: MovableClock, dressed: QApplication, qtbot: QtBot
) -> EntryTable:
    log(workspace, "2026-11-25 08:00", description="Alone")
    log(workspace, "2026-11-25 10:00", description="One")
    log(workspace, "2026-11-25 10:30", description="Other")
    made = EntryTable(clock.now)
    theme.dress(made)
    qtbot.addWidget(made)
    made.resize(800, 300)
    made.show()
    groups = workspace.read(tracking.day_groups, date(2026, 11, 23), date(2026, 11, 29))
    made.show_lines(lines_of(groups, workspace.read(tracking.today).day))
    return made


def colours(table: EntryTable, place: int, field: Field) -> set[str]:
    picture = table.viewport().grab(table.cell_rect(place, field)).toImage()
    return {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
    }


def test_an_overlap_is_painted_in_amber(table: EntryTable) -> None:
    assert theme.colour("warn").name() in colours(table, 1, Field.RANGE)
    assert theme.colour("warn").name() not in colours(table, 3, Field.RANGE)


def test_a_selected_row_is_filled_and_every_row_has_a_box(table: EntryTable) -> None:
    row = table.entries.rows()[0]
    assert theme.colour("bg_selected").name() not in colours(table, 1, Field.DESCRIPTION)
    table.toggle(row)
    assert theme.colour("bg_selected").name() in colours(table, 1, Field.DESCRIPTION)
    assert theme.colour("accent").name() in colours(table, 1, Field.DESCRIPTION)
    assert theme.colour("border_control").name() in colours(table, 2, Field.DESCRIPTION)


def test_dark_rows_are_dark(table: EntryTable) -> None:
    theme.SWITCH.choose("dark")
    assert theme.colour("bg_surface").name() in colours(table, 1, Field.DURATION)
    assert "#ffffff" not in colours(table, 1, Field.DURATION)


def test_the_buttons_of_a_row_stand_beside_each_other() -> None:
    cell = QRect(400, 40, 68, 44)
    left, right = continue_place(cell), more_place(cell)
    assert not left.intersects(right)
    assert cell.contains(left)
    assert cell.contains(right)
    assert left.width() >= 28


def test_names_reach_over_empty_places_and_end_before_the_buttons() -> None:
    cells = [QRectF(100 * field, 0, 100, 44) for field in Field]
    assert names_area(cells, buttons=False, locked=False).right() == cells[Field.LOCK].right()
    assert names_area(cells, buttons=False, locked=True).right() == cells[Field.ACTIONS].right()
    assert names_area(cells, buttons=True, locked=False).right() == cells[Field.PROJECT].right()


def test_a_task_never_pushes_out_project_or_client(table: EntryTable) -> None:
    row = table.entries.rows()[0]._replace(
        project_name="Website relaunch",
        client_name="Acme GmbH",
        task_name="Development",
    )
    assert tag_width(row, 200) == 0
    assert tag_width(row, 400) > 0


@pytest.mark.parametrize("contrast", [False, True])
def test_what_is_not_billed_is_struck_through(dressed: QApplication, contrast: bool) -> None:
    theme.SWITCH.wear(theme.Theme(high_contrast=contrast))
    pictures = []
    for strike in (False, True):
        image = QImage(20, 20, QImage.Format.Format_RGB32)
        image.fill(theme.colour("bg_surface"))
        painter = QPainter(image)
        if strike:
            paint_unbilled(painter, QRectF(0, 0, 20, 20), "bg_surface")
        else:
            icons.paint(painter, QRectF(0, 0, 20, 20), "circle-dollar-sign", "text3")
        painter.end()
        pictures.append(image)
    theme.SWITCH.choose("light")
    # Outside of the sign, where only the stroke reaches.
    assert [one.pixelColor(15, 4).lightness() < 200 for one in pictures] == [False, True]
