"""Balances: what is open follows from allocations and credit notes alone."""

from __future__ import annotations

from billops_desktop.services import balances
from billops_desktop.services.books import invoice_of
from billops_desktop.services.invoices import corrections
from billops_desktop.services.workspace import Workspace
from tests.support import money


def open_minor(workspace: Workspace, invoice_id: str) -> int:
    return workspace.read(
        lambda work: balances.open_amount(work, invoice_of(work, invoice_id)).minor
    )


def test_open_is_payable_less_allocations_less_credits(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    row = money.issued_item(workspace, job)
    money.pay(workspace, row.id, "190")
    assert open_minor(workspace, row.id) == 100_000

    workspace.execute(corrections.cancel, row.id, reason="Agreed")
    assert open_minor(workspace, row.id) == -19_000


def test_free_parts_are_rests_and_money_on_cancelled_invoices(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    first, second = (money.issued_item(workspace, job, "100") for _n in range(2))
    money.pay(workspace, first.id, "129")
    money.pay(workspace, second.id, "50")
    workspace.execute(corrections.cancel, second.id, reason="Agreed")

    parts = workspace.read(balances.free_parts, job.client_id, "EUR")
    assert {(part.invoice_id, part.minor) for part in parts} == {
        (None, 1_000),
        (second.id, 5_000),
    }
    assert workspace.read(balances.free_parts, job.client_id, "USD") == ()
