"""P11: what recording every change costs, against the same tables without their triggers."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from billops_desktop.paths import database_file
from billops_desktop.storage.connection import connect
from tests.bench.measuring import Row, in_turn, timed
from tests.bench.seeding import seed

BULK = 10_000
ENTRIES = 10_000
INSERT = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)
INSERT INTO time_entry (id, created_at, updated_at, person_id, project_id, started_at, ended_at,
    zone, local_on, break_seconds, description, billable, source, approval, approval_reason,
    needs_check, external_source, external_id, context_json)
SELECT printf('01%030x', :first + n.i), updated_at, updated_at, person_id, project_id, started_at,
    ended_at, zone, local_on, 0, description, billable, source, approval, '', 0, '', '', '{}'
FROM n JOIN (SELECT * FROM time_entry ORDER BY id LIMIT 1)
"""
_numbers = count(1)


def rows(folder: Path) -> list[Row]:
    """Measure an insert of 10,000 entries and one durable commit, with and without triggers."""
    captured = folder / "captured"
    seed(captured, ENTRIES).workspace.close()
    bare = folder / "bare"
    shutil.copytree(captured, bare)
    connections = [connect(database_file(profile)) for profile in (captured, bare)]
    try:
        triggers = connections[1].execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            connections[1].execute(f'DROP TRIGGER "{name}"')
        bulk = in_turn([timed(_insert(one, BULK, "ROLLBACK")) for one in connections])
        single = in_turn([timed(_insert(one, 1, "COMMIT")) for one in connections], rounds=51)
    finally:
        for connection in connections:
            connection.close()
    control = "without triggers"
    return [
        Row(
            code="P11",
            measure="insert of 10,000 entries",
            measured=bulk[0],
            control=control,
            controlled=bulk[1],
            goal=2.6,
        ),
        Row(
            code="P11",
            measure="commit of one entry",
            measured=single[0],
            control=control,
            controlled=single[1],
            goal=1.1,
        ),
    ]


def _insert(connection: Any, entries: int, ending: str) -> Callable[[], None]:
    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(INSERT, {"count": entries, "first": next(_numbers) * BULK})
        connection.execute(ending)

    return insert
