"""Dates and times of day as people type them, in English and German; never a guess."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from billops_desktop.domain.quoting import quoted
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _, worded
from billops_desktop.values import dataclass

DAY_WORDS = {
    "day before yesterday": -2, "vorgestern": -2, "yesterday": -1, "gestern": -1,
    "today": 0, "heute": 0, "tomorrow": 1, "morgen": 1, "übermorgen": 2,
}  # fmt: skip
MONTHS = (
    ("january", "januar", "jänner"),
    ("february", "februar", "feber"),
    ("march", "märz", "maerz", "mrz"),
    ("april",),
    ("may", "mai"),
    ("june", "juni"),
    ("july", "juli"),
    ("august",),
    ("september", "sept"),
    ("october", "oktober"),
    ("november",),
    ("december", "dezember"),
)
WEEKDAYS = (
    ("monday", "montag", "mon", "mo"),
    ("tuesday", "dienstag", "tue", "tues", "di"),
    ("wednesday", "mittwoch", "wed", "mi"),
    ("thursday", "donnerstag", "thu", "thur", "thurs", "do"),
    ("friday", "freitag", "fri", "fr"),
    ("saturday", "samstag", "sonnabend", "sat", "sa"),
    ("sunday", "sonntag", "sun", "so"),
)
SHORTEST_MONTH = 3
# Beyond these a year is a slip of the finger, and zones know nothing of it.
YEARS = range(1900, 2201)
# So many years can lie between two leap days: 1896 and 1904.
YEARS_TO_A_LEAP_DAY = 8

ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
DOTTED = re.compile(
    r"(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2})(?:\.|\. ?(?P<year>[0-9]{4}|[0-9]{2}))?"
)
SLASHED = re.compile(r"(?P<one>[0-9]{1,2})/(?P<two>[0-9]{1,2})(?:/(?P<year>[0-9]{4}|[0-9]{2}))?")
DAY_MONTH = re.compile(
    r"(?P<day>[0-9]{1,2})(?:\.|st|nd|rd|th)? ?(?P<name>[a-zäöü]+)\.?(?:,? (?P<year>[0-9]{4}))?"
)
MONTH_DAY = re.compile(
    r"(?P<name>[a-zäöü]+)\.? ?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?:,? (?P<year>[0-9]{4}))?"
)
CLOCK = re.compile(r"(?P<hour>[0-9]{1,2})(?:(?:[:.]| ?h ?)(?P<minute>[0-5][0-9]))?(?: ?uhr)?")
DIGITS = re.compile(r"(?P<hour>[0-9]{1,2})(?P<minute>[0-5][0-9])")
HALF_DAY = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:[:.]?(?P<minute>[0-5][0-9]))? ?(?P<half>a|p)\.? ?m?\.?"
)


def _month_number(name: str) -> int | None:
    """Return the month that a word of three letters or more begins; nothing when none does."""
    if len(name) < SHORTEST_MONTH:
        return None
    for number, words in enumerate(MONTHS, start=1):
        if any(word.startswith(name) for word in words):
            return number
    return None


@dataclass(frozen=True, slots=True)
class _Sense:
    """How what is left open is meant: from which day, whether it is over, day or month first."""

    today: date
    past: bool
    day_first: bool


def _made(day: int, month: int, year: str | None, sense: _Sense) -> date | None:
    """Return the date; without a year the nearest or the last; nothing when it does not exist."""
    today = sense.today
    if year is not None:
        years = [int(year) if len(year) > 2 else 2000 + int(year)]
    elif sense.past:
        years = [*range(today.year - YEARS_TO_A_LEAP_DAY, today.year + 1)]
    else:
        years = [today.year - 1, today.year, today.year + 1]
    found = []
    for candidate in years:
        if candidate not in YEARS:
            continue
        try:
            found.append(date(candidate, month, day))
        except ValueError:
            continue
    if year is None and sense.past:
        found = [one for one in found if one <= today]
    return min(found, key=lambda one: abs(one - today), default=None)


def _by_word(typed: str, today: date) -> date | None:
    """Return the day that a word names; a weekday is the last one, today included."""
    if typed in DAY_WORDS:
        return today + timedelta(days=DAY_WORDS[typed])
    for number, words in enumerate(WEEKDAYS):
        if typed in words:
            return today - timedelta(days=(today.weekday() - number) % 7)
    return None


def _by_digits(typed: str, sense: _Sense) -> date | None:
    """Return the day of a date in figures: dots put the day first, slashes as people do."""
    if match := ISO.fullmatch(typed) or DOTTED.fullmatch(typed):
        return _made(int(match["day"]), int(match["month"]), match["year"], sense)
    if match := SLASHED.fullmatch(typed):
        one, two = match["one"], match["two"]
        day, month = (one, two) if sense.day_first else (two, one)
        return _made(int(day), int(month), match["year"], sense)
    return None


def _by_month_name(typed: str, sense: _Sense) -> date | None:
    """Return the day of a date that names its month: 25 nov, November 25, 2026."""
    if match := DAY_MONTH.fullmatch(typed) or MONTH_DAY.fullmatch(typed):
        month = _month_number(match["name"])
        return _made(int(match["day"]), month, match["year"], sense) if month else None
    return None


def read_date(
    text: str,
    *,
    today: date,
    day_first: bool = True,
    past: bool = False,
    field: str = "date",
) -> date:
    """Read a date: today, yesterday, monday, 2026-11-25, 25.11.2026, 25/11, 25 nov.

    Without a year the nearest such date is meant, with ``past`` the last one; a weekday is the
    last one, today included.

    >>> today = date(2026, 1, 3)
    >>> [str(read_date(typed, today=today)) for typed in ("gestern", "29.12.", "5 jan", "friday")]
    ['2026-01-02', '2025-12-29', '2026-01-05', '2026-01-02']
    >>> str(read_date("5 jan", today=today, past=True))
    '2025-01-05'
    """
    typed = " ".join(text.lower().split())
    sense = _Sense(today, past, day_first)
    found = _by_word(typed, today) or _by_digits(typed, sense) or _by_month_name(typed, sense)
    if found is None:
        raise InvalidInput(
            worded("{text} is not a date.", text=quoted(text)),
            _("Type 2026-11-25, 25.11.2026, 25 nov or yesterday."),
            field=field,
        )
    return found


def other_date(
    text: str, *, today: date, day_first: bool = True, past: bool = False
) -> date | None:
    """Return the other day that a date with slashes could be; None where there is only one.

    >>> str(other_date("03/04", today=date(2026, 11, 25))), other_date("13/02", today=date.min)
    ('2027-03-04', None)
    """
    typed = "".join(text.split())
    if not SLASHED.fullmatch(typed):
        return None
    meant = _by_digits(typed, _Sense(today, past, day_first))
    other = _by_digits(typed, _Sense(today, past, not day_first))
    return None if meant is None or other == meant else other


def read_time(text: str, *, field: str = "time") -> time:
    """Read a time of day: 9, 9:15, 9.15, 0915, 9am, 9:15 pm.

    >>> [str(read_time(typed)) for typed in ("9", "9:15", "0915", "9am", "12am", "9:15 pm")]
    ['09:00:00', '09:15:00', '09:15:00', '09:00:00', '00:00:00', '21:15:00']
    """
    typed = " ".join(text.lower().split())
    found = _clock_time(typed)
    if found is None:
        raise InvalidInput(
            worded("{text} is not a time of day.", text=quoted(text)),
            _("Type 9:15, 0915 or 9:15 pm."),
            field=field,
        )
    return found


def _clock_time(typed: str) -> time | None:
    """Return the time of day, or nothing when no clock shows it."""
    if match := HALF_DAY.fullmatch(typed):
        hour = int(match["hour"])
        if not 1 <= hour <= 12:
            return None
        return time(hour % 12 + (12 if match["half"] == "p" else 0), int(match["minute"] or 0))
    if match := CLOCK.fullmatch(typed) or DIGITS.fullmatch(typed):
        hour = int(match["hour"])
        return time(hour, int(match["minute"] or 0)) if hour < 24 else None
    return None
