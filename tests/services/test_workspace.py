"""One transaction per use case; its changes are told once, and only when they are kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from billops_desktop.bootstrap import open_workspace
from billops_desktop.domain.changes import Changes
from billops_desktop.services import tracking
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import TimeEntry
from billops_desktop.storage.plain_unit import PlainUnit
from billops_desktop.storage.unit_of_work import ReadingUnit, UnitOfWork
from tests.support.clock import AFTERNOON, MovableClock
from tests.support.factories import log


def test_a_use_case_announces_what_it_changed(workspace: Workspace) -> None:
    told: list[Changes] = []
    workspace.listeners.append(told.append)
    done = workspace.perform(tracking.start, description="Plan")
    assert told == [done.changes]
    assert done.changes.ids == {"time_entry": frozenset({done.result.id})}


def test_a_failure_leaves_and_announces_nothing(workspace: Workspace) -> None:
    told: list[Changes] = []
    workspace.listeners.append(told.append)

    def fail(work: UnitOfWork) -> None:
        tracking.start(work)
        raise RuntimeError("power")

    with pytest.raises(RuntimeError, match="power"):
        workspace.execute(fail)
    assert told == []
    assert workspace.read(tracking.running) is None
    assert workspace.poll() is None


def test_a_read_writes_nothing_and_announces_nothing(workspace: Workspace) -> None:
    told: list[Changes] = []
    workspace.listeners.append(told.append)

    def sneak(work: ReadingUnit) -> None:
        work.session.add(TimeEntry(person_id=work.person_id, started_at=AFTERNOON))
        work.session.flush()

    with pytest.raises(RuntimeError, match="writes nothing"):
        workspace.read(sneak)
    workspace.read(tracking.today)
    assert told == []


def test_poll_tells_what_another_process_did_and_never_our_own(
    workspace: Workspace, profile: Path, clock: MovableClock
) -> None:
    told: list[Changes] = []
    other = open_workspace(profile, clock=clock)
    workspace.listeners.append(told.append)
    mine = log(workspace)
    theirs = log(other)
    found = workspace.poll()
    assert found is not None
    assert found.ids == {"time_entry": frozenset({theirs.id})}
    assert workspace.poll() is None
    assert [change.ids for change in told] == [
        {"time_entry": frozenset({mine.id})},
        {"time_entry": frozenset({theirs.id})},
    ]
    other.close()


def test_writers_wait_for_each_other_and_are_all_told(workspace: Workspace) -> None:
    told: list[Changes] = []
    workspace.listeners.append(told.append)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda number: log(workspace, description=str(number)), range(30)))
    count = select(func.count()).select_from(TimeEntry)
    assert workspace.read(lambda work: work.session.scalar(count)) == 30
    assert len({change.transaction for change in told}) == 30
    assert workspace.poll() is None


def test_the_signature_differs_once_anybody_has_written(workspace: Workspace) -> None:
    before = workspace.signature()
    assert before == workspace.signature()
    log(workspace)
    assert workspace.signature() != before


def test_who_asked_first_is_told_before_the_listeners(workspace: Workspace) -> None:
    order: list[str] = []
    workspace.listeners.append(lambda _changes: order.append("listener"))
    done = workspace.perform_first(tracking.start, lambda _done: order.append("asked"))
    assert order == ["asked", "listener"]
    assert workspace.read(tracking.running) == done.result


def test_a_plain_deed_is_announced_once_and_never_polled(workspace: Workspace) -> None:
    told: list[Any] = []
    workspace.listeners.append(told.append)
    entry = log(workspace)
    rename = "UPDATE time_entry SET description = 'Plain' WHERE id = ?"
    done = workspace.perform_plainly(
        lambda work: work.connection.execute(rename, (entry.id,)).rowcount, told.append
    )
    assert done.result == 1
    assert told[1:] == [done, done.changes]
    assert workspace.poll() is None
    with pytest.raises(RuntimeError, match="power"):
        workspace.perform_plainly(_lose_power, told.append)
    assert len(told) == 3
    assert workspace.read(tracking.entry, entry.id).description == "Plain"


def _lose_power(work: PlainUnit) -> None:
    work.connection.execute("UPDATE time_entry SET description = 'Lost'")
    raise RuntimeError("power")
