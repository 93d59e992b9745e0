"""The Projects page: list with budgets, filter, new project, the way into one and back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from billops_desktop.services.directory import projects
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.dialogs.project import ProjectSheet
from billops_desktop.ui.views.projects import ProjectsView, columns
from tests.support.factories import log, make_client, make_project, set_rate
from tests.support.present import present, window_of
from tests.support.window import OpenView


@pytest.fixture
def website(workspace: Workspace) -> str:
    client = make_client(workspace)
    set_rate(workspace, client_id=client)
    project = make_project(workspace, "Website", client_id=client, budget_seconds=7200)
    log(workspace, "2026-11-24 09:00", project_id=project)
    return project


@pytest.fixture
def view(open_view: OpenView) -> ProjectsView:
    return open_view("projects", ProjectsView)


def test_the_list_shows_time_rate_and_budget(website: str, view: ProjectsView) -> None:
    model = view.table.rows_model
    assert [column.words(model.row(0)) for column in model.columns] == [
        "Website",
        "€100.00/h",
        "1:00",
        "1:00",
        "50%",
        "",
    ]
    view.grab()


def test_a_new_project_of_a_client(workspace: Workspace, view: ProjectsView) -> None:
    client = make_client(workspace)
    view.shell.go("projects", new=True, client_id=client)
    sheet = view.window().findChild(ProjectSheet)
    QTest.keyClicks(present(sheet).name, "Audit")
    present(sheet).colour.swatches["teal"].click()
    present(sheet).hours.setText("40h")
    present(sheet).confirm.click()
    row = workspace.read(projects.projects)[0]
    assert (row.name, row.client_id, row.colour) == ("Audit", client, "teal")
    assert row.budget_seconds == 144_000
    assert view.page.name.text() == "Audit"


def test_filter_and_enter(workspace: Workspace, website: str, view: ProjectsView) -> None:
    make_project(workspace, "Audit", client_id=make_client(workspace, "Initech"))
    QTest.keyClicks(view.search, "web")
    view.table.selectRow(0)
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert view.place() == {"project_id": website}
    window_of(view).on_back()
    assert view.listing.isVisible()


def test_archived_projects_have_their_own_list(
    workspace: Workspace, website: str, view: ProjectsView
) -> None:
    workspace.execute(projects.archive, website)
    assert view.pages.currentWidget() is view.empty
    view.state.buttons["archived"].click()
    assert [row.name for row in view.table.rows_model.rows] == ["Website"]


def test_the_budget_keeps_off_the_figures_at_its_left() -> None:
    budget = next(column for column in columns() if column.name == "budget")
    assert budget.lead >= 16
