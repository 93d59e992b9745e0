"""Tests for the sheet that changes when the running entry started."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from billops_desktop.ui.timer.elapsed_popup import ElapsedPopup
from tests.support.present import child


def test_nothing_running_opens_nothing(small_window: Any) -> None:
    popup = ElapsedPopup(small_window.timer, small_window)
    popup.open_under(small_window)
    assert not popup.isVisible()


def test_it_shows_the_length_so_far_and_takes_a_new_one(small_window: Any, clock: Any) -> None:
    small_window.timer.start(description="Review")
    clock.move(minutes=90)
    popup = ElapsedPopup(small_window.timer, small_window)
    popup.open_under(small_window)
    assert popup.length.text() == "1:30"
    popup._on_length(600)
    assert small_window.timer.seconds() == 600
    assert not popup.isVisible()


def test_a_start_that_cannot_be_is_refused_beside_its_field(small_window: Any) -> None:
    small_window.timer.start(description="Review")
    popup = ElapsedPopup(small_window.timer, small_window)
    popup._on_started(None)
    assert small_window.timer.running is not None
    assert popup.findChildren(QWidget, "elapsedDone")


def test_minus_and_plus_change_the_length_so_far(small_window: Any, clock: Any) -> None:
    small_window.timer.start(description="Review")
    clock.move(minutes=90)
    popup = ElapsedPopup(small_window.timer, small_window)
    popup.open_under(small_window)
    popup.length.setText("-10")
    assert popup.length.commit()
    assert small_window.timer.seconds() == 80 * 60
    popup.open_under(small_window)
    popup.length.setText("+0:30")
    assert popup.length.commit()
    assert small_window.timer.seconds() == 110 * 60
    popup.open_under(small_window)
    popup.length.setText("-3h")
    assert not popup.length.commit()
    assert "more than it has been running" in popup.length_field.note.text()


def test_a_slip_is_told_in_full_between_field_and_button(small_window: Any) -> None:
    small_window.timer.start(description="Review")
    popup = ElapsedPopup(small_window.timer, small_window)
    popup.open_under(small_window)
    popup.started.setText("abc")
    assert not popup.started.commit()
    note = popup.started_field.note
    assert note.height() >= note.heightForWidth(note.width())
    assert note.y() >= popup.started.geometry().bottom()
    assert child(popup, QWidget, "elapsedDone").y() >= popup.started_field.geometry().bottom()
    popup.hide()
