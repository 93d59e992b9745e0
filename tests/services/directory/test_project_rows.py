"""Projects as lists show them: sums of all projects in a list, of one alone for one."""

from __future__ import annotations

from datetime import date

from billops_desktop.services import tracking
from billops_desktop.services.directory import project_rows, projects
from billops_desktop.services.workspace import Workspace
from tests.support.factories import log, make_client, make_project, set_rate


def test_each_project_has_its_own_sums(workspace: Workspace) -> None:
    set_rate(workspace, "95.5")
    client_id = make_client(workspace)
    site, app = (make_project(workspace, name, client_id=client_id) for name in ("Site", "App"))
    log(workspace, hours=1, project_id=site)
    log(workspace, hours=2, project_id=app, billable=False)
    workspace.execute(tracking.delete, [log(workspace, hours=4, project_id=app).id])
    log(workspace, hours=8)
    rows = {row.id: row for row in workspace.read(project_rows.projects)}
    assert (rows[site].tracked_seconds, rows[site].unbilled_seconds) == (3600, 3600)
    assert (rows[app].tracked_seconds, rows[app].unbilled_seconds) == (7200, 0)
    assert workspace.read(project_rows.project, app) == rows[app]


def test_stored_values_come_as_pythons_own(workspace: Workspace) -> None:
    project_id = make_project(workspace, client_id=make_client(workspace))
    changes = projects.ProjectEdit(starts_on=date(2026, 1, 2), budget_seconds=3600)
    workspace.execute(projects.edit, project_id, changes)
    row = workspace.read(project_rows.project, project_id)
    assert (row.starts_on, row.ends_on, row.used_percent) == (date(2026, 1, 2), None, 0)
    assert (row.billable, row.pinned, row.sample) == (True, False, False)
    assert row.rate_label == ""
