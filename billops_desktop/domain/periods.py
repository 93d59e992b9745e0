"""Spans and days: all calendar arithmetic between UTC instants and the wall clock of a zone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from billops_desktop.domain.quoting import quoted
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _, worded
from billops_desktop.values import dataclass

ONE_DAY = timedelta(days=1)
ONE_SECOND = timedelta(seconds=1)
# Far enough from the ends of the calendar for any zone and any window around an entry.
FIRST_YEAR, LAST_YEAR = 1900, 9990


class NoSuchTime(InvalidInput):
    """The clocks skip this local time; ``resumes_at`` is the first instant after the gap."""

    def __init__(self, wall: datetime, zone: str, resumes_at: datetime) -> None:
        next_wall = wall_time(resumes_at, zone)
        super().__init__(
            worded(
                "{clock} on {day} does not exist in {zone}.",
                clock=wall.time(),
                day=wall.date(),
                zone=zone,
            ),
            worded(
                "The clocks go forward there. Enter {clock} or later.",
                clock=next_wall.time(),
            ),
            field="time",
        )
        self.resumes_at = resumes_at


class TimeOccursTwice(InvalidInput):
    """The clocks show this local time twice; ``first`` and ``second`` are the two instants."""

    def __init__(self, wall: datetime, zone: str, first: datetime, second: datetime) -> None:
        super().__init__(
            worded(
                "{clock} on {day} occurs twice in {zone}.",
                clock=wall.time(),
                day=wall.date(),
                zone=zone,
            ),
            worded(
                "The clocks go back there. Choose the first ({first} UTC) or the second "
                "({second} UTC).",
                first=first.time(),
                second=second.time(),
            ),
            field="time",
        )
        self.first = first
        self.second = second


def whole_second(instant: datetime, field: str) -> datetime:
    """Return the instant in UTC without its fraction; InvalidInput when it cannot be kept."""
    if instant.tzinfo is None:
        raise InvalidInput(
            worded("{time} names no time zone.", time=instant.isoformat(sep=" ")),
            _("Nothing was written. Add the offset, for example +01:00."),
            field=field,
        )
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise InvalidInput(
            _("The year {year} cannot be kept.").format(year=instant.year),
            _("Nothing was written. Use a year from {first} to {last}.").format(
                first=FIRST_YEAR, last=LAST_YEAR
            ),
            field=field,
        )
    return instant.astimezone(UTC).replace(microsecond=0)


@lru_cache(maxsize=64)
def zone_named(name: str) -> ZoneInfo:
    """Return the IANA zone of that name; InvalidInput when there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise InvalidInput(
            worded("{text} is not a time zone.", text=quoted(name)),
            _("Use a name such as Europe/Berlin."),
            field="zone",
        ) from None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open span [started_at, ended_at) of UTC instants.

    >>> at = datetime(2026, 3, 29, tzinfo=UTC)
    >>> Span(at, at + timedelta(hours=2)).seconds
    7200
    """

    started_at: datetime
    ended_at: datetime

    def __post_init__(self) -> None:
        for name in ("started_at", "ended_at"):
            instant: datetime = getattr(self, name)
            if instant.tzinfo is None:
                raise ValueError(f"{name} {instant!r} has no zone.")
            object.__setattr__(self, name, instant.astimezone(UTC))
        if self.ended_at < self.started_at:
            raise InvalidInput(
                _("The end lies before the start."),
                _("Nothing was changed. Enter a later end."),
                field="ended_at",
            )

    @property
    def seconds(self) -> int:
        """The whole seconds between the two instants, whatever the wall clock did meanwhile."""
        return (self.ended_at - self.started_at) // ONE_SECOND

    def contains(self, instant: datetime) -> bool:
        """Tell whether an instant lies in the span; its end does not."""
        return self.started_at <= instant < self.ended_at

    def meets(self, other: Span) -> bool:
        """Tell whether both share any time; touching ends do not."""
        return max(self.started_at, other.started_at) < min(self.ended_at, other.ended_at)

    def within(self, other: Span) -> Span | None:
        """Return the part that lies in another span, or nothing."""
        if not self.meets(other):
            return None
        return Span(max(self.started_at, other.started_at), min(self.ended_at, other.ended_at))


def wall_time(instant: datetime, zone: str) -> datetime:
    """Return what the clock on the wall shows at an instant, without a zone."""
    return instant.astimezone(zone_named(zone)).replace(tzinfo=None, fold=0)


def local_day(instant: datetime, zone: str, day_start_minutes: int = 0) -> date:
    """Return the local date of an instant; before the day start it is still the day before.

    >>> local_day(datetime(2026, 11, 25, 23, 30, tzinfo=UTC), "Europe/Berlin")
    datetime.date(2026, 11, 26)
    >>> local_day(datetime(2026, 11, 25, 23, 30, tzinfo=UTC), "Europe/Berlin", 240)
    datetime.date(2026, 11, 25)
    """
    return (wall_time(instant, zone) - timedelta(minutes=day_start_minutes)).date()


def _candidates(wall: datetime, zone: str) -> tuple[datetime, datetime]:
    """Return the instants that the wall time means before and after a change of the clocks."""
    here = zone_named(zone)
    return (
        wall.replace(tzinfo=here, fold=0).astimezone(UTC),
        wall.replace(tzinfo=here, fold=1).astimezone(UTC),
    )


def _end_of_gap(wall: datetime, zone: str) -> datetime:
    """Return the first instant at which the wall clock shows this skipped time or later."""
    late, early = _candidates(wall, zone)
    while late - early > ONE_SECOND:
        middle = early + (late - early) // 2
        if wall_time(middle, zone) >= wall:
            late = middle
        else:
            early = middle
    return late.replace(microsecond=0)


def local_to_utc(day: date, clock: time, zone: str, *, fold: int | None = None) -> datetime:
    """Return the instant at which the wall clock of a zone shows a time.

    NoSuchTime when the clocks skip it; TimeOccursTwice when they show it twice and ``fold`` does
    not choose (0 the first, 1 the second).

    >>> local_to_utc(date(2026, 7, 1), time(9), "Europe/Berlin")
    datetime.datetime(2026, 7, 1, 7, 0, tzinfo=datetime.timezone.utc)
    >>> try:
    ...     local_to_utc(date(2026, 3, 29), time(2, 30), "Europe/Berlin")
    ... except NoSuchTime as refusal:
    ...     print(refusal.hint)
    The clocks go forward there. Enter 03:00 or later.
    """
    wall = datetime.combine(day, clock.replace(tzinfo=None, fold=0))
    first, second = _candidates(wall, zone)
    if wall_time(first, zone) != wall:
        raise NoSuchTime(wall, zone, _end_of_gap(wall, zone))
    if first != second and fold is None:
        raise TimeOccursTwice(wall, zone, first, second)
    return second if fold else first


def _start_of_day(day: date, zone: str, day_start_minutes: int) -> datetime:
    """Return the first instant of a local day, also where the clocks skip or repeat midnight."""
    wall = datetime.combine(day, time()) + timedelta(minutes=day_start_minutes)
    first, _ = _candidates(wall, zone)
    return first if wall_time(first, zone) == wall else _end_of_gap(wall, zone)


def day_span(day: date, zone: str, day_start_minutes: int = 0) -> Span:
    """Return a local day as a span: 23, 24 or 25 hours; days follow one another without a hole.

    >>> day_span(date(2026, 3, 29), "Europe/Berlin").seconds // 3600
    23
    """
    return Span(
        _start_of_day(day, zone, day_start_minutes),
        _start_of_day(day + ONE_DAY, zone, day_start_minutes),
    )


def week_of(day: date, first_weekday: int = 1) -> tuple[date, date]:
    """Return the first and last day of the week; weekdays count from 1 (Monday) to 7 (Sunday).

    >>> week_of(date(2026, 11, 25), 7)
    (datetime.date(2026, 11, 22), datetime.date(2026, 11, 28))
    """
    first = day - timedelta(days=(day.isoweekday() - first_weekday) % 7)
    return first, first + timedelta(days=6)


def month_of(day: date) -> tuple[date, date]:
    """Return the first and last day of the month.

    >>> month_of(date(2028, 2, 10))
    (datetime.date(2028, 2, 1), datetime.date(2028, 2, 29))
    """
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - ONE_DAY


def overlaps(spans: Sequence[Span]) -> tuple[tuple[int, int], ...]:
    """Return the positions of each pair of spans that share time, smaller position first."""
    order = sorted(range(len(spans)), key=lambda index: spans[index])
    pairs: list[tuple[int, int]] = []
    open_ones: list[int] = []
    for index in order:
        start = spans[index].started_at
        open_ones = [other for other in open_ones if spans[other].ended_at > start]
        pairs.extend(
            (min(index, other), max(index, other))
            for other in open_ones
            if spans[index].meets(spans[other])
        )
        open_ones.append(index)
    return tuple(sorted(pairs))


def gaps(spans: Sequence[Span], within: Span) -> tuple[Span, ...]:
    """Return the parts of a span that no other span covers, in order."""
    free: list[Span] = []
    reached = within.started_at
    for span in sorted(spans):
        part = span.within(within)
        if part is None:
            continue
        if part.started_at > reached:
            free.append(Span(reached, part.started_at))
        reached = max(reached, part.ended_at)
    if reached < within.ended_at:
        free.append(Span(reached, within.ended_at))
    return tuple(free)
