"""How the list looks and moves: columns share the width, headings stick and are stepped over."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from billops_desktop.services import tracking
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui import theme
from billops_desktop.ui.views.entries.entry_model import DayLine, EntryLine, Field, lines_of
from billops_desktop.ui.views.entries.entry_painter import HEADING
from billops_desktop.ui.views.entries.entry_table import EntryTable
from tests.support.clock import MovableClock
from tests.support.factories import log
from tests.support.present import present


def lines(workspace: Workspace) -> list[EntryLine | DayLine]:
    groups = workspace.read(tracking.day_groups, date(2026, 11, 23), date(2026, 11, 29))
    return lines_of(groups, workspace.read(tracking.today).day)


@pytest.fixture
def table(
    workspace: Workspace, clock: MovableClock, dressed: QApplication, qtbot: QtBot
) -> EntryTable:
    for hour in range(8, 14):
        log(workspace, f"2026-11-24 {hour:02d}:00", description=f"At {hour}")
    log(workspace, "2026-11-25 09:00", description="Today's")
    made = EntryTable(clock.now)
    qtbot.addWidget(made)
    made.resize(800, 260)
    made.show()
    made.show_lines(lines(workspace))
    return made


def test_columns_fill_the_width_exactly(table: EntryTable) -> None:
    for width in (500, 556, 656, 800, 1100):
        table.resize(width, 260)
        total = sum(table.columnWidth(field) for field in Field)
        assert total == table.viewport().width()
    assert table.columnWidth(Field.DESCRIPTION) == round(table.viewport().width() * 0.345)


def test_rows_are_44_high_and_headings_span(table: EntryTable) -> None:
    assert table.rowHeight(1) == 44
    assert table.rowHeight(0) == HEADING
    assert table.columnSpan(0, 0) == len(Field)


def test_arrow_keys_step_over_headings(table: EntryTable) -> None:
    table.setFocus()
    assert present(table.current_row()).description == "Today's"
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert present(table.current_row()).description == "At 13"
    QTest.keyClick(table, Qt.Key.Key_Up)
    assert present(table.current_row()).description == "Today's"
    QTest.keyClick(table, Qt.Key.Key_Up)
    assert present(table.current_row()).description == "Today's"
    QTest.keyClick(table, Qt.Key.Key_Right)
    assert table.currentIndex().column() == Field.PROJECT


def test_focus_selection_and_scroll_survive_new_rows(
    workspace: Workspace, table: EntryTable
) -> None:
    table.setFocus()
    table.go_to(4, Field.RANGE)
    row = table.current_row()
    table.toggle(present(row))
    table.verticalScrollBar().setValue(60)
    log(workspace, "2026-11-24 20:00", description="Late")
    table.show_lines(lines(workspace))
    assert present(table.current_row()).id == present(row).id
    assert table.currentIndex().column() == Field.RANGE
    assert table.entries.selected == {present(row).id}


def test_the_heading_of_the_day_sticks_while_its_rows_scroll(table: EntryTable) -> None:
    place = table.entries.place_of(table.entries.rows()[-1].id)
    assert place > 0
    bar = table.verticalScrollBar()
    bar.setValue(bar.maximum())
    picture = table.viewport().grab().toImage()
    line = picture.pixelColor(5, HEADING - 1)
    assert line == theme.colour("border_subtle")
    bar.setValue(0)
    picture = table.viewport().grab().toImage()
    assert picture.pixelColor(5, HEADING - 1) != theme.colour("text")


def test_hovering_lights_one_row_and_shows_its_buttons(table: EntryTable) -> None:
    row = table.entries.rows()[1]
    cell = table.cell_rect(table.entries.place_of(row.id), Field.ACTIONS)
    before = table.viewport().grab(cell).toImage()
    QTest.mouseMove(table.viewport(), cell.center())
    assert table.hovered == row.id
    assert table.viewport().grab(cell).toImage() != before
    QTest.mouseMove(table.viewport(), QPoint(10, 10))
    assert table.hovered == ""
    assert table.viewport().grab(cell).toImage() == before
