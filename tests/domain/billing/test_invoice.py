"""The invoice: all worked examples, lines, discounts, charges, rounding, what totals must hold."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billops_desktop.domain.billing.cash_discount import taken_in_time
from billops_desktop.domain.billing.invoice import (
    Charge,
    InvoiceTotals,
    Line,
    line_net,
    total,
)
from billops_desktop.domain.money import CurrencyMismatch, Money
from billops_desktop.domain.tax import Category, TaxGroup
from billops_desktop.domain.withholding import tax_in_currency, withheld
from billops_desktop.errors import InvalidInput

EXAMPLES: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("worked_examples.json").read_text(encoding="utf-8")
)["examples"]

S19 = TaxGroup(Category.STANDARD, Decimal(19))
S7 = TaxGroup(Category.STANDARD, Decimal(7))
# The examples call what a US state does not tax "X"; to the arithmetic it is a rate of zero.
CATEGORIES = {"X": Category.ZERO}


def a_group(tax: dict[str, Any]) -> TaxGroup:
    category = CATEGORIES.get(tax["cat"]) or Category(tax["cat"])
    return TaxGroup(category, Decimal(tax["rate"] or 0))


def a_line(given: dict[str, Any], currency: str) -> Line:
    timed = "minutes" in given
    allowance = given.get("allowances", [{}])[0]
    percent, amount = allowance.get("percent"), allowance.get("amount")
    return Line(
        description=given["desc"],
        unit="SEC" if timed else given["unit"],
        quantity=Decimal(given["minutes"]) * 60 if timed else Decimal(given["qty"]),
        base_quantity=Decimal(3600 if timed else 1),
        price=Decimal(given["price"]),
        group=a_group(given["taxes"][0]),
        discount_percent=Decimal(percent) if percent else None,
        discount=Money.of(Decimal(amount), currency) if amount else None,
        kind="time" if timed else "item",
    )


def charges_of(asked: dict[str, Any]) -> list[Charge]:
    return [
        Charge(
            kind=kind,
            reason=given["reason"],
            amount=Money.of(Decimal(given["amount"]), asked["currency"]),
            group=a_group(given["taxes"][0]),
        )
        for kind, name in (("discount", "doc_allowances"), ("charge", "doc_charges"))
        for given in asked.get(name, [])
    ]


def totals_of(asked: dict[str, Any]) -> InvoiceTotals:
    currency = asked["currency"]
    step = asked.get("cash_rounding")
    return total(
        [a_line(given, currency) for given in asked["lines"]],
        charges_of(asked),
        currency=currency,
        prepaid=Money.of(sum(map(Decimal, asked.get("prepaid", [])), Decimal(0)), currency),
        cash_step_minor=Money.of(Decimal(step), currency).minor if step else None,
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["id"])
def test_worked_example(example: dict[str, Any]) -> None:
    asked, expected = example["input"], example["expected"]
    totals = totals_of(asked)
    assert [str(net.decimal) for net in totals.line_nets] == expected["lines"]
    assert [
        (line.group, str(line.base.decimal), str(line.tax.decimal)) for line in totals.taxes
    ] == [(a_group(tax), tax["base"], tax["tax"]) for tax in expected["tax_breakdown"]]
    held = withheld(totals.net, Decimal(asked.get("withholding", [{"percent": 0}])[0]["percent"]))
    told = {
        "sum_lines": totals.sum_lines,
        "allowance_total": totals.allowance_total,
        "charge_total": totals.charge_total,
        "net_total": totals.net,
        "tax_total": totals.tax,
        "gross_total": totals.gross,
        "prepaid": totals.prepaid,
        "rounding": totals.rounding,
        "due": totals.due - held,
    }
    assert {name: str(amount.decimal) for name, amount in told.items()} == {
        name: expected[name] for name in told
    }
    assert str(held.decimal) == expected.get("withholding", str(held.decimal))


@pytest.mark.parametrize(
    "example", [one for one in EXAMPLES if one["wrong"]], ids=lambda example: example["id"]
)
def test_the_common_wrong_answer_is_not_given(example: dict[str, Any]) -> None:
    totals = totals_of(example["input"])
    answers = {"tax_total": totals.tax}
    answers |= {f"line {place}": net for place, net in enumerate(totals.line_nets, start=1)}
    for named, wrong in example["wrong"].items():
        assert str(answers[named.split(" (")[0]].decimal) != wrong


def by_id(name: str) -> dict[str, Any]:
    return next(example for example in EXAMPLES if example["id"] == name)


def test_worked_example_of_document_charges_names_their_group() -> None:
    expected = by_id("E11")["expected"]["doc_adjustments"]
    parts = totals_of(by_id("E11")["input"]).charges
    kinds = {"discount": "allowance", "charge": "charge"}
    assert [
        (
            kinds[part.kind],
            [[part.group.category, str(part.group.percent)]],
            str(part.amount.decimal),
        )
        for part in parts
    ] == [(part["kind"], part["taxes"], part["amount"]) for part in expected]


def test_worked_example_of_tax_in_a_second_currency() -> None:
    asked = by_id("E30")["input"]["tax_currency"]
    totals = totals_of(by_id("E30")["input"])
    converted = tax_in_currency(totals.tax, Decimal(asked["units_per_one"]), asked["code"])
    assert str(converted.decimal) == by_id("E30")["expected"]["tax_total_accounting"]


def test_worked_example_of_a_discount_for_early_payment() -> None:
    asked, expected = by_id("E35")["input"]["skonto"], by_id("E35")["expected"]["skonto"]
    gross, issue_on = totals_of(by_id("E35")["input"]).gross, date(2026, 11, 25)
    terms = f"#SKONTO#TAGE={asked['days']}#PROZENT={Decimal(asked['percent']):.2f}#"
    discount = taken_in_time(terms, gross, issue_on=issue_on, received_on=issue_on)
    assert discount is not None
    assert {
        "pay": str((gross - discount).decimal),
        "discount": str(discount.decimal),
    } == expected


def test_no_worked_example_was_left_out() -> None:
    assert len(EXAMPLES) == 24


def an_item(price: str, group: TaxGroup = S19, quantity: str = "1", **more: Any) -> Line:
    return Line(
        description="Item", quantity=Decimal(quantity), price=Decimal(price), group=group, **more
    )


def test_percent_discount_is_split_per_tax_group_and_summed() -> None:
    lines = [an_item("10.05"), an_item("10.05", S7)]
    totals = total(lines, [Charge(kind="discount", percent=Decimal(10))], currency="EUR")
    assert [part.amount.minor for part in totals.charges] == [101, 101]
    assert totals.allowance_total == Money(202, "EUR")
    assert [line.base.minor for line in totals.taxes] == [904, 904]


def test_fixed_discount_is_split_by_largest_remainder() -> None:
    lines = [an_item("100"), an_item("50", S7)]
    discount = Charge(kind="discount", amount=Money(1000, "EUR"))
    totals = total(lines, [discount], currency="EUR")
    assert [part.amount.minor for part in totals.charges] == [667, 333]
    assert [part.position for part in totals.charges] == [0, 0]
    assert totals.net == Money(14000, "EUR")


def test_fixed_charge_on_lines_that_cancel_each_other_is_split_evenly() -> None:
    lines = [an_item("100"), an_item("100", S7, "-1")]
    fee = Charge(kind="charge", amount=Money(101, "EUR"))
    totals = total(lines, [fee], currency="EUR")
    assert [part.amount.minor for part in totals.charges] == [51, 50]


def test_what_comes_to_nothing_names_no_tax() -> None:
    begun = Charge(kind="charge", amount=Money(0, "EUR"), group=S7)
    nothing = Charge(kind="discount", percent=Decimal(0))
    totals = total([an_item("100")], [begun, nothing], currency="EUR")
    assert totals.charges == ()
    assert [tax.group for tax in totals.taxes] == [S19]


def test_charge_may_bring_its_own_tax_group() -> None:
    freight = Charge(kind="charge", amount=Money(990, "EUR"), group=S7)
    totals = total([an_item("100")], [freight], currency="EUR")
    assert [(line.group, line.base.minor) for line in totals.taxes] == [(S19, 10000), (S7, 990)]


def test_percentage_of_a_group_without_lines_is_nothing() -> None:
    discount = Charge(kind="discount", percent=Decimal(10), group=S7)
    totals = total([an_item("100")], [discount], currency="EUR")
    assert totals.charges == ()
    assert totals.net == Money(10000, "EUR")


def test_percentage_of_one_group_leaves_the_others_alone() -> None:
    discount = Charge(kind="discount", percent=Decimal(10), group=S7)
    totals = total([an_item("100"), an_item("50", S7)], [discount], currency="EUR")
    assert [(part.group, part.amount.minor) for part in totals.charges] == [(S7, 500)]


@pytest.mark.parametrize(
    ("charge", "field"),
    [
        (Charge(kind="gift", percent=Decimal(1)), "kind"),
        (Charge(kind="discount"), "amount"),
        (Charge(kind="discount", percent=Decimal(1), amount=Money(1, "EUR")), "amount"),
        (Charge(kind="discount", percent=Decimal(-1)), "percent"),
        (Charge(kind="discount", percent=Decimal("100.1")), "percent"),
        (Charge(kind="charge", amount=Money(-1, "EUR")), "amount"),
    ],
)
def test_charges_that_say_nothing_clear_are_refused(charge: Charge, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        total([an_item("1")], [charge], currency="EUR")
    assert refusal.value.field == field


def test_charge_on_nothing_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no line"):
        total([], [Charge(kind="charge", amount=Money(1, "EUR"))], currency="EUR")


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (an_item("-1"), "price"),
        (an_item("1", base_quantity=Decimal(0)), "base_quantity"),
        (an_item("1", discount_percent=Decimal(101)), "discount_percent"),
        (an_item("1", discount_percent=Decimal(-1)), "discount_percent"),
        (an_item("1", kind="gift"), "kind"),
    ],
)
def test_lines_that_no_format_knows_are_refused(line: Line, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        line_net(line, "EUR")
    assert refusal.value.field == field


def test_line_discounts_and_charge_come_off_the_rounded_gross() -> None:
    line = an_item(
        "33.335", discount_percent=Decimal(10), discount=Money(100, "EUR"), charge=Money(5, "EUR")
    )
    # 33.335 -> 33.34; 10 % of it = 3.334 -> 3.33; 33.34 - 3.33 - 1.00 + 0.05.
    assert line_net(line, "EUR") == Money(2906, "EUR")


def test_text_lines_count_for_nothing_and_make_no_tax_group() -> None:
    note = an_item("5", S7, kind="text")
    totals = total([an_item("100"), note], currency="EUR")
    assert [net.minor for net in totals.line_nets] == [10000, 0]
    assert [line.group for line in totals.taxes] == [S19]


def test_a_discount_in_another_currency_is_refused() -> None:
    with pytest.raises(CurrencyMismatch):
        total([an_item("1", discount=Money(1, "USD"))], currency="EUR")


def test_an_empty_document_is_worth_nothing() -> None:
    totals = total([], currency="KWD")
    assert totals.due == Money.zero("KWD")
    assert totals.taxes == ()


def test_no_digit_is_lost_before_the_one_rounding() -> None:
    # 0.125 less a hair: with 28 digits of context it would become 0.125 and round up.
    line = an_item("0.12499999999999999", quantity="0.99999999999999999")
    assert line_net(line, "EUR") == Money(12, "EUR")


LINES = st.builds(
    Line,
    description=st.just("x"),
    quantity=st.decimals(-1000, 1000, places=6),
    price=st.decimals(0, 10000, places=6),
    base_quantity=st.sampled_from([Decimal(1), Decimal(3600)]),
    group=st.sampled_from([S19, S7, TaxGroup(Category.REVERSE_CHARGE, Decimal(0))]),
    discount_percent=st.none() | st.decimals(0, 100, places=2),
    kind=st.sampled_from(["item", "time", "text"]),
)
CHARGES = st.builds(
    Charge, kind=st.sampled_from(["discount", "charge"]), percent=st.decimals(0, 50, places=2)
) | st.builds(
    Charge,
    kind=st.sampled_from(["discount", "charge"]),
    amount=st.integers(0, 10**6).map(lambda minor: Money(minor, "EUR")),
)


@given(st.lists(LINES, min_size=1, max_size=6), st.lists(CHARGES, max_size=3))
def test_lines_discounts_and_taxes_add_up(lines: list[Line], charges: list[Charge]) -> None:
    counted = [line for line in lines if line.kind != "text"]
    totals = total(lines, charges if counted else [], currency="EUR", cash_step_minor=5)
    assert Money.sum(totals.line_nets, "EUR") == totals.sum_lines
    assert totals.net == totals.sum_lines - totals.allowance_total + totals.charge_total
    assert Money.sum((tax.base for tax in totals.taxes), "EUR") == totals.net
    assert Money.sum((tax.tax for tax in totals.taxes), "EUR") == totals.tax
    assert len({tax.group for tax in totals.taxes}) == len(totals.taxes)
    assert totals.gross == totals.net + totals.tax
    assert totals.due == totals.gross - totals.prepaid + totals.rounding
    assert totals.due.minor % 5 == 0
    assert abs(totals.rounding.minor) <= 2
    for position, charge in enumerate(charges if counted else []):
        parts = [part.amount for part in totals.charges if part.position == position]
        if charge.amount is not None:
            assert Money.sum(parts, "EUR") == charge.amount
    assert totals == total(lines, charges if counted else [], currency="EUR", cash_step_minor=5)
