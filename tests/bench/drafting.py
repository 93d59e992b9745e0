"""P8: a draft from 10,000 entries, against INSERT … SELECT of the same lines and links."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from billops_desktop.paths import database_file
from billops_desktop.services.drafts import drafting
from billops_desktop.storage.connection import connect
from tests.bench.measuring import Row, in_turn, timed
from tests.bench.seeding import Seeded, seed

ENTRIES = 10_000
ROUNDS = 5
GOALS = {"project": 2.5, "entry": 4.0}
KEYS = {"project": "project_id", "entry": "id"}
UNBILLED = "billable = 1 AND billed_line_id IS NULL AND ended_at IS NOT NULL AND deleted_at IS NULL"
LINES = """
INSERT INTO invoice_line (id, created_at, updated_at, invoice_id, position, kind, description,
    details, project_id, quantity, unit, price, base_quantity, discount_percent, discount_minor,
    net_minor, tax_rate_id, tax_category, tax_percent, derivation)
SELECT lower(hex(randomblob(16))), t.created_at, t.updated_at, t.invoice_id,
    row_number() OVER (), t.kind, e.description, '', e.project_id, sum(e.seconds) * 1000000, t.unit,
    t.price, t.base_quantity, NULL, 0, sum(e.seconds) * 95 / 36, t.tax_rate_id, t.tax_category,
    t.tax_percent, t.derivation
FROM time_entry AS e JOIN (SELECT * FROM invoice_line WHERE id = :line) AS t
WHERE {unbilled} GROUP BY e.{key}
"""
LINKS = """
INSERT INTO line_entry (id, created_at, updated_at, line_id, entry_id, tracked_seconds,
    billed_seconds)
SELECT lower(hex(randomblob(16))), e.created_at, e.updated_at, :line, e.id, e.seconds, e.seconds
FROM time_entry AS e WHERE {unbilled}
"""


def rows(folder: Path) -> list[Row]:
    """Measure both groupings, from the request to the durable draft."""
    seeded = seed(folder / "drafting", ENTRIES, one_client=True)
    connection = connect(database_file(seeded.workspace.profile))
    try:
        return [_of_grouping(seeded, connection, grouping) for grouping in GOALS]
    finally:
        connection.close()
        seeded.workspace.close()


def _of_grouping(seeded: Seeded, connection: Any, grouping: str) -> Row:
    workspace = seeded.workspace
    request = drafting.DraftRequest(
        client_id=seeded.client_ids[0], to_on=workspace.clock.now().date(), grouping=grouping
    )

    def draft() -> str:
        return workspace.execute(drafting.draft_from_time, request)

    first = "SELECT id FROM invoice_line WHERE invoice_id = ? LIMIT 1"
    (line,) = connection.execute(first, (draft(),)).fetchone()
    control = _raw(connection, KEYS[grouping], line)
    measured, controlled = in_turn([timed(draft), timed(control)], rounds=ROUNDS)
    return Row(
        code="P8",
        measure=f"draft of 10,000 entries by {grouping}",
        measured=measured,
        control="INSERT … SELECT",
        controlled=controlled,
        goal=GOALS[grouping],
    )


def _raw(connection: Any, key: str, line: str) -> Callable[[], None]:
    unbilled = " AND ".join(f"e.{part}" for part in UNBILLED.split(" AND "))

    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(LINES.format(unbilled=unbilled, key=key), {"line": line})
        connection.execute(LINKS.format(unbilled=unbilled), {"line": line})
        connection.execute("COMMIT")

    return insert
