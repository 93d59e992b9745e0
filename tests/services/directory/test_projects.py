"""Projects: defaults, finding by name, budgets and sums."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from billops_desktop.errors import InvalidInput, NotFound
from billops_desktop.services.directory import projects
from billops_desktop.services.workspace import Workspace
from tests.support.factories import log, make_client, make_project, set_rate


def test_a_project_takes_what_its_client_has(workspace: Workspace) -> None:
    client_id = make_client(workspace, currency="GBP")
    paid = workspace.execute(projects.add, projects.NewProject(name="Web", client_id=client_id))
    assert (paid.currency, paid.billable, paid.client_name) == ("GBP", True, "Acme GmbH")
    own = workspace.execute(projects.add, projects.NewProject(name="Internal"))
    assert (own.currency, own.billable, own.client_id) == ("EUR", False, None)


def test_pinned_first_then_by_client_and_name(workspace: Workspace) -> None:
    acme, globex = make_client(workspace, "acme"), make_client(workspace, "Globex")
    make_project(workspace, "b", client_id=globex)
    make_project(workspace, "A", client_id=globex)
    make_project(workspace, "z", client_id=acme)
    pinned = make_project(workspace, "pinned", client_id=globex)
    workspace.execute(projects.pin, pinned)
    assert [row.name for row in workspace.read(projects.projects)] == ["pinned", "z", "A", "b"]
    found = workspace.read(projects.projects, client_id=globex, text="a")
    assert [row.name for row in found] == ["A"]


def test_sums_and_the_rate_of_today(workspace: Workspace) -> None:
    set_rate(workspace, "95.5")
    project_id = make_project(workspace)
    log(workspace, hours=1.5, project_id=project_id)
    log(workspace, hours=1, project_id=project_id, billable=False)
    row = workspace.read(projects.project, project_id)
    assert (row.tracked_seconds, row.unbilled_seconds) == (9000, 5400)
    assert row.rate_label == "€95.50/h"
    assert row == workspace.read(projects.projects)[0]


@pytest.mark.parametrize(
    ("budget", "used"),
    [
        ({"budget_seconds": 36_000}, 30),
        ({"budget_minor": 50_000}, 60),
        ({"budget_seconds": 36_000, "budget_minor": 50_000}, 60),
        ({"budget_seconds": 36_000, "budget_period": "monthly"}, 20),
        ({}, None),
    ],
)
def test_a_budget_counts_billable_stopped_time(
    workspace: Workspace, budget: dict[str, Any], used: int | None
) -> None:
    set_rate(workspace, "100")
    project_id = make_project(workspace, **budget)
    log(workspace, "2026-11-02 09:00", hours=2, project_id=project_id)
    log(workspace, "2026-10-02 09:00", hours=1, project_id=project_id)
    log(workspace, "2026-11-03 09:00", hours=8, project_id=project_id, billable=False)
    assert workspace.read(projects.project, project_id).used_percent == used


def test_find_understands_the_ways_to_name_a_project(workspace: Workspace) -> None:
    acme, globex = make_client(workspace, "Acme"), make_client(workspace, "Globex")
    site = make_project(workspace, "Website", client_id=acme, code="WEB")
    other = make_project(workspace, "Website", client_id=globex)
    make_project(workspace, "A/B", client_id=None)
    for typed in (site, "WEB", "acme/website", "Acme / Website"):
        assert workspace.read(projects.find, typed).id == site
    assert workspace.read(projects.find, "A/B").name == "A/B"
    assert workspace.read(projects.find, "globex").id == other
    with pytest.raises(InvalidInput, match="Acme/Website, Globex/Website"):
        workspace.read(projects.find, "website")
    workspace.execute(projects.archive, other)
    assert workspace.read(projects.find, "website").id == site
    for typed in ("", "nothing"):
        with pytest.raises(NotFound):
            workspace.read(projects.find, typed)


def test_archive_and_activate(workspace: Workspace) -> None:
    project_id = make_project(workspace)
    workspace.execute(projects.archive, project_id)
    assert workspace.read(projects.projects) == ()
    assert [row.id for row in workspace.read(projects.projects, archived=True)] == [project_id]
    workspace.execute(projects.activate, project_id)
    assert len(workspace.read(projects.projects)) == 1


def test_what_does_not_fit(workspace: Workspace) -> None:
    project_id = make_project(workspace, starts_on=date(2026, 2, 1))
    for edit, field in (
        (projects.ProjectEdit(ends_on=date(2026, 1, 1)), "ends_on"),
        (projects.ProjectEdit(status="done"), "status"),
        (projects.ProjectEdit(budget_seconds=-1), "budget_seconds"),
        (projects.ProjectEdit(name=""), "name"),
    ):
        with pytest.raises(InvalidInput) as refused:
            workspace.execute(projects.edit, project_id, edit)
        assert refused.value.field == field


def test_a_second_project_of_the_same_name_at_a_client_is_refused(workspace: Workspace) -> None:
    acme, globex = make_client(workspace, "Acme"), make_client(workspace, "Globex")
    site = make_project(workspace, "Website", client_id=acme)
    other = make_project(workspace, "Website", client_id=globex)
    with pytest.raises(InvalidInput, match="There is a project Website here already"):
        make_project(workspace, "WEBSITE", client_id=acme)
    with pytest.raises(InvalidInput, match="Website here already"):
        workspace.execute(projects.edit, other, projects.ProjectEdit(client_id=acme))
    workspace.execute(projects.archive, site)
    with pytest.raises(InvalidInput, match="There is an archived project Website"):
        make_project(workspace, "Website", client_id=acme)
    assert workspace.read(projects.find, site[-8:]).id == site


def test_a_slash_may_belong_to_the_client(workspace: Workspace) -> None:
    acme, slashed = make_client(workspace, "Acme"), make_client(workspace, "Acme/Berlin")

    def meant(text: str) -> tuple[str | None, str]:
        return workspace.read(projects.at_client, text)

    assert meant("acme/berlin/Website") == (slashed, "Website")
    assert meant("Acme/Website/Shop") == (acme, "Website/Shop")
    assert meant("Website") == (None, "Website")
    with pytest.raises(InvalidInput, match="No client stands before the slash"):
        meant("/X")
    with pytest.raises(NotFound):
        meant("Nobody/X")
