"""Tests for the timer bar: start by Enter, edit in place, choose a project, change the start."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from billops_desktop.services import tracking
from billops_desktop.ui.live.directory import Picked
from billops_desktop.ui.timer.timer_bar import StateDot, TimerBar
from tests.support.factories import make_project
from tests.support.present import present


def bar_of(window: Any) -> TimerBar:
    bar = window.current().findChild(TimerBar)
    assert isinstance(bar, TimerBar)
    return bar


def test_enter_starts_what_was_typed_for_the_chosen_project(
    small_window: Any, qtbot: QtBot, workspace: Any
) -> None:
    make_project(workspace, "Website")
    bar = bar_of(small_window)
    bar._on_picked(Picked(small_window.directory.projects[0]))
    QTest.keyClicks(bar.description, "Checkout redesign")
    QTest.keyClick(bar.description, Qt.Key.Key_Return)
    row = workspace.read(tracking.running)
    assert (row.description, row.project_name) == ("Checkout redesign", "Website")
    assert bar.button.icon_name == "square"


def test_a_click_is_painted_before_anybody_reads_anew(small_window: Any) -> None:
    bar, order = bar_of(small_window), []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                order.append("painted" if small_window.timer.running else "painted, stopped")
            return False

    watch = Watch()
    bar.clock.installEventFilter(watch)
    small_window.jobs.changed.connect(lambda _changes: order.append("changed"))
    small_window.timer.start(description="Review")
    small_window.timer.stop()
    assert order == ["painted", "changed", "painted, stopped", "changed"]


def test_it_starts_with_nothing_typed_at_all(small_window: Any, workspace: Any) -> None:
    bar_of(small_window).button.click()
    assert workspace.read(tracking.running).description == ""


def test_the_running_entry_is_edited_in_place(
    small_window: Any, qtbot: QtBot, workspace: Any
) -> None:
    bar = bar_of(small_window)
    small_window.timer.start(description="Review")
    assert bar.description.text() == "Review"
    QTest.keyClicks(bar.description, " with Marta")
    QTest.keyClick(bar.description, Qt.Key.Key_Escape)
    assert bar.description.text() == "Review"
    QTest.keyClicks(bar.description, " with Jonas")
    QTest.keyClick(bar.description, Qt.Key.Key_Return)
    assert workspace.read(tracking.running).description == "Review with Jonas"


def test_billable_and_project_change_the_running_entry(small_window: Any, workspace: Any) -> None:
    make_project(workspace, "Website")
    bar = bar_of(small_window)
    small_window.timer.start(description="Review")
    bar._on_picked(Picked(small_window.directory.projects[0]))
    assert workspace.read(tracking.running).project_name == "Website"
    before = workspace.read(tracking.running).billable
    bar.billable.click()
    assert workspace.read(tracking.running).billable is not before
    bar._on_picked(Picked())
    assert workspace.read(tracking.running).project_id is None


def test_stopping_empties_the_bar(small_window: Any, clock: Any, workspace: Any) -> None:
    bar = bar_of(small_window)
    small_window.timer.start(description="Review")
    clock.move(minutes=30)
    bar.button.click()
    assert workspace.read(tracking.running) is None
    assert bar.description.text() == ""
    assert bar.button.icon_name == "play"


def test_the_start_is_changed_by_clock_or_by_length(
    small_window: Any, qtbot: QtBot, clock: Any, workspace: Any
) -> None:
    bar = bar_of(small_window)
    small_window.timer.start(description="Review")
    clock.move(hours=1)
    bar.clock.click()
    assert bar.elapsed.isVisible()
    assert bar.elapsed.length.text() == "1:00"
    bar.elapsed.started.setText("13:50")
    QTest.keyClick(bar.elapsed.started, Qt.Key.Key_Return)
    assert small_window.timer.seconds() == 70 * 60
    bar.open_elapsed()
    bar.elapsed.length.setText("0:20")
    QTest.keyClick(bar.elapsed.length, Qt.Key.Key_Return)
    started = workspace.read(tracking.running).started_at
    assert clock.now() - started == timedelta(minutes=20)
    bar.elapsed.hide()


def test_a_time_later_than_now_means_the_evening_before(
    small_window: Any, clock: Any, workspace: Any
) -> None:
    bar = bar_of(small_window)
    small_window.timer.start(description="Late shift")
    bar.open_elapsed()
    bar.elapsed.started.setText("23:50")
    bar.elapsed.started.commit()
    started = workspace.read(tracking.running).started_at
    assert f"{started:%d %H:%M}" == "24 22:50"
    bar.elapsed.hide()


def test_text_being_typed_survives_a_change_from_elsewhere(
    small_window: Any, qtbot: QtBot, workspace: Any
) -> None:
    bar = bar_of(small_window)
    small_window.timer.start(description="Review")
    with qtbot.waitActive(small_window):
        small_window.activateWindow()
    bar.description.setFocus()
    QTest.keyClicks(bar.description, " half typed")
    workspace.execute(
        tracking.edit, small_window.timer.running.id, tracking.EntryEdit(billable=False)
    )
    assert bar.description.text() == "Review half typed"


def test_the_dot_is_filled_while_it_runs(small_window: Any) -> None:
    dot = bar_of(small_window).findChild(StateDot)
    empty = present(dot).grab().toImage().pixelColor(8, 8)
    small_window.timer.start(description="Review")
    assert present(dot).grab().toImage().pixelColor(8, 8) != empty


def test_the_sign_is_lit_as_the_entry_will_be_kept(small_window: Any, workspace: Any) -> None:
    make_project(workspace, "Website")
    bar = bar_of(small_window)
    assert not bar.billable.isChecked()
    bar._on_picked(Picked(small_window.directory.projects[0]))
    assert bar.billable.isChecked()
    bar._on_picked(Picked())
    assert not bar.billable.isChecked()


def test_letters_typed_on_the_chip_look_for_a_project(small_window: Any, qtbot: Any) -> None:
    bar = bar_of(small_window)
    bar.chip.setFocus()
    qtbot.keyClicks(bar.chip, "s")
    assert small_window.timer.running is None
    assert bar.picker.field.text() == "s"


def test_client_and_project_typed_in_one_line_are_both_made(
    small_window: Any, qtbot: Any, workspace: Any
) -> None:
    bar = bar_of(small_window)
    bar.open_picker()
    qtbot.keyClicks(bar.picker.field, "Northwind/Portal")
    qtbot.keyClick(bar.picker.field, Qt.Key.Key_Return)
    assert bar.chosen.name == "Portal"
    assert bar.chosen.project is not None
    assert bar.chosen.project.client_name == "Northwind"
    assert bar.billable.isChecked()
    assert small_window.feedback.recent[0] == "Created Portal for the new client Northwind"
    bar.open_picker()
    qtbot.keyClicks(bar.picker.field, "North/Shop")
    qtbot.keyClick(bar.picker.field, Qt.Key.Key_Return)
    assert small_window.feedback.recent[0] == "Created Shop for Northwind"
    bar.open_picker("Inside")
    qtbot.keyClick(bar.picker.field, Qt.Key.Key_Return)
    qtbot.keyClick(bar.picker.field, Qt.Key.Key_Return)
    said = "Created Inside. No client: its time cannot be invoiced."
    assert small_window.feedback.recent[0] == said


def test_what_cannot_be_kept_stays_in_the_line_with_its_reason(
    small_window: Any, qtbot: Any, workspace: Any
) -> None:
    bar = bar_of(small_window)
    for running in (False, True):
        bar.description.setText("a\x07b")
        bar.description.setModified(True)
        qtbot.keyClick(bar.description, Qt.Key.Key_Return)
        assert bar.description.text() == "a\x07b"
        assert bar.description.property("wrong")
        assert bar.problem.bubble is not None
        assert "cannot be kept (U+0007)" in bar.problem.bubble.words.text()
        assert bar.problem.bubble.isVisible()
        qtbot.keyClick(bar.description, Qt.Key.Key_Backspace)
        assert not bar.problem.bubble.isVisible()
        assert not bar.description.property("wrong")
        assert (workspace.read(tracking.running) is not None) is running
        qtbot.keyClick(bar.description, Qt.Key.Key_Escape)
        if not running:
            small_window.timer.start(description="Review")
    assert workspace.read(tracking.running).description == "Review"
