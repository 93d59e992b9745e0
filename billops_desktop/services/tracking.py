"""The running timer, and what is done to time entries: start, stop, resume, add, edit, delete."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, select

from billops_desktop.domain.periods import local_day, whole_second, zone_named
from billops_desktop.domain.reading.typed import check_text
from billops_desktop.errors import Refused
from billops_desktop.i18n import _
from billops_desktop.services import activity, records
from billops_desktop.services.books import Unit
from billops_desktop.services.edits import UNCHANGED, Unchanged, changed_fields
from billops_desktop.services.entries.entry_rows import (
    LONGEST,
    DayGroup,
    EntryRow,
    ProjectShare,
    RecentRow,
    TodayRow,
    day_groups,
    day_start,
    entries,
    entry,
    recents,
    running,
    today,
)
from billops_desktop.services.entries.entry_rules import (
    check_free,
    check_open_day,
    check_span,
    checked_rate,
    moved,
    place,
)
from billops_desktop.services.entries.refusals import not_yet, stops_before_start, wall_words
from billops_desktop.services.entries.spans import ends_before
from billops_desktop.services.profile.settings import preference
from billops_desktop.storage.models import TimeEntry
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass

__all__ = [
    "DayGroup",
    "EntryEdit",
    "EntryRow",
    "NewEntry",
    "NothingRuns",
    "ProjectShare",
    "RecentRow",
    "TodayRow",
    "add",
    "day_groups",
    "delete",
    "edit",
    "entries",
    "entry",
    "recents",
    "resume",
    "resume_last",
    "running",
    "start",
    "stop",
    "today",
    "warnings",
]

SPAN = frozenset({"started_at", "ended_at", "break_seconds"})
A_DAY, AN_HOUR, A_MINUTE = timedelta(hours=24), timedelta(hours=1), timedelta(minutes=1)


class NothingRuns(Refused):
    """Stop was asked for while no entry runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An entry to be added.

    ``zone`` None is the zone the user is in, ``billable`` None the default of its task or project.
    The pair of external source and id is unique.
    """

    started_at: datetime
    ended_at: datetime
    project_id: str | None = None
    task_id: str | None = None
    description: str = ""
    zone: str | None = None
    billable: bool | None = None
    break_seconds: int = 0
    rate: Decimal | None = None
    source: str = "manual"
    external_source: str = ""
    external_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryEdit:
    """What to change of an entry; a field that is not named stays.

    Moving one end never moves the other. ``rate`` None takes the typed rate away, so that the
    rate book speaks again.
    """

    project_id: str | Unchanged | None = UNCHANGED
    task_id: str | Unchanged | None = UNCHANGED
    description: str | Unchanged = UNCHANGED
    started_at: datetime | Unchanged = UNCHANGED
    ended_at: datetime | Unchanged = UNCHANGED
    billable: bool | Unchanged = UNCHANGED
    break_seconds: int | Unchanged = UNCHANGED
    rate: Decimal | Unchanged | None = UNCHANGED


def start(  # noqa: PLR0913 - what a new entry is told, each by its name
    work: UnitOfWork,
    *,
    project_id: str | None = None,
    task_id: str | None = None,
    description: str = "",
    billable: bool | None = None,
    at: datetime | None = None,
) -> EntryRow:
    """Start an entry now, or at a past instant; one that runs ends in that same second."""
    started_at = _instant(work, at)
    current = _running(work)
    if current is not None:
        _finish(work, current, started_at)
    new = TimeEntry(
        person_id=work.person_id,
        started_at=started_at,
        zone=work.clock.zone(),
        description=check_text(description, "description"),
        source="timer",
        **place(work, project_id, task_id, billable),
    )
    _keep(work, new, "entry.started")
    return entry(work, new.id)


def stop(work: UnitOfWork, *, at: datetime | None = None) -> EntryRow:
    """End the running entry now, or at a past instant after its start; NothingRuns when none is.

    One that a clock set back puts into the future ends at its own start, and is to be checked.
    """
    current = _running(work)
    if current is None:
        raise NothingRuns(_("No timer is running."), _("Start one to track time."))
    _finish(work, current, _instant(work, at))
    return entry(work, current.id)


def resume(work: UnitOfWork, entry_id: str) -> EntryRow:
    """Start new work like that of an earlier entry; the earlier one stays as it is."""
    earlier = records.live(work, TimeEntry, entry_id, _("entry"))
    if earlier.ended_at is None and earlier.person_id == work.person_id:
        return entry(work, entry_id)
    return start(
        work,
        project_id=earlier.project_id,
        task_id=earlier.task_id,
        description=earlier.description,
        billable=earlier.billable,
    )


def resume_last(work: UnitOfWork) -> EntryRow:
    """Start new work like this person's latest entry."""
    latest = work.session.scalar(
        select(TimeEntry.id).where(*_mine(work)).order_by(TimeEntry.started_at.desc()).limit(1)
    )
    if latest is None:
        raise NothingRuns(_("There is nothing to continue yet."), _("Start a timer first."))
    return resume(work, latest)


def add(work: UnitOfWork, new: NewEntry) -> EntryRow:
    """Add an entry that has both ends; overlaps and odd lengths are for ``warnings``."""
    row = TimeEntry(
        person_id=work.person_id,
        started_at=whole_second(new.started_at, "started_at"),
        ended_at=whole_second(new.ended_at, "ended_at"),
        zone=zone_named(new.zone or work.clock.zone()).key,
        description=check_text(new.description, "description"),
        break_seconds=new.break_seconds,
        rate=checked_rate(new.rate),
        source=new.source,
        external_source=check_text(new.external_source, "external_source", multiline=False),
        external_id=check_text(new.external_id, "external_id", multiline=False),
        **place(work, new.project_id, new.task_id, new.billable),
    )
    if row.ended_at == row.started_at:
        raise ends_before(row.started_at, row.ended_at, row.zone)
    _keep(work, row, "entry.created")
    return entry(work, row.id)


def edit(work: UnitOfWork, entry_id: str, changes: EntryEdit) -> EntryRow:
    """Change the named fields of an entry; Refused while it is on an invoice or in a locked time.

    An entry that moves to another project takes that project's default for billable and tasks,
    unless the same edit says otherwise.
    """
    row = records.live(work, TimeEntry, entry_id, _("entry"))
    check_free(work, row)
    fields = _checked_fields(changed_fields(changes))
    if row.ended_at is None:
        _check_running(work, fields)
    if fields.keys() & {"project_id", "task_id"}:
        fields |= moved(work, row, fields)
    kept = {name: fields.get(name, getattr(row, name)) for name in SPAN}
    if fields.keys() & SPAN:
        check_span(**kept)
    # The day may change with the start; both the old and the new one must be open.
    fields["local_on"] = local_day(kept["started_at"], row.zone, day_start(work))
    check_open_day(work, fields["local_on"])
    if records.change(work, row, fields):
        activity.record(work, "entry.updated", "time_entry", row.id)
    return entry(work, row.id)


def delete(work: UnitOfWork, entry_ids: Iterable[str]) -> int:
    """Delete entries, all or none, and return how many; Refused when one is locked."""
    rows = [
        records.live(work, TimeEntry, entry_id, _("entry")) for entry_id in dict.fromkeys(entry_ids)
    ]
    for row in rows:
        check_free(work, row)
    for row in rows:
        records.remove(work, row)
        activity.record(work, "entry.deleted", "time_entry", row.id)
    return len(rows)


def warnings(work: Unit, checked: NewEntry | EntryRow) -> list[str]:
    """Say what looks odd about an entry before or after it is kept; nothing of it is refused."""
    now = work.clock.now()
    ended_at = checked.ended_at or now
    found = []
    if checked.started_at > now:
        found.append(_("It starts in the future."))
    elif checked.ended_at is not None and checked.ended_at > now:
        found.append(_("It ends in the future."))
    length = ended_at - checked.started_at
    limit = timedelta(seconds=int(preference(work, "tracking.shift_limit_seconds")))
    if length > A_DAY:
        found.append(_("It is longer than 24 hours."))
    elif length > limit:
        found.append(
            _("It is longer than {hours}:{minutes:02} hours.").format(
                hours=limit // AN_HOUR, minutes=limit % AN_HOUR // A_MINUTE
            )
        )
    own_id = checked.id if isinstance(checked, EntryRow) else ""
    found.extend(_overlap_words(work, checked.started_at, ended_at, own_id))
    return found


def _mine(work: Unit) -> tuple[ColumnElement[bool], ...]:
    """Return what makes an entry one of this person's that was not deleted."""
    return TimeEntry.person_id == work.person_id, TimeEntry.deleted_at.is_(None)


def _running(work: UnitOfWork) -> TimeEntry | None:
    return work.session.scalar(select(TimeEntry).where(*_mine(work), TimeEntry.ended_at.is_(None)))


def _finish(work: UnitOfWork, row: TimeEntry, ended_at: datetime) -> None:
    # The clock was set back: no time of now lies after the start, yet the timer has to stop.
    turned_back = work.clock.now() < row.started_at
    if turned_back:
        ended_at = row.started_at
    if ended_at < row.started_at:
        raise stops_before_start(row.started_at, ended_at, row.zone)
    breaks = min(row.break_seconds, (ended_at - row.started_at) // timedelta(seconds=1))
    ended = {"ended_at": ended_at, "break_seconds": breaks}
    records.change(work, row, ended | ({"needs_check": True} if turned_back else {}))
    activity.record(work, "entry.stopped", "time_entry", row.id)


def _keep(work: UnitOfWork, row: TimeEntry, happened: str) -> None:
    """Check what no caller may pass over, derive the local day and write the new row."""
    check_span(row.started_at, row.ended_at, row.break_seconds or 0)
    row.local_on = local_day(row.started_at, row.zone, day_start(work))
    check_open_day(work, row.local_on)
    records.add(work, row)
    activity.record(work, happened, "time_entry", row.id)


def _instant(work: UnitOfWork, at: datetime | None) -> datetime:
    """Return the second that a timer's start or end names: now, or a past one."""
    now = whole_second(work.clock.now(), "at")
    instant = now if at is None else whole_second(at, "at")
    if instant > now:
        raise not_yet("at")
    return instant


def _checked_fields(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the values of an edit as they are kept: clean text, whole seconds."""
    if "description" in fields:
        fields["description"] = check_text(fields["description"], "description")
    for end in fields.keys() & {"started_at", "ended_at"}:
        fields[end] = whole_second(fields[end], end)
    if "rate" in fields:
        fields["rate"] = checked_rate(fields["rate"])
    return fields


def _check_running(work: UnitOfWork, fields: dict[str, Any]) -> None:
    """Refuse an edit that gives a running entry an end, or a start in the future."""
    if "ended_at" in fields:
        raise Refused(
            _("The end was not changed: this entry is running."),
            _("Stop the timer, then change its end."),
            field="ended_at",
        )
    if "started_at" in fields and fields["started_at"] > work.clock.now():
        raise not_yet("started_at")


def _overlap_words(work: Unit, started_at: datetime, ended_at: datetime, own_id: str) -> list[str]:
    others = (
        select(TimeEntry.description, TimeEntry.started_at, TimeEntry.ended_at, TimeEntry.zone)
        .where(
            *_mine(work),
            TimeEntry.started_at > started_at - LONGEST,
            TimeEntry.started_at < ended_at,
            func.coalesce(TimeEntry.ended_at, work.clock.now()) > started_at,
            TimeEntry.id != own_id,
        )
        .order_by(TimeEntry.started_at)
    )
    words = []
    for text, start, end, zone in work.session.execute(others):
        shared = min(ended_at, end or ended_at) - max(started_at, start)
        if shared <= timedelta():
            continue  # an entry without length lies within, and takes nothing
        words.append(
            _("It overlaps “{text}” ({start}–{end}) by {minutes} min.").format(
                text=text or _("without description"),
                start=wall_words(start, zone),
                end=wall_words(end, zone) if end else _("now"),
                minutes=-(-shared // timedelta(minutes=1)),
            )
        )
    return words
