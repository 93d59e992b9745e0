"""The window's pop-up menus: the company's, and that of a pinned project."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from billops_desktop.i18n import _
from billops_desktop.ui import theme
from billops_desktop.ui.actions import Actions
from billops_desktop.ui.live.directory import unpin

if TYPE_CHECKING:
    from billops_desktop.ui.live.directory import ProjectItem

HIDDEN = ("go.", "recent.", "app.region")


def company_menu(actions: Actions, window: QWidget, anchor: QWidget) -> QMenu:
    """Open every action that is no place to go, by group, under the company; return the menu."""
    # Drawn here, in the colours of now: nothing else shows the icons of actions.
    actions.recolour()
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


def pinned_menu(window: Any, project: ProjectItem, where: QPoint) -> QMenu:
    """Open the menu of a project in the sidebar of a window (MainWindow); return it."""
    return row_menu(
        window,
        where,
        (_("Start timer"), partial(window.timer.start, project_id=project.id)),
        (_("Open project"), partial(window.go, "projects", project_id=project.id)),
        (_("Unpin"), partial(window.jobs.run, unpin, project.id)),
    )


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
    theme.dress(menu)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
