"""Cancelling: a credit note over all of it, entries freed or kept, paid money becomes credit."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from billops_desktop.domain.billing.lifecycle import Status
from billops_desktop.errors import InvalidInput, Refused
from billops_desktop.services.directory import clients
from billops_desktop.services.invoices import (
    corrections,
    invoice_rows,
    invoicing,
    payments,
    rendering,
)
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import Event, TimeEntry
from tests.support import money


def issued_time(workspace: Workspace) -> tuple[money.Job, str, str]:
    job = money.make_job(workspace)
    entry_id = money.log(workspace, job)
    invoice_id = money.draft(workspace, job)
    workspace.execute(invoicing.issue, invoice_id)
    return job, entry_id, invoice_id


def billed_line(workspace: Workspace, entry_id: str) -> str | None:
    return workspace.read(lambda work: work.session.get_one(TimeEntry, entry_id).billed_line_id)


def test_cancel_issues_a_credit_note_in_its_own_series_and_frees_the_entries(
    workspace: Workspace,
) -> None:
    job, entry_id, invoice_id = issued_time(workspace)
    workspace.execute(clients.edit, job.client_id, clients.ClientEdit(name="Acme SE"))
    note = workspace.execute(corrections.cancel, invoice_id, reason="Wrong rate")

    assert (note.number, note.kind, note.state) == ("CN-2026-0001", "credit_note", "issued")
    assert note.total.minor == 11_900
    row = workspace.read(invoice_rows.row, invoice_id)
    assert (row.state, row.status, row.open.minor) == ("cancelled", Status.CREDITED, 0)
    assert row.note == "by CN-2026-0001"
    assert billed_line(workspace, entry_id) is None

    document = workspace.read(rendering.document, note.id)
    assert document.corrects is not None
    assert (document.corrects.number, document.corrects.reason) == ("2026-0001", "Wrong rate")
    assert document.buyer.name == "Acme GmbH"
    assert document.due_on is None

    again = money.draft(workspace, job)
    assert workspace.execute(invoicing.issue, again).number == "2026-0002"
    assert billed_line(workspace, entry_id) is not None


def test_entries_can_be_kept_and_released_later(workspace: Workspace) -> None:
    job, entry_id, invoice_id = issued_time(workspace)
    workspace.execute(corrections.cancel, invoice_id, reason="Lost contract", release=False)

    assert billed_line(workspace, entry_id) is not None
    with pytest.raises(Refused):
        money.draft(workspace, job)

    assert workspace.execute(corrections.release_entries, invoice_id) == 1
    assert billed_line(workspace, entry_id) is None
    assert workspace.execute(corrections.release_entries, invoice_id) == 0
    events = workspace.read(lambda work: work.session.scalars(select(Event.kind)).all())
    assert {"invoice.cancelled", "invoice.credited", "entry.released"} <= set(events)


def test_money_on_a_cancelled_invoice_is_the_client_s_credit_and_pays_the_next(
    workspace: Workspace,
) -> None:
    job = money.make_job(workspace)
    row = money.issued_item(workspace, job, "1000")
    money.pay(workspace, row.id, "500")
    workspace.execute(corrections.cancel, row.id, reason="Agreed")

    (credit,) = workspace.read(payments.client_credits)
    assert credit.amount.minor == 50_000

    following = money.issued_item(workspace, job, "100")
    used = workspace.execute(payments.use_credit, following.id)
    assert used.minor == 11_900
    assert workspace.read(invoice_rows.row, following.id).status is Status.PAID
    (credit,) = workspace.read(payments.client_credits)
    assert credit.amount.minor == 38_100


@pytest.mark.parametrize("state", ["draft", "cancelled", "credit_note"])
def test_only_an_issued_invoice_can_be_cancelled_once(workspace: Workspace, state: str) -> None:
    job = money.make_job(workspace)
    invoice_id = money.draft_item(workspace, job)
    if state != "draft":
        workspace.execute(invoicing.issue, invoice_id)
        note = workspace.execute(corrections.cancel, invoice_id, reason="Once")
        invoice_id = note.id if state == "credit_note" else invoice_id

    with pytest.raises(Refused):
        workspace.execute(corrections.cancel, invoice_id, reason="Twice")


def test_a_reason_is_needed_and_nothing_is_written_without(workspace: Workspace) -> None:
    _job, entry_id, invoice_id = issued_time(workspace)
    with pytest.raises(InvalidInput) as caught:
        workspace.execute(corrections.cancel, invoice_id, reason="  ")
    assert caught.value.field == "reason"
    assert workspace.read(invoice_rows.row, invoice_id).state == "issued"
    assert billed_line(workspace, entry_id) is not None


def test_entries_of_an_issued_invoice_stay(workspace: Workspace) -> None:
    _job, _entry_id, invoice_id = issued_time(workspace)
    with pytest.raises(Refused):
        workspace.execute(corrections.release_entries, invoice_id)
