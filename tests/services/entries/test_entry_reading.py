"""Rows of entries: every stored field in its place, times and flags as Python's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sqlalchemy import bindparam

from billops_desktop.domain.money import Money
from billops_desktop.services import tracking
from billops_desktop.services.directory import projects
from billops_desktop.services.entries.entry_reading import ROWS, EntryRow, read
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import TimeEntry
from billops_desktop.storage.prepared import Prepared
from billops_desktop.storage.unit_of_work import ReadingUnit
from tests.support.clock import MovableClock
from tests.support.factories import log, make_client, make_project

ONE = Prepared(ROWS.where(TimeEntry.id == bindparam("entry_id")))


def rows_of(
    work: ReadingUnit, entry_id: str, valued_until: datetime | None = None
) -> tuple[EntryRow, ...]:
    return read(work, ONE, entry_id=entry_id, valued_until=valued_until)


def test_each_field_holds_what_was_logged(workspace: Workspace) -> None:
    client_id = make_client(workspace, "Acme")
    project_id = make_project(workspace, "Website", client_id=client_id)
    task = workspace.execute(
        projects.add_task, projects.NewTask(project_id=project_id, name="Design")
    )
    logged = log(
        workspace, hours=2, project_id=project_id, task_id=task.id, rate=Decimal("12.345678")
    )
    [row] = workspace.read(rows_of, entry_id=logged.id)
    assert isinstance(row, EntryRow)
    assert (row.project_name, row.client_id, row.client_name) == ("Website", client_id, "Acme")
    assert (row.task_id, row.task_name, row.source) == (task.id, "Design", "manual")
    assert row.started_at.tzinfo is UTC
    assert row.ended_at == row.started_at + timedelta(hours=2)
    assert (row.billable, row.needs_check, row.overlaps) == (True, False, False)
    assert (row.locked_by, row.locked_invoice_id) == (None, None)
    assert row.value == Money(2469, "EUR")


def test_what_runs_is_valued_only_when_asked(workspace: Workspace, clock: MovableClock) -> None:
    project_id = make_project(workspace, client_id=make_client(workspace))
    row = workspace.execute(tracking.start, project_id=project_id)
    workspace.execute(tracking.edit, row.id, tracking.EntryEdit(rate=Decimal(60)))
    clock.move(minutes=30)
    assert workspace.read(rows_of, entry_id=row.id)[0].value is None
    [valued] = workspace.read(rows_of, entry_id=row.id, valued_until=clock.now())
    assert valued.value == Money(3000, "EUR")
    assert (valued.seconds, valued.seconds_at(clock.now())) == (None, 1800)
