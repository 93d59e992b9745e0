"""Tests of billops_desktop.services.drafts.refreshing: changed time is billed as it is now."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from billops_desktop.errors import Refused
from billops_desktop.services import tracking
from billops_desktop.services.drafts import drafting
from billops_desktop.services.invoices import invoicing
from billops_desktop.services.invoices.invoice_rows import detail
from billops_desktop.services.workspace import Workspace
from tests.support import money


def shorten(workspace: Workspace, entry_id: str, seconds: int = 1800) -> None:
    workspace.execute(tracking.edit, entry_id, tracking.EntryEdit(break_seconds=seconds))


def rules(workspace: Workspace, invoice_id: str) -> dict[str, Any]:
    return {one.rule: one for one in workspace.read(invoicing.findings, invoice_id)}


def test_changed_time_blocks_until_it_is_taken_again(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    first = money.log(workspace, job, "2026-11-23 09:00")
    money.log(workspace, job, "2026-11-24 09:00")
    invoice_id = money.draft(workspace, job)
    shorten(workspace, first)
    finding = rules(workspace, invoice_id)["entry changed"]
    assert finding.blocks
    assert finding.message == (
        "Time on line 1 was changed after it was drafted (1:30 now, 2:00 on the draft)."
    )
    with pytest.raises(invoicing.NotReady):
        workspace.execute(invoicing.issue, invoice_id)

    assert workspace.execute(drafting.refresh_time, invoice_id) == 1
    [line] = workspace.read(detail, invoice_id).lines
    assert (line.quantity, line.net.minor) == (Decimal(5400), 15000)
    assert line.derivation.startswith("2 entries, 1:30 tracked, 1:30 billed; ")
    assert "entry changed" not in rules(workspace, invoice_id)
    with pytest.raises(Refused):
        workspace.execute(drafting.refresh_time, invoice_id)


def test_a_quantity_typed_by_hand_stays(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    entry = money.log(workspace, job)
    invoice_id = money.draft(workspace, job)
    [line] = workspace.read(detail, invoice_id).lines
    typed = drafting.LineEdit(
        id=line.id,
        kind="time",
        description=line.description,
        quantity=Decimal(7200),
        unit="SEC",
        base_quantity=Decimal(3600),
        price=line.price,
    )
    workspace.execute(drafting.save, invoice_id, drafting.DraftEdit(lines=(typed,)))
    shorten(workspace, entry)
    workspace.execute(drafting.refresh_time, invoice_id)
    [line] = workspace.read(detail, invoice_id).lines
    assert line.quantity == Decimal(7200)
    assert "entry changed" not in rules(workspace, invoice_id)
