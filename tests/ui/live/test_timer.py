"""Tests for the timer of the window: what runs, what was done lately, what today comes to."""

from __future__ import annotations

from typing import Any

import pytest

from billops_desktop.errors import Refused
from billops_desktop.services import tracking
from billops_desktop.ui.jobs import Jobs
from billops_desktop.ui.live.timer import RunningEntry, Timer


@pytest.fixture
def timer(jobs: Jobs, clock: Any) -> Timer:
    return Timer(jobs, clock)


def test_it_starts_counts_edits_and_stops(timer: Timer, clock: Any, workspace: Any) -> None:
    stopped: list[Any] = []
    timer.stopped.connect(lambda row, changes: stopped.append((row.seconds, changes.kinds)))
    timer.start(description="Review")
    clock.move(minutes=24, seconds=7)
    assert timer.seconds() == 1447
    timer.edit(description="Review with Marta")
    assert timer.running is not None
    assert timer.running.description == "Review with Marta"
    timer.toggle()
    assert timer.running is None
    assert stopped[0][0] == 1447
    assert "time_entry" in stopped[0][1]
    assert timer.seconds() == 0


def test_it_continues_recent_work(timer: Timer, clock: Any) -> None:
    timer.start(description="First")
    clock.move(minutes=10)
    timer.start(description="Second")
    first = timer.recents[1]
    assert first.description == "First"
    clock.move(minutes=10)
    timer.start_recent(1)
    assert timer.running is not None
    assert timer.running.description == "First"
    timer.start_recent(99)
    clock.move(minutes=1)
    timer.stop()
    timer.toggle()
    assert timer.running is not None
    assert timer.today is not None


def test_it_hears_what_others_change(timer: Timer, workspace: Any) -> None:
    heard: list[int] = []
    timer.changed.connect(lambda: heard.append(1))
    row = workspace.execute(tracking.start, description="from the command line")
    assert timer.running is not None
    assert timer.running.id == row.id
    assert heard
    timer.resume(row.id)


def test_a_refused_step_is_reported(timer: Timer) -> None:
    errors: list[Any] = []
    timer.failed.connect(errors.append)
    timer.stop()
    assert isinstance(errors[0], Refused)


def test_the_first_glance_is_shown_before_the_records_are_open(
    timer: Timer, workspace: Any, clock: Any
) -> None:
    row = workspace.execute(tracking.start, description="Review")
    fresh = Timer(Jobs(), clock)
    fresh.show_glance(row)
    clock.move(seconds=90)
    assert fresh.running == RunningEntry.of(row)
    assert fresh.seconds() == 90
    fresh.show_glance(None)
    assert fresh.running is None


def test_toggling_an_empty_profile_starts_an_empty_entry(small_window: Any, workspace: Any) -> None:
    small_window.timer.toggle()
    assert workspace.read(tracking.running).description == ""
