"""Undo by change records: it takes back exactly one transaction, or refuses."""

from __future__ import annotations

import pytest

from billops_desktop.errors import NotFound, Refused
from billops_desktop.services import tracking
from billops_desktop.services.directory import clients, projects
from billops_desktop.services.drafts import drafting
from billops_desktop.services.invoices.invoice_rows import detail
from billops_desktop.services.profile import settings
from billops_desktop.services.upkeep import history
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.unit_of_work import UnitOfWork
from tests.support import money
from tests.support.clock import MovableClock
from tests.support.factories import WEDNESDAY, log, make_client, make_project, utc


def test_undo_of_a_switch_lets_the_first_entry_run_on(
    workspace: Workspace, clock: MovableClock
) -> None:
    first = workspace.execute(tracking.start, description="First")
    clock.move(minutes=5)
    switched = workspace.perform(tracking.start, description="Second")
    words = workspace.execute(history.undo, switched.changes.transaction)
    assert words == "1 entry changed, 1 entry added"
    assert workspace.read(tracking.running) == first
    with pytest.raises(NotFound):
        workspace.read(tracking.entry, switched.result.id)


def test_undo_of_an_undo_does_it_again(workspace: Workspace) -> None:
    rows = [log(workspace, description="a"), log(workspace, description="b")]
    deleted = workspace.perform(tracking.delete, [row.id for row in rows])
    undone = workspace.perform(history.undo, deleted.changes.transaction)
    assert undone.result == "2 entries deleted"
    assert [workspace.read(tracking.entry, row.id).description for row in rows] == ["a", "b"]
    redone = workspace.perform(history.undo, undone.changes.transaction)
    assert redone.result == "2 entries restored"
    with pytest.raises(NotFound):
        workspace.read(tracking.entry, rows[0].id)


def test_a_draft_that_is_taken_back_is_named(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    money.log(workspace, job)
    request = drafting.DraftRequest(client_id=job.client_id, to_on=WEDNESDAY)
    drafted = workspace.perform(drafting.draft_from_time, request)
    undone = workspace.perform(history.undo, drafted.changes.transaction)
    assert undone.result == "draft for Acme GmbH added"


def test_what_was_added_and_filled_in_one_step_was_added(workspace: Workspace) -> None:
    def add_and_fill(work: UnitOfWork) -> None:
        row = clients.add(work, clients.NewClient(name="Globex"))
        work.session.flush()
        clients.edit(work, row.id, clients.ClientEdit(notes="Pays early"))

    made = workspace.perform(add_and_fill)
    assert workspace.execute(history.undo, made.changes.transaction) == "1 client added"


def test_undo_brings_back_every_field_of_an_edit(workspace: Workspace) -> None:
    project_id = make_project(workspace)
    row = log(workspace, description="It's “fine”: 100 %\n:x", project_id=project_id)
    edit = tracking.EntryEdit(
        description="", project_id=None, started_at=utc("2026-11-23 08:00"), break_seconds=60
    )
    changed = workspace.perform(tracking.edit, row.id, edit)
    workspace.execute(history.undo, changed.changes.transaction)
    assert workspace.read(tracking.entry, row.id) == row


def test_undo_is_refused_when_the_same_was_changed_since(workspace: Workspace) -> None:
    row = log(workspace, description="a")
    first = workspace.perform(tracking.edit, row.id, tracking.EntryEdit(description="b"))
    workspace.execute(tracking.edit, row.id, tracking.EntryEdit(description="c"))
    with pytest.raises(Refused, match="changed again since"):
        workspace.execute(history.undo, first.changes.transaction)
    assert workspace.read(tracking.entry, row.id).description == "c"


def test_a_later_change_of_another_field_does_not_stand_in_the_way(workspace: Workspace) -> None:
    row = log(workspace, description="a")
    first = workspace.perform(tracking.edit, row.id, tracking.EntryEdit(description="b"))
    workspace.execute(tracking.edit, row.id, tracking.EntryEdit(break_seconds=60))
    workspace.execute(history.undo, first.changes.transaction)
    now = workspace.read(tracking.entry, row.id)
    assert (now.description, now.break_seconds) == ("a", 60)


def test_an_added_row_that_was_used_since_stays(workspace: Workspace) -> None:
    added = workspace.perform(clients.add, clients.NewClient(name="Acme"))
    workspace.execute(clients.edit, added.result.id, clients.ClientEdit(city="Bonn"))
    with pytest.raises(Refused):
        workspace.execute(history.undo, added.changes.transaction)


def test_an_added_row_that_others_stand_on_stays(workspace: Workspace) -> None:
    added = workspace.perform(clients.add, clients.NewClient(name="Acme"))
    make_project(workspace, client_id=added.result.id)
    with pytest.raises(Refused, match="in use by now"):
        workspace.execute(history.undo, added.changes.transaction)


def test_undo_does_not_reach_into_a_closed_period(workspace: Workspace) -> None:
    row = log(workspace, "2026-11-20 09:00")
    deleted = workspace.perform(tracking.delete, [row.id])
    lock = settings.WorkspaceEdit(locked_until=row.local_on)
    workspace.execute(settings.edit_workspace, lock)
    with pytest.raises(Refused, match="is locked"):
        workspace.execute(history.undo, deleted.changes.transaction)


def test_nothing_to_undo(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        workspace.execute(history.undo, "unknown")


def test_the_latest_transaction_is_this_persons_own(workspace: Workspace) -> None:
    new = projects.NewProject(name="Website", client_id=make_client(workspace))
    done = workspace.perform(projects.add, new)
    assert workspace.read(history.latest_transaction) == done.changes.transaction
    assert workspace.execute(history.undo, done.changes.transaction) == "1 project added"


def test_a_row_that_was_deleted_for_good_is_put_back_with_its_parts(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    money.log(workspace, job)
    invoice_id = money.draft(workspace, job)
    before = workspace.read(detail, invoice_id).lines
    workspace.execute(drafting.save, invoice_id, drafting.DraftEdit(lines=()))
    assert workspace.read(detail, invoice_id).lines == ()
    ids = [line.id for line in before]
    part = ("line_entry", "line_id")
    workspace.execute(history.put_back, "invoice_line", [*ids, "0" * 32], part=part)
    assert workspace.read(detail, invoice_id).lines == before
    # What stands is left alone.
    workspace.execute(history.put_back, "invoice_line", ids, part=part)
    assert workspace.read(detail, invoice_id).lines == before
