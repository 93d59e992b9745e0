"""The page of one project: budget, tasks, rates, pin, timer."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from billops_desktop.services import tracking
from billops_desktop.services.directory import projects
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.dialogs.project import ProjectSheet, TaskSheet
from billops_desktop.ui.dialogs.rate import RateSheet
from billops_desktop.ui.views.directory.project_page import ProjectPage, budget_tone
from billops_desktop.ui.views.projects import ProjectsView
from billops_desktop.ui.widgets.labels import PlainLabel
from tests.support.factories import log, make_client, make_project, set_rate
from tests.support.present import present, window_of
from tests.support.window import OpenView


@pytest.fixture
def website(workspace: Workspace) -> str:
    client = make_client(workspace)
    set_rate(workspace, client_id=client)
    project = make_project(workspace, "Website", client_id=client, budget_seconds=7200)
    log(workspace, "2026-11-24 09:00", project_id=project, description="Coding")
    return project


@pytest.fixture
def page(open_view: OpenView, website: str) -> ProjectPage:
    view = open_view("projects", ProjectsView)
    view.shell.go("projects", project_id=website)
    found = view.page
    assert isinstance(found, ProjectPage)
    return found


def words(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(PlainLabel) if one.isVisibleTo(widget)]


def test_it_shows_time_and_budget(page: ProjectPage) -> None:
    assert page.tracked.figure.text() == "1 h 00"
    assert page.budget.figure.text() == "50%"
    assert page.budget.note.text() == "of 2 h 00"
    assert page.bar.accessibleName() == "50% of the budget used"
    page.grab()


def test_tasks_are_added_changed_and_archived(
    workspace: Workspace, website: str, page: ProjectPage
) -> None:
    page.add_task()
    sheet = page.window().findChild(TaskSheet)
    QTest.keyClicks(present(sheet).name, "Design")
    present(sheet).estimate.setText("much")
    present(sheet).confirm.click()
    assert "is not a duration" in present(sheet).fields.fields["estimate_seconds"].note.text()
    present(sheet).estimate.setText("10h")
    present(sheet).confirm.click()
    assert {"Design", "estimate 10:00"} <= set(words(page.tasks))
    task = workspace.read(projects.tasks, website)[0]
    page._archive_task(task)
    assert workspace.read(projects.tasks, website) == ()
    window_of(page).undo_stack.undo()
    assert workspace.read(projects.tasks, website)[0].name == "Design"


def test_a_rate_is_previewed_before_it_is_kept(
    workspace: Workspace, website: str, page: ProjectPage
) -> None:
    page.set_rate()
    sheet = page.window().findChild(RateSheet)
    assert present(sheet).effect.text() == "No unbilled entry changes."
    present(sheet).price.setText("150")
    present(sheet).price.commit()
    assert present(sheet).effect.text() == "1 unbilled entry changes: €100.00 → €150.00"
    assert "Coding" in present(sheet).entries.text()
    assert workspace.read(projects.project, website).rate_label == "€100.00/h"
    present(sheet).confirm.click()
    assert workspace.read(projects.project, website).rate_label == "€150.00/h"
    assert "€150.00 per hour" in words(page.rates)


def test_pin_archive_and_edit(workspace: Workspace, website: str, page: ProjectPage) -> None:
    page.pin.click()
    assert workspace.read(projects.project, website).pinned
    assert [one.name for one in page.view.shell.directory.pinned] == ["Website"]
    page.archive.click()
    assert workspace.read(projects.project, website).status == "archived"
    assert not page.start.isEnabled()
    page.archive.click()
    page.edit.click()
    sheet = page.window().findChild(ProjectSheet)
    present(sheet).name.setText("Relaunch")
    present(sheet).money.setText("5.000,00" if present(sheet).money.text() else "5000")
    present(sheet).confirm.click()
    row = workspace.read(projects.project, website)
    assert (row.name, row.budget_minor) == ("Relaunch", 500_000)


def test_the_timer_starts_on_it(workspace: Workspace, page: ProjectPage) -> None:
    page.start.click()
    assert present(workspace.read(tracking.running)).project_name == "Website"


@pytest.mark.parametrize(
    ("percent", "tone"), [(0, "accent"), (79, "accent"), (80, "warn"), (100, "warn"), (101, "bad")]
)
def test_a_budget_turns_amber_then_red(percent: int, tone: str) -> None:
    assert budget_tone(percent) == tone
