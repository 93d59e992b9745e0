"""The sheets for a project and a task."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from billops_desktop.services.directory import projects
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.dialogs.project import ProjectSheet, TaskSheet
from billops_desktop.ui.views.projects import ProjectsView
from tests.support.factories import make_project
from tests.support.present import child
from tests.support.window import OpenView


@pytest.fixture
def view(open_view: OpenView) -> ProjectsView:
    return open_view("projects", ProjectsView)


@pytest.fixture
def sheet(view: ProjectsView) -> ProjectSheet:
    view.add()
    return child(view.window(), ProjectSheet)


def test_each_slip_is_told_at_its_field(workspace: Workspace, sheet: ProjectSheet) -> None:
    sheet.confirm.click()
    assert sheet.fields.fields["name"].note.text()
    sheet.name.setText("Audit")
    sheet.hours.setText("many")
    sheet.confirm.click()
    assert "is not a duration" in sheet.fields.fields["budget_seconds"].note.text()
    sheet.hours.setText("")
    sheet.starts.setText("1.12.2026")
    sheet.ends.setText("1.11.2026")
    sheet.confirm.click()
    assert "end before it starts" in sheet.fields.fields["ends_on"].note.text()
    assert workspace.read(projects.projects) == ()
    assert sheet.name.text() == "Audit"


def test_colours_are_walked_by_arrow_keys(sheet: ProjectSheet) -> None:
    row = sheet.colour
    first, second = list(row.swatches)[:2]
    row.swatches[first].click()
    row.swatches[first].setFocus()
    QTest.keyClick(row.swatches[first], Qt.Key.Key_Right)
    assert row.value == second
    assert row.swatches[second].isChecked()
    assert row.swatches[second].accessibleName() == second
    sheet.grab()


def test_an_internal_project_is_not_billable(workspace: Workspace, sheet: ProjectSheet) -> None:
    sheet.name.setText("Internal")
    sheet.confirm.click()
    assert workspace.read(projects.projects)[0].billable is False


def test_a_task_of_the_same_name_is_refused(workspace: Workspace, view: ProjectsView) -> None:
    project = make_project(workspace)
    workspace.execute(projects.add_task, projects.NewTask(name="Design", project_id=project))
    sheet = TaskSheet(view, project, None, then=lambda _row, _changes: None)
    sheet.open()
    sheet.name.setText("design")
    sheet.confirm.click()
    assert "already" in sheet.fields.fields["name"].note.text()
    sheet.reject()
    assert len(workspace.read(projects.tasks, project)) == 1


def test_a_task_is_changed(workspace: Workspace, view: ProjectsView) -> None:
    project = make_project(workspace)
    task = workspace.execute(projects.add_task, projects.NewTask(name="Design", project_id=project))
    sheet = TaskSheet(view, project, task, then=lambda _row, _changes: None)
    sheet.billable.setChecked(False)
    sheet.name.setText("Concept")
    sheet.confirm.click()
    row = workspace.read(projects.tasks, project)[0]
    assert (row.name, row.billable) == ("Concept", False)


def test_only_fields_of_the_form_are_shown(sheet: ProjectSheet) -> None:
    sheet.show()
    laid_out = {field.editor for field in sheet.fields.fields.values()}
    loose = [one for one in sheet.findChildren(QLineEdit) if one not in laid_out]
    assert [one.objectName() for one in loose if one.isVisible()] == []
