"""What was worked and is not billed yet, summed per project: one query for a whole list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
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

# Word for word the condition of ix_time_entry_unbilled: bound values would pass the index by.
UNBILLED = text(
    "time_entry.billable = 1 AND time_entry.billed_line_id IS NULL"
    " AND time_entry.ended_at IS NOT NULL AND time_entry.deleted_at IS NULL"
)


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


def unbilled_seconds(work: Unit, project_id: str | None = None) -> dict[str, int]:
    """Return the unbilled seconds of each project that has some, of one or of all."""
    one = project_id is not None
    return dict(_unbilled_seconds(of_one=one).rows(work.session, project_id=project_id))


def unbilled_by_project(work: Unit) -> dict[str, Worked]:
    """Return the unbilled time of each project that has some, with its worth."""
    return {project_id: worked for project_id, (_client, worked) in _unbilled(work).items()}


def unbilled_by_client(work: Unit) -> dict[str, Worked]:
    """Return the unbilled time of each client that has some: the sum of its projects."""
    sums: dict[str, Worked] = {}
    for client_id, worked in _unbilled(work).values():
        if client_id is not None:
            known = sums.get(client_id)
            sums[client_id] = worked if known is None else known + worked
    return sums


def priced_sums(work: Unit, *conditions: ColumnElement[bool] | TextClause) -> dict[str, Worked]:
    """Return what the time under these conditions comes to, per project."""
    book = RateBook.of(work)
    found = work.session.execute(_parts(book.turns, *conditions))
    return {project_id: worked for project_id, (_client, worked) in _summed(book, found).items()}


def _unbilled(work: Unit) -> dict[str, tuple[str | None, Worked]]:
    book = RateBook.of(work)
    return _summed(book, _unbilled_parts(book.turns).rows(work.session))


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


def _summed(book: RateBook, parts: Iterable[Sequence[Any]]) -> dict[str, tuple[str | None, Worked]]:
    """Return client and sum of each project: exact per currency, rounded once at its end."""
    clients: dict[str, str | None] = {}
    seconds: dict[str, int] = {}
    exact: dict[tuple[str, str], tuple[int, int]] = {}
    for person_id, client_id, project_id, task_id, period, rate, currency, timed in parts:
        clients[project_id] = client_id
        seconds[project_id] = seconds.get(project_id, 0) + timed
        own = None if rate is None else Decimal(rate) / MICRO
        since = date.fromisoformat(period)
        pace = book.pace((person_id, client_id, project_id, task_id, since, own, currency))
        if pace is not None:
            numerator, denominator, code = pace
            known = exact.get((project_id, code), (0, denominator))
            exact[project_id, code] = _added(known, (numerator * timed, denominator))
    values: dict[str, list[Money]] = {}
    for (project_id, currency), ratio in sorted(exact.items()):
        values.setdefault(project_id, []).append(Money(round_ratio(*ratio), currency))
    return {
        project_id: (client_id, Worked(seconds[project_id], tuple(values.get(project_id, ()))))
        for project_id, client_id in clients.items()
    }


def _added(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """Add two exact ratios; most are of one rate, which a sum of whole numbers answers."""
    if one[1] == other[1]:
        return one[0] + other[0], one[1]
    return (Fraction(*one) + Fraction(*other)).as_integer_ratio()
