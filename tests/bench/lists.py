"""P12: lists and sums, against raw SQL that fetches the same rows by a covering index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from billops_desktop.paths import database_file
from billops_desktop.services.directory import clients, projects
from billops_desktop.services.entries import entry_rows
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.connection import connect
from tests.bench.measuring import Row, in_turn, timed
from tests.bench.seeding import seed

SIZES = (10_000, 100_000, 1_000_000)
GOAL = 1.5
ALLOWANCE_MS = 0.5

LISTED = """
SELECT e.id, e.person_id, e.project_id, p.name, p.colour, p.client_id, c.name, e.task_id,
    e.description, e.started_at, e.ended_at, e.zone, e.local_on, e.seconds, e.break_seconds,
    e.billable, e.billed_line_id, e.source, e.needs_check, e.rate
FROM time_entry AS e LEFT JOIN project AS p ON p.id = e.project_id
    LEFT JOIN client AS c ON c.id = p.client_id
WHERE e.deleted_at IS NULL AND e.local_on BETWEEN ? AND ?
ORDER BY e.local_on DESC, e.started_at DESC LIMIT ?
"""
SUMMED = """
SELECT p.client_id, e.project_id, sum(e.seconds)
FROM time_entry AS e INDEXED BY ix_time_entry_unbilled JOIN project AS p ON p.id = e.project_id
WHERE e.billable = 1 AND e.billed_line_id IS NULL AND e.ended_at IS NOT NULL
    AND e.deleted_at IS NULL
GROUP BY e.project_id
"""


def rows(folder: Path) -> list[Row]:
    """Measure the lists of the window at every size."""
    found = []
    for size in SIZES:
        workspace = seed(folder / f"lists-{size}", size).workspace
        connection = connect(database_file(workspace.profile), "read")
        try:
            found += _of_size(workspace, connection, size)
        finally:
            connection.close()
            workspace.close()
    return found


def _of_size(workspace: Workspace, connection: Any, size: int) -> list[Row]:
    today = workspace.clock.now().date()
    week, decade = today - timedelta(days=6), today - timedelta(days=3_650)

    def raw(statement: str, *values: object) -> Callable[[], object]:
        return lambda: connection.execute(statement, values).fetchall()

    def listed(first: date, limit: int | None) -> Callable[[], object]:
        return lambda: workspace.read(entry_rows.entries, from_on=first, to_on=today, limit=limit)

    pairs = [
        (
            "entries of a week",
            lambda: workspace.read(entry_rows.day_groups, week, today),
            raw(LISTED, str(week), str(today), -1),
        ),
        ("newest 100 entries", listed(decade, 100), raw(LISTED, str(decade), str(today), 100)),
        ("clients, unbilled", lambda: workspace.read(clients.clients), raw(SUMMED)),
        ("projects, unbilled", lambda: workspace.read(projects.projects), raw(SUMMED)),
    ]
    found = []
    for name, subject, control in pairs:
        measured, controlled = in_turn([timed(subject), timed(control)])
        found.append(
            Row(
                code="P12",
                measure=f"{name}, {size:,} entries",
                measured=measured,
                control="raw SQL",
                controlled=controlled,
                goal=GOAL,
                allowance=ALLOWANCE_MS,
            )
        )
    return found
