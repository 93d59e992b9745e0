"""Tests of billops_desktop.services.drafts.taking_off: time of another invoice leaves a draft."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from billops_desktop.errors import Refused
from billops_desktop.services.drafts.taking_off import take_off
from billops_desktop.services.invoices import invoicing
from billops_desktop.services.invoices.invoice_rows import detail
from billops_desktop.services.workspace import Workspace
from tests.support import factories, money


def rules(workspace: Workspace, invoice_id: str) -> set[str]:
    return {one.rule for one in workspace.read(invoicing.findings, invoice_id)}


def test_a_line_bills_less_when_some_of_its_time_is_billed_elsewhere(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    money.log(workspace, job, "2026-11-23 09:00")
    first = money.draft(workspace, job)
    money.log(workspace, job, "2026-11-24 09:00")
    second = money.draft(workspace, job)
    before = workspace.read(detail, second).lines[0].quantity
    workspace.execute(invoicing.issue, first)
    assert "entry billed" in rules(workspace, second)

    assert workspace.execute(take_off, second) == 1
    [line] = workspace.read(detail, second).lines
    assert (line.entry_count, line.quantity) == (1, before / 2)
    assert line.net.minor == line.quantity / 3600 * Decimal(10_000)
    assert "entry billed" not in rules(workspace, second)
    with pytest.raises(Refused):
        workspace.execute(take_off, second)


def test_a_line_without_time_is_removed(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    money.log(workspace, job, "2026-11-23 09:00")
    first, second = money.draft(workspace, job), money.draft(workspace, job)
    workspace.execute(invoicing.issue, first)
    assert workspace.execute(take_off, second) == 1
    assert workspace.read(detail, second).lines == ()
    assert workspace.read(detail, first).lines[0].entry_count == 1


def test_half_days_go_as_they_were_counted(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    terms: dict[str, Any] = {"kind": "daily", "pro_rata": False, "half_days": True}
    factories.set_rate(workspace, "800", project_id=job.project_id, **terms)
    money.log(workspace, job, "2026-11-23 08:00", hours=3)
    first = money.draft(workspace, job)
    money.log(workspace, job, "2026-11-23 12:00", hours=4)
    money.log(workspace, job, "2026-11-24 08:00", hours=3)
    second = money.draft(workspace, job)
    assert workspace.read(detail, second).lines[0].quantity == Decimal("1.5")
    workspace.execute(invoicing.issue, first)
    workspace.execute(take_off, second)
    [line] = workspace.read(detail, second).lines
    assert (line.quantity, line.billed_seconds) == (Decimal(1), 7 * 3600)
