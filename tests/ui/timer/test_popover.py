"""Tests for the popover: start, switch, find recent work, all by keys too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from billops_desktop.services import tracking
from billops_desktop.ui.timer.popover import Popover
from tests.support.factories import log, make_project
from tests.support.present import present


@pytest.fixture
def popover(small_window: Any, workspace: Any, qtbot: QtBot) -> Iterator[Popover]:
    project_id = make_project(workspace, "Data platform")
    log(workspace, "2026-11-24 09:00", description="Backfill", project_id=project_id)
    log(workspace, "2026-11-24 11:00", description="Procurement")
    made = Popover(small_window.timer)
    qtbot.addWidget(made)
    made.open_at(QRect())
    yield made
    made.hide()


def test_recent_work_starts_with_a_press_or_its_number(
    popover: Popover, workspace: Any, qtbot: QtBot
) -> None:
    assert [present(one.row).description for one in popover.recents if not one.isHidden()] == [
        "Procurement",
        "Backfill",
    ]
    popover.recents[1].click()
    assert workspace.read(tracking.running).project_name == "Data platform"
    assert not popover.isVisible()
    popover.open_at(QRect(100, 100, 24, 24))
    # What runs is no other work: the next one is the first.
    QTest.keyClick(popover, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert not popover.isVisible()


def test_typing_finds_recent_work_or_starts_something_new(
    popover: Popover, workspace: Any, qtbot: QtBot, clock: Any
) -> None:
    QTest.keyClicks(popover.field, "data")
    QTest.keyClick(popover.field, Qt.Key.Key_Return)
    assert workspace.read(tracking.running).description == "Backfill"
    clock.move(minutes=3)
    popover.open_at(QRect())
    QTest.keyClicks(popover.field, "Quite new")
    QTest.keyClick(popover.field, Qt.Key.Key_Return)
    assert workspace.read(tracking.running).description == "Quite new"


def test_it_shows_what_runs_and_today(popover: Popover, clock: Any) -> None:
    assert popover.words.text() == "No timer runs"
    popover.timer.start(description="Review")
    clock.move(minutes=42)
    popover.timer.load()
    assert popover.words.text() == "Review"
    assert popover.sum.text().startswith("Today 0 h 42")
    popover.toggle.click()
    assert popover.timer.running is None
    assert not popover.grab().isNull()


def test_esc_closes_and_open_asks_for_the_window(popover: Popover, qtbot: QtBot) -> None:
    seen: list[int] = []
    popover.window_wanted.connect(lambda: seen.append(1))
    popover.open_button.click()
    assert seen == [1]
    popover.open_at(QRect())
    QTest.keyClick(popover, Qt.Key.Key_Escape)
    assert not popover.isVisible()


def test_the_line_that_says_how_to_start_is_not_cut(popover: Popover, small_window: Any) -> None:
    assert popover.clock.isHidden()
    needed = popover.project.fontMetrics().horizontalAdvance(popover.project.text())
    assert needed <= popover.project.width()
    small_window.timer.start(description="Review")
    assert not popover.clock.isHidden()


def test_what_runs_is_not_offered_again(popover: Popover) -> None:
    timer = popover.timer
    before = [row.description for _number, row in timer.others()]
    popover.recents[1].click()
    assert present(timer.running).description == before[1]
    assert [row.description for _number, row in timer.others()] == [before[0], *before[2:]]
    shown = [present(one.row).description for one in popover.recents if not one.isHidden()]
    assert before[1] not in shown


def test_what_cannot_be_kept_stays_in_the_line_with_its_reason(
    popover: Popover, qtbot: Any
) -> None:
    popover.show()
    popover.field.setText("zz\x07")
    qtbot.keyClick(popover.field, Qt.Key.Key_Return)
    assert popover.isVisible()
    assert popover.field.property("wrong")
    assert popover.timer.running is None
    qtbot.keyClick(popover.field, Qt.Key.Key_Backspace)
    qtbot.keyClick(popover.field, Qt.Key.Key_Return)
    running = popover.timer.running
    assert running is not None
    assert running.description == "zz"
