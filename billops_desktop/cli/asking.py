"""What the words of a command mean: days, instants, lengths and amounts."""

from __future__ import annotations

import re
from argparse import Namespace
from contextlib import suppress
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from billops_desktop.cli.parsing import Parser, shorten
from billops_desktop.cli.session import Session
from billops_desktop.cli.wording import day_label
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _
from billops_desktop.values import dataclass

if TYPE_CHECKING:
    from billops_desktop.domain.money import Money


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` to ``last``, both included."""

    first: date
    last: date


# Words that belong to the time before them: 9:15 pm, 9 Uhr.
AFTER_CLOCK = frozenset({"am", "pm", "a.m.", "p.m.", "uhr"})
TIME_WITH_OFFSET = re.compile(r"(?P<clock>.*[0-9])(?P<offset>[+−-](?:0[0-9]|1[0-4]):[0-5][0-9])")
FOREVER = Period(date.min, date.max)


def declare_period(parser: Parser) -> None:
    """Add the options by which a command is told its days."""
    parser.add_argument("--from", dest="first", metavar="DAY", help=_("First day"))
    parser.add_argument("--to", dest="last", metavar="DAY", help=_("Last day"))
    whole = parser.add_mutually_exclusive_group()
    whole.add_argument("--on", metavar="DAY", help=_("One day: today, yesterday, 25.11.2026"))
    whole.add_argument("--week", metavar="DAY", help=_("The week of this day"))
    whole.add_argument("--month", metavar="MONTH", help=_("A month as 2026-11, or one of its days"))


def period(session: Session, asked: Namespace, *, default: Period) -> Period:
    """Return the days asked for; ends that are not named are those of ``default``."""
    whole = _whole_period(session, asked)
    if whole is not None:
        if asked.first is not None or asked.last is not None:
            raise InvalidInput(
                _("Nothing was done. --from and --to do not go with --on, --week or --month."),
                _("Name either both ends or the whole."),
                field="from",
            )
        return whole
    first, last = default.first, default.last
    if asked.first is not None:
        first = day(session, asked.first, "from", past=True)
        last = max(last, first)
    if asked.last is not None:
        last = day(session, asked.last, "to", past=asked.first is not None, since=first)
    if last < first:
        raise InvalidInput(
            _("Nothing was done. The period ends before it starts."),
            _("Name the earlier day after --from."),
            field="to",
        )
    return Period(first, last)


def since_until(session: Session, asked: Namespace) -> tuple[date | None, date]:
    """Return the days that --since and --until name: from ever, to today."""
    first = day(session, asked.since, "since", past=True) if asked.since is not None else None
    if asked.until is None:
        return first, session.today()
    return first, day(session, asked.until, "until", past=first is not None, since=first)


def _whole_period(session: Session, asked: Namespace) -> Period | None:
    if asked.on is not None:
        chosen = day(session, asked.on, "on", past=True)
        return Period(chosen, chosen)
    if asked.week is not None:
        return week(session, asked.week)
    return month(session, asked.month) if asked.month is not None else None


def week(session: Session, text: str | None) -> Period:
    """Return the workspace's week around a day, by default around today."""
    from billops_desktop.domain.periods import week_of
    from billops_desktop.services.profile import settings

    on = day(session, text, "week", past=True) if text else session.today()
    return Period(*week_of(on, session.workspace.read(settings.workspace_row).first_weekday))


def month(session: Session, text: str) -> Period:
    """Return the days of the month that "2026-11", or any day of it, names."""
    from billops_desktop.domain.periods import month_of

    year, dash, number = text.partition("-")
    whole = dash and len(year) == 4 and len(number) == 2
    return Period(*month_of(day(session, f"{text}-01" if whole else text, "month", past=True)))


def day(
    session: Session, text: str, field: str, *, past: bool = False, since: date | None = None
) -> date:
    """Return the day that ``text`` names; InvalidInput says what a day looks like.

    Of ``past`` work a date without a year is the last such day, but none before ``since``. A date
    that could be two is remarked upon: which of them was taken, and how the other is typed.
    """
    from billops_desktop.domain.reading.typed_dates import other_date, read_date

    today = _calendar_day(session)
    with named(field):
        found = read_date(text, today=today, past=past)
        if since is not None and found < since:
            past, found = False, read_date(text, today=today)
    other = other_date(text, today=today, past=past)
    if other is not None:
        session.remark(
            _("“{text}” could be {day} or {other}. Using {day}; type {iso} for the other.").format(
                text=shorten(text.strip()),
                day=day_label(found),
                other=day_label(other),
                iso=other.isoformat(),
            )
        )
    return found


def instant(
    session: Session, text: str, field: str, *, on: date | None = None, zone: str | None = None
) -> datetime:
    """Return the instant meant by "9:15", "yesterday 9:15" or an ISO time with its offset.

    A time without a day is one of ``on``, by default of today; ``zone`` is by default the user's.
    """
    from billops_desktop.domain.periods import TimeOccursTwice, local_to_utc

    exact = _iso_with_offset(text)
    if exact is not None:
        return exact
    words, clock = _day_and_time(text)
    chosen = day(session, words, field, past=True) if words else on or session.today()
    place = zone or session.clock.zone()
    with named(field):
        if offset := TIME_WITH_OFFSET.fullmatch(clock):
            fixed = timezone(_offset(offset["offset"]))
            return datetime.combine(chosen, clock_time(offset["clock"]), fixed)
        try:
            return local_to_utc(chosen, clock_time(clock), place)
        except TimeOccursTwice as twice:
            twice.hint = _("Type which one is meant: {first} or {second}.").format(
                first=_with_offset(twice.first, place), second=_with_offset(twice.second, place)
            )
            raise


def clock_time(text: str) -> time:
    """Return the time of day that ``text`` names; a date alone is told from it."""
    from billops_desktop.domain.reading.typed_dates import read_date, read_time

    try:
        return read_time(text)
    except InvalidInput as unread:
        with suppress(InvalidInput):
            read_date(text, today=date(2000, 1, 1))
            unread.title = _("“{text}” is a date without a time.").format(text=shorten(text))
            unread.hint = _("Type the time behind it: {text} 9:15").format(text=shorten(text))
        raise


def is_time_alone(text: str) -> bool:
    """Tell whether ``text`` is a time of day without a day and without an offset."""
    words, clock = _day_and_time(text)
    exact = _iso_with_offset(text) is not None or TIME_WITH_OFFSET.fullmatch(clock) is not None
    return not words and not exact


def timer_instant(session: Session, text: str | None) -> datetime | None:
    """Return the instant that --at names, None without one: a time of the calendar day it is."""
    return None if text is None else instant(session, text, "at", on=_calendar_day(session))


def _calendar_day(session: Session) -> date:
    """Return the date on the wall; the workspace's own day may begin later."""
    return session.clock.now().astimezone(ZoneInfo(session.clock.zone())).date()


def _day_and_time(text: str) -> tuple[str, str]:
    """Split "yesterday 9:15 pm" before its time."""
    words = text.replace("T", " ", 1).split() if text[:1].isdigit() else text.split()
    last = -2 if len(words) > 1 and words[-1].casefold() in AFTER_CLOCK else -1
    return " ".join(words[:last]), " ".join(words[last:])


def _offset(text: str) -> timedelta:
    hours, minutes = int(text[1:3]), int(text[4:6])
    found = timedelta(hours=hours, minutes=minutes)
    return -found if text[0] in "-−" else found


def _with_offset(moment: datetime, zone: str) -> str:
    """Return the time with its offset, as it may be typed with or without its day: 02:30+01:00."""
    return moment.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes").partition("T")[2]


def _iso_with_offset(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def duration(text: str, field: str = "duration") -> int:
    """Return the seconds that "1h30", "1:30" or "90m" mean."""
    from billops_desktop.domain.reading.typed import read_duration

    with named(field):
        return read_duration(text)


def length(text: str, field: str = "duration") -> int:
    """Return the seconds of a duration that cannot be nothing or less."""
    unsigned = text.strip().removeprefix("-").removeprefix("−").lstrip()
    signed = unsigned != text.strip()
    seconds = duration(unsigned if signed else text, field)
    if signed or seconds <= 0:
        raise InvalidInput(
            _("“{text}” does not fit: a length of time must be above zero.").format(
                text=shorten(text)
            ),
            _("Type it as 1h30, 1:30 or 90m."),
            field=field,
        )
    return seconds


def money(text: str, currency: str, field: str = "amount") -> Money:
    """Return the amount typed, in ``currency``; a currency typed with it must be the same."""
    from billops_desktop.domain.reading.typed import read_money

    amount = text.strip()
    head, _space, tail = amount.rpartition(" ")
    if head and tail.isalpha():
        if tail.upper() != currency:
            raise InvalidInput(
                _("Nothing was done. {typed} is not in {currency}.").format(
                    typed=shorten(text), currency=currency
                ),
                _("Currencies are not converted: type the amount in {currency}.").format(
                    currency=currency
                ),
                field=field,
            )
        amount = head
    with named(field):
        return read_money(amount, currency)


def price(text: str, field: str = "price") -> Decimal:
    """Return the price typed: any number of places that the rate book keeps."""
    from billops_desktop.domain.reading.typed import read_decimal

    with named(field):
        return read_decimal(text)


class named:  # noqa: N801 - reads as a word where it is used
    """Give a fault the name of the option in which its cause was typed."""

    def __init__(self, field: str) -> None:
        self.field = field

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, failure: BaseException | None, _trace: object) -> None:
        if isinstance(failure, InvalidInput):
            failure.field = self.field
