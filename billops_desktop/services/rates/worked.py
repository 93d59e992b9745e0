"""What was worked and is not billed yet, summed per project: one query for a whole list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    TextClause,
    bindparam,
    func,
    literal,
    select,
    text,
    type_coerce,
)

from billops_desktop.domain.money import Money, round_ratio
from billops_desktop.services.books import Unit
from billops_desktop.services.rates.pricing import RateBook, stretch_of
from billops_desktop.storage.models import Project, TimeEntry
from billops_desktop.storage.prepared import Prepared
from billops_desktop.storage.record import MICRO
from billops_desktop.values import dataclass

# Word for word the condition of ix_time_entry_unbilled: bound values would pass the index by.
UNBILLED = text(
    "time_entry.billable = 1 AND time_entry.billed_line_id IS NULL"
    " AND time_entry.ended_at IS NOT NULL AND time_entry.deleted_at IS NULL"
)

# Word for word the condition of ix_time_entry_unbilled_rated, beside the one above.
RATED = text("time_entry.rate IS NOT NULL")
# Each stretch is one more sum over all rows: with more of them, sorting is faster.
MOST_STRETCHES = 6

# Person, client, project, task, first day of the stretch, typed rate, currency, seconds.
Part = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Worked:
    """Seconds and what they are worth per currency, each rounded once; unpriced time adds none."""

    seconds: int = 0
    values: tuple[Money, ...] = ()

    def __add__(self, other: Worked) -> Worked:
        """Add two sums up."""
        totals = {value.currency: value for value in self.values}
        for value in other.values:
            totals[value.currency] = value + totals.get(value.currency, Money.zero(value.currency))
        return Worked(
            seconds=self.seconds + other.seconds,
            values=tuple(totals[currency] for currency in sorted(totals)),
        )


NOTHING = Worked()


class _Sum:
    """A sum in the making: plain numbers, since a list makes one for each project."""

    __slots__ = ("client_id", "exact", "project_id", "seconds")

    def __init__(self, project_id: str, client_id: str | None) -> None:
        self.project_id = project_id
        self.client_id = client_id
        self.seconds = 0
        # What it is worth per currency, as the ratio of two whole numbers.
        self.exact: dict[str, tuple[int, int]] = {}


def _worked(seconds: int, minors: Mapping[str, int]) -> Worked:
    """Return a sum as lists take it, currencies in their order."""
    return Worked(seconds, tuple([Money(minors[code], code) for code in sorted(minors)]))


def unbilled_seconds(work: Unit, project_id: str | None = None) -> dict[str, int]:
    """Return the unbilled seconds of each project that has some, of one or of all."""
    one = project_id is not None
    return dict(_unbilled_seconds(of_one=one).rows(work.session, project_id=project_id))


def unbilled_by_client(work: Unit) -> dict[str, Worked]:
    """Return the unbilled time of each client that has some: the sum of its projects."""
    seconds: dict[str, int] = {}
    minors: dict[str, dict[str, int]] = {}
    for one in _unbilled(work):
        client_id = one.client_id
        if client_id is None:
            continue
        seconds[client_id] = seconds.get(client_id, 0) + one.seconds
        known = minors.setdefault(client_id, {})
        for currency, ratio in one.exact.items():
            known[currency] = known.get(currency, 0) + round_ratio(*ratio)
    return {client_id: _worked(total, minors[client_id]) for client_id, total in seconds.items()}


def priced_sums(work: Unit, *conditions: ColumnElement[bool] | TextClause) -> dict[str, Worked]:
    """Return what the time under these conditions comes to, per project."""
    book = RateBook.of(work)
    found = work.session.execute(_parts(book.turns, *conditions))
    return {
        one.project_id: _worked(
            one.seconds, {code: round_ratio(*ratio) for code, ratio in one.exact.items()}
        )
        for one in _summed(book, found)
    }


def _unbilled(work: Unit) -> Iterable[_Sum]:
    book = RateBook.of(work)
    if book.by_place_alone and len(book.turns) < MOST_STRETCHES:
        return _summed(book, _parts_by_place(work, book.turns))
    return _summed(book, _unbilled_parts(book.turns).rows(work.session))


def _parts_by_place(work: Unit, turns: tuple[date, ...]) -> Iterator[Part]:
    """Give the parts of unbilled time when no rule asks who worked or on which task.

    One sum for each project and stretch by the narrow index, half the work of the other way; the
    few entries with a price of their own are summed apart and taken out of it.
    """
    rated: dict[tuple[str, str], int] = {}
    for part in _rated_parts(turns).rows(work.session):
        yield part
        place = (part[2], part[4])
        rated[place] = rated.get(place, 0) + part[7]
    periods = [day.isoformat() for day in (date.min, *turns)]
    for client_id, project_id, currency, *sums in _totals(turns).rows(work.session):
        for period, seconds in zip(periods, sums, strict=True):
            own = rated.get((project_id, period), 0)
            if seconds is not None and (seconds > own or not own):
                yield None, client_id, project_id, None, period, None, currency, seconds - own


@lru_cache(maxsize=8)
def _rated_parts(turns: tuple[date, ...]) -> Prepared:
    return Prepared(_parts(turns, UNBILLED, RATED))


@lru_cache(maxsize=8)
def _totals(turns: tuple[date, ...]) -> Prepared:
    """Return client, project, currency and the seconds of each stretch, None where it has none."""
    sums = (
        select(
            TimeEntry.project_id,
            *(
                _within(since, until).label(f"stretch_{place}")
                for place, (since, until) in enumerate(pairwise((None, *turns, None)))
            ),
        )
        .where(UNBILLED)
        .group_by(TimeEntry.project_id)
        .subquery()
    )
    stretches = [column for column in sums.c if column.name != "project_id"]
    project_id = sums.c.project_id
    return Prepared(
        select(Project.client_id, project_id, Project.currency, *stretches).join_from(
            sums, Project, project_id == Project.id
        )
    )


def _within(since: date | None, until: date | None) -> ColumnElement[int | None]:
    total = func.sum(TimeEntry.seconds)
    bounds = [] if since is None else [TimeEntry.local_on >= since]
    bounds += [] if until is None else [TimeEntry.local_on < until]
    return total.filter(*bounds) if bounds else total


@cache
def _unbilled_seconds(*, of_one: bool) -> Prepared:
    chosen = (
        select(TimeEntry.project_id, func.sum(TimeEntry.seconds))
        .where(UNBILLED)
        .group_by(TimeEntry.project_id)
    )
    if of_one:
        chosen = chosen.where(TimeEntry.project_id == bindparam("project_id"))
    return Prepared(chosen)


@lru_cache(maxsize=8)
def _unbilled_parts(turns: tuple[date, ...]) -> Prepared:
    return Prepared(_parts(turns, UNBILLED))


def _parts(
    turns: tuple[date, ...], *conditions: ColumnElement[bool] | TextClause
) -> Select[*tuple[Any, ...]]:
    """Return seconds by all that decides their price; the columns are those of ``PriceKey``.

    They come in the order of ix_time_entry_unbilled_sum, which then needs no sorting.
    """
    same: list[Any] = [
        TimeEntry.project_id,
        TimeEntry.person_id,
        TimeEntry.task_id,
        TimeEntry.rate,
    ]
    period: ColumnElement[Any] = literal(date.min.isoformat())
    if turns:
        period = type_coerce(stretch_of(turns, TimeEntry.local_on), Text())
        same.append(period)
    # Summed before the projects are looked up: once for each sum, not for each entry.
    sums = (
        select(
            TimeEntry.person_id,
            TimeEntry.project_id,
            TimeEntry.task_id,
            period.label("period"),
            type_coerce(TimeEntry.rate, Integer()).label("rate"),
            func.sum(TimeEntry.seconds).label("seconds"),
        )
        .where(*conditions)
        .group_by(*same)
        .subquery()
    )
    place, own = sums.c.project_id, sums.c.rate
    return select(
        sums.c.person_id,
        Project.client_id,
        place,
        sums.c.task_id,
        sums.c.period,
        own,
        Project.currency,
        sums.c.seconds,
    ).join_from(sums, Project, place == Project.id)


def _summed(book: RateBook, parts: Iterable[Part]) -> Iterable[_Sum]:
    """Return the sum of each project: exact per currency, to be rounded once."""
    sums: dict[str, _Sum] = {}
    days: dict[str, date] = {}
    for person_id, client_id, project_id, task_id, period, rate, currency, timed in parts:
        one = sums.get(project_id)
        if one is None:
            one = sums[project_id] = _Sum(project_id, client_id)
        one.seconds += timed
        own = None if rate is None else Decimal(rate) / MICRO
        since = days.get(period)
        if since is None:
            since = days[period] = date.fromisoformat(period)
        pace = book.pace((person_id, client_id, project_id, task_id, since, own, currency))
        if pace is not None:
            numerator, denominator, code = pace
            worth, known = (numerator * timed, denominator), one.exact.get(code)
            one.exact[code] = worth if known is None else _added(known, worth)
    return sums.values()


def _added(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """Add two exact ratios; most are of one rate, which a sum of whole numbers answers."""
    if one[1] == other[1]:
        return one[0] + other[0], one[1]
    return (Fraction(*one) + Fraction(*other)).as_integer_ratio()
