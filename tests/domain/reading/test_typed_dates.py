"""Typed dates and times: words, figures and names in English and German; the rest is refused."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billops_desktop.domain.reading.typed_dates import other_date, read_date, read_time
from billops_desktop.errors import InvalidInput

WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("today", "2026-11-25"), ("Heute", "2026-11-25"), ("yesterday", "2026-11-24"),
        ("gestern", "2026-11-24"), ("vorgestern", "2026-11-23"), ("tomorrow", "2026-11-26"),
        ("day before  yesterday", "2026-11-23"), ("morgen", "2026-11-26"),
        ("wed", "2026-11-25"), ("Montag", "2026-11-23"), ("thursday", "2026-11-19"),
        ("so", "2026-11-22"),
        ("2026-11-25", "2026-11-25"), ("2026-1-5", "2026-01-05"), ("25.11.2026", "2026-11-25"),
        ("5.1.27", "2027-01-05"), ("25. 11. 2026", "2026-11-25"), ("25.11.", "2026-11-25"),
        ("25.11", "2026-11-25"), ("25/11", "2026-11-25"), ("5/3/2026", "2026-03-05"),
        ("25 nov", "2026-11-25"), ("25. November 2025", "2025-11-25"), ("nov 25", "2026-11-25"),
        ("November 25, 2026", "2026-11-25"), ("1st dec", "2026-12-01"), ("3 Mär", "2027-03-03"),
        ("25dez", "2026-12-25"), ("2 sept.", "2026-09-02"), ("29 feb 2028", "2028-02-29"),
        ("20.1.", "2027-01-20"), ("1.7.", "2026-07-01"),
    ],
)  # fmt: skip
def test_dates_are_read(text: str, found: str) -> None:
    assert str(read_date(text, today=WEDNESDAY)) == found


def test_slashes_put_the_month_first_where_people_do() -> None:
    assert read_date("11/25/2026", today=WEDNESDAY, day_first=False) == WEDNESDAY
    assert read_date("5/3", today=WEDNESDAY, day_first=False) == date(2027, 5, 3)
    assert read_date("5.3.", today=WEDNESDAY, day_first=False) == date(2027, 3, 5)
    with pytest.raises(InvalidInput):
        read_date("11/25/2026", today=WEDNESDAY)


@pytest.mark.parametrize(
    "text",
    ["", " ", "2026", "25", "31.2.2026", "32.1.", "30.2.", "0.1.2026", "13/13", "2026-13-01",
     "2026-02-30", "29.2.", "25 xyz", "25 ma", "1/1/1/1", "٢٥.١١.٢٠٢٦", "20261125", "0000-01-01",
     "-1", "nov", "soon", "0206-11-25", "25.11.1899", "9999-12-31", "25.11.202"],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="not a date") as refusal:
        read_date(text, today=WEDNESDAY, field="issue_on")
    assert refusal.value.field == "issue_on"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("13/02", "2026-02-13"), ("3 Mär", "2026-03-03"), ("20.1.", "2026-01-20"),
        ("25/11", "2026-11-25"), ("26.11.", "2025-11-26"), ("29 feb", "2024-02-29"),
        ("tomorrow", "2026-11-26"), ("13/02/2027", "2027-02-13"),
    ],
)  # fmt: skip
def test_of_past_work_the_last_such_day_is_meant(text: str, found: str) -> None:
    assert str(read_date(text, today=WEDNESDAY, past=True)) == found


def test_a_date_that_could_be_two_has_another() -> None:
    def other(text: str, **more: bool) -> str:
        return str(other_date(text, today=WEDNESDAY, **more))

    assert other("03/04", past=True) == "2026-03-04"
    assert other("03/04", past=True, day_first=False) == "2026-04-03"
    assert other("12/11/2026") == "2026-12-11"
    for plain in ("13/02", "4/4", "3.4.", "2026-04-03", "soon", "31/13"):
        assert other(plain) == "None"


def test_the_leap_day_without_a_year_is_the_nearest_one() -> None:
    assert read_date("29.2.", today=date(2027, 12, 1)) == date(2028, 2, 29)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(-180, 180))
def test_a_printed_date_is_read_back(day: date, away: int) -> None:
    today = day + timedelta(days=away)
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%d.%m.", "%d %B"):
        if (day.month, day.day) == (2, 29) and "y" not in form.lower():
            continue
        assert read_date(day.strftime(form), today=today) == day


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9", "09:00"), ("09", "09:00"), ("9:15", "09:15"), ("9.15", "09:15"), ("9h15", "09:15"),
        ("0915", "09:15"), ("915", "09:15"), ("9am", "09:00"), ("9 AM", "09:00"), ("9a", "09:00"),
        ("12am", "00:00"), ("12pm", "12:00"), ("12:30 a.m.", "00:30"), ("915pm", "21:15"),
        ("9:15pm", "21:15"), ("23:59", "23:59"), ("0", "00:00"), ("0000", "00:00"),
        ("9 Uhr", "09:00"), ("9:15 uhr", "09:15"),
    ],
)  # fmt: skip
def test_times_are_read(text: str, found: str) -> None:
    assert read_time(text) == time.fromisoformat(found)


@pytest.mark.parametrize(
    "text",
    ["", "24", "24:00", "25:10", "9:60", "9:5", "0am", "13pm", "1360", "99999", "noonish", "٩",
     "9:15:00:00", "-9", "am"],
)  # fmt: skip
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="not a time of day") as refusal:
        read_time(text)
    assert refusal.value.field == "time"
