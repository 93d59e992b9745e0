"""Tax: once per category and rate, inclusive prices kept, rates that fit their category."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billops_desktop.domain.money import Money
from billops_desktop.domain.tax import (
    Category,
    TaxGroup,
    breakdown,
    from_gross,
    sum_by_group,
    validate_group,
)
from billops_desktop.errors import InvalidInput

S19 = TaxGroup(Category.STANDARD, Decimal(19))
S7 = TaxGroup(Category.STANDARD, Decimal(7))
AE = TaxGroup(Category.REVERSE_CHARGE, Decimal(0))
GROUPED_AMOUNTS = st.lists(
    st.tuples(st.sampled_from([S19, S7, AE]), st.integers(-(10**9), 10**9)), max_size=12
)


def test_groups_are_equal_by_value_however_the_rate_is_written() -> None:
    written = TaxGroup(Category("S"), Decimal("19.00"))
    assert written == S19
    assert hash(written) == hash(S19)
    assert TaxGroup("AE", Decimal(0)).category is Category.REVERSE_CHARGE  # type: ignore[arg-type]  # stored text


def test_an_unknown_category_is_refused() -> None:
    with pytest.raises(InvalidInput, match="tax category") as refusal:
        TaxGroup("Q", Decimal(0))  # type: ignore[arg-type]  # stored text
    assert refusal.value.field == "tax_category"


def test_groups_stand_in_the_order_in_which_they_appear() -> None:
    amounts = [(S7, Money(1, "EUR")), (S19, Money(2, "EUR")), (S7, Money(3, "EUR"))]
    assert list(sum_by_group(amounts).items()) == [(S7, Money(4, "EUR")), (S19, Money(2, "EUR"))]


@given(GROUPED_AMOUNTS)
def test_each_group_is_taxed_once_on_its_sum(amounts: list[tuple[TaxGroup, int]]) -> None:
    lines = breakdown([(group, Money(minor, "EUR")) for group, minor in amounts])
    assert len({line.group for line in lines}) == len(lines)
    assert sum(line.base.minor for line in lines) == sum(minor for _, minor in amounts)
    for line in lines:
        assert line.tax == line.base.percent(line.group.percent)


def test_rounding_down_is_for_countries_that_allow_it() -> None:
    amounts = [(TaxGroup(Category.STANDARD, Decimal(10)), Money(69998, "JPY"))]
    assert breakdown(amounts)[0].tax == Money(7000, "JPY")
    assert breakdown(amounts, "down")[0].tax == Money(6999, "JPY")
    negative = [(group, -amount) for group, amount in amounts]
    assert breakdown(negative, "down")[0].tax == Money(-6999, "JPY")
    with pytest.raises(ValueError, match="half_up or down"):
        breakdown(amounts, "half_even")


@given(GROUPED_AMOUNTS)
def test_inclusive_prices_keep_their_gross(amounts: list[tuple[TaxGroup, int]]) -> None:
    grosses = [(group, Money(minor, "EUR")) for group, minor in amounts]
    split = from_gross(grosses)
    nets = sum(net.minor for net in split.nets)
    taxes = sum(line.tax.minor for line in split.taxes)
    by_group = sum_by_group(grosses)
    whole = {group for group, gross in by_group.items() if gross}
    assert len(split.nets) == len(grosses)
    if whole == set(by_group):
        assert nets + taxes == sum(minor for _, minor in amounts)
    for line in split.taxes:
        assert line.base + line.tax == by_group[line.group]


def test_inclusive_amounts_that_cancel_each_other_are_left_alone() -> None:
    split = from_gross([(S19, Money(100, "EUR")), (S19, Money(-100, "EUR"))])
    assert [net.minor for net in split.nets] == [100, -100]
    assert split.taxes[0].tax == Money.zero("EUR")


@pytest.mark.parametrize(
    ("category", "percent"),
    [("S", "19"), ("S", "8.875"), ("Z", "0"), ("E", "0"), ("AE", "0"), ("K", "0"), ("G", "0"),
     ("O", "0"), ("L", "7"), ("L", "0"), ("M", "4"), ("S", "100")],
)  # fmt: skip
def test_rates_that_fit_their_category_pass(category: str, percent: str) -> None:
    validate_group(TaxGroup(Category(category), Decimal(percent)))


@pytest.mark.parametrize(
    ("category", "percent", "said"),
    [("S", "0", "above 0"), ("S", "-1", "not possible"), ("S", "100.1", "not possible"),
     ("Z", "7", "at 0%"), ("E", "1", "at 0%"), ("AE", "19", "at 0%"), ("K", "19", "at 0%"),
     ("G", "19", "at 0%"), ("O", "19", "at 0%"), ("M", "-4", "not possible")],
)  # fmt: skip
def test_rates_that_do_not_fit_are_refused(category: str, percent: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said) as refusal:
        validate_group(TaxGroup(Category(category), Decimal(percent)))
    assert refusal.value.field == "tax_percent"


def test_a_reason_is_needed_where_no_tax_is_charged_by_law() -> None:
    assert {category for category in Category if category.needs_reason} == set("EKGO") | {"AE"}
