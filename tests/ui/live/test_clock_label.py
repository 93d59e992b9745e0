"""Tests for the clock: it ticks on the second while it is seen, and sleeps otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from billops_desktop.ui.live.clock_label import LATE_MS, ClockLabel
from billops_desktop.ui.live.timer import Timer


@pytest.fixture
def label(jobs: Any, clock: Any, qtbot: QtBot) -> ClockLabel:
    made = ClockLabel(Timer(jobs, clock))
    qtbot.addWidget(made)
    return made


def test_it_ticks_only_while_it_is_seen_and_something_runs(label: ClockLabel, clock: Any) -> None:
    label.show()
    assert not label.ticking()
    label.timer.start(description="Review")
    assert label.ticking()
    label.hide()
    assert not label.ticking()
    label.show()
    assert label.ticking()
    clock.move(seconds=5)
    label.timer.stop()
    assert not label.ticking()


def test_it_wakes_on_the_next_whole_second(label: ClockLabel, clock: Any) -> None:
    label.timer.start(description="Review")
    label.show()
    clock.move(seconds=3, milliseconds=400)
    label._on_tick()
    assert label._tick.interval() == 600 + LATE_MS
    assert label.text_now() == "0:00:03"


def test_its_spoken_name_changes_once_a_minute(label: ClockLabel, clock: Any) -> None:
    label.timer.start(description="Review")
    label.show()
    spoken = label.accessibleName()
    clock.move(seconds=30)
    label._on_tick()
    assert label.accessibleName() == spoken
    clock.move(seconds=31)
    label._on_tick()
    assert label.accessibleName() != spoken


def test_a_click_asks_to_edit_and_it_is_painted(label: ClockLabel, qtbot: QtBot) -> None:
    wanted: list[int] = []
    label.edit_wanted.connect(lambda: wanted.append(1))
    QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    assert wanted == [1]
    assert not label.grab().isNull()
