"""Tests for the renewed window: words of the new language, same page, place and steps back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from billops_desktop.i18n import use_language
from billops_desktop.services import tracking
from billops_desktop.services.profile import settings
from billops_desktop.ui import application, fonts
from billops_desktop.ui.growing import at_once
from billops_desktop.ui.main_window import MainWindow
from billops_desktop.ui.renewal import put_in_place, renewal
from tests.support.factories import log
from tests.support.present import of_kind


@pytest.fixture
def window(jobs: Any, clock: Any, qtbot: QtBot) -> Any:
    made = MainWindow(jobs, clock)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.start_page("time")
    jobs.opened.emit(jobs.workspace)
    yield made
    use_language("en")


def test_the_window_speaks_german_where_it_stood(
    window: MainWindow, workspace: Any, qtbot: QtBot
) -> None:
    log(workspace, "2026-11-25 10:00", description="Review")
    view: Any = window.view("time")
    view.deeds.delete(view.table.entries.rows())
    window.go("projects")
    use_language("de")
    new = at_once(renewal(window))
    qtbot.addWidget(new)
    assert window.isVisible()
    put_in_place(new, window)
    assert window.isHidden()
    assert new.isVisible()
    assert new.size() == window.size()
    assert new.journey.here == "projects"
    assert new.sidebar.buttons["projects"].text() == "Projekte"
    new.undo_stack.undo()
    assert len(workspace.read(tracking.recents)) == 1


def test_it_is_made_in_steps_while_the_old_one_is_used(window: MainWindow, qtbot: Any) -> None:
    steps = renewal(window)
    next(steps)
    window.go("clients")
    next(steps)
    window.go("projects")
    with pytest.raises(StopIteration) as end:
        next(steps)
    new = end.value.value
    qtbot.addWidget(new)
    window.go("invoices")
    put_in_place(new, window)
    assert new.journey.here == "invoices"
    assert new.current() is new.view("invoices")


def test_half_a_window_is_let_go(window: MainWindow) -> None:
    before = set(QApplication.topLevelWidgets())
    steps = renewal(window)
    next(steps)
    (half,) = set(QApplication.topLevelWidgets()) - before
    gone: list[Any] = []
    half.destroyed.connect(lambda: gone.append(True))
    assert not window.updatesEnabled()
    steps.close()
    assert window.updatesEnabled()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert gone
    assert window.isVisible()


def test_a_second_choice_is_not_spoken_with_half_of_the_first(
    workspace: Any, clock: Any, tmp_path: Any, qapp: Any, qtbot: Any, monkeypatch: Any
) -> None:
    session = application.Session(qapp, tmp_path, clock, lambda: None)
    session.jobs.adopt(workspace)
    first = session.window
    qtbot.addWidget(first)
    first.start_page("time")
    shown: list[Any] = []
    monkeypatch.setattr(session, "_take_window", shown.append)
    session._take_effect({"appearance.text_size": 140})
    assert session.window is first
    session._take_effect({"appearance.text_size": 140, "appearance.language": "de"})
    qtbot.waitUntil(lambda: len(shown) == 1)
    qtbot.addWidget(shown[0])
    assert [cap.text() for cap in shown[0].sidebar.search.caps] == ["Strg", "K"]
    qtbot.wait(20)
    assert len(shown) == 1
    session._take_effect({})
    qtbot.waitUntil(lambda: len(shown) == 2)
    qtbot.addWidget(shown[1])
    assert session.jobs.close()


def test_settings_take_effect_whoever_changes_them(
    workspace: Any, clock: Any, jobs: Any, tmp_path: Any, qtbot: QtBot, monkeypatch: Any
) -> None:
    monkeypatch.setattr(application, "Jobs", lambda: jobs)
    session = application.Session(
        of_kind(QApplication.instance(), QApplication), tmp_path, clock, lambda: None
    )
    first = session.window
    qtbot.addWidget(first)
    first.start_page("time")
    session._show_tray()
    assert session.tray is not None
    workspace.execute(settings.set_preference, "tray.shown", False)
    assert not session.tray.wanted
    assert session.window is first
    workspace.execute(settings.set_preference, "appearance.text_size", 140)
    qtbot.addWidget(session.window)
    assert session.window is not first
    assert session.window.journey.here == "time"
    assert fonts.font("body").pixelSize() == 18
    workspace.execute(settings.set_preference, "appearance.language", "de")
    qtbot.addWidget(session.window)
    # Words and names of keys: ours and Qt's.
    assert [cap.text() for cap in session.window.sidebar.search.caps] == ["Strg", "K"]
    workspace.execute(settings.set_preference, "appearance.language", "en")
    qtbot.addWidget(session.window)
    assert [cap.text() for cap in session.window.sidebar.search.caps] == ["Ctrl", "K"]
    session.tray.release()
