"""The window's pop-up menus: the company's, and that of a pinned project."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from billops_desktop.ui.actions import Actions

HIDDEN = ("go.", "recent.", "app.region")


def company_menu(actions: Actions, window: QWidget, anchor: QWidget) -> QMenu:
    """Open every action that is no place to go, by group, under the company; return the menu."""
    menu = _menu(window, "companyMenu")
    group = ""
    for one in actions.offered():
        if one.id.startswith(HIDDEN):
            continue
        if group and one.group != group:
            menu.addSeparator()
        group = one.group
        menu.addAction(actions[one.id])
    menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))
    return menu


def row_menu(window: QWidget, where: QPoint, *offers: tuple[str, Callable[[], object]]) -> QMenu:
    """Open a menu of words and what they do at a point of the screen; return it."""
    menu = _menu(window, "rowMenu")
    for words, slot in offers:
        action = menu.addAction(words.replace("&", "&&"))
        action.triggered.connect(lambda _checked=False, slot=slot: slot())
    menu.popup(where)
    return menu


def _menu(window: QWidget, name: str) -> QMenu:
    menu = QMenu(window)
    menu.setObjectName(name)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
