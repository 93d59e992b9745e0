"""Starts and stops the timer by plain SQL, for a command that must not wait for SQLAlchemy.

``tracking`` is the rule book; what is written here is row for row what ``tracking`` writes, and a
test holds the two equal. Whatever is not plain (a fresh profile, an older schema, a project name
that is not exact) is left to ``tracking``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from billops_desktop.clock import Clock, instant_of, microseconds_of
from billops_desktop.domain.periods import local_day, whole_second
from billops_desktop.domain.reading.typed import check_text
from billops_desktop.errors import IntegrityFault
from billops_desktop.i18n import _
from billops_desktop.paths import DEVICE_NAME, database_file
from billops_desktop.services.entries.refusals import locked, not_yet, stops_before_start
from billops_desktop.storage.connection import begin_writing, connect
from billops_desktop.storage.faults import explained
from billops_desktop.storage.identifiers import milliseconds_of, new_id
from billops_desktop.storage.plain_unit import NOBODY, SET_CONTEXT, PlainUnit
from billops_desktop.storage.revision import HEAD, revision_of
from billops_desktop.storage.triggers.fingerprint import RULES, WANTED, fingerprint
from billops_desktop.values import dataclass

SECOND = timedelta(seconds=1)

BOOK = "SELECT day_start_minutes, locked_until FROM workspace WHERE deleted_at IS NULL"
PERSON = (
    "SELECT id FROM person WHERE deleted_at IS NULL AND active = 1 ORDER BY created_at, id LIMIT 1"
)
LANGUAGE = (
    "SELECT value_json FROM setting WHERE name = 'appearance.language' AND deleted_at IS NULL"
)
PROJECTS = (
    "SELECT p.id, p.name, c.name, p.code, p.billable FROM project p"
    " LEFT JOIN client c ON c.id = p.client_id"
    " WHERE p.deleted_at IS NULL AND p.status = 'active'"
)
TASKS = (
    "SELECT id, name, billable FROM task"
    " WHERE deleted_at IS NULL AND project_id = ? AND archived = 0"
)
OPEN_PROJECT = (
    "SELECT billable FROM project WHERE deleted_at IS NULL AND status <> 'archived' AND id = ?"
)
LIVE_TASK = "SELECT project_id, billable FROM task WHERE deleted_at IS NULL AND id = ?"
EARLIER = (
    "SELECT project_id, task_id, description, billable, person_id, ended_at FROM time_entry"
    " WHERE deleted_at IS NULL AND "
)
ROW = (
    "SELECT e.id, e.description, e.project_id, p.name, p.colour, c.name, e.task_id, t.name,"
    " e.started_at, e.ended_at, e.zone, e.seconds, e.billable, e.break_seconds, e.needs_check"
    " FROM time_entry e"
    " LEFT JOIN project p ON p.id = e.project_id LEFT JOIN client c ON c.id = p.client_id"
    " LEFT JOIN task t ON t.id = e.task_id WHERE e.deleted_at IS NULL AND "
)
INSERT = (
    "INSERT INTO time_entry (id, person_id, project_id, task_id, started_at, zone, local_on,"
    " break_seconds, description, billable, source, approval, approval_reason, needs_check,"
    " external_source, external_id, context_json, created_at, updated_at, _v)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, 'timer', 'pending', '', 0, '', '', '{}', ?, ?, 0)"
)
FINISH = (
    "UPDATE time_entry SET ended_at = ?, break_seconds = ?, needs_check = max(needs_check, ?),"
    " updated_at = ? WHERE id = ?"
)
EVENT = (
    "INSERT INTO event (at, kind, person_id, record_table, record_id, payload_json)"
    " VALUES (?, ?, ?, 'time_entry', ?, '{}')"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerRow:
    """An entry of the timer with the names around it; ``seconds`` is None while it runs."""

    id: str
    description: str
    project_id: str | None
    project_name: str | None
    project_colour: str | None
    client_name: str | None
    task_id: str | None
    task_name: str | None
    started_at: datetime
    ended_at: datetime | None
    zone: str
    seconds: int | None
    billable: bool
    break_seconds: int
    needs_check: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where new work belongs, and whether it is charged unless told otherwise."""

    project_id: str | None = None
    task_id: str | None = None
    billable: bool = False


@contextmanager
def stopwatch(profile: Path, clock: Clock) -> Iterator[Stopwatch | None]:
    """Open the profile's timer in one writing transaction; None when it is not at hand so simply.

    What the body writes is committed at its end, or not at all when it raises.
    """
    file = database_file(profile)
    if not file.exists() or revision_of(file) != HEAD:
        yield None
        return
    connection = connect(file)
    try:
        with explained(file):
            begin_writing(connection)
            opened = _open(connection, clock, _device(profile))
            yield opened
            if opened is not None:
                connection.execute(SET_CONTEXT, NOBODY)
                connection.execute("COMMIT")
    finally:
        # Closing rolls back whatever was not committed.
        connection.close()


def _open(connection: Any, clock: Clock, device_id: str | None) -> Stopwatch | None:
    person = connection.execute(PERSON).fetchone()
    if person is None:
        return None
    # Rules of others, or ours changed or missing: left to the full opening, which refuses to write.
    if fingerprint(connection.execute(RULES).fetchall()) != WANTED:
        return None
    opened = _of_person(connection, clock, person[0])
    if opened is None:
        return None
    now = clock.now()
    context = (new_id(now), person[0], device_id, milliseconds_of(now))
    connection.execute(SET_CONTEXT, context)
    return opened


def stopwatch_of(work: PlainUnit) -> Stopwatch | None:
    """Return the timer of an open profile's person; None in a fresh profile."""
    if work.person_id is None:
        return None
    return _of_person(work.connection, work.clock, work.person_id)


def _of_person(connection: Any, clock: Clock, person_id: str) -> Stopwatch | None:
    book = connection.execute(BOOK).fetchone()
    if book is None:
        return None
    day_start_minutes, locked = book
    return Stopwatch(
        connection,
        clock,
        person_id,
        day_start_minutes=day_start_minutes,
        locked_until=None if locked is None else date.fromisoformat(locked),
    )


def _device(profile: Path) -> str | None:
    try:
        return (profile / DEVICE_NAME).read_text(encoding="ascii").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


class Stopwatch:
    """The timer of the profile's person, inside one transaction."""

    def __init__(
        self,
        connection: Any,
        clock: Clock,
        person_id: str,
        *,
        day_start_minutes: int,
        locked_until: date | None,
    ) -> None:
        self.day_start_minutes = day_start_minutes
        self.locked_until = locked_until
        self._connection = connection
        self._clock = clock
        self._person_id = person_id

    def running(self) -> TimerRow | None:
        """Return the entry that runs, or None."""
        return self._row("e.person_id = ? AND e.ended_at IS NULL", self._person_id)

    def language(self) -> str | None:
        """Return the language that the settings name, None when they name none."""
        found = self._connection.execute(LANGUAGE).fetchone()
        return None if found is None else str(json.loads(found[0]))

    def place(self, project: str | None, task: str | None) -> Place | None:
        """Return where the words name exactly one project and task, None when they do not."""
        if project is None:
            return Place() if task is None else None
        wanted = project.strip().casefold()
        found = [
            (row[0], row[4])
            for row in self._connection.execute(PROJECTS)
            if wanted in _spellings(row[1], row[2])
        ]
        if len(found) != 1:
            return None
        project_id, billable = found[0]
        if task is None:
            return Place(project_id=project_id, billable=bool(billable))
        tasks = [
            row
            for row in self._connection.execute(TASKS, (project_id,))
            if row[1].casefold() == task.strip().casefold()
        ]
        if len(tasks) != 1:
            return None
        charged = bool(billable) and bool(tasks[0][2])
        return Place(project_id=project_id, task_id=tasks[0][0], billable=charged)

    def place_of(self, project_id: str | None, task_id: str | None) -> Place | None:
        """Return where work with these ids belongs, None when it may not be started so."""
        if project_id is None:
            return Place() if task_id is None else None
        project = self._connection.execute(OPEN_PROJECT, (project_id,)).fetchone()
        if project is None:
            return None
        charged = bool(project[0])
        if task_id is not None:
            task = self._connection.execute(LIVE_TASK, (task_id,)).fetchone()
            if task is None or task[0] not in {None, project_id}:
                return None
            charged = charged and bool(task[1])
        return Place(project_id=project_id, task_id=task_id, billable=charged)

    def earlier(self, entry_id: str | None) -> tuple[Place, str] | None:
        """Return place and description of an entry, or of the latest, to start such work again.

        None when it still runs or may not be started again.
        """
        if entry_id is None:
            which, value = "person_id = ? ORDER BY started_at DESC LIMIT 1", self._person_id
        else:
            which, value = "id = ?", entry_id
        found = self._connection.execute(EARLIER + which, (value,)).fetchone()
        if found is None or (found[5] is None and found[4] == self._person_id):
            return None
        place = self.place_of(found[0], found[1])
        if place is None:
            return None
        charged = bool(found[3])
        return Place(project_id=found[0], task_id=found[1], billable=charged), found[2]

    def start(
        self, place: Place, description: str, *, billable: bool | None, at: datetime | None
    ) -> tuple[TimerRow, TimerRow | None]:
        """Start an entry and return it with the one that ended in the same second, if any."""
        started_at = self._instant(at)
        text = check_text(description, "description")
        current = self.running()
        ended = None if current is None else self._finish(current, started_at)
        zone = self._clock.zone()
        day = local_day(started_at, zone, self.day_start_minutes)
        if self.locked_until is not None and day <= self.locked_until:
            raise locked(self.locked_until)
        now = self._clock.now()
        entry_id = new_id(now)
        stamp = microseconds_of(now)
        charged = place.billable if billable is None else billable
        what = (place.project_id, place.task_id, microseconds_of(started_at), zone, day.isoformat())
        values = (entry_id, self._person_id, *what, text, int(charged), stamp, stamp)
        self._connection.execute(INSERT, values)
        self._note("entry.started", entry_id)
        return self._written(entry_id), ended

    def stop(self, at: datetime | None) -> TimerRow | None:
        """Stop what runs and return it; None when nothing runs."""
        current = self.running()
        return None if current is None else self._finish(current, self._instant(at))

    def _finish(self, current: TimerRow, ended_at: datetime) -> TimerRow:
        now = self._clock.now()
        # The clock was set back: no time of now lies after the start, yet the timer has to stop.
        turned_back = now < current.started_at
        if turned_back:
            ended_at = current.started_at
        if ended_at < current.started_at:
            raise stops_before_start(current.started_at, ended_at, current.zone)
        breaks = min(current.break_seconds, (ended_at - current.started_at) // SECOND)
        values = (microseconds_of(ended_at), breaks, turned_back, microseconds_of(now), current.id)
        self._connection.execute(FINISH, values)
        self._note("entry.stopped", current.id)
        return self._written(current.id)

    def _instant(self, at: datetime | None) -> datetime:
        now = self._clock.now().replace(microsecond=0)
        instant = now if at is None else whole_second(at, "at")
        if instant > now:
            raise not_yet("at")
        return instant

    def _note(self, kind: str, entry_id: str) -> None:
        event = (microseconds_of(self._clock.now()), kind, self._person_id, entry_id)
        self._connection.execute(EVENT, event)

    def _written(self, entry_id: str) -> TimerRow:
        """Return the entry that was just written; IntegrityFault when the file did not keep it."""
        found = self._row("e.id = ?", entry_id)
        if found is None:
            raise IntegrityFault(
                _("The timer was not changed: your records did not keep the entry."),
                _("Nothing was changed. Run billops check, then restore a backup."),
            )
        return found

    def _row(self, condition: str, value: str) -> TimerRow | None:
        found = self._connection.execute(ROW + condition, (value,)).fetchone()
        if found is None:
            return None
        return TimerRow(
            id=found[0],
            description=found[1],
            project_id=found[2],
            project_name=found[3],
            project_colour=found[4],
            client_name=found[5],
            task_id=found[6],
            task_name=found[7],
            started_at=instant_of(found[8]),
            ended_at=None if found[9] is None else instant_of(found[9]),
            zone=found[10],
            seconds=found[11],
            billable=bool(found[12]),
            break_seconds=found[13],
            needs_check=bool(found[14]),
        )


def _spellings(name: str, client: str | None) -> set[str]:
    plain = name.casefold()
    return {plain, f"{client.casefold()}/{plain}"} if client else {plain}
