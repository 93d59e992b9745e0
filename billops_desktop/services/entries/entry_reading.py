"""Reads time entries for lists: one query for the rows, one for what overlaps, money by the book.

A list may hold thousands of entries, and what each costs is what the list costs. Hence the rows
come as SQLite keeps them and are put together in one pass.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Integer, bindparam, func, select, type_coerce

from billops_desktop.clock import MICROSECOND, instant_of, microseconds_of
from billops_desktop.domain.money import Money
from billops_desktop.services.rates.pricing import RateBook
from billops_desktop.storage.models import (
    Client,
    Invoice,
    InvoiceLine,
    Project,
    Task,
    TimeEntry,
)
from billops_desktop.storage.prepared import Prepared
from billops_desktop.storage.record import MICRO

if TYPE_CHECKING:
    from billops_desktop.services.books import Unit

# An overlap is looked for among entries that start at most this long before: the index answers
# then. An entry that is longer needs a check anyway and is marked for that.
LONGEST = timedelta(days=2)
LONGEST_MICROSECONDS = LONGEST // MICROSECOND
FOREVER = 2**63 - 1


class EntryRow(NamedTuple):
    """One time entry as a list shows it; ``seconds`` is None while it runs.

    ``value`` is the exact tracked seconds times the rate, None when nothing is charged or no rate
    holds; what an invoice bills may differ by its rounding policy. A tuple, since lists make
    thousands of them: a frozen dataclass takes ten times as long to make.
    """

    id: str
    person_id: str
    project_id: str | None
    project_name: str | None
    project_colour: str | None
    client_id: str | None
    client_name: str | None
    task_id: str | None
    task_name: str | None
    description: str
    started_at: datetime
    ended_at: datetime | None
    zone: str
    local_on: date
    seconds: int | None
    break_seconds: int
    billable: bool
    locked_by: str | None
    locked_invoice_id: str | None
    source: str
    needs_check: bool
    overlaps: bool
    value: Money | None

    def seconds_at(self, now: datetime) -> int:
        """Return the tracked seconds, of a running entry those up to ``now``."""
        if self.seconds is not None:
            return self.seconds
        return max(0, (now - self.started_at) // timedelta(seconds=1) - self.break_seconds)


# The columns of EntryRow in its order as far as they are stored, then what prices an entry.
ROWS = (
    select(
        TimeEntry.id,
        TimeEntry.person_id,
        TimeEntry.project_id,
        Project.name,
        Project.colour,
        Project.client_id,
        Client.name,
        TimeEntry.task_id,
        Task.name,
        TimeEntry.description,
        TimeEntry.started_at,
        TimeEntry.ended_at,
        TimeEntry.zone,
        TimeEntry.local_on,
        TimeEntry.seconds,
        TimeEntry.break_seconds,
        TimeEntry.billable,
        Invoice.number,
        Invoice.id,
        TimeEntry.source,
        TimeEntry.needs_check,
        TimeEntry.rate,
        Project.currency,
    )
    .outerjoin_from(TimeEntry, Project, TimeEntry.project_id == Project.id)
    .outerjoin(Client, Project.client_id == Client.id)
    .outerjoin(Task, TimeEntry.task_id == Task.id)
    .outerjoin(InvoiceLine, TimeEntry.billed_line_id == InvoiceLine.id)
    .outerjoin(Invoice, InvoiceLine.invoice_id == Invoice.id)
    .where(TimeEntry.deleted_at.is_(None))
)


def read(
    work: Unit, chosen: Prepared, *, valued_until: datetime | None = None, **values: Any
) -> tuple[EntryRow, ...]:
    """Return the rows of a statement over ROWS.

    What still runs is valued up to ``valued_until``, or not at all.
    """
    found = chosen.rows(work.session, **values)
    if not found:
        return ()
    book = RateBook.of(work)
    overlapping = _overlapping(work, found)
    days = {
        day: (date.fromisoformat(day), book.period_on(day)) for day in {row[13] for row in found}
    }
    listed = []
    for row in found:
        started, ended, zone, day, seconds, breaks, billable = row[10:17]
        local_on, period = days[day]
        value = None
        if billable:
            timed = seconds
            if timed is None and valued_until is not None:
                since = (valued_until - instant_of(started)) // timedelta(seconds=1)
                timed = max(0, since - breaks)
            if timed is not None:
                own = None if row[21] is None else Decimal(row[21]) / MICRO
                value = book.value_of((row[1], row[5], row[2], row[7], period, own, row[22]), timed)
        listed.append(
            EntryRow._make(
                (
                    *row[:10],
                    instant_of(started),
                    None if ended is None else instant_of(ended),
                    zone,
                    local_on,
                    seconds,
                    breaks,
                    billable == 1,
                    *row[17:20],
                    row[20] == 1,
                    (row[1], started, FOREVER if ended is None else ended) in overlapping,
                    value,
                )
            )
        )
    return tuple(listed)


@cache
def _near() -> Prepared:
    """Return the spans of one person in a stretch of starts; the index holds all it reads."""
    started = type_coerce(TimeEntry.started_at, Integer())
    ended = func.coalesce(type_coerce(TimeEntry.ended_at, Integer()), FOREVER)
    return Prepared(
        select(started, ended)
        .where(
            TimeEntry.deleted_at.is_(None),
            TimeEntry.person_id == bindparam("person_id"),
            started >= bindparam("first"),
            started < bindparam("last"),
        )
        .order_by(started)
    )


def _overlapping(work: Unit, found: list[tuple[Any, ...]]) -> set[tuple[str, int, int]]:
    """Return person, start and end of the entries near those ``found`` that share time.

    One pass in the order of the starts, over a bounded window of them: an entry overlaps an
    earlier one exactly when it starts before the latest end seen so far.
    """
    now = microseconds_of(work.clock.now())
    first = min(row[10] for row in found) - LONGEST_MICROSECONDS
    last = max(max(row[10], now if row[11] is None else row[11]) for row in found) + MICRO
    marked: set[tuple[str, int, int]] = set()
    for person_id in {row[1] for row in found}:
        latest, latest_end = 0, 0
        spans = _near().rows(work.session, person_id=person_id, first=first, last=last)
        for started, end in spans:
            if started < latest_end and started < end:
                marked.add((person_id, started, end))
                marked.add((person_id, latest, latest_end))
            if end > latest_end:
                latest, latest_end = started, end
    return marked
