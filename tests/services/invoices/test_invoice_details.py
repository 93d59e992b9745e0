"""One invoice in detail: lines with their entries, charges, what happened."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from billops_desktop.domain.money import Money
from billops_desktop.services.drafts import drafting
from billops_desktop.services.invoices import corrections, invoice_details, invoicing
from billops_desktop.services.workspace import Workspace
from tests.support import money
from tests.support.clock import MovableClock


def test_a_draft_shows_next_number_findings_and_time_left(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    entry_id = money.log(workspace, job)
    invoice_id = money.draft(workspace, job)
    charge = drafting.ChargeEdit(kind="discount", reason="Loyal", percent=Decimal(10))
    workspace.execute(drafting.save, invoice_id, drafting.DraftEdit(charges=(charge,)))
    money.log(workspace, job, "2026-11-24 11:00")

    shown = workspace.read(invoice_details.detail, invoice_id)
    assert (shown.next_number, shown.unbilled_seconds) == ("2026-0001", 3600)
    assert "time left" in {finding.rule for finding in shown.findings}
    assert [(one.reason, one.amount.minor) for one in shown.charges] == [("Loyal", 1_000)]
    assert shown.totals.gross.minor == 10_710
    (entry,) = workspace.read(invoice_details.entries_of_line, shown.lines[0].id)
    assert (entry.entry_id, entry.description, entry.billed_seconds) == (entry_id, "Coding", 3600)


def test_a_discount_names_the_taxes_that_it_falls_under(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    reduced: dict[str, Any] = {"tax_category": "S", "tax_percent": Decimal(7)}
    invoice_id = money.draft_item(
        workspace,
        job,
        lines=(
            drafting.LineEdit(description="Workshop", price=Decimal(1000)),
            drafting.LineEdit(description="Book", price=Decimal(500), **reduced),
        ),
        charges=(
            drafting.ChargeEdit(percent=Decimal(10), **reduced),
            drafting.ChargeEdit(amount=Money(300, "EUR")),
        ),
    )
    one, spread = workspace.read(invoice_details.detail, invoice_id).charges
    assert (one.tax_category, one.tax_percent, one.amount.minor) == ("S", Decimal(7), 5_000)
    assert [(share.tax_percent, share.amount.minor) for share in one.shares] == [
        (Decimal(7), 5_000)
    ]
    assert (spread.tax_category, spread.tax_percent) == (None, None)
    shares = {int(share.tax_percent): share.amount.minor for share in spread.shares}
    assert shares == {19: 200, 7: 100}


def test_history_tells_all_newest_first(workspace: Workspace, clock: MovableClock) -> None:
    job = money.make_job(workspace)
    invoice_id = money.draft_item(workspace, job, "100")
    for step in (
        lambda: workspace.execute(invoicing.issue, invoice_id),
        lambda: money.pay(workspace, invoice_id, "119"),
        lambda: workspace.execute(corrections.cancel, invoice_id, reason="Agreed"),
    ):
        clock.move(minutes=1)
        step()

    shown = workspace.read(invoice_details.detail, invoice_id)
    kinds = [row.kind for row in shown.history]
    assert kinds[0] == "cancelled"
    assert kinds[-2:] == ["issued", "drafted"]
    texts = [row.text for row in shown.history]
    assert "€119.00 received, bank transfer" in texts
    assert "Issued, number 2026-0001" in texts
    assert (shown.received.minor, shown.findings, shown.next_number) == (11_900, (), None)
