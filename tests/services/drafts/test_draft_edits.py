"""Saving a draft: totals follow, entries stay with their line, wrong fields are named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from billops_desktop.domain.money import Money
from billops_desktop.errors import InvalidInput, Refused
from billops_desktop.services.drafts import drafting
from billops_desktop.services.drafts.draft_edits import ChargeEdit, DraftEdit, LineEdit
from billops_desktop.services.invoices import invoice_rows
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import LineEntry
from tests.support import money

LINE = LineEdit(description="Workshop", quantity=Decimal(2), price=Decimal("49.99"))


def save(workspace: Workspace, invoice_id: str, **fields: Any) -> invoice_rows.InvoiceDetail:
    workspace.execute(drafting.save, invoice_id, DraftEdit(**fields))
    return workspace.read(invoice_rows.detail, invoice_id)


def test_lines_and_charges_are_replaced_and_every_sum_follows(workspace: Workspace) -> None:
    invoice_id = money.draft_item(workspace, money.make_job(workspace))
    reduced = replace(LINE, tax_category="S", tax_percent=Decimal(7), discount=Money(98, "EUR"))
    shown = save(
        workspace,
        invoice_id,
        lines=(LINE, reduced, LineEdit(kind="text", description="Thank you")),
        charges=(
            ChargeEdit(percent=Decimal(10)),
            ChargeEdit(kind="charge", amount=Money(500, "EUR")),
        ),
        title="November",
        prepaid=Money(1_000, "EUR"),
    )
    assert [line.net.minor for line in shown.lines] == [9_998, 9_900, 0]
    assert (shown.row.total.minor, shown.totals.due.minor) == (20_806, 19_806)
    assert len(shown.totals.taxes) == 2

    shown = save(workspace, invoice_id, lines=(LINE,), charges=(), prepaid=Money(0, "EUR"))
    assert (shown.row.total.minor, len(shown.charges), len(shown.totals.taxes)) == (11_898, 0, 1)
    assert shown.row.title == "November"


def test_saving_the_same_writes_no_change(workspace: Workspace) -> None:
    invoice_id = money.draft_item(workspace, money.make_job(workspace))
    line = workspace.read(invoice_rows.detail, invoice_id).lines[0]
    edit = DraftEdit(lines=(replace(LINE, id=line.id, tax_rate_id=line.tax_rate_id),))
    assert workspace.perform(drafting.save, invoice_id, edit).changes
    assert not workspace.perform(drafting.save, invoice_id, edit).changes


def test_a_line_keeps_its_entries_and_lets_them_go_when_it_is_dropped(
    workspace: Workspace,
) -> None:
    job = money.make_job(workspace)
    money.log(workspace, job)
    invoice_id = money.draft(workspace, job)
    line = workspace.read(invoice_rows.detail, invoice_id).lines[0]
    kept = LineEdit(
        id=line.id,
        kind="time",
        description="Development, agreed",
        quantity=Decimal(1800),
        unit="SEC",
        base_quantity=Decimal(3600),
        price=Decimal(100),
    )
    shown = save(workspace, invoice_id, lines=(LINE, kept))
    assert [(one.position, one.entry_count) for one in shown.lines] == [(1, 0), (2, 1)]
    assert (shown.lines[1].net.minor, shown.lines[1].tracked_seconds) == (5_000, 3_600)

    save(workspace, invoice_id, lines=(LINE,))
    assert workspace.read(lambda work: work.session.scalars(select(LineEntry)).all()) == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"lines": (replace(LINE, price=Decimal(-1)),)}, "lines[0].price"),
        ({"lines": (LINE, replace(LINE, quantity=Decimal("NaN")))}, "lines[1].quantity"),
        ({"lines": (replace(LINE, quantity=Decimal("0.0000001")),)}, "lines[0].quantity"),
        ({"lines": (replace(LINE, price=Decimal("1E+30")),)}, "lines[0].price"),
        (
            {"lines": (replace(LINE, quantity=Decimal(10**9), price=Decimal(10**9)),)},
            "lines[0].quantity",
        ),
        ({"lines": (replace(LINE, base_quantity=Decimal(0)),)}, "lines[0].base_quantity"),
        ({"lines": (replace(LINE, kind="gift"),)}, "lines[0].kind"),
        ({"lines": (replace(LINE, id="nothing"),)}, "lines[0].id"),
        ({"lines": (replace(LINE, tax_rate_id="nothing"),)}, "lines[0].tax"),
        ({"lines": (replace(LINE, tax_category="S"),)}, "lines[0].tax"),
        ({"lines": (replace(LINE, tax_category="Q"),)}, "lines[0].tax"),
        ({"lines": (replace(LINE, discount=Money(1, "USD")),)}, "lines[0].discount"),
        (
            {"lines": (replace(LINE, discount_percent=Decimal(50), discount=Money(5000, "EUR")),)},
            "lines[0].discount",
        ),
        ({"base_rate_source": "a\x00"}, "base_rate_source"),
        ({"lines": (replace(LINE, description="a\x07b"),)}, "lines[0].description"),
        ({"charges": (ChargeEdit(),)}, "charges[0].amount"),
        ({"charges": (ChargeEdit(percent=Decimal(101)),)}, "charges[0].percent"),
        ({"charges": (ChargeEdit(kind="gift", percent=Decimal(1)),)}, "charges[0].kind"),
        ({"paper": "A5"}, "paper"),
        ({"language": "xx"}, "language"),
        ({"language": "a\x00"}, "language"),
        ({"title": "two\nlines"}, "title"),
        ({"prepaid": Money(1, "USD")}, "prepaid"),
        ({"base_rate": Decimal(0)}, "base_rate"),
    ],
)
def test_a_wrong_field_is_named_and_the_draft_stays(
    workspace: Workspace, fields: dict[str, Any], field: str
) -> None:
    invoice_id = money.draft_item(workspace, money.make_job(workspace))
    before = workspace.read(invoice_rows.detail, invoice_id)
    with pytest.raises(InvalidInput) as caught:
        save(workspace, invoice_id, **fields)
    assert caught.value.field == field
    assert workspace.read(invoice_rows.detail, invoice_id) == before


def test_a_discount_of_nothing_is_not_kept(workspace: Workspace) -> None:
    invoice_id = money.draft_item(workspace, money.make_job(workspace))
    shown = save(
        workspace,
        invoice_id,
        charges=(
            ChargeEdit(percent=Decimal(0), tax_category="S", tax_percent=Decimal(7)),
            ChargeEdit(amount=Money(0, "EUR"), tax_category="S", tax_percent=Decimal(7)),
            ChargeEdit(kind="charge", reason="Courier", amount=Money(500, "EUR")),
        ),
    )
    assert [one.reason for one in shown.charges] == ["Courier"]
    assert [tax.group.percent for tax in shown.totals.taxes] == [Decimal(19)]
    assert shown.totals.allowance_total.minor == 0


def test_a_share_and_an_amount_may_take_a_line_off_together(workspace: Workspace) -> None:
    invoice_id = money.draft_item(workspace, money.make_job(workspace))
    line = replace(LINE, discount_percent=Decimal(50), discount=Money(4_999, "EUR"))
    shown = save(workspace, invoice_id, lines=(line,))
    assert [one.net.minor for one in shown.lines] == [0]


def test_the_language_is_kept_as_its_code(workspace: Workspace) -> None:
    invoice_id = money.draft_item(workspace, money.make_job(workspace))
    assert save(workspace, invoice_id, language=" DE ").language == "de"


def test_an_issued_invoice_is_not_saved(workspace: Workspace) -> None:
    row = money.issued_item(workspace, money.make_job(workspace))
    with pytest.raises(Refused):
        save(workspace, row.id, note="late")


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        (
            {"lines": (replace(LINE, discount=Money(9_999, "EUR")),)},
            "The draft was not saved: the discount is larger than the line.",
        ),
        (
            {"prepaid": Money(119_001, "EUR")},
            "The draft was not saved: more is prepaid than the total.",
        ),
        (
            {"lines": (replace(LINE, quantity=Decimal(10) ** 10),)},
            "The draft was not saved: 10000000000 is not between -1000000000 and 1000000000.",
        ),
        (
            {"lines": (replace(LINE, tax_category="S", tax_percent=Decimal(101)),)},
            "The draft was not saved: 101 is not between 0 and 100.",
        ),
    ],
)
def test_what_is_wrong_is_said_once_with_value_and_bounds(
    workspace: Workspace, fields: dict[str, Any], title: str
) -> None:
    invoice_id = money.draft_item(workspace, money.make_job(workspace))
    before = workspace.read(invoice_rows.detail, invoice_id)
    with pytest.raises(InvalidInput) as refused:
        save(workspace, invoice_id, **fields)
    assert refused.value.title == title
    assert workspace.read(invoice_rows.detail, invoice_id) == before


def test_what_is_prepaid_as_a_whole_is_paid(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    row = money.issued_item(workspace, job, prepaid=Money(119_000, "EUR"))
    assert (row.status, row.open.minor) == ("paid", 0)


def test_the_due_date_goes_with_the_date_unless_it_was_typed(workspace: Workspace) -> None:
    invoice_id = money.draft_item(workspace, money.make_job(workspace))
    before = workspace.read(invoice_rows.detail, invoice_id).row
    assert before.due_on is not None
    moved = save(workspace, invoice_id, issue_on=before.issue_on - timedelta(days=10)).row
    assert moved.due_on == before.due_on - timedelta(days=10)
    save(workspace, invoice_id, due_on=date(2027, 1, 31))
    typed = save(workspace, invoice_id, issue_on=before.issue_on).row
    assert typed.due_on == date(2027, 1, 31)


def test_a_date_that_no_due_date_can_follow_is_refused_at_its_field(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    last = date(9999, 12, 31)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: money.draft_item(workspace, job, issue_on=last),
        lambda: workspace.execute(drafting.draft_blank, job.client_id, issue_on=last),
    )
    for attempt in attempts:
        with pytest.raises(InvalidInput, match="no due date can follow 9999-12-31") as refused:
            attempt()
        assert refused.value.field == "issue_on"
