"""What was worked and is not billed yet, summed per project: one query for a whole list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import ColumnElement, TextClause, func, select, text

from billops_desktop.domain.money import Money
from billops_desktop.services.books import Unit
from billops_desktop.services.rates.pricing import RateBook, exact_worth
from billops_desktop.storage.models import Project, TimeEntry

# Word for word the condition of ix_time_entry_unbilled: bound values would pass the index by.
UNBILLED = text(
    "time_entry.billable = 1 AND time_entry.billed_line_id IS NULL"
    " AND time_entry.ended_at IS NOT NULL AND time_entry.deleted_at IS NULL"
)


@dataclass(frozen=True, slots=True, kw_only=True)
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


def unbilled_by_project(
    work: Unit, project_ids: Collection[str] | None = None
) -> dict[str, Worked]:
    """Return the unbilled time of each project that has some, of these or of all."""
    if project_ids is None:
        return priced_sums(work, UNBILLED)
    return priced_sums(work, UNBILLED, TimeEntry.project_id.in_(project_ids))


def priced_sums(work: Unit, *conditions: ColumnElement[bool] | TextClause) -> dict[str, Worked]:
    """Return what the time under these conditions comes to, per project."""
    book = RateBook.of(work)
    period = book.period_of(TimeEntry.local_on).label("local_on")
    parts = (
        select(
            TimeEntry.project_id,
            Project.client_id,
            TimeEntry.person_id,
            TimeEntry.task_id,
            period,
            TimeEntry.rate,
            Project.currency,
            func.sum(TimeEntry.seconds).label("seconds"),
        )
        .join_from(TimeEntry, Project, TimeEntry.project_id == Project.id)
        .where(*conditions)
        .group_by(
            TimeEntry.project_id, TimeEntry.person_id, TimeEntry.task_id, period, TimeEntry.rate
        )
    )
    seconds: dict[str, int] = {}
    exact: dict[tuple[str, str], Fraction] = {}
    for row in work.session.execute(parts):
        seconds[row.project_id] = seconds.get(row.project_id, 0) + row.seconds
        rate = book.rate_of(row)
        if rate is not None:
            key = (row.project_id, rate.currency)
            exact[key] = exact.get(key, Fraction(0)) + exact_worth(rate, row.seconds)
    values: dict[str, list[Money]] = {}
    for (project_id, currency), amount in sorted(exact.items()):
        values.setdefault(project_id, []).append(Money.of(amount, currency))
    return {
        project_id: Worked(seconds=total, values=tuple(values.get(project_id, ())))
        for project_id, total in seconds.items()
    }
