"""Time entries as rows for lists: one query per list, money by the rate book, overlaps marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, Row, Select, func, select, type_coerce

from billops_desktop.domain.money import Money
from billops_desktop.domain.periods import Span, gaps, local_day
from billops_desktop.errors import NotFound
from billops_desktop.i18n import _
from billops_desktop.services.rates.pricing import RateBook, worth
from billops_desktop.services.searching import matching
from billops_desktop.storage.models import (
    Client,
    Invoice,
    InvoiceLine,
    Project,
    Task,
    TimeEntry,
    Workspace,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from billops_desktop.services.books import Unit

# An overlap is looked for among entries that start at most this long before: the index answers
# then. An entry that is longer needs a check anyway and is marked for that.
LONGEST = timedelta(days=2)
FOREVER = 2**63 - 1
RECENTS_SEARCHED = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One time entry as a list shows it; ``seconds`` is None while it runs.

    ``value`` is the exact tracked seconds times the rate, None when nothing is charged or no rate
    holds; what an invoice bills may differ by its rounding policy.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class DayGroup:
    """The entries of one day, newest first; the sums leave out what still runs."""

    day: date
    seconds: int
    value: tuple[Money, ...]
    entries: tuple[EntryRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentRow:
    """Work that was done lately and can be started again."""

    description: str
    project_id: str | None
    project_name: str | None
    project_colour: str | None
    client_name: str | None
    task_id: str | None
    task_name: str | None
    billable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectShare:
    """How long one project (None: without a project) took of a day."""

    name: str | None
    colour: str | None
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayRow:
    """Today as the tray and the side panel sum it up, with what runs counted up to now."""

    day: date
    seconds: int
    values: tuple[Money, ...]
    by_project: tuple[ProjectShare, ...]
    gaps: tuple[Span, ...]


ROWS = (
    select(
        TimeEntry.id,
        TimeEntry.person_id,
        TimeEntry.project_id,
        Project.name.label("project_name"),
        Project.colour.label("project_colour"),
        Project.client_id,
        Client.name.label("client_name"),
        TimeEntry.task_id,
        Task.name.label("task_name"),
        TimeEntry.description,
        TimeEntry.started_at,
        TimeEntry.ended_at,
        TimeEntry.zone,
        TimeEntry.local_on,
        TimeEntry.seconds,
        TimeEntry.break_seconds,
        TimeEntry.billable,
        Invoice.number.label("locked_by"),
        Invoice.id.label("locked_invoice_id"),
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


def entries(  # noqa: PLR0913 - the filters of a list, each by its name
    work: Unit,
    *,
    from_on: date,
    to_on: date,
    client_id: str | None = None,
    project_id: str | None = None,
    text: str = "",
    limit: int | None = None,
) -> tuple[EntryRow, ...]:
    """Return the entries whose local day lies in [from_on, to_on], newest first."""
    chosen = ROWS.where(TimeEntry.local_on.between(from_on, to_on))
    if client_id is not None:
        chosen = chosen.where(Project.client_id == client_id)
    if project_id is not None:
        chosen = chosen.where(TimeEntry.project_id == project_id)
    searched = matching(text, (TimeEntry.description, Project.name, Client.name, Task.name))
    if searched is not None:
        chosen = chosen.where(searched)
    newest = (TimeEntry.local_on.desc(), TimeEntry.started_at.desc(), TimeEntry.id.desc())
    return _rows(work, chosen.order_by(*newest).limit(limit))


def entry(work: Unit, entry_id: str) -> EntryRow:
    """Return one entry; NotFound when there is none, or it was deleted."""
    found = _rows(work, ROWS.where(TimeEntry.id == entry_id))
    if not found:
        raise NotFound(
            _("There is no such entry."),
            _("It may have been deleted in the meantime. Nothing was changed."),
            field="entry_id",
        )
    return found[0]


def running(work: Unit) -> EntryRow | None:
    """Return the entry that runs for this person, or None."""
    mine = ROWS.where(TimeEntry.person_id == work.person_id, TimeEntry.ended_at.is_(None))
    found = _rows(work, mine)
    return found[0] if found else None


def day_groups(work: Unit, from_on: date, to_on: date) -> tuple[DayGroup, ...]:
    """Return the days in [from_on, to_on] that have entries, newest day first."""
    listed = entries(work, from_on=from_on, to_on=to_on)
    return tuple(
        DayGroup(
            day=day,
            seconds=sum(row.seconds or 0 for row in of_day),
            value=sums(row.value for row in of_day),
            entries=of_day,
        )
        for day, of_day in (
            (day, tuple(rows)) for day, rows in groupby(listed, key=lambda row: row.local_on)
        )
    )


def recents(work: Unit, limit: int = 9) -> tuple[RecentRow, ...]:
    """Return this person's latest work, each description, project and task once."""
    latest = (
        select(
            TimeEntry.description,
            TimeEntry.project_id,
            Project.name.label("project_name"),
            Project.colour.label("project_colour"),
            Client.name.label("client_name"),
            TimeEntry.task_id,
            Task.name.label("task_name"),
            TimeEntry.billable,
        )
        .outerjoin_from(TimeEntry, Project, TimeEntry.project_id == Project.id)
        .outerjoin(Client, Project.client_id == Client.id)
        .outerjoin(Task, TimeEntry.task_id == Task.id)
        .where(
            TimeEntry.deleted_at.is_(None),
            TimeEntry.person_id == work.person_id,
            func.coalesce(Project.status, "active") == "active",
        )
        .order_by(TimeEntry.started_at.desc())
        .limit(RECENTS_SEARCHED)
    )
    seen: dict[tuple[str, str | None, str | None], RecentRow] = {}
    for found in work.session.execute(latest):
        row = RecentRow(**found._asdict())
        seen.setdefault((row.description, row.project_id, row.task_id), row)
        if len(seen) == limit:
            break
    return tuple(seen.values())


def today(work: Unit) -> TodayRow:
    """Return this person's day so far, in the zone they are in now."""
    now = work.clock.now()
    day = current_day(work)
    mine = ROWS.where(TimeEntry.local_on == day, TimeEntry.person_id == work.person_id)
    listed = _rows(work, mine.order_by(TimeEntry.started_at), valued_until=now)
    shares: dict[str | None, ProjectShare] = {}
    for row in listed:
        before = shares.get(row.project_id)
        shares[row.project_id] = ProjectShare(
            name=row.project_name,
            colour=row.project_colour,
            seconds=row.seconds_at(now) + (before.seconds if before else 0),
        )
    spans = [Span(row.started_at, max(row.started_at, row.ended_at or now)) for row in listed]
    return TodayRow(
        day=day,
        seconds=sum(row.seconds_at(now) for row in listed),
        values=sums(row.value for row in listed),
        by_project=tuple(sorted(shares.values(), key=lambda share: -share.seconds)),
        gaps=_gaps(spans),
    )


def current_day(work: Unit) -> date:
    """Return the local date it is now, after the workspace's day start."""
    return local_day(work.clock.now(), work.clock.zone(), day_start(work))


def day_start(work: Unit) -> int:
    """Return the minute after midnight at which a day starts in this workspace."""
    return work.session.scalar(select(Workspace.day_start_minutes)) or 0


def sums(values: Iterable[Money | None]) -> tuple[Money, ...]:
    """Add amounts up per currency, in the order of the currency codes."""
    totals: dict[str, Money] = {}
    for value in values:
        if value is not None:
            totals[value.currency] = totals.get(value.currency, Money.zero(value.currency)) + value
    return tuple(totals[currency] for currency in sorted(totals))


def _rows(
    work: Unit, chosen: Select[*tuple[Any, ...]], *, valued_until: datetime | None = None
) -> tuple[EntryRow, ...]:
    """Run ``chosen``; what still runs is valued up to ``valued_until``, or not at all."""
    found = work.session.execute(chosen).all()
    if not found:
        return ()
    book = RateBook.of(work)
    overlapping = _overlapping(work, found)
    return tuple(
        EntryRow(
            id=row.id,
            person_id=row.person_id,
            project_id=row.project_id,
            project_name=row.project_name,
            project_colour=row.project_colour,
            client_id=row.client_id,
            client_name=row.client_name,
            task_id=row.task_id,
            task_name=row.task_name,
            description=row.description,
            started_at=row.started_at,
            ended_at=row.ended_at,
            zone=row.zone,
            local_on=row.local_on,
            seconds=row.seconds,
            break_seconds=row.break_seconds,
            billable=row.billable,
            locked_by=row.locked_by,
            locked_invoice_id=row.locked_invoice_id,
            source=row.source,
            needs_check=row.needs_check,
            overlaps=row.id in overlapping,
            value=_value(book, row, valued_until),
        )
        for row in found
    )


def _value(book: RateBook, row: Any, valued_until: datetime | None) -> Money | None:
    seconds: int | None = row.seconds
    if seconds is None and valued_until is not None:
        seconds = max(0, (valued_until - row.started_at) // timedelta(seconds=1))
    rate = book.rate_of(row) if row.billable and seconds is not None else None
    return None if rate is None or seconds is None else worth(rate, seconds)


def _overlapping(work: Unit, found: Sequence[Row[Any]]) -> set[str]:
    """Return the ids among entries near those ``found`` that share time with another one.

    One query over a bounded window of starts and one pass in their order: an entry overlaps an
    earlier one exactly when it starts before the latest end seen so far.
    """
    near = (
        select(
            TimeEntry.person_id,
            TimeEntry.id,
            type_coerce(TimeEntry.started_at, Integer()),
            func.coalesce(type_coerce(TimeEntry.ended_at, Integer()), FOREVER),
        )
        .where(
            TimeEntry.deleted_at.is_(None),
            TimeEntry.person_id.in_({row.person_id for row in found}),
            TimeEntry.started_at >= min(row.started_at for row in found) - LONGEST,
            TimeEntry.started_at < max(_end(row, work.clock.now()) for row in found),
        )
        .order_by(TimeEntry.person_id, TimeEntry.started_at)
    )
    marked: set[str] = set()
    of_person, latest_id, latest_end = "", "", 0
    for person_id, entry_id, started, end in work.session.execute(near):
        if of_person != person_id:
            of_person, latest_id, latest_end = person_id, entry_id, end
            continue
        if started < latest_end and started < end:
            marked.update((entry_id, latest_id))
        if end > latest_end:
            latest_id, latest_end = entry_id, end
    return marked


def _end(row: Any, now: datetime) -> datetime:
    end: datetime = row.ended_at or now
    started_at: datetime = row.started_at
    return max(end, started_at) + timedelta(seconds=1)


def _gaps(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the pauses between the first start and the last end of a day."""
    if not spans:
        return ()
    whole = Span(spans[0].started_at, max(span.ended_at for span in spans))
    return tuple(gaps(spans, whole))
