"""Tests of billops_desktop.services.drafts.refreshing: changed time is billed as it is now."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from billops_desktop.errors import Refused
from billops_desktop.services import tracking
from billops_desktop.services.drafts import drafting
from billops_desktop.services.drafts.repricing import take_rates
from billops_desktop.services.invoices import invoicing
from billops_desktop.services.invoices.invoice_rows import detail
from billops_desktop.services.profile import settings
from billops_desktop.services.rates import rate_book
from billops_desktop.services.workspace import Workspace
from tests.support import factories, money


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


def by_the_day(workspace: Workspace, **more: Any) -> tuple[money.Job, str]:
    """Return a job of 800 EUR a day, by half days, and the rule's id."""
    job = money.make_job(workspace)
    terms = {"kind": "daily", "pro_rata": False, "half_days": True, **more}
    return job, factories.set_rate(workspace, "800", project_id=job.project_id, **terms)


def lengthen(workspace: Workspace, entry_id: str, ended: str) -> None:
    changes = tracking.EntryEdit(ended_at=factories.utc(ended))
    workspace.execute(tracking.edit, entry_id, changes)


def test_days_are_counted_anew(workspace: Workspace) -> None:
    job, _rule = by_the_day(workspace)
    entry = money.log(workspace, job, "2026-11-23 08:00", hours=3)
    money.log(workspace, job, "2026-11-24 08:00", hours=8)
    invoice_id = money.draft(workspace, job)
    assert workspace.read(detail, invoice_id).lines[0].quantity == Decimal("1.5")
    lengthen(workspace, entry, "2026-11-23 15:00")
    assert workspace.execute(drafting.refresh_time, invoice_id) == 1
    [line] = workspace.read(detail, invoice_id).lines
    assert (line.quantity, line.unit, line.net.minor) == (Decimal(2), "DAY", 160_000)
    assert (line.tracked_seconds, line.billed_seconds) == (15 * 3600, 15 * 3600)
    assert "entry changed" not in rules(workspace, invoice_id)


def test_a_day_pro_rata_keeps_its_cap(workspace: Workspace) -> None:
    job, _rule = by_the_day(workspace, pro_rata=True, half_days=False, day_cap_seconds=8 * 3600)
    entry = money.log(workspace, job, "2026-11-23 08:00", hours=4)
    invoice_id = money.draft(workspace, job)
    lengthen(workspace, entry, "2026-11-23 18:00")
    workspace.execute(drafting.refresh_time, invoice_id)
    [line] = workspace.read(detail, invoice_id).lines
    assert (line.quantity, line.net.minor) == (Decimal(8 * 3600), 80_000)
    assert line.billed_seconds == 10 * 3600


def test_days_of_a_rate_that_is_gone_are_left_and_named(workspace: Workspace) -> None:
    job, rule = by_the_day(workspace)
    entry = money.log(workspace, job, "2026-11-23 08:00", hours=3)
    invoice_id = money.draft(workspace, job)
    workspace.execute(rate_book.remove, rule)
    lengthen(workspace, entry, "2026-11-23 15:00")
    with pytest.raises(Refused, match="The time of line 1 was not taken anew") as refused:
        workspace.execute(drafting.refresh_time, invoice_id)
    assert refused.value.field == "lines.1"
    assert rules(workspace, invoice_id)["entry changed"].blocks
    workspace.execute(take_rates, invoice_id)
    workspace.execute(drafting.refresh_time, invoice_id)
    assert workspace.read(detail, invoice_id).lines[0].quantity == Decimal(7 * 3600)


def test_lines_that_are_rounded_together_are_taken_together(workspace: Workspace) -> None:
    """The day's time of a task rounds as one: no second may be lost between two lines."""
    new = settings.NewPolicy(name="Half hours", step_seconds=1800, mode="up", applies_to="day_task")
    policy = workspace.execute(settings.add_policy, new)
    workspace.execute(settings.use_policy, policy.id)
    job = money.make_job(workspace)
    entry = money.log(workspace, job, "2026-11-23 08:00", hours=1)
    money.log(workspace, job, "2026-11-23 10:00", hours=1)
    invoice_id = money.draft(workspace, job, grouping="entry")
    lengthen(workspace, entry, "2026-11-23 09:10")
    assert workspace.execute(drafting.refresh_time, invoice_id) == 2
    lines = workspace.read(detail, invoice_id).lines
    assert sum(line.billed_seconds for line in lines) == 9_000
    assert sum(line.quantity for line in lines) == 9_000
