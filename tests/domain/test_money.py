"""Money: rounding half up away from zero, currencies apart, allocation without a lost cent."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billops_desktop.domain.money import (
    CURRENCIES,
    CurrencyMismatch,
    Money,
    allocate_whole,
    decimals_of,
    round_half_up,
    round_whole,
    to_cash,
)
from billops_desktop.errors import InvalidInput

AMOUNTS = st.integers(-(10**14), 10**14)


@pytest.mark.parametrize(
    ("currency", "decimals"), [("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("ISK", 0)]
)
def test_decimals_follow_iso_4217(currency: str, decimals: int) -> None:
    assert decimals_of(currency) == decimals
    assert CURRENCIES[currency] == decimals


@pytest.mark.parametrize("code", ["", "eur", "EURO", "XXX", "DEM", "€"])
def test_an_unknown_currency_is_refused_by_name(code: str) -> None:
    with pytest.raises(InvalidInput, match="currency code") as refusal:
        decimals_of(code)
    assert refusal.value.field == "currency"
    with pytest.raises(InvalidInput):
        Money(1, code)


@pytest.mark.parametrize(
    ("typed", "places", "rounded"),
    [
        ("0.125", 2, "0.13"),
        ("-0.125", 2, "-0.13"),
        ("1.005", 2, "1.01"),
        ("2.675", 2, "2.68"),
        ("0.5", 0, "1"),
        ("-0.5", 0, "-1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("0.1249999999999999999999999999999999999", 2, "0.12"),
        ("12345678901234567890123456789012.345", 2, "12345678901234567890123456789012.35"),
    ],
)
def test_a_half_goes_away_from_zero(typed: str, places: int, rounded: str) -> None:
    assert str(round_half_up(Decimal(typed), places)) == rounded


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 6))
def test_rounding_is_what_the_decimal_module_calls_half_up(value: Decimal, places: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert round_half_up(value, places) == expected


@given(st.fractions(-(10**6), 10**6))
def test_rounding_is_symmetric_and_never_off_by_more_than_a_half(value: Fraction) -> None:
    assert round_whole(-value) == -round_whole(value)
    assert abs(round_whole(value) - value) <= Fraction(1, 2)


def test_money_adds_subtracts_compares_and_prints() -> None:
    one, two = Money(1050, "EUR"), Money(-50, "EUR")
    assert one + two == Money(1000, "EUR")
    assert one - two == Money(1100, "EUR")
    assert -one == Money(-1050, "EUR")
    assert abs(two) == Money(50, "EUR")
    assert two < one
    assert two <= one
    assert one > two
    assert one >= two
    assert one
    assert not Money.zero("EUR")
    assert str(one) == "10.50 EUR"
    assert str(two) == "-0.50 EUR"
    assert str(Money(7, "JPY")) == "7 JPY"
    assert Money(-5, "KWD").decimal == Decimal("-0.005")


def test_money_of_main_units_is_rounded_once() -> None:
    assert Money.of(Decimal("2.345"), "EUR") == Money(235, "EUR")
    assert Money.of(Fraction(100, 3), "EUR") == Money(3333, "EUR")
    assert Money.of(5, "KWD") == Money(5000, "KWD")
    assert Money.of(Decimal("69997.5"), "JPY") == Money(69998, "JPY")


def test_two_currencies_never_mix() -> None:
    euro, dollar = Money(1, "EUR"), Money(1, "USD")
    for mixed in (
        lambda: euro + dollar,
        lambda: euro - dollar,
        lambda: euro < dollar,
        lambda: euro <= dollar,
        lambda: euro > dollar,
        lambda: euro >= dollar,
        lambda: Money.sum([euro, dollar], "EUR"),
    ):
        with pytest.raises(CurrencyMismatch, match="EUR and USD"):
            mixed()
    assert euro != dollar


def test_fractions_of_a_cent_are_no_money() -> None:
    with pytest.raises(TypeError, match="whole units"):
        Money(0.5, "EUR")  # type: ignore[arg-type]  # what a caller without a type checker may pass


@given(AMOUNTS, st.lists(st.integers(0, 10**9), min_size=1, max_size=8).filter(any))
def test_allocation_loses_no_cent_and_is_fair_to_one(minor: int, weights: list[int]) -> None:
    parts = Money(minor, "EUR").allocate(weights)
    assert Money.sum(parts, "EUR").minor == minor
    for part, weight in zip(parts, weights, strict=True):
        assert abs(Fraction(part.minor) - Fraction(minor * weight, sum(weights))) < 1
        assert weight or not part
    mirrored = Money(-minor, "EUR").allocate(weights)
    assert [part.minor for part in mirrored] == [-part.minor for part in parts]


def test_equal_remainders_go_to_the_earlier_part() -> None:
    assert allocate_whole(5, (1, 1)) == (3, 2)
    assert allocate_whole(10, (3, 3, 3, 1)) == (3, 3, 3, 1)


def test_weights_may_be_negative_but_not_void() -> None:
    assert allocate_whole(85, (1000, -150)) == (100, -15)
    assert allocate_whole(85, (-1000, 150)) == (100, -15)
    with pytest.raises(ValueError, match="add up to zero"):
        allocate_whole(1, (1, -1))


@pytest.mark.parametrize(
    ("minor", "step", "rounded"),
    [(97966, 5, 97965), (97968, 5, 97970), (-97968, 5, -97970), (150, 100, 200), (-150, 100, -200)],
)
def test_cash_rounds_to_the_smallest_coin(minor: int, step: int, rounded: int) -> None:
    assert to_cash(Money(minor, "CHF"), step) == Money(rounded, "CHF")


def test_a_coin_is_worth_something() -> None:
    with pytest.raises(ValueError, match="smallest coin"):
        to_cash(Money(1, "CHF"), 0)


def test_percent_is_rounded_once() -> None:
    assert Money(148650, "EUR").percent(Decimal(19)) == Money(28244, "EUR")
    assert Money(-148650, "EUR").percent(Decimal(19)) == Money(-28244, "EUR")
