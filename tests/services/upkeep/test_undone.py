"""Tests of billops_desktop.services.upkeep.undone: each undo goes one step further back."""

from __future__ import annotations

from billops_desktop.services import tracking
from billops_desktop.services.upkeep import history, undone
from billops_desktop.services.workspace import Workspace
from tests.support import factories


def back(workspace: Workspace) -> None:
    latest = workspace.read(history.latest_transaction)
    assert latest is not None
    workspace.execute(history.undo, latest)


def again(workspace: Workspace) -> None:
    latest = workspace.read(undone.last_undone)
    assert latest is not None
    workspace.execute(history.undo, latest)


def test_undo_goes_back_step_by_step_and_redo_comes_forth(workspace: Workspace) -> None:
    entry_id = factories.log(workspace, "2026-11-24 09:00", description="one").id
    for words in ("two", "three"):
        workspace.execute(tracking.edit, entry_id, tracking.EntryEdit(description=words))

    def said() -> str:
        return workspace.read(tracking.entry, entry_id).description

    assert workspace.read(undone.last_undone) is None
    told = [said()]
    for step in (back, back, again, again, back, again, back, back):
        step(workspace)
        told.append(said())
    assert told == ["three", "two", "one", "two", "three", "two", "three", "two", "one"]


def test_a_step_that_is_done_again_twice_over_is_taken_back_once_more(
    workspace: Workspace,
) -> None:
    entry_id = factories.log(workspace, "2026-11-24 09:00", description="one").id
    edit = tracking.EntryEdit(description="two")
    transaction = workspace.perform(tracking.edit, entry_id, edit).changes.transaction
    for _turn in range(4):
        transaction = workspace.perform(history.undo, transaction).changes.transaction
    assert workspace.read(tracking.entry, entry_id).description == "two"
    back(workspace)
    assert workspace.read(tracking.entry, entry_id).description == "one"
    again(workspace)
    assert workspace.read(tracking.entry, entry_id).description == "two"
