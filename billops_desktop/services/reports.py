"""Reports: time and its worth by day, week, month, project or client, each sum in one query."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from billops_desktop.domain.alphabet import name_order
from billops_desktop.domain.money import Money
from billops_desktop.domain.periods import month_of, week_of
from billops_desktop.services.books import Unit, book
from billops_desktop.services.rates.pricing import RateBook, exact_worth
from billops_desktop.services.rates.worked import UNBILLED
from billops_desktop.storage.models import Client, Project, TimeEntry
from billops_desktop.values import dataclass


class By(StrEnum):
    """What a report sums by."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    PROJECT = "project"
    CLIENT = "client"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One sum: of a day, a week or month (by its first day), a project or a client."""

    on: date | None
    name: str
    client_name: str
    colour: str
    seconds: int
    billable_seconds: int
    values: tuple[Money, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The rows of a period and what they come to; each amount is rounded once, from exact time."""

    from_on: date
    to_on: date
    rows: tuple[ReportRow, ...]
    seconds: int
    billable_seconds: int
    values: tuple[Money, ...]


@dataclass(slots=True)
class _Sum:
    """A row in the making: exact amounts until the end."""

    on: date | None
    name: str
    client_name: str
    colour: str
    seconds: int = 0
    billable_seconds: int = 0
    exact: dict[str, Fraction] | None = None

    def add(self, found: Any, currency: str, amount: Fraction | None) -> None:
        self.seconds += found.seconds
        if found.billable:
            self.billable_seconds += found.seconds
        if amount is not None:
            exact = self.exact = self.exact or {}
            exact[currency] = exact.get(currency, Fraction(0)) + amount

    @property
    def values(self) -> tuple[Money, ...]:
        return tuple(
            Money.of(amount, currency) for currency, amount in sorted((self.exact or {}).items())
        )


def report(
    work: Unit,
    *,
    from_on: date,
    to_on: date,
    by: By | str = By.PROJECT,
    unbilled_only: bool = False,
) -> Report:
    """Return the stopped time in [from_on, to_on], summed ``by``, days and names ascending."""
    place = _placing(work, By(by))
    rates = RateBook.of(work)
    by_day = By(by) not in {By.PROJECT, By.CLIENT}
    chosen = _parts(TimeEntry.local_on if by_day else rates.period_of(TimeEntry.local_on))
    chosen = chosen.where(TimeEntry.local_on.between(from_on, to_on))
    if unbilled_only:
        chosen = chosen.where(UNBILLED)
    total = _Sum(None, "", "", "")
    sums: dict[tuple[Any, ...], _Sum] = {}
    for found in work.session.execute(chosen):
        currency, amount = _worth(rates, found)
        key = place(found)
        if key not in sums:
            sums[key] = _Sum(*key[:4])
        for counted in (sums[key], total):
            counted.add(found, currency, amount)
    rows = sorted(
        sums.values(),
        key=lambda row: (row.on or date.min, name_order(row.client_name), name_order(row.name)),
    )
    return Report(
        from_on=from_on,
        to_on=to_on,
        rows=tuple(_row(row) for row in rows),
        seconds=total.seconds,
        billable_seconds=total.billable_seconds,
        values=total.values,
    )


def _parts(day: ColumnElement[date] | InstrumentedAttribute[date]) -> Select[*tuple[Any, ...]]:
    """Return time of one price each: whatever the rows of a report are, these add up to them."""
    day = day.label("local_on")
    return (
        select(
            day,
            TimeEntry.project_id,
            TimeEntry.person_id,
            TimeEntry.task_id,
            TimeEntry.rate,
            TimeEntry.billable,
            Project.client_id,
            Project.currency,
            func.coalesce(Project.name, "").label("project_name"),
            func.coalesce(Project.colour, "").label("colour"),
            func.coalesce(Client.name, "").label("client_name"),
            func.coalesce(Client.colour, "").label("client_colour"),
            func.sum(TimeEntry.seconds).label("seconds"),
        )
        .outerjoin_from(TimeEntry, Project, TimeEntry.project_id == Project.id)
        .outerjoin(Client, Project.client_id == Client.id)
        .where(TimeEntry.deleted_at.is_(None), TimeEntry.ended_at.is_not(None))
        .group_by(
            day,
            TimeEntry.project_id,
            TimeEntry.person_id,
            TimeEntry.task_id,
            TimeEntry.rate,
            TimeEntry.billable,
        )
    )


def _placing(work: Unit, by: By) -> Callable[[Any], tuple[Any, ...]]:
    """Return what tells the row that a part belongs to: day, name, client, colour, id."""
    if by is By.PROJECT:
        return lambda found: (
            None,
            found.project_name,
            found.client_name,
            found.colour,
            found.project_id,
        )
    if by is By.CLIENT:
        return lambda found: (None, found.client_name, "", found.client_colour, found.client_id)
    if by is By.DAY:
        return lambda found: (found.local_on, "", "", "")
    first_weekday = book(work).first_weekday
    if by is By.WEEK:
        return lambda found: (week_of(found.local_on, first_weekday)[0], "", "", "")
    return lambda found: (month_of(found.local_on)[0], "", "", "")


def _worth(rates: RateBook, found: Any) -> tuple[str, Fraction | None]:
    """Return the exact amount of a part and its currency; None when nothing is charged."""
    rate = rates.rate_of(found) if found.billable else None
    return ("", None) if rate is None else (rate.currency, exact_worth(rate, found.seconds))


def _row(row: _Sum) -> ReportRow:
    return ReportRow(
        on=row.on,
        name=row.name,
        client_name=row.client_name,
        colour=row.colour,
        seconds=row.seconds,
        billable_seconds=row.billable_seconds,
        values=row.values,
    )
