"""The lists of time entries: filtered, one entry, what runs, by day, lately, today."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import Integer, bindparam, func, select

from billops_desktop.domain.money import Money
from billops_desktop.domain.periods import Span, gaps, local_day
from billops_desktop.errors import NotFound
from billops_desktop.i18n import _
from billops_desktop.services.entries.entry_reading import LONGEST, ROWS, EntryRow, read
from billops_desktop.services.searching import matching
from billops_desktop.storage.models import Client, Project, Task, TimeEntry, Workspace
from billops_desktop.storage.prepared import Prepared
from billops_desktop.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from billops_desktop.services.books import Unit

__all__ = [
    "LONGEST",
    "DayGroup",
    "EntryRow",
    "ProjectShare",
    "RecentRow",
    "TodayRow",
    "current_day",
    "day_groups",
    "day_start",
    "entries",
    "entry",
    "recents",
    "running",
    "sums",
    "today",
]

# SQLite reads a negative limit as none.
NO_LIMIT = -1
RECENTS_SEARCHED = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class DayGroup:
    """The entries of one day, newest first; both sums count what runs up to now.

    An entry belongs to the day on which it starts, also where it runs past midnight: its hours and
    its worth stand together, here as in reports and on invoices.
    """

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


def entries(  # noqa: PLR0913 - the filters of a list, each by its name
    work: Unit,
    *,
    from_on: date,
    to_on: date,
    client_id: str | None = None,
    project_id: str | None = None,
    text: str = "",
    limit: int | None = None,
    valued_until: datetime | None = None,
) -> tuple[EntryRow, ...]:
    """Return the entries whose local day lies in [from_on, to_on], newest first.

    What still runs is valued up to ``valued_until``, or not at all.
    """
    listed = _listed(
        of_client=client_id is not None, of_project=project_id is not None, searched=text
    )
    return read(
        work,
        listed,
        valued_until=valued_until,
        from_on=from_on,
        to_on=to_on,
        client_id=client_id,
        project_id=project_id,
        limit=NO_LIMIT if limit is None else limit,
    )


@lru_cache(maxsize=32)
def _listed(*, of_client: bool, of_project: bool, searched: str) -> Prepared:
    """Return the statement of a list with these filters, newest first."""
    chosen = ROWS.where(TimeEntry.local_on.between(bindparam("from_on"), bindparam("to_on")))
    if of_client:
        chosen = chosen.where(Project.client_id == bindparam("client_id"))
    if of_project:
        chosen = chosen.where(TimeEntry.project_id == bindparam("project_id"))
    matches = matching(searched, (TimeEntry.description, Project.name, Client.name, Task.name))
    if matches is not None:
        chosen = chosen.where(matches)
    newest = (TimeEntry.local_on.desc(), TimeEntry.started_at.desc(), TimeEntry.id.desc())
    return Prepared(chosen.order_by(*newest).limit(bindparam("limit", type_=Integer())))


def entry(work: Unit, entry_id: str) -> EntryRow:
    """Return one entry; NotFound when there is none, or it was deleted."""
    found = read(work, _one(), entry_id=entry_id)
    if not found:
        raise NotFound(
            _("There is no such entry."),
            _("It may have been deleted in the meantime. Nothing was changed."),
            field="entry_id",
        )
    return found[0]


def running(work: Unit) -> EntryRow | None:
    """Return the entry that runs for this person, or None."""
    found = read(work, _running(), person_id=work.person_id)
    return found[0] if found else None


@cache
def _one() -> Prepared:
    return Prepared(ROWS.where(TimeEntry.id == bindparam("entry_id")))


@cache
def _running() -> Prepared:
    mine = TimeEntry.person_id == bindparam("person_id")
    return Prepared(ROWS.where(mine, TimeEntry.ended_at.is_(None)))


@cache
def _of_day() -> Prepared:
    mine = TimeEntry.person_id == bindparam("person_id")
    return Prepared(
        ROWS.where(TimeEntry.local_on == bindparam("day"), mine).order_by(TimeEntry.started_at)
    )


def day_groups(work: Unit, from_on: date, to_on: date) -> tuple[DayGroup, ...]:
    """Return the days in [from_on, to_on] that have entries, newest day first."""
    now = work.clock.now()
    listed = entries(work, from_on=from_on, to_on=to_on, valued_until=now)
    return tuple(
        DayGroup(
            day=day,
            seconds=sum(row.seconds_at(now) for row in of_day),
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
    listed = read(work, _of_day(), valued_until=now, day=day, person_id=work.person_id)
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
    found = _day_start().rows(work.session)
    return found[0][0] if found else 0


@cache
def _day_start() -> Prepared:
    return Prepared(select(Workspace.day_start_minutes).limit(1))


def sums(values: Iterable[Money | None]) -> tuple[Money, ...]:
    """Add amounts up per currency, in the order of the currency codes."""
    totals: dict[str, int] = {}
    for value in values:
        if value is not None:
            totals[value.currency] = totals.get(value.currency, 0) + value.minor
    return tuple(Money(totals[currency], currency) for currency in sorted(totals))


def _gaps(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the pauses between the first start and the last end of a day."""
    if not spans:
        return ()
    whole = Span(spans[0].started_at, max(span.ended_at for span in spans))
    return tuple(gaps(spans, whole))
