"""Tests of billops_desktop.services.stopwatch: row for row what tracking writes, or left to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from billops_desktop.bootstrap import open_workspace
from billops_desktop.errors import IntegrityFault, InvalidInput, Refused
from billops_desktop.services import tracking
from billops_desktop.services.directory import clients, projects
from billops_desktop.services.profile import onboarding, settings
from billops_desktop.services.stopwatch import Place, stopwatch
from billops_desktop.services.upkeep import checking
from billops_desktop.services.workspace import Workspace
from tests.support.clock import MovableClock
from tests.support.timer_records import changes_of, entries_of, events_of


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def opened(tmp_path: Path, clock: MovableClock) -> Iterator[Workspace]:
    workspace = prepared(tmp_path / "quick", clock)
    yield workspace
    workspace.close()


def prepared(profile: Path, clock: MovableClock) -> Workspace:
    """Return a set-up workspace with a project and two tasks, one not billable."""
    workspace = open_workspace(profile, clock=clock)
    workspace.execute(onboarding.set_up_neutrally)
    client = workspace.execute(clients.add, clients.NewClient(name="Acme GmbH"))
    new = projects.NewProject(name="Website", client_id=client.id)
    project = workspace.execute(projects.add, new)
    for name, billable in (("Design", True), ("Travel", False)):
        task = projects.NewTask(name=name, project_id=project.id, billable=billable)
        workspace.execute(projects.add_task, task)
    return workspace


def test_it_writes_what_tracking_writes(
    tmp_path: Path, clock: MovableClock, opened: Workspace
) -> None:
    slow = prepared(tmp_path / "slow", clock)
    project = slow.read(projects.find, "Website").id
    travel = slow.read(projects.find_task, "Travel", project).id
    began = clock.now()
    with stopwatch(opened.profile, clock) as watch:
        assert watch is not None
        place = watch.place("Acme GmbH/Website", "Travel")
        assert place is not None
        watch.start(place, "Mu\u0308ller", billable=None, at=None)
    slow.execute(tracking.start, project_id=project, task_id=travel, description="Mu\u0308ller")
    clock.move(minutes=7, microseconds=5)
    with stopwatch(opened.profile, clock) as watch:
        assert watch is not None
        watch.start(Place(), "", billable=True, at=began.replace(microsecond=0))
    slow.execute(tracking.start, description="", billable=True, at=began)
    clock.move(minutes=3)
    with stopwatch(opened.profile, clock) as watch:
        assert watch is not None
        assert watch.stop(None) is not None
    slow.execute(tracking.stop)
    assert entries_of(opened) == entries_of(slow)
    assert events_of(opened) == events_of(slow)
    assert changes_of(opened) == changes_of(slow)
    assert all(result.ok for result in checking.check(opened))
    slow.close()


def test_a_clock_that_was_set_back_stops_and_switches_all_the_same(
    tmp_path: Path, clock: MovableClock, opened: Workspace
) -> None:
    slow = prepared(tmp_path / "slow", clock)
    for switch in (True, False):
        with stopwatch(opened.profile, clock) as watch:
            assert watch is not None
            watch.start(Place(), "Ahead", billable=None, at=None)
        slow.execute(tracking.start, description="Ahead")
        clock.move(hours=-2)
        with stopwatch(opened.profile, clock) as watch:
            assert watch is not None
            if switch:
                started, ended = watch.start(Place(), "Now", billable=None, at=None)
                assert started.started_at < (ended.started_at if ended else started.started_at)
            else:
                ended = watch.stop(None)
            assert ended is not None
            assert (ended.seconds, ended.needs_check) == (0, True)
        if switch:
            slow.execute(tracking.start, description="Now")
            assert slow.execute(tracking.stop, at=clock.now()).needs_check is False
            with stopwatch(opened.profile, clock) as watch:
                assert watch is not None
                watch.stop(clock.now())
        else:
            assert slow.execute(tracking.stop).needs_check is True
        clock.move(hours=4)
    assert entries_of(opened) == entries_of(slow)
    assert events_of(opened) == events_of(slow)
    assert all(result.ok for result in checking.check(opened))
    slow.close()


def test_an_entry_that_was_not_kept_is_told_in_words(
    clock: MovableClock, opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("billops_desktop.services.stopwatch.ROW", stopwatch_row_of_nothing())
    with stopwatch(opened.profile, clock) as watch:
        assert watch is not None
        with pytest.raises(IntegrityFault, match="did not keep the entry"):
            watch.start(Place(), "x", billable=None, at=None)


def stopwatch_row_of_nothing() -> str:
    from billops_desktop.services.stopwatch import ROW

    return ROW.replace("e.deleted_at IS NULL", "0")


def test_the_window_sees_the_change(clock: MovableClock, opened: Workspace) -> None:
    assert opened.poll() is None
    with stopwatch(opened.profile, clock) as watch:
        assert watch is not None
        watch.start(Place(), "By command", billable=None, at=None)
    changes = opened.poll()
    assert changes is not None
    assert "time_entry" in changes.kinds


@pytest.mark.parametrize("offset", [0, 14])
def test_the_first_year_of_the_calendar_is_refused(
    offset: int, clock: MovableClock, opened: Workspace
) -> None:
    began = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=offset)))
    with stopwatch(opened.profile, clock) as watch:
        assert watch is not None
        with pytest.raises(InvalidInput, match="year 1 cannot be kept"):
            watch.start(Place(), "x", billable=None, at=began)


def test_what_raises_writes_nothing(clock: MovableClock, opened: Workspace) -> None:
    opened.execute(tracking.start, description="Runs")
    before = (entries_of(opened), events_of(opened), changes_of(opened))
    refusals = 0
    for at in (clock.now().replace(year=2027), clock.now().replace(year=2025)):
        try:
            with stopwatch(opened.profile, clock) as watch:
                assert watch is not None
                watch.start(Place(), "x", billable=None, at=at)
        except Refused:
            refusals += 1
    assert refusals == 2
    assert (entries_of(opened), events_of(opened), changes_of(opened)) == before


def test_a_locked_time_stays_closed(clock: MovableClock, opened: Workspace) -> None:
    lock = settings.WorkspaceEdit(locked_until=clock.now().date())
    opened.execute(settings.edit_workspace, lock)
    with stopwatch(opened.profile, clock) as watch:
        assert watch is not None
        with pytest.raises(Refused, match="is locked"):
            watch.start(Place(), "x", billable=None, at=None)
    assert entries_of(opened) == []


def test_nothing_runs(clock: MovableClock, opened: Workspace) -> None:
    with stopwatch(opened.profile, clock) as watch:
        assert watch is not None
        assert watch.running() is None
        assert watch.stop(None) is None


def test_names_that_are_not_plain_are_left_to_tracking(
    clock: MovableClock, opened: Workspace
) -> None:
    with stopwatch(opened.profile, clock) as watch:
        assert watch is not None
        assert watch.place(None, None) == Place()
        assert watch.place("web", None) is None
        assert watch.place("", None) is None
        assert watch.place(None, "Design") is None
        assert watch.place("Website", "Nap") is None
        found = watch.place(" website ", "DESIGN")
        assert found is not None
        assert found.billable is True
        assert watch.language() is None
    opened.execute(settings.set_preference, "appearance.language", "de")
    with stopwatch(opened.profile, clock) as watch:
        assert watch is not None
        assert watch.language() == "de"


def test_a_profile_that_is_not_there_or_not_whole_is_left_to_tracking(
    tmp_path: Path, clock: MovableClock, opened: Workspace
) -> None:
    with stopwatch(tmp_path / "none", clock) as watch:
        assert watch is None
    assert not (tmp_path / "none").exists()
    with opened.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=OFF")
        connection.exec_driver_sql("DROP TRIGGER capture_time_entry_insert")
        connection.commit()
    with stopwatch(opened.profile, clock) as watch:
        assert watch is None
