"""Projects and tasks are picked, and made, for entries where they stand in the list."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from billops_desktop.services import tracking
from billops_desktop.services.directory import tasks
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.entries.entry_model import Field
from billops_desktop.ui.views.tracker import TrackerView
from tests.support.factories import log, make_client, make_project
from tests.support.window import OpenView


@pytest.fixture
def project(workspace: Workspace) -> str:
    return make_project(workspace, "Website", client_id=make_client(workspace))


@pytest.fixture
def logged(workspace: Workspace, project: str) -> tracking.EntryRow:
    return log(workspace, "2026-11-25 11:00", description="Wireframes", project_id=project)


@pytest.fixture
def view(open_view: OpenView, logged: tracking.EntryRow) -> TrackerView:
    return open_view("time", TrackerView)


def now(view: TrackerView, row: tracking.EntryRow) -> tracking.EntryRow:
    return view.shell.jobs.workspace.read(tracking.entry, row.id)


def open_picker(view: TrackerView) -> None:
    """Go to the project of the first entry by keys alone."""
    view.table.setFocus()
    view.table.go_to(1, Field.DESCRIPTION)
    QTest.keyClick(view.table, Qt.Key.Key_P)
    assert view.picker.isVisible()


def key(widget: QWidget, what: Qt.Key) -> None:
    QTest.keyClick(widget, what)


def test_a_task_is_picked_with_its_project(
    workspace: Workspace, project: str, logged: tracking.EntryRow, view: TrackerView
) -> None:
    new = tasks.NewTask(name="Design", project_id=project)
    design = workspace.execute(tasks.add_task, new).id
    open_picker(view)
    assert "Design" in [one.words for one in view.picker.lines.lines]
    QTest.keyClicks(view.picker.field, "acme design")
    key(view.picker.field, Qt.Key.Key_Return)
    assert now(view, logged).task_id == design
    assert view.shell.feedback.recent[0] == "Moved to Website · Design"
    open_picker(view)
    key(view.picker.field, Qt.Key.Key_Return)
    assert now(view, logged).task_id == design
    open_picker(view)
    key(view.picker.field, Qt.Key.Key_Up)
    key(view.picker.field, Qt.Key.Key_Return)
    row = now(view, logged)
    assert (row.project_id, row.task_id) == (project, None)


def test_a_project_is_made_while_an_entry_is_moved_and_undo_takes_both_back(
    logged: tracking.EntryRow, view: TrackerView
) -> None:
    client = view.shell.directory.clients[0]
    open_picker(view)
    QTest.keyClicks(view.picker.field, "Portal")
    key(view.picker.field, Qt.Key.Key_Return)
    QTest.keyClicks(view.picker.field, client.name[:3])
    key(view.picker.field, Qt.Key.Key_Return)
    row = now(view, logged)
    assert (row.project_name, row.client_id) == ("Portal", client.id)
    assert view.shell.feedback.recent[0] == "Moved to the new project Portal for Acme GmbH"
    view.shell.feedback.toast.undo.click()
    assert now(view, logged).project_name == "Website"
    assert [one.name for one in view.shell.directory.projects] == ["Website"]
