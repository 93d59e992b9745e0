"""Finding, adding, changing and removing rows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from billops_desktop.errors import NotFound
from billops_desktop.services import records
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import Task
from billops_desktop.storage.unit_of_work import UnitOfWork
from tests.support.clock import AFTERNOON, MovableClock


def test_the_life_of_a_row(workspace: Workspace, clock: MovableClock) -> None:
    def made(work: UnitOfWork) -> str:
        return records.add(work, Task(name="a")).id

    row_id = workspace.execute(made)
    assert len(row_id) == 32
    clock.move(minutes=1)

    def changed(work: UnitOfWork, name: str) -> bool:
        row = records.live(work, Task, row_id, "task")
        assert row.created_at == AFTERNOON
        return records.change(work, row, {"name": name})

    assert workspace.execute(changed, "a") is False
    assert workspace.execute(changed, "b") is True

    def times(work: UnitOfWork) -> bool:
        row = records.live(work, Task, row_id, "task")
        assert row.updated_at == AFTERNOON + timedelta(minutes=1)
        records.remove(work, row)
        return row.deleted_at is not None

    assert workspace.execute(times)
    with pytest.raises(NotFound, match="no such task"):
        workspace.execute(changed, "c")
