"""Tests for the tray: its menu for what is true now, its icon, its clicks, its absence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from billops_desktop.services import tracking
from billops_desktop.ui.timer.tray import LONGEST_WORDS, Tray, draw_icon, menu_text
from tests.support.factories import make_client, make_project
from tests.support.present import of_kind

Reason = QSystemTrayIcon.ActivationReason


@pytest.fixture
def tray(small_window: Any) -> Iterator[Tray]:
    made = Tray(small_window.timer)
    yield made
    made.release()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def words(tray: Tray) -> list[str]:
    QApplication.processEvents()  # the tray follows once the window has answered
    return [action.text() for action in tray.menu.actions() if not action.isSeparator()]


def test_the_menu_when_nothing_ever_ran(tray: Tray) -> None:
    assert words(tray) == [
        "Start timer",
        "Start something else…",
        "Log past time…",
        "Today 0 h 00",
        "Open BillOps",
        "Settings…",
        "Quit BillOps",
    ]
    assert tray.menu.defaultAction().text() == "Open BillOps"


def test_the_menu_while_a_timer_runs(tray: Tray, workspace: Any, clock: Any) -> None:
    acme = make_client(workspace)
    one, two = (make_project(workspace, name, client_id=acme) for name in ("Website", "Data"))
    tray.timer.start(description="Backfill & alerts", project_id=two)
    clock.move(minutes=24)
    tray.timer.start(description="Checkout", project_id=one)
    clock.move(minutes=84)
    tray.fill_menu()
    assert words(tray)[:3] == ["Checkout · Website 1:24", "Stop timer", "Move to"]
    assert "Backfill && alerts · Data" in words(tray)
    assert len(tray.menu.actions()) <= 16
    move = next(action for action in tray.menu.actions() if action.text() == "Move to").menu()
    of_kind(move, QMenu).actions()[0].trigger()
    assert workspace.read(tracking.running).project_name == "Data"


def test_the_menu_starts_stops_and_continues(tray: Tray, workspace: Any, clock: Any) -> None:
    tray.timer.start(description="Review")
    clock.move(minutes=5)
    assert "Stop timer" in words(tray)
    stop = next(action for action in tray.menu.actions() if action.text() == "Stop timer")
    stop.trigger()
    assert workspace.read(tracking.running) is None
    assert words(tray)[0] == "Continue: Review"
    assert words(tray).count("Review") == 0
    tray.menu.actions()[0].trigger()
    assert workspace.read(tracking.running).description == "Review"


def test_clicks_on_the_icon(tray: Tray, workspace: Any) -> None:
    seen: list[int] = []
    tray.window_wanted.connect(lambda: seen.append(1))
    tray._on_activated(Reason.Trigger)
    assert tray.popover.isVisible()
    tray._on_activated(Reason.Trigger)
    assert not tray.popover.isVisible()
    tray._on_activated(Reason.DoubleClick)
    assert seen == [1]
    tray.timer.start(description="Review")
    tray._on_activated(Reason.MiddleClick)
    assert (tray.timer.running is None) == (workspace.read(tracking.running) is None)


def test_the_icon_says_whether_it_runs_and_how_far(dressed: QApplication) -> None:
    pictures = {
        (minutes, running): draw_icon(minutes, running=running, dark=False).pixmap(32, 32).toImage()
        for minutes, running in ((0, False), (15, True), (45, True))
    }
    images = list(pictures.values())
    assert images[0] != images[1] != images[2]
    assert pictures[(0, False)].pixelColor(16, 16).alpha() == 0
    assert pictures[(15, True)].pixelColor(16, 16).alpha() > 200


def test_an_icon_is_drawn_once_a_minute_of_the_hour(dressed: QApplication) -> None:
    first = draw_icon(7, running=True, dark=False)
    assert draw_icon(67, running=True, dark=False).cacheKey() == first.cacheKey()
    assert draw_icon(8, running=True, dark=False).cacheKey() != first.cacheKey()
    assert draw_icon(7, running=True, dark=True).cacheKey() != first.cacheKey()


def test_the_tooltip_holds_no_markup(tray: Tray) -> None:
    tray.timer.start(description="<img src=x>\n" + "long " * 60)
    assert "<" not in tray.tooltip()
    assert "\n" not in tray.tooltip()
    assert len(tray.tooltip()) <= 127
    assert len(menu_text("w" * 200)) == LONGEST_WORDS


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # the offscreen screen has no tray to watch
def test_without_a_tray_it_waits_and_nothing_is_lost(
    tray: Tray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: False))
    tray.show()
    assert not tray.present
    assert tray._look.isActive()
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    tray._on_look()
    assert not tray._look.isActive()
    assert tray.icon.isVisible()


def test_it_is_drawn_again_once_a_minute_only(tray: Tray, clock: Any) -> None:
    tray.timer.start(description="Review")
    clock.move(seconds=20)
    tray.refresh()
    assert 39_000 <= tray._minute.interval() <= 40_000


def test_the_menu_leads_to_new_and_to_past_work(tray: Tray) -> None:
    asked: list[str] = []
    tray.past_wanted.connect(lambda: asked.append("past"))
    tray.timer.start(description="Review")
    for action in tray.menu.actions():
        if action.text() in {"Start something else…", "Log past time…"}:
            action.trigger()
    assert asked == ["past"]
    assert tray.popover.isVisible()
    # Nothing ends before something else is named.
    assert tray.timer.running is not None
    assert tray.timer.running.description == "Review"
    tray.popover.hide()
