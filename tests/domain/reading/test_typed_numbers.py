"""Typed numbers: one meaning is read, two are refused, no exponents, no other digits."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billops_desktop.domain.money import Money
from billops_desktop.domain.reading.typed_numbers import (
    read_decimal,
    read_duration,
    read_money,
    read_quantity,
)
from billops_desktop.errors import InvalidInput

NO_NUMBERS = [
    "", " ", "-", ".", ",", "1e5", "1E5", "1_000", "٣", "१२", "１２", "NaN", "nan", "inf",
    "Infinity", "0x10", "1.", "1,", "1..5", "1.5.5", "1,5,5", "--1", "1-", "(1)", "1 5", "12 34",
    "1,00,000",
    "1.450,00,00", "1,450.000,5", "1'450 000", "½", "²", "1\n2", "abc", "1a", "+-1", "0,500,000.5",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"), ("7", "7"), ("007", "7"), ("-7", "-7"), ("−7", "-7"), ("+7", "7"),
        ("1.5", "1.5"), ("1,5", "1.5"), (".5", "0.5"), (",5", "0.5"), ("0.500", "0.500"),
        ("1.450,00", "1450.00"), ("1,450.00", "1450.00"), ("1 450,00", "1450.00"),
        ("1'450.00", "1450.00"), ("1’450.00", "1450.00"), ("1\u00a0450,00", "1450.00"),
        ("1\u202f450", "1450"), ("1.234.567", "1234567"), ("1,234,567", "1234567"),
        ("1.234.567,891234", "1234567.891234"), (" 85.00 ", "85.00"), ("1500.000", "1500.000"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("mark", [None, ".", ","])
def test_a_number_with_one_meaning_is_read_whatever_the_mark(
    text: str, value: str, mark: str | None
) -> None:
    assert read_decimal(text, mark) == Decimal(value)


@pytest.mark.parametrize("text", ["1,500", "1.500", "-12,345", "999.999"])
def test_a_number_with_two_meanings_is_read_by_the_mark_only(text: str) -> None:
    as_point = Decimal(text.replace(",", ""))
    as_comma = Decimal(text.replace(".", "").replace(",", "."))
    assert read_decimal(text, ".") == as_point
    assert read_decimal(text, ",") == as_comma
    with pytest.raises(InvalidInput, match="can mean") as refusal:
        read_decimal(text, field="price")
    assert refusal.value.field == "price"


@pytest.mark.parametrize("text", NO_NUMBERS)
@pytest.mark.parametrize("mark", [None, ".", ","])
def test_what_is_no_number_is_refused(text: str, mark: str | None) -> None:
    with pytest.raises(InvalidInput, match="not a number"):
        read_decimal(text, mark)


def test_numbers_that_cannot_be_kept_exactly_are_refused() -> None:
    assert read_decimal("999999999999.123456") == Decimal("999999999999.123456")
    with pytest.raises(InvalidInput, match="too large"):
        read_decimal("1000000000000")
    with pytest.raises(InvalidInput, match="too many decimals"):
        read_decimal("0.1234567")


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from([".", ","]))
def test_what_is_printed_grouped_is_read_back(value: Decimal, mark: str) -> None:
    printed = f"{value:,.2f}"
    if mark == ",":
        printed = printed.translate(str.maketrans(",.", ".,"))
    assert read_decimal(printed, mark) == value


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1.450,00", "EUR", 145000), ("€1,450.00", "EUR", 145000), ("1450 €", "EUR", 145000),
        ("EUR 1450", "EUR", 145000), ("1450 eur", "EUR", 145000), ("-€5", "EUR", -500),
        ("€-5", "EUR", -500), ("$ 0.5", "USD", 50), ("1450", "JPY", 1450), ("¥1450", "JPY", 1450),
        ("0.125", "KWD", 125), ("KWD 12", "KWD", 12000), ("-5", "EUR", -500),
        ("Fr. 5.05", "CHF", 505),
    ],
)  # fmt: skip
def test_amounts_are_read_with_code_or_symbol(text: str, currency: str, minor: int) -> None:
    assert read_money(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("text", "currency", "said"),
    [
        ("1.455", "EUR", "can mean"),
        ("1.4555", "EUR", "too many decimals"),
        ("1.5", "JPY", "Use whole numbers"),
        ("$5", "EUR", "not a number"),
        ("5 USD", "EUR", "not a number"),
        ("EUR", "EUR", "not a number"),
        ("", "EUR", "not a number"),
        ("5", "XXX", "not a currency"),
    ],
)
def test_amounts_are_never_rounded_or_taken_for_another_currency(
    text: str, currency: str, said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        read_money(text, currency)


def test_an_amount_with_two_meanings_is_read_by_the_mark() -> None:
    assert read_money("1.500", "EUR", decimal_mark=",") == Money(150000, "EUR")
    with pytest.raises(InvalidInput, match="too many decimals"):
        read_money("1.500", "EUR", decimal_mark=".")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1:30", 5400), ("0:05", 300), ("1:30:15", 5415), ("100:00", 360000),
        ("1h30", 5400), ("1h 30", 5400), ("1 h 30", 5400), ("1h30m", 5400), ("1h 30m", 5400),
        ("1 h 30 min", 5400), ("1h30m15s", 5415), ("2h", 7200), ("90m", 5400), ("90 min", 5400),
        ("90 Minuten", 5400), ("2 Std.", 7200), ("2 hours", 7200), ("45s", 45), ("0m", 0),
        ("1.5h", 5400), ("1,5h", 5400), ("1,5 Std", 5400), (".5h", 1800), ("1.333h", 4799),
        ("1.5", 5400), ("1,5", 5400), ("0.25", 900), ("45", 2700), ("0", 0), (" 1H30 ", 5400),
    ],
)  # fmt: skip
def test_durations_are_read_as_seconds(text: str, seconds: int) -> None:
    assert read_duration(text) == seconds


@pytest.mark.parametrize(
    "text",
    ["", " ", "h", "m", "1:60", "1:75", "1:5", ":30", "-1:30", "1:30:60", "1h75", "1e3", "1_0m",
     "٣h", "1.5m", "1h1h", "30m1h", "1.5.5", "1,5,5h", "abc", "1d", "1:30h", "9" * 20],
)  # fmt: skip
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="not a duration") as refusal:
        read_duration(text)
    assert refusal.value.field == "duration"


def test_a_duration_has_an_end() -> None:
    assert read_duration("9999h") == 9999 * 3600
    with pytest.raises(InvalidInput, match="ends at 9,999 hours"):
        read_duration("9999:01")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2", "2"), ("2,5", "2.5"), ("38:30", "38.5"), ("38:20", "38.333333"), ("-1:30", "-1.5"),
        ("0:00:36", "0.01"), ("=12*95", "1140"), ("= 1 + 2 * 3", "7"), ("=(1+2)*3", "9"),
        ("=10/4", "2.5"), ("=2/3", "0.666667"), ("=-3+5", "2"), ("=--3", "3"), ("=2×3÷4", "1.5"),
        ("=1,5*2", "3"), ("=0.1+0.2", "0.3"), ("=5−7", "-2"), ("=1000*1000", "1000000"),
        ("=-(2+3)", "-5"),
    ],
)  # fmt: skip
def test_quantities_are_decimals_hours_or_sums(text: str, value: str) -> None:
    found = read_quantity(text)
    assert found == Decimal(value)
    assert "E" not in str(found)


@pytest.mark.parametrize(
    "text",
    ["=", "=1+", "=*2", "=1/0", "=(1+2", "=1+2)", "=()", "=1 2", "=2**3", "=1e3", "=a", "=1;2",
     "=__import__('os')", "=1+" * 60 + "1", "=1_0", "=٣"],
)  # fmt: skip
def test_sums_that_cannot_be_worked_out_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="cannot be worked out") as refusal:
        read_quantity(text)
    assert refusal.value.field == "quantity"


def test_a_sum_may_not_grow_beyond_what_is_kept() -> None:
    with pytest.raises(InvalidInput, match="too large"):
        read_quantity("=999999999*999999999")


@pytest.mark.parametrize("text", ["", "1:75", "abc", "1e5"])
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_quantity(text)


@given(st.text(alphabet="0123456789.,:=+-*/() hm'e_٣", max_size=12))
def test_any_text_is_read_or_refused_but_never_breaks(text: str) -> None:
    for read in (read_decimal, read_duration, read_quantity, lambda one: read_money(one, "EUR")):
        with suppress(InvalidInput):
            read(text)
