"""P12: lists and sums, against raw SQL that gives the same answer by the same indexes."""

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

# Each control answers what the list answers, or the ratio would say nothing: the entries with
# what locks them, their overlaps and their worth; the clients with their sums and open invoices;
# the projects with all their time. Raw SQL may know that a profile of the bench has one rate for
# all, in euros, and need not look for the nearest.
LISTED = """
WITH shown AS MATERIALIZED (
    SELECT e.id, e.person_id, e.project_id, p.name, p.colour, p.client_id, c.name AS client,
        e.task_id, t.name AS task, e.description, e.started_at, e.ended_at, e.zone, e.local_on,
        e.seconds, e.break_seconds, e.billable, i.number, i.id AS invoice_id, e.source,
        e.needs_check
    FROM time_entry AS e LEFT JOIN project AS p ON p.id = e.project_id
        LEFT JOIN client AS c ON c.id = p.client_id LEFT JOIN task AS t ON t.id = e.task_id
        LEFT JOIN invoice_line AS l ON l.id = e.billed_line_id
        LEFT JOIN invoice AS i ON i.id = l.invoice_id
    WHERE e.deleted_at IS NULL AND e.local_on BETWEEN ? AND ?
    ORDER BY e.local_on DESC, e.started_at DESC, e.id DESC LIMIT ?
), near AS (
    SELECT person_id, started_at, ended_at,
        max(ended_at) OVER earlier AS latest, lead(started_at) OVER later AS next
    FROM time_entry
    WHERE deleted_at IS NULL AND person_id IN (SELECT person_id FROM shown)
        AND started_at BETWEEN (SELECT min(started_at) FROM shown) - 172800000000
            AND (SELECT max(ended_at) FROM shown)
    WINDOW later AS (PARTITION BY person_id ORDER BY started_at),
        earlier AS (later ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), overlapping AS MATERIALIZED (
    SELECT person_id, started_at, ended_at FROM near WHERE started_at < latest OR next < ended_at
)
SELECT shown.*, overlapping.started_at IS NOT NULL AS overlaps,
    iif(billable, (seconds * (SELECT price FROM billing_rule) / 18000000 + 1) / 2, NULL) AS value
FROM shown LEFT JOIN overlapping USING (person_id, started_at, ended_at)
"""
CLIENTS = """
WITH unbilled AS (
    SELECT project_id, sum(seconds) AS seconds,
        (sum(seconds) * (SELECT price FROM billing_rule) / 18000000 + 1) / 2 AS value
    FROM time_entry INDEXED BY ix_time_entry_unbilled
    WHERE billable = 1 AND billed_line_id IS NULL AND ended_at IS NOT NULL AND deleted_at IS NULL
    GROUP BY project_id
), owed AS (
    SELECT client_id, sum(due_minor) AS minor FROM invoice
    WHERE kind = 'invoice' AND state = 'issued' GROUP BY client_id
)
SELECT c.id, c.name, c.number, c.currency, c.language, c.city, c.country, c.colour, c.archived,
    c.sample, sum(p.status = 'active'), sum(u.seconds), sum(u.value), o.minor
FROM client AS c LEFT JOIN project AS p ON p.client_id = c.id AND p.deleted_at IS NULL
    LEFT JOIN unbilled AS u ON u.project_id = p.id LEFT JOIN owed AS o ON o.client_id = c.id
WHERE c.deleted_at IS NULL AND c.archived = 0 GROUP BY c.id ORDER BY lower(c.name), c.id
"""
PROJECTS = """
WITH tracked AS (
    SELECT project_id COLLATE NOCASE AS id, sum(seconds) AS seconds
    FROM time_entry INDEXED BY ix_time_entry_project_time
    WHERE deleted_at IS NULL GROUP BY 1
), unbilled AS (
    SELECT project_id AS id, sum(seconds) AS seconds
    FROM time_entry INDEXED BY ix_time_entry_unbilled
    WHERE billable = 1 AND billed_line_id IS NULL AND ended_at IS NOT NULL AND deleted_at IS NULL
    GROUP BY project_id
)
SELECT p.id, p.name, p.code, p.colour, p.description, p.client_id, c.name, p.status, p.billable,
    p.currency, p.pinned, p.sample, p.starts_on, p.ends_on, p.budget_seconds, p.budget_minor,
    p.budget_period, p.budget_exceeded, p.purchase_order, t.seconds, u.seconds,
    (SELECT price FROM billing_rule)
FROM project AS p LEFT JOIN client AS c ON c.id = p.client_id
    LEFT JOIN tracked AS t ON t.id = p.id LEFT JOIN unbilled AS u ON u.id = p.id
WHERE p.deleted_at IS NULL AND p.status <> 'archived'
ORDER BY p.pinned DESC, lower(c.name), lower(p.name), p.id
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
        ("clients, unbilled", lambda: workspace.read(clients.clients), raw(CLIENTS)),
        ("projects, unbilled", lambda: workspace.read(projects.projects), raw(PROJECTS)),
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
