"""The logical dump: sorted, canonical, without what differs between equal profiles."""

from __future__ import annotations

import io
import json

from billops_desktop.services.directory import clients
from billops_desktop.services.upkeep import dumping
from billops_desktop.services.workspace import Workspace
from tests.support import money
from tests.support.clock import MovableClock


def dump(workspace: Workspace) -> list[str]:
    out = io.StringIO()
    count = dumping.dump_logical(workspace, out)
    lines = out.getvalue().splitlines()
    assert count == len(lines)
    return lines


def test_lines_are_sorted_canonical_json_without_volatile_columns(workspace: Workspace) -> None:
    money.issued_item(workspace, money.make_job(workspace))
    lines = dump(workspace)
    rows = [json.loads(line) for line in lines]

    assert [(row["table"], row["id"]) for row in rows] == sorted(
        (row["table"], row["id"]) for row in rows
    )
    for line, row in zip(lines, rows, strict=True):
        assert line == json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert not row.keys() & {"created_at", "updated_at", "_v", "seconds"}
    tables = {row["table"] for row in rows}
    assert {"client", "invoice", "number_used"} <= tables
    assert not tables & {"change_record", "event", "capture_context"}


def test_saving_the_same_again_changes_nothing_in_the_dump(
    workspace: Workspace, clock: MovableClock
) -> None:
    job = money.make_job(workspace)
    before = dump(workspace)
    clock.move(days=1)
    workspace.execute(clients.edit, job.client_id, clients.ClientEdit(name="Acme GmbH"))
    assert dump(workspace) == before
    workspace.execute(clients.edit, job.client_id, clients.ClientEdit(name="Acme SE"))
    assert dump(workspace) != before
