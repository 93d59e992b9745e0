"""What is done to entries: one transaction each, said in a toast that takes it back."""

from __future__ import annotations

import pytest

from billops_desktop.errors import NotFound
from billops_desktop.services import tracking
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.live.directory import Picked
from billops_desktop.ui.views.entries.entry_deeds import add_and_check, edit_and_check, edit_each
from billops_desktop.ui.views.tracker import TrackerView
from tests.support.factories import log, make_project, utc
from tests.support.present import window_of
from tests.support.window import OpenView


@pytest.fixture
def view(open_view: OpenView) -> TrackerView:
    return open_view("time", TrackerView)


def test_adding_and_changing_say_what_is_odd(workspace: Workspace) -> None:
    log(workspace, "2026-11-24 09:00", description="Call")
    new = tracking.NewEntry(started_at=utc("2026-11-24 09:30"), ended_at=utc("2026-11-24 10:30"))
    row, odd = workspace.execute(add_and_check, new)
    assert odd == ["It overlaps “Call” (10:00–11:00) by 30 min."]
    edit = tracking.EntryEdit(started_at=utc("2026-11-24 10:00"))
    assert workspace.execute(edit_and_check, row.id, edit)[1] == []


def test_many_change_together_or_not_at_all(workspace: Workspace) -> None:
    rows = [log(workspace, f"2026-11-24 {hour}:00") for hour in (10, 11)]
    ids = [row.id for row in rows]
    with pytest.raises(NotFound):
        workspace.execute(edit_each, [*ids, "0" * 32], tracking.EntryEdit(description="x"))
    assert {workspace.read(tracking.entry, one).description for one in ids} == {""}
    assert workspace.execute(edit_each, ids, tracking.EntryEdit(description="x")) == 2


def test_several_are_one_step_for_undo(workspace: Workspace, view: TrackerView) -> None:
    make_project(workspace, "Website")
    rows = [log(workspace, f"2026-11-24 {hour}:00") for hour in (10, 11)]
    view.deeds.set_work(rows, Picked(view.shell.directory.projects[0]))
    assert view.shell.feedback.recent[0] == "Moved to Website: 2 entries"
    window_of(view).undo_stack.undo()
    assert {workspace.read(tracking.entry, row.id).project_id for row in rows} == {None}


def test_entries_that_are_there_already_are_left_alone(
    workspace: Workspace, view: TrackerView
) -> None:
    row = log(workspace, "2026-11-24 10:00")
    view.deeds.set_work([row], Picked())
    view.deeds.set_billable([])
    view.deeds.delete([])
    assert list(view.shell.feedback.recent) == []


def test_the_running_entry_is_not_continued(workspace: Workspace, view: TrackerView) -> None:
    running = workspace.execute(tracking.start)
    offered = view.deeds.menu(running, print).actions()
    words = [action.text().partition("\t")[0] for action in offered]
    assert "Continue work" not in words
    assert "Delete" in words
