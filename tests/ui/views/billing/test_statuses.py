"""The word, tone and next step of an invoice in each of its states."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from billops_desktop.services.invoices import corrections, invoicing
from billops_desktop.services.invoices.invoice_rows import InvoiceRow, detail
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.billing.statuses import is_payable, next_step, status_words
from tests.support import money
from tests.support.clock import MovableClock


@pytest.fixture
def row(workspace: Workspace) -> Callable[[str], InvoiceRow]:
    """Return a function that reads the row of an invoice."""
    return lambda invoice_id: workspace.read(detail, invoice_id).row


def seen(row: InvoiceRow) -> tuple[tuple[str, str], str, bool]:
    return status_words(row), next_step(row), is_payable(row)


def test_a_draft_is_reviewed(workspace: Workspace, row: Callable[[str], InvoiceRow]) -> None:
    draft = money.draft_item(workspace, money.make_job(workspace))
    assert seen(row(draft)) == (("Draft", "neutral"), "Review", False)


def test_payments_lead_from_issued_to_paid(
    workspace: Workspace, row: Callable[[str], InvoiceRow]
) -> None:
    issued = money.issued_item(workspace, money.make_job(workspace)).id
    assert seen(row(issued)) == (("Open", "info"), "Record payment", True)
    money.pay(workspace, issued, "500")
    assert seen(row(issued)) == (("Part paid", "warn"), "Record payment", True)
    money.pay(workspace, issued, "690")
    assert seen(row(issued)) == (("Paid", "ok"), "Open PDF", True)


def test_what_is_late_is_bad(
    workspace: Workspace, row: Callable[[str], InvoiceRow], clock: MovableClock
) -> None:
    issued = money.issued_item(workspace, money.make_job(workspace), due_on=date(2026, 11, 26)).id
    clock.move(days=5)
    assert seen(row(issued)) == (("Overdue", "bad"), "Record payment", True)


def test_a_cancelled_invoice_and_its_credit_note_take_no_money(
    workspace: Workspace, row: Callable[[str], InvoiceRow]
) -> None:
    issued = money.issued_item(workspace, money.make_job(workspace)).id
    note = workspace.execute(corrections.cancel, issued, reason="Twice")
    assert seen(row(note.id))[0] == ("Credit note", "neutral")
    assert seen(row(note.id))[1:] == ("Open PDF", False)
    assert status_words(row(issued)) == ("Credited", "neutral")
    assert next_step(row(issued)) == "Open PDF"


def test_every_word_is_of_an_issued_state(
    workspace: Workspace, row: Callable[[str], InvoiceRow]
) -> None:
    draft = money.draft_item(workspace, money.make_job(workspace))
    workspace.execute(invoicing.issue, draft)
    assert status_words(row(draft))[0] != "Draft"
