"""Number patterns: placeholders, resets that never repeat a number, file names made safe."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billops_desktop.domain.billing.numbering import Pattern, safe_file_name
from billops_desktop.errors import InvalidInput

DAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("pattern", "n", "number"),
    [
        ("{YYYY}-{N:4}", 7, "2026-0007"),
        ("{YYYY}-{N:4}", 12345, "2026-12345"),
        ("{N}", 7, "7"),
        ("RE{YY}{MM}{DD}/{N:2}", 7, "RE260309/07"),
        ("{client}-{company}-{N:3}", 1, "ACME-HC-001"),
        ("Nº {N} ü", 3, "Nº 3 ü"),
    ],
)
def test_placeholders_are_filled_from_the_invoice_date(pattern: str, n: int, number: str) -> None:
    assert Pattern.parse(pattern).format(n, DAY, "ACME", "HC") == number


def test_codes_are_taken_as_they_are() -> None:
    assert Pattern.parse("{client}-{N}").format(1, DAY, "{N}") == "{N}-1"


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("", "needs {N}"),
        ("2026", "needs {N}"),
        ("{YYYY}", "needs {N}"),
        ("{N}{N}", "exactly once"),
        ("{N}-{N:4}", "exactly once"),
        ("{N:0}", "between 1 and 12"),
        ("{N:13}", "between 1 and 12"),
        ("{N", "no partner"),
        ("N}", "no partner"),
        ("{{N}}", "no partner"),
        ("{N}{year}", "{year} is not a placeholder"),
        ("{N}{}", "{} is not a placeholder"),
        ("{N:}", "needs {N}"),
        ("{N:٤}", "needs {N}"),
        ("{n}", "needs {N}"),
        ("{N}{0.__class__}", "not a placeholder"),
        (" {N}", "blanks"),
        ("{N}\n", "blanks"),
        ("A\x00{N}", "do not print"),
        ("A" * 48 + "{N}", "longer than 50"),
    ],
)
def test_a_pattern_that_is_wrong_says_why(pattern: str, said: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        Pattern.parse(pattern)
    assert said in refusal.value.title
    assert refusal.value.field == "pattern"


@pytest.mark.parametrize(
    ("pattern", "reset", "period"),
    [
        ("{N}", "never", ""),
        ("{YYYY}-{N}", "never", ""),
        ("{YYYY}-{N}", "year", "2026"),
        ("{YY}-{N}", "year", "2026"),
        ("{YYYY}{MM}-{N}", "year", "2026"),
        ("{MM}/{YY}-{N}", "month", "2026-03"),
    ],
)
def test_the_period_is_that_of_the_invoice_date(pattern: str, reset: str, period: str) -> None:
    assert Pattern.parse(pattern, reset).period(DAY, reset) == period


@pytest.mark.parametrize(
    ("pattern", "reset", "said"),
    [
        ("{N}", "year", "needs the year"),
        ("{MM}-{N}", "year", "needs the year"),
        ("{YYYY}-{N}", "month", "needs the month"),
        ("{MM}-{N}", "month", "needs the year"),
        ("{N}", "week", "not a way of counting"),
    ],
)
def test_counting_anew_needs_the_period_in_the_pattern(pattern: str, reset: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        Pattern.parse(pattern, reset)
    with pytest.raises(InvalidInput, match=said):
        Pattern.parse(pattern).period(DAY, reset)


def test_a_missing_code_and_a_number_below_one_are_refused() -> None:
    with pytest.raises(InvalidInput, match="code of the client") as refusal:
        Pattern.parse("{client}{N}").format(1, DAY)
    assert refusal.value.field == "client"
    with pytest.raises(InvalidInput, match="code of the company"):
        Pattern.parse("{company}{N}").format(1, DAY, "ACME")
    with pytest.raises(InvalidInput, match="counted from 1"):
        Pattern.parse("{N}").format(0, DAY)


@given(
    st.lists(st.integers(0, 900), min_size=1, max_size=30),
    st.sampled_from(["{YYYY}-{N:4}", "{YY}{MM}{N}", "{N}/{MM}/{YYYY}", "{YY}{N}{MM}{DD}"]),
    st.sampled_from(["never", "year", "month"]),
)
def test_numbers_count_without_a_hole_per_period_and_never_repeat(
    days: list[int], text: str, reset: str
) -> None:
    try:
        pattern = Pattern.parse(text, reset)
    except InvalidInput:
        assert reset == "month"
        return
    last: dict[str, int] = {}
    given_numbers: list[str] = []
    for offset in days:
        on = date(2026, 1, 1) + timedelta(days=offset)
        period = pattern.period(on, reset)
        last[period] = last.get(period, 0) + 1
        given_numbers.append(pattern.format(last[period], on))
    assert len(set(given_numbers)) == len(days)
    assert sum(last.values()) == len(days)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2026-0007.pdf", "2026-0007.pdf"),
        ("Größe/Überblick.pdf", "Grosse-Uberblick.pdf"),
        ("Smørrebrød Łódź", "Smorrebrod-Lodz"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\x00b\nc", "a-b-c"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("LPT1.tar.gz", "_LPT1.tar.gz"),
        ("COM0", "COM0"),
        ("حساب", "document"),
        ("", "document"),
        ("...", "document"),
        ("trailing. ", "trailing"),
        ("C:\\Temp\\x", "C-Temp-x"),
        ("a - .pdf", "a.pdf"),
    ],
)
def test_file_names_are_made_safe(text: str, name: str) -> None:
    assert safe_file_name(text) == name


def test_long_file_names_keep_their_suffix() -> None:
    assert safe_file_name("x" * 300 + ".pdf") == "x" * 116 + ".pdf"
    assert safe_file_name("x" * 300) == "x" * 120
    assert safe_file_name("x" * 300 + "." + "y" * 20) == "x" * 120


@given(st.text(max_size=200))
def test_any_text_becomes_a_safe_file_name(text: str) -> None:
    name = safe_file_name(text)
    assert 1 <= len(name.encode()) <= 120
    assert set(name) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
    assert not name.startswith((".", "-"))
    assert not name.endswith((".", "-"))
    assert safe_file_name(name) == name


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("CN-{YYYY}-{N:4}", "CN-{YYYY}-{N:4}", True),
        ("{YYYY}-{N:4}", "CN-{YYYY}-{N:4}", False),
        ("{YYYY}{N:4}", "{N}", True),
        ("2026-{N}", "{YYYY}-{N:4}", True),
        ("{client}-{N}", "K-{N}", True),
        ("R{YY}{MM}{DD}-{N}", "C{company}-{N}", False),
    ],
)
def test_patterns_that_can_give_one_number_meet(one: str, other: str, meet: bool) -> None:
    assert Pattern.parse(one).may_meet(Pattern.parse(other)) is meet
    assert Pattern.parse(other).may_meet(Pattern.parse(one)) is meet


def test_a_year_has_four_digits_whatever_the_system() -> None:
    pattern, day = Pattern.parse("{YYYY}-{YY}-{MM}-{N}", "month"), date(1, 2, 3)
    assert pattern.format(4, day) == "0001-01-02-4"
    assert (pattern.period(day, "year"), pattern.period(day, "month")) == ("0001", "0001-02")


@pytest.mark.parametrize(
    ("pattern", "reset", "number", "place"),
    [
        ("{YYYY}-{N:4}", "year", "2026-0007", ("2026", 7)),
        ("RE{YY}{MM}-{N:3}", "month", "RE2603-12345", ("2026-03", 12345)),
        ("{client}/{N}", "never", "A/B/7", ("", 7)),
        ("{YYYY}-{N:4}", "year", "2026-007", None),
        ("{YYYY}-{N:4}", "year", "x2026-0007", None),
        ("{N}", "never", "07", None),
    ],
)
def test_a_number_says_its_period_and_its_count(
    pattern: str, reset: str, number: str, place: tuple[str, int] | None
) -> None:
    parsed = Pattern.parse(pattern, reset)
    assert parsed.read(number, reset) == place
    if place is None:
        with pytest.raises(InvalidInput, match="no number of this pattern"):
            parsed.recounted(number, 6)
    else:
        assert parsed.read(parsed.recounted(number, 6), reset) == (place[0], 6)


@given(st.integers(1, 10**9), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_number_of_this_century_is_read_as_it_was_given(n: int, on: date) -> None:
    pattern = Pattern.parse("X{YY}-{MM}/{N:3}", "month")
    assert pattern.read(pattern.format(n, on), "month") == (pattern.period(on, "month"), n)
