"""A second invoice that says the same: lines and charges copied, no time taken along."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from billops_desktop.services.drafts.drafting import ChargeEdit, DraftEdit, LineEdit, save
from billops_desktop.services.entries.entry_rows import entries
from billops_desktop.services.invoices import invoicing
from billops_desktop.services.invoices.invoice_rows import detail
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.billing.duplicating import duplicate
from tests.support import money
from tests.support.clock import MovableClock
from tests.support.factories import WEDNESDAY


def test_an_issued_invoice_of_time_is_drafted_again_without_its_time(
    workspace: Workspace, clock: MovableClock
) -> None:
    job = money.make_job(workspace)
    entry = money.log(workspace, job)
    source = money.draft(workspace, job)
    charge = ChargeEdit(
        reason="Regular client",
        kind="discount",
        percent=Decimal(10),
        tax_category="S",
        tax_percent=Decimal(19),
    )
    workspace.execute(
        save,
        source,
        DraftEdit(note="As agreed", purchase_order="PO 7", footer="Thanks", charges=(charge,)),
    )
    workspace.execute(invoicing.issue, source)
    clock.move(days=3)
    copy = workspace.read(detail, workspace.execute(duplicate, source))
    original = workspace.read(detail, source)

    assert (copy.row.state, copy.row.number) == ("draft", None)
    assert copy.row.issue_on != original.row.issue_on
    assert copy.row.total == original.row.total
    assert (copy.note, copy.purchase_order, copy.footer) == ("As agreed", "PO 7", "Thanks")
    assert [line.kind for line in original.lines] == ["time"]
    assert [line.kind for line in copy.lines] == ["item"]
    assert copy.lines[0].description == original.lines[0].description
    assert copy.charges == original.charges
    assert [(one.reason, one.tax_percent) for one in copy.charges] == [
        ("Regular client", Decimal(19))
    ]
    logged = workspace.read(entries, from_on=WEDNESDAY - timedelta(days=7), to_on=WEDNESDAY)
    assert [(one.id, one.locked_by) for one in logged] == [(entry, original.row.number)]


def test_discounts_and_plain_text_come_along(workspace: Workspace) -> None:
    lines = (
        LineEdit(description="Workshop", price=Decimal(200), discount_percent=Decimal(25)),
        LineEdit(kind="text", description="With thanks"),
    )
    source = money.draft_item(workspace, money.make_job(workspace), lines=lines)
    copy = workspace.read(detail, workspace.execute(duplicate, source))
    assert [(one.kind, one.description) for one in copy.lines] == [
        ("item", "Workshop"),
        ("text", "With thanks"),
    ]
    assert copy.lines[0].discount_percent == 25
    assert copy.row.total == workspace.read(detail, source).row.total
