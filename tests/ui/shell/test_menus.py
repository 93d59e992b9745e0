"""Tests for the window's menus."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint

from billops_desktop.ui.shell.menus import company_menu, row_menu


def test_the_company_menu_lists_what_can_be_done_but_no_places(small_window: Any) -> None:
    menu = company_menu(small_window.actions_table, small_window, small_window.sidebar.company)
    ids = {action.objectName() for action in menu.actions() if not action.isSeparator()}
    assert "timer.toggle" in ids
    assert not any(one.startswith("go.") for one in ids)
    menu.close()


def test_a_row_menu_shows_user_words_without_mnemonics(small_window: Any) -> None:
    ran: list[int] = []
    menu = row_menu(small_window, QPoint(5, 5), ("Start R&D", lambda: ran.append(1)))
    assert menu.actions()[0].text() == "Start R&&D"
    menu.actions()[0].trigger()
    assert ran == [1]
    menu.close()
