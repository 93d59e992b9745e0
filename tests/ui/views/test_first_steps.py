"""What the first turn of a page makes: what it shows, and no more of its panels, forms, records."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.ui.main_window import MainWindow

# So many widgets at most: each costs about a third of a millisecond to make and to lay out.
MOST = {
    "invoices": 75,
    "to_invoice": 75,
    "clients": 50,
    "projects": 50,
    "settings": 25,
    "invoice": 45,
}
LATER = {
    "invoices": ("panel",),
    "clients": ("page",),
    "projects": ("page",),
    "invoice": ("form", "panel"),
}


@pytest.fixture
def window(jobs: Any, clock: Any, qtbot: QtBot) -> MainWindow:
    """Return a window that shows none of its pages yet."""
    made = MainWindow(jobs, clock)
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("page", MOST)
def test_a_page_makes_no_more_than_it_shows(window: MainWindow, page: str) -> None:
    view = window.view(page)
    assert len(view.findChildren(QWidget)) <= MOST[page]
    assert not set(LATER.get(page, ())) & set(vars(view))
    assert view.parent() is window.stack


def test_a_section_of_the_settings_is_built_in_steps(window: MainWindow) -> None:
    view: Any = window.view("settings")
    begun = view._begun()
    assert not begun.lines
    steps = len(begun.steps)
    begun.steps.pop(0)()
    assert begun.lines
    begun.complete()
    assert steps > 3
    assert not begun.steps
    begun.deleteLater()
