"""The rows of the first paint by plain SQL: running timer, today, badges; no SQLAlchemy."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from billops_desktop.clock import instant_of
from billops_desktop.errors import IntegrityFault
from billops_desktop.storage.connection import connect, in_use, looking_mode
from billops_desktop.storage.faults import explained
from billops_desktop.storage.revision import HEAD, look_into, revision_through

if TYPE_CHECKING:
    from pathlib import Path

    from billops_desktop.clock import Clock

ENTRIES = """
SELECT e.id, e.description, e.started_at, e.ended_at, e.zone, e.seconds, e.billable,
       e.billed_line_id IS NOT NULL AS billed, p.id AS project_id, p.name AS project_name,
       p.colour AS project_colour, c.name AS client_name, t.name AS task_name,
       e.break_seconds
FROM time_entry AS e
LEFT JOIN project AS p ON p.id = e.project_id
LEFT JOIN client AS c ON c.id = p.client_id
LEFT JOIN task AS t ON t.id = e.task_id
WHERE e.deleted_at IS NULL AND """
RUNNING = ENTRIES + "e.ended_at IS NULL ORDER BY e.started_at DESC LIMIT 1"
TODAY = ENTRIES + "e.local_on = ? ORDER BY e.started_at DESC"
WORKSPACE = "SELECT zone, day_start_minutes FROM workspace WHERE deleted_at IS NULL LIMIT 1"
COMPANY = "SELECT legal_name FROM company WHERE deleted_at IS NULL ORDER BY created_at LIMIT 1"
SETTINGS = "SELECT name, value_json FROM setting WHERE deleted_at IS NULL"
# Index-only counts: a million entries must not delay the window.
DRAFTS = "SELECT count(*) FROM invoice WHERE state = 'draft' AND deleted_at IS NULL"
OVERDUE = """
SELECT count(*) FROM invoice AS i
WHERE i.state = 'issued' AND i.kind = 'invoice' AND i.due_on < ? AND i.deleted_at IS NULL
  AND i.due_minor > coalesce((SELECT sum(a.amount_minor) FROM allocation AS a
                              WHERE a.invoice_id = i.id AND a.deleted_at IS NULL), 0)"""


class GlanceEntry(NamedTuple):
    """An entry as the first paint shows it; ``seconds`` and ``ended_at`` are None while it runs."""

    id: str
    description: str
    started_at: datetime
    ended_at: datetime | None
    zone: str
    seconds: int | None
    billable: bool
    billed: bool
    project_id: str | None
    project_name: str
    project_colour: str
    client_name: str
    task_name: str
    break_seconds: int

    def seconds_at(self, now: datetime) -> int:
        """Return the tracked seconds, of a running entry those up to ``now``."""
        if self.seconds is not None:
            return self.seconds
        return max(0, (now - self.started_at) // timedelta(seconds=1) - self.break_seconds)


class Glance(NamedTuple):
    """What the window shows before anything heavy is loaded."""

    set_up: bool
    running: GlanceEntry | None
    today: date
    today_rows: tuple[GlanceEntry, ...]
    today_seconds: int
    draft_count: int
    overdue_count: int
    company_name: str
    settings: dict[str, Any]


def glance(path: Path, clock: Clock) -> Glance | None:
    """Return the first rows of the profile whose database is ``path``.

    None when there is nothing to show yet: no profile, or one that must be upgraded first.
    ``today_seconds`` counts ended entries; the running one ticks on screen, and counts today only
    when it started today.
    """
    try:
        return _through(look_into(path), path, clock)
    except IntegrityFault:
        # Another program may have moved its log into the file while it was read as a still one.
        if not in_use(path):
            raise
    return _through(connect(path, looking_mode(path)), path, clock)


def _through(connection: Any | None, path: Path, clock: Clock) -> Glance | None:
    """Look through one connection: reading the schema is most of what a glance costs."""
    if connection is None:
        return None
    try:
        if revision_through(connection, path) != HEAD:
            return None
        with explained(path):
            connection.execute("PRAGMA query_only=ON")
            connection.execute("BEGIN")
            return _look(connection, clock)
    finally:
        connection.close()


def _look(connection: Any, clock: Clock) -> Glance:
    workspace = connection.execute(WORKSPACE).fetchone()
    company = connection.execute(COMPANY).fetchone()
    minutes = workspace[1] if workspace else 0
    today = _local_day(clock, minutes)
    running = [_entry(row) for row in connection.execute(RUNNING)]
    rows = tuple(_entry(row) for row in connection.execute(TODAY, (today.isoformat(),)))
    return Glance(
        set_up=workspace is not None,
        running=running[0] if running else None,
        today=today,
        today_rows=rows,
        today_seconds=sum(row.seconds or 0 for row in rows),
        draft_count=connection.execute(DRAFTS).fetchone()[0],
        overdue_count=connection.execute(OVERDUE, (today.isoformat(),)).fetchone()[0],
        company_name=company[0] if company else "",
        settings={name: json.loads(value) for name, value in connection.execute(SETTINGS)},
    )


def _local_day(clock: Clock, day_start_minutes: int) -> date:
    """Return the day the user is in, which begins at the workspace's minute."""
    local = clock.now().astimezone(ZoneInfo(clock.zone()))
    return (local.replace(tzinfo=None) - timedelta(minutes=day_start_minutes)).date()


def _entry(row: tuple[Any, ...]) -> GlanceEntry:
    return GlanceEntry(
        id=row[0],
        description=row[1],
        started_at=instant_of(row[2]),
        ended_at=None if row[3] is None else instant_of(row[3]),
        zone=row[4],
        seconds=row[5],
        billable=bool(row[6]),
        billed=bool(row[7]),
        project_id=row[8],
        project_name=row[9] or "",
        project_colour=row[10] or "",
        client_name=row[11] or "",
        task_name=row[12] or "",
        break_seconds=row[13],
    )
