"""What the timer left behind, without the ids that differ by chance: to hold two ways equal."""

from __future__ import annotations

import json
from typing import Any

from billops_desktop.services.upkeep.dumping import dump_logical
from billops_desktop.services.workspace import Workspace

IDS = ("id", "client_id", "project_id", "person_id", "task_id")


class Sink(list[str]):
    def write(self, text: str) -> None:
        self.append(text)


def entries_of(workspace: Workspace) -> list[dict[str, Any]]:
    """Return the dumped entries in their order, without the ids that differ by chance."""
    sink = Sink()
    dump_logical(workspace, sink)
    rows = [json.loads(line) for line in "".join(sink).splitlines()]
    found = [row for row in rows if row["table"] == "time_entry"]
    return [
        {name: bool(value) if name in IDS else value for name, value in row.items()}
        for row in sorted(found, key=lambda row: (row["started_at"], row["description"]))
    ]


def events_of(workspace: Workspace) -> list[Any]:
    query = "SELECT kind, record_table, payload_json, at FROM event WHERE kind LIKE 'entry.%'"
    return workspace.read(
        lambda work: [tuple(row) for row in work.session.connection().exec_driver_sql(query)]
    )


def changes_of(workspace: Workspace) -> list[Any]:
    query = (
        "SELECT operation, at_ms, person_id IS NOT NULL, device_id IS NOT NULL,"
        " transaction_id IS NOT NULL FROM change_record WHERE table_name = 'time_entry'"
    )
    return workspace.read(
        lambda work: [tuple(row) for row in work.session.connection().exec_driver_sql(query)]
    )
