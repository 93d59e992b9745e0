"""The draft in hand: the same sums as the domain, what differs since the last save, steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billops_desktop.domain.billing.invoice import Charge, Line, total
from billops_desktop.domain.money import Money
from billops_desktop.domain.tax import Category, TaxGroup
from billops_desktop.services.drafts.drafting import ChargeEdit, DraftEdit, LineEdit
from billops_desktop.ui.views.editor.draft import Draft, DraftLine, Slip, Steps
from tests.support.present import present


def line(description: str = "Work", price: str = "100", **more: Any) -> DraftLine:
    values = {"tax_category": "S", "tax_percent": Decimal(19), **more}
    return DraftLine(edit=LineEdit(description=description, price=Decimal(price), **values))


def draft(*lines: DraftLine, **more: Any) -> Draft:
    return Draft(
        currency="EUR",
        issue_on=date(2026, 11, 25),
        due_on=None,
        supply_from=None,
        supply_to=None,
        language="en",
        paper="A4",
        client_reference="",
        purchase_order="",
        note="",
        lines=lines,
        **more,
    )


LINES = st.builds(
    LineEdit,
    description=st.just("Work"),
    quantity=st.decimals(-50, 500, places=2),
    price=st.decimals(0, 900, places=2),
    discount_percent=st.none() | st.decimals(0, 100, places=1),
    tax_category=st.just("S"),
    tax_percent=st.sampled_from([Decimal(19), Decimal(7)]),
)
CHARGES = st.builds(ChargeEdit, percent=st.decimals(0, 100, places=1))


@settings(max_examples=50)
@given(st.lists(LINES, min_size=1, max_size=6), st.lists(CHARGES, max_size=2))
def test_the_totals_of_the_editor_are_those_of_the_domain(
    edits: list[LineEdit], charges: list[ChargeEdit]
) -> None:
    in_hand = draft(*(DraftLine(edit=edit) for edit in edits), charges=tuple(charges))
    lines = [
        Line(
            description=edit.description,
            quantity=edit.quantity,
            price=edit.price,
            discount_percent=edit.discount_percent,
            group=TaxGroup(Category.STANDARD, present(edit.tax_percent)),
        )
        for edit in edits
    ]
    counted = [Charge(kind=one.kind, percent=one.percent) for one in charges if one.percent]
    assert in_hand.totals() == total(lines, counted, currency="EUR")


def test_a_discount_on_nothing_has_no_totals() -> None:
    assert draft(charges=(ChargeEdit(percent=Decimal(10)),)).totals() is None


def test_only_what_differs_is_saved() -> None:
    before = draft(line())
    assert before.edit(before) == DraftEdit()
    after = replace(before, note="Thank you")
    assert after.edit(before) == DraftEdit(note="Thank you")
    assert not after.says_the_same(before)


def test_a_slip_changes_nothing_that_is_saved() -> None:
    before = draft(line())
    after = replace(before, lines=(before.lines[0].slipped("rate", Slip("12o", "no number")),))
    assert after.says_the_same(before)
    assert after.lines[0].changed("rate", price=Decimal(1)).slips == {}


def test_a_line_that_was_deleted_and_is_wanted_again_is_named() -> None:
    with_id = line(id="a" * 32)
    assert draft(with_id).lost(draft()) == ("a" * 32,)
    assert draft(with_id).lost(draft(with_id)) == ()


def test_steps_go_back_and_forth_and_a_new_one_ends_the_way_forth() -> None:
    steps, first, second = Steps(), draft(line("One")), draft(line("Two"))
    steps.commit(first)
    assert steps.back(second) is first
    assert steps.back(first) is None
    assert steps.forth(first) is second
    steps.back(second)
    steps.commit(first)
    assert steps.undone == []


def test_time_is_typed_in_hours_and_kept_in_seconds() -> None:
    time = line(quantity=Decimal(9000), unit="SEC", base_quantity=Decimal(3600))
    assert time.is_time
    assert time.hours == Decimal("2.5")
    assert time.net("EUR") == Money(25000, "EUR")


@pytest.mark.parametrize("currency", ["EUR", "JPY"])
def test_the_amount_follows_the_currency(currency: str) -> None:
    assert line(price="100.4").net(currency).currency == currency
