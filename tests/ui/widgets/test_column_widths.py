"""Tests for the widths of columns: shared out, drawn by the user, remembered, given back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QMainWindow

from billops_desktop.ui.shell.window_state import WindowState
from billops_desktop.ui.table import Column, Table

COLUMNS = [
    Column(name="name", title="Name", value=str),
    Column(name="note", title="Note", value=str),
    Column(name="sum", title="Sum", value=str, width=100),
]


@pytest.fixture
def show(dressed: Any, qtbot: Any, tmp_path: Path) -> Any:
    windows: list[QMainWindow] = []

    def made() -> Table:
        window: Any = QMainWindow()
        windows.append(window)
        window.state = WindowState(tmp_path / "window.json")
        qtbot.addWidget(window)
        table = Table(COLUMNS, "smallTable", window)
        window.setCentralWidget(table)
        window.resize(700, 300)
        window.show()
        return table

    return made


def widths(table: Table) -> list[int]:
    return [table.columnWidth(number) for number in range(3)]


def test_growing_columns_share_what_is_left(show: Any) -> None:
    assert widths(show()) == [300, 300, 100]


def test_a_drawn_column_stays_and_the_others_make_room(show: Any) -> None:
    table = show()
    table.horizontalHeader().resizeSection(2, 160)
    assert widths(table) == [270, 270, 160]
    table.window().resize(900, 300)
    assert widths(table) == [370, 370, 160]


def test_what_was_drawn_is_there_after_a_restart(show: Any) -> None:
    table = show()
    table.horizontalHeader().resizeSection(0, 150)
    table.window().state.save()
    again = show()
    assert widths(again) == [150, 450, 100]
    again.horizontalHeader().sectionHandleDoubleClicked.emit(0)
    assert widths(again) == [300, 300, 100]


def test_the_width_is_always_filled_and_nonsense_is_forgotten(show: Any) -> None:
    table = show()
    for number in (0, 1):
        table.horizontalHeader().resizeSection(number, 120)
    assert sum(widths(table)) == table.viewport().width()
    state = table.window().state
    state.put("columns smallTable", {"name": "wide", "gone": 5, "sum": 1})
    state.save()
    assert widths(show()) == [330, 330, 40]
