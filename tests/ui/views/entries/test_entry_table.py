"""The list says what is asked of an entry: by keys, by clicks, by walking."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from billops_desktop.services import tracking
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.entries.entry_model import Field, lines_of
from billops_desktop.ui.views.entries.entry_table import EntryTable
from tests.support.clock import MovableClock
from tests.support.factories import log
from tests.support.present import present


@pytest.fixture
def table(
    workspace: Workspace, clock: MovableClock, dressed: QApplication, qtbot: QtBot
) -> EntryTable:
    log(workspace, "2026-11-25 08:00", description="One")
    log(workspace, "2026-11-25 10:00", description="Two")
    made = EntryTable(clock.now)
    qtbot.addWidget(made)
    made.resize(800, 300)
    made.show()
    groups = workspace.read(tracking.day_groups, date(2026, 11, 23), date(2026, 11, 29))
    made.show_lines(lines_of(groups, workspace.read(tracking.today).day))
    made.setFocus()
    return made


@pytest.mark.parametrize(
    ("key", "signal"),
    [
        (Qt.Key.Key_Delete, "delete_wanted"),
        (Qt.Key.Key_C, "continue_wanted"),
        (Qt.Key.Key_P, "project_wanted"),
        (Qt.Key.Key_B, "billable_wanted"),
    ],
)
def test_keys_ask_for_deeds(table: EntryTable, qtbot: QtBot, key: Qt.Key, signal: str) -> None:
    with qtbot.waitSignal(getattr(table, signal), timeout=500):
        QTest.keyClick(table, key)


def test_f2_and_e_open_fields(table: EntryTable) -> None:
    QTest.keyClick(table, Qt.Key.Key_F2)
    assert present(table.editor).field == Field.DESCRIPTION
    QTest.keyClick(present(table.editor), Qt.Key.Key_Escape)
    QTest.keyClick(table, Qt.Key.Key_E)
    assert present(table.editor).field == Field.RANGE


def test_letters_that_mean_nothing_here_go_to_the_page(table: EntryTable) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier, "n")
    table.keyPressEvent(event)
    assert not event.isAccepted()


def test_leaving_a_field_keeps_it(table: EntryTable, qtbot: QtBot) -> None:
    QTest.keyClick(table, Qt.Key.Key_F2)
    present(table.editor).setText("Changed")
    with qtbot.waitSignal(table.save_wanted, timeout=500) as asked:
        table.setFocus()
    row, edit, editor = asked.args
    assert (row.description, edit.description) == ("Two", "Changed")
    editor.saved()
    assert table.editor is None


def test_tab_walks_from_the_last_field_to_the_next_entry(table: EntryTable) -> None:
    row = table.entries.rows()[0]
    table.edit_field(row, Field.DURATION)
    QTest.keyClick(present(table.editor), Qt.Key.Key_Tab)
    assert (present(table.editor).row.description, present(table.editor).field) == (
        "One",
        Field.DESCRIPTION,
    )


def test_a_project_is_asked_for_under_its_cell(table: EntryTable, qtbot: QtBot) -> None:
    row = table.entries.rows()[1]
    with qtbot.waitSignal(table.project_wanted, timeout=500) as asked:
        table.edit_field(row, Field.PROJECT, walking=1)
    assert asked.args[1].geometry() == table.cell_rect(
        table.entries.place_of(row.id), Field.PROJECT
    )
    assert asked.args[2] == 1
