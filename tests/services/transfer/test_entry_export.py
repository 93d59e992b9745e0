"""The cells of an export, in the order of its header."""

from __future__ import annotations

from datetime import date

from billops_desktop.services import tracking
from billops_desktop.services.transfer.entry_export import EXPORTED, exported_rows
from billops_desktop.services.workspace import Workspace
from tests.support.factories import log, make_project, set_rate


def test_cells_of_stopped_entries_oldest_first(workspace: Workspace) -> None:
    set_rate(workspace, "99.99")
    site = make_project(workspace)
    log(workspace, "2026-11-24 09:00", hours=26.5, project_id=site, description="+1")
    log(workspace, "2026-07-01 09:00", hours=0.5)
    workspace.execute(tracking.start)
    with workspace.reading() as work:
        total, rows = exported_rows(work, date.min, date.max)
        first, second = (dict(zip(EXPORTED, cells, strict=True)) for cells in rows)
    assert total == 2
    assert (first["start"], first["duration"], first["value"]) == (
        "2026-07-01T11:00:00+02:00",
        "0:30:00",
        "",
    )
    assert (second["end"], second["duration"]) == ("2026-11-25T12:30:00+01:00", "26:30:00")
    assert (second["value"], second["currency"], second["billable"]) == ("2649.74", "EUR", "yes")
    assert second["description"] == "'+1"


def test_only_one_client(workspace: Workspace) -> None:
    site = make_project(workspace)
    row = log(workspace, project_id=site)
    log(workspace)
    with workspace.reading() as work:
        total, rows = exported_rows(work, date.min, date.max, client_id=row.client_id)
        assert (total, len(list(rows))) == (1, 1)
