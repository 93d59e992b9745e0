"""The history of an invoice: newest first, the day in the user's zone, hostile text as text."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from billops_desktop.services.invoices.invoice_details import HistoryKind
from billops_desktop.services.invoices.invoice_rows import HistoryRow, detail
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.billing.history_list import HistoryList
from tests.support import money
from tests.support.clock import MovableClock
from tests.support.factories import utc
from tests.support.present import of_kind, present


@pytest.fixture
def history(holder: QWidget) -> HistoryList:
    made = HistoryList(holder)
    made.resize(300, 400)
    made.show()
    return made


def row(kind: HistoryKind, text: str, at: str) -> HistoryRow:
    return HistoryRow(kind=kind, text=text, at=utc(at))


def words(history: HistoryList) -> list[list[str]]:
    """Return the words of each row, as they stand under each other."""
    rows = [present(history.column.itemAt(n)).widget() for n in range(1, history.column.count())]
    columns = [present(present(one).layout()) for one in rows]
    return [
        [of_kind(present(column.itemAt(n)).widget(), QLabel).text() for n in (0, 1)]
        for column in columns
    ]


def test_the_newest_stands_on_top_with_its_local_day(history: HistoryList) -> None:
    rows = [
        row("drafted", "Drafted", "2026-11-24 09:00"),
        row("issued", "Issued", "2026-11-24 23:30"),
    ]
    history.show_history(rows, "Europe/Berlin")
    assert words(history) == [["Issued", "25 Nov"], ["Drafted", "24 Nov"]]


def test_of_one_instant_the_end_stands_on_top(history: HistoryList) -> None:
    at = "2026-11-24 09:00"
    history.show_history([row("paid", "Paid", at), row("payment", "€5", at)], "UTC")
    assert [line[0] for line in words(history)] == ["Paid", "€5"]


def test_the_same_again_is_not_built_again(history: HistoryList) -> None:
    rows = (row("drafted", "Drafted", "2026-11-24 09:00"),)
    history.show_history(rows, "UTC")
    first = present(history.column.itemAt(1)).widget()
    history.show_history(list(rows), "UTC")
    assert present(history.column.itemAt(1)).widget() is first
    history.show_history((), "UTC")
    assert words(history) == []


def test_a_real_invoice_tells_its_steps(
    history: HistoryList, workspace: Workspace, clock: MovableClock
) -> None:
    issued = money.issued_item(workspace, money.make_job(workspace)).id
    clock.move(hours=1)
    money.pay(workspace, issued, "1190")
    history.show_history(workspace.read(detail, issued).history, "Europe/Berlin")
    assert "1,190.00" in " ".join(line[0] for line in words(history)[:2])
    assert len(words(history)) >= 3


def test_an_unknown_step_is_told_too(history: HistoryList) -> None:
    known = row("drafted", "Drafted", "2026-11-24 09:00")
    history.show_history([known], "UTC")
    assert getattr(present(history.column.itemAt(1)).widget(), "icon", "") == "pencil"
