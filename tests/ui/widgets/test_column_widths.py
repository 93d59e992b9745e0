"""Tests for the widths of columns: shared out, drawn by the user, remembered, given back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from billops_desktop.ui import fonts
from billops_desktop.ui.shell.window_state import WindowState
from billops_desktop.ui.table import Column, Table

COLUMNS = [
    Column(name="name", title="Name", value=str),
    Column(name="note", title="Note", value=str),
    Column(name="sum", title="Sum", value=str, width=100),
]


@pytest.fixture
def show(dressed: QApplication, qtbot: QtBot, tmp_path: Path) -> Any:
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


def test_a_column_is_as_wide_as_its_title_and_its_figures(
    dressed: QApplication, qtbot: QtBot
) -> None:
    columns = [
        Column(name="name", title="Name", value=str),
        Column(name="sum", title="Total", value=str, width=60, align="right"),
        Column(name="state", title="A title that is long", value=lambda _row: "", width=40),
    ]
    table = Table(columns, "figures")
    qtbot.addWidget(table)
    table.resize(700, 300)
    table.show()
    title = fonts.metrics("small_medium").horizontalAdvance("A title that is long")
    assert table.columnWidth(2) > title
    narrow = table.columnWidth(1)
    table.set_rows(["KWD 11,753,086.420"])
    figure = fonts.metrics("body", figures=True).horizontalAdvance("KWD 11,753,086.420")
    assert table.columnWidth(1) > figure > narrow
    table.set_rows(["1"] * 3)
    assert table.columnWidth(1) == narrow


def test_figures_far_down_the_list_widen_their_column_when_they_come_in_sight(
    dressed: QApplication, qtbot: QtBot
) -> None:
    column = Column(name="sum", title="Sum", value=str, width=60, align="right")
    table = Table([Column(name="name", title="Name", value=str), column], "figures")
    qtbot.addWidget(table)
    table.resize(500, 300)
    table.show()
    table.set_rows(["1"] * 400 + ["11,753,086.420"])
    narrow = table.columnWidth(1)
    table.scrollToBottom()
    table.grab()
    qtbot.waitUntil(lambda: table.columnWidth(1) > narrow)
    assert table.columnWidth(1) > fonts.metrics("body").horizontalAdvance("11,753,086.420")
