"""The list of invoices: cells, the step of the row that is looked at, single keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.services.invoices.invoice_rows import InvoiceRow, invoices
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.billing.invoice_table import InvoiceTable, columns
from tests.support import money
from tests.support.hands import Hands


@pytest.fixture
def rows(workspace: Workspace) -> dict[str, InvoiceRow]:
    """Return a draft and an issued invoice of one client."""
    job = money.make_job(workspace)
    money.draft_item(workspace, job, "50")
    money.issued_item(workspace, job)
    found = workspace.read(invoices).rows
    return {row.state: row for row in found}


@pytest.fixture
def table(holder: QWidget, rows: dict[str, InvoiceRow], hands: Hands) -> InvoiceTable:
    made = InvoiceTable(holder)
    made.resize(1000, 300)
    made.set_rows((rows["draft"], rows["issued"]))
    made.show()
    hands.activate(holder)
    return made


def cells(row: InvoiceRow) -> dict[str, str]:
    return {column.name: column.words(row) for column in columns()}


def test_a_draft_has_no_number_no_due_day_and_nothing_open(rows: dict[str, InvoiceRow]) -> None:
    found = cells(rows["draft"])
    assert (found["number"], found["due"], found["open"]) == ("—", "—", "—")
    assert (found["status"], found["total"]) == ("Draft", "€59.50")


def test_an_issued_one_shows_what_is_open(rows: dict[str, InvoiceRow]) -> None:
    found = cells(rows["issued"])
    assert (found["number"], found["client"]) == ("2026-0001", "Acme GmbH")
    assert (found["status"], found["open"]) == ("Open", "€1,190.00")
    assert found["due"] != "—"


def test_the_step_shows_only_where_one_looks(table: InvoiceTable) -> None:
    table.setFocus()
    table.selectRow(1)
    assert table.step_area(0).isEmpty()
    assert not table.step_area(1).isEmpty()
    table.clearFocus()
    assert table.step_area(1).isEmpty()
    assert table.step_area(99).isEmpty()


def test_a_click_on_the_step_wants_it_and_beside_it_only_chooses(
    table: InvoiceTable, qtbot: QtBot
) -> None:
    table.setFocus()
    table.selectRow(1)
    area = table.step_area(1)
    with qtbot.waitSignal(table.step_wanted) as wanted:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=area.center().toPoint())
    assert wanted.args[0].state == "issued"
    with qtbot.assertNotEmitted(table.step_wanted):
        beside = table.visualRect(table.rows_model.index(0, 1)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    assert table.current().state == "draft"


def test_single_keys_name_a_step_for_the_row(table: InvoiceTable) -> None:
    typed = []
    table.key_pressed.connect(lambda key_id, row: typed.append((key_id, row.state)))
    table.setFocus()
    table.selectRow(1)
    for key in (Qt.Key.Key_P, Qt.Key.Key_O, Qt.Key.Key_D, Qt.Key.Key_C, Qt.Key.Key_X):
        QTest.keyClick(table, key)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    steps = ("invoice.pay", "invoice.pdf", "invoice.copy", "invoice.credit")
    assert typed == [(step, "issued") for step in steps]


@pytest.mark.parametrize("width", [536, 630, 760, 860, 1000])
def test_names_keep_their_room_and_money_is_never_cut(table: InvoiceTable, width: int) -> None:
    table.resize(width, 300)
    places = {column.name: number for number, column in enumerate(table.rows_model.columns)}
    shown = {name for name, number in places.items() if not table.isColumnHidden(number)}
    assert table.columnWidth(places["client"]) >= 104
    for name in shown & {"total", "open"}:
        right = table.columnViewportPosition(places[name]) + table.columnWidth(places[name])
        assert right <= table.viewport().width()
        assert table.columnWidth(places[name]) >= table.widths.needed(places[name])
    assert shown >= {"number", "client", "status", "open"}
    # The note goes first, the total next; the day it is due stays.
    assert ("note" in shown) == (width > 800)
    assert "due" in shown
    assert ("total" in shown) == (width > 600)
    if "note" in shown:
        assert table.columnWidth(places["note"]) >= table.widths.needed(places["note"])


def test_the_step_has_room_where_the_note_yielded(table: InvoiceTable) -> None:
    table.resize(536, 300)
    table.setFocus()
    table.selectRow(1)
    total = table.visualRect(table.rows_model.index(1, 6))
    area = table.step_area(1)
    assert not area.isEmpty()
    assert 0 < area.left() < area.right() <= total.left()


def test_what_a_narrow_list_gives_up_is_not_taken_for_drawn_by_the_user(
    table: InvoiceTable,
) -> None:
    table.resize(536, 300)
    assert table.widths.drawn == {}
    table.header.resizeSection(2, 110)
    assert table.widths.drawn == {"status": 110}
    assert table.columnWidth(1) >= 104
