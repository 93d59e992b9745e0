"""The actions that open forms reach their pages, and a fresh profile gets its first run."""

from __future__ import annotations

from billops_desktop.ui.dialogs import entrances
from billops_desktop.ui.dialogs.first_run import FirstRun
from billops_desktop.ui.main_window import MainWindow
from tests.support.present import present


def test_actions_reach_their_forms(small_window: MainWindow) -> None:
    entrances.connect(small_window, first_run=False)
    for action, page, place in (
        ("timer.past", "time", {"log_past": True}),
        ("client.new", "clients", {"new": True}),
        ("project.new", "projects", {"new": True}),
    ):
        small_window.actions_table[action].trigger()
        assert small_window.journey.here == page
        assert small_window.view(page).place() == place
    assert small_window.findChild(FirstRun) is None


def test_a_profile_that_is_not_set_up_gets_the_first_run(small_window: MainWindow) -> None:
    entrances.connect(small_window, first_run=True)
    sheet = small_window.findChild(FirstRun)
    assert present(sheet).isVisible()
    present(sheet).made = True
    present(sheet).reject()
