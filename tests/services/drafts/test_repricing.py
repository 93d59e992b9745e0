"""A changed rate and a draft: advice with the numbers, one step to take it, nothing silently."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billops_desktop.errors import Refused
from billops_desktop.services import tracking
from billops_desktop.services.drafts import drafting
from billops_desktop.services.drafts.repricing import take_rates
from billops_desktop.services.invoices import invoicing
from billops_desktop.services.invoices.invoice_rows import LineRow, detail
from billops_desktop.services.rates import rate_book
from billops_desktop.services.workspace import Workspace
from tests.support import factories, money

SINCE_TUESDAY: dict[str, Any] = {"valid_from": date(2026, 11, 24)}


def messages(workspace: Workspace, invoice_id: str) -> list[str]:
    found = workspace.read(invoicing.findings, invoice_id)
    assert not any(one.blocks for one in found)
    return [one.message for one in found if one.rule == "rate changed"]


def lines_of(workspace: Workspace, invoice_id: str) -> tuple[LineRow, ...]:
    return workspace.read(detail, invoice_id).lines


def as_edit(row: LineRow, **more: Any) -> drafting.LineEdit:
    edit = drafting.LineEdit(
        id=row.id,
        kind=row.kind,
        description=row.description,
        quantity=row.quantity,
        unit=row.unit,
        base_quantity=row.base_quantity,
        price=row.price,
    )
    return replace(edit, **more)


def save_line(workspace: Workspace, invoice_id: str, **more: Any) -> None:
    [line] = lines_of(workspace, invoice_id)
    edit = drafting.DraftEdit(lines=(as_edit(line, **more),))
    workspace.execute(drafting.save, invoice_id, edit)


def two_days(workspace: Workspace) -> tuple[money.Job, str]:
    job = money.make_job(workspace)
    money.log(workspace, job, "2026-11-23 09:00")
    money.log(workspace, job, "2026-11-24 09:00", hours=2)
    return job, money.draft(workspace, job)


def test_a_changed_rate_is_advice_until_it_is_taken(workspace: Workspace) -> None:
    job, invoice_id = two_days(workspace)
    assert messages(workspace, invoice_id) == []
    factories.set_rate(workspace, "120", project_id=job.project_id)
    before = workspace.read(detail, invoice_id)
    assert before.row.total.minor == 35_700
    assert messages(workspace, invoice_id) == [
        "1 line was priced at €100.00/h; the rate book now says €120.00/h."
    ]
    assert workspace.execute(take_rates, invoice_id) == 1
    [line] = lines_of(workspace, invoice_id)
    assert (line.id, line.price, line.net.minor) == (before.lines[0].id, Decimal(120), 36_000)
    assert "project rate" in line.derivation
    assert workspace.read(detail, invoice_id).row.total.minor == 42_840
    assert messages(workspace, invoice_id) == []
    with pytest.raises(Refused, match="No rate was taken"):
        workspace.execute(take_rates, invoice_id)
    workspace.execute(invoicing.issue, invoice_id)


def test_a_rate_from_a_day_on_divides_the_line(workspace: Workspace) -> None:
    job, invoice_id = two_days(workspace)
    thanks = drafting.LineEdit(kind="text", description="Thanks")
    [line] = lines_of(workspace, invoice_id)
    reduced = as_edit(line, discount_percent=Decimal(10))
    workspace.execute(drafting.save, invoice_id, drafting.DraftEdit(lines=(reduced, thanks)))
    factories.set_rate(workspace, "150", project_id=job.project_id, **SINCE_TUESDAY)
    assert messages(workspace, invoice_id) == [
        "1 line was priced at €100.00/h; the rate book now says €100.00/h, €150.00/h."
    ]
    workspace.execute(take_rates, invoice_id)
    first, second, last = lines_of(workspace, invoice_id)
    assert [one.position for one in (first, second, last)] == [1, 2, 3]
    assert (first.price, first.quantity, first.net.minor) == (Decimal(100), Decimal(3600), 9_000)
    assert (second.price, second.quantity, second.net.minor) == (
        Decimal(150),
        Decimal(7200),
        27_000,
    )
    assert (second.description, second.tax_percent) == (first.description, first.tax_percent)
    assert (first.entry_count, second.entry_count, last.description) == (1, 1, "Thanks")
    assert messages(workspace, invoice_id) == []
    assert workspace.execute(invoicing.issue, invoice_id).total.minor == 42_840


def test_what_was_typed_by_hand_stays(workspace: Workspace) -> None:
    job, invoice_id = two_days(workspace)
    save_line(workspace, invoice_id, price=Decimal(90))
    [line] = lines_of(workspace, invoice_id)
    assert line.derivation == "2 entries, 3:00 tracked, 3:00 billed; price typed by hand"
    factories.set_rate(workspace, "120", project_id=job.project_id)
    assert messages(workspace, invoice_id) == []
    save_line(workspace, invoice_id, quantity=Decimal(7200))
    [line] = lines_of(workspace, invoice_id)
    assert line.derivation.endswith("; price typed by hand; quantity typed by hand")


def test_a_typed_quantity_takes_a_new_price_but_is_not_divided(workspace: Workspace) -> None:
    job, invoice_id = two_days(workspace)
    save_line(workspace, invoice_id, quantity=Decimal(9000))
    factories.set_rate(workspace, "150", project_id=job.project_id, **SINCE_TUESDAY)
    assert messages(workspace, invoice_id) == []
    factories.set_rate(workspace, "120", task_id=job.task_id)
    workspace.execute(take_rates, invoice_id)
    [line] = lines_of(workspace, invoice_id)
    assert (line.quantity, line.net.minor) == (Decimal(9000), 30_000)
    assert line.derivation.endswith("; quantity typed by hand")


def test_time_goes_from_hours_to_days(workspace: Workspace) -> None:
    job, invoice_id = two_days(workspace)
    daily: dict[str, Any] = {"kind": "daily", "pro_rata": False, "half_days": True}
    factories.set_rate(workspace, "800", project_id=job.project_id, **daily)
    assert messages(workspace, invoice_id) == [
        "1 line was priced at €100.00/h; the rate book now says €800.00/day."
    ]
    workspace.execute(take_rates, invoice_id)
    [line] = lines_of(workspace, invoice_id)
    assert (line.quantity, line.unit, line.net.minor) == (Decimal(1), "DAY", 80_000)


def test_a_price_typed_on_the_entry_is_a_rate_too(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    entry = money.log(workspace, job)
    invoice_id = money.draft(workspace, job)
    workspace.execute(tracking.edit, entry, tracking.EntryEdit(rate=Decimal(80)))
    workspace.execute(take_rates, invoice_id)
    assert lines_of(workspace, invoice_id)[0].net.minor == 8_000


def test_there_is_nothing_to_take_where_no_rate_is_left(workspace: Workspace) -> None:
    job, invoice_id = two_days(workspace)
    [rule] = workspace.read(rate_book.rules, client_id=job.client_id)
    workspace.execute(rate_book.remove, rule.id)
    assert messages(workspace, invoice_id) == []
    factories.set_rate(workspace, "90", "USD", project_id=job.project_id)
    assert messages(workspace, invoice_id) == []
