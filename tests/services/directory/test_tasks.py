"""Tasks of one project or of all: unique names, archived and found."""

from __future__ import annotations

import pytest

from billops_desktop.errors import InvalidInput, NotFound
from billops_desktop.services.directory import tasks
from billops_desktop.services.workspace import Workspace
from tests.support.factories import make_project, make_task


def test_a_project_has_its_own_tasks_first_then_those_of_all(workspace: Workspace) -> None:
    project_id = make_project(workspace)
    other = make_project(workspace, "Other", client_id=None)
    make_task(workspace, "Admin")
    own = make_task(workspace, "Zoning", project_id=project_id)
    make_task(workspace, "Elsewhere", project_id=other)
    assert [row.name for row in workspace.read(tasks.tasks, project_id)] == ["Zoning", "Admin"]
    workspace.execute(tasks.archive_task, own)
    assert [row.name for row in workspace.read(tasks.tasks, project_id)] == ["Admin"]
    assert len(workspace.read(tasks.tasks, project_id, archived=True)) == 2


def test_the_tasks_of_every_project_come_in_one_list(workspace: Workspace) -> None:
    one = make_project(workspace, "One")
    other = make_project(workspace, "Other", client_id=None)
    make_task(workspace, "Build", project_id=one)
    gone = make_task(workspace, "Gone", project_id=one)
    make_task(workspace, "analyse", project_id=other)
    make_task(workspace, "Travel")
    workspace.execute(tasks.archive_task, gone)
    listed = workspace.read(tasks.tasks_of_all_projects)
    assert [(row.name, row.project_id) for row in listed] == [
        ("analyse", other),
        ("Build", one),
        ("Travel", None),
    ]


def test_find_by_name_or_id(workspace: Workspace) -> None:
    task_id = make_task(workspace, "Design")
    assert workspace.read(tasks.find_task, "design").id == task_id
    assert workspace.read(tasks.find_task, task_id).name == "Design"
    with pytest.raises(NotFound, match="Design"):
        workspace.read(tasks.find_task, "build")


def test_a_name_is_there_once_in_a_project(workspace: Workspace) -> None:
    project_id = make_project(workspace)
    make_task(workspace, "Design")
    own = make_task(workspace, "Design", project_id=project_id)
    with pytest.raises(InvalidInput, match="already"):
        make_task(workspace, "DESIGN", project_id=project_id)
    edited = workspace.execute(tasks.edit_task, own, tasks.NewTask(name="DESIGN", billable=False))
    assert (edited.name, edited.billable, edited.project_id) == ("DESIGN", False, project_id)
