"""Tests for undo: a step is one transaction, taken back and done again."""

from __future__ import annotations

from typing import Any

from billops_desktop.services import tracking


def test_a_step_is_taken_back_and_done_again(small_window: Any, workspace: Any, clock: Any) -> None:
    row = workspace.execute(tracking.start, description="Review")
    clock.move(minutes=5)
    small_window.jobs.run(
        tracking.edit,
        row.id,
        tracking.EntryEdit(description="Changed"),
        done=lambda _row, changes: small_window.feedback.undoable("Description changed", changes),
    )
    actions = small_window.actions_table
    assert actions["edit.undo"].text() == "Undo: Description changed"
    actions["edit.undo"].trigger()
    assert workspace.read(tracking.running).description == "Review"
    assert not actions["edit.undo"].isEnabled()
    actions["edit.redo"].trigger()
    assert workspace.read(tracking.running).description == "Changed"
    small_window.feedback.toast.say("x")
    small_window.undo_stack.undo()
    assert workspace.read(tracking.running).description == "Review"


def test_a_step_that_cannot_be_taken_back_is_told_and_forgotten(
    small_window: Any, workspace: Any
) -> None:
    small_window.undo_stack.add("Gone", "no such transaction")
    small_window.undo_stack.undo()
    assert small_window.undo_stack.done == []
    small_window.undo_stack.undo()
    small_window.undo_stack.redo()
    small_window.undo_stack.undo_transaction("unknown")


def test_steps_of_records_that_are_gone_are_forgotten(small_window: Any) -> None:
    small_window.undo_stack.add("Draft deleted", "of the records before")
    assert small_window.actions_table["edit.undo"].isEnabled()
    small_window.jobs.replaced.emit()
    assert not small_window.actions_table["edit.undo"].isEnabled()
    assert (small_window.undo_stack.done, small_window.undo_stack.undone) == ([], [])
