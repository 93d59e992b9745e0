"""What the actions of the window do: the slots that need no dialog."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from billops_desktop.ui.actions import RECENTS


def window_slots(window: Any) -> dict[str, Callable[[], object]]:
    """Return the slot of every action that a window (MainWindow) can do by itself."""
    slots: dict[str, Callable[[], object]] = {
        f"go.{page.id}": partial(window.go, page.id)
        for page in window.pages.values()
        if page.listed
    }
    slots |= {
        "timer.toggle": window.timer.toggle,
        "timer.new": window.on_new_entry,
        "go.back": window.on_back,
        "go.forward": window.on_forward,
        "edit.undo": window.undo_stack.undo,
        "edit.redo": window.undo_stack.redo,
        "edit.filter": window.on_filter,
        "app.palette": window.on_palette,
        "app.sidebar": window.on_sidebar,
        "app.panel": window.on_panel,
        "app.region": partial(window.on_region, 1),
        "app.region_back": partial(window.on_region, -1),
        "app.theme": window.on_theme,
        "app.shortcuts": partial(_open_shortcuts, window),
        "app.close": window.close,
        "app.quit": window.quit_wanted.emit,
    }
    slots |= {
        f"recent.{number}": partial(window.timer.start_recent, number - 1)
        for number in range(1, RECENTS + 1)
    }
    return slots


def _open_shortcuts(window: Any) -> None:
    # Imported when it is opened: the first frame has no use for sheets.
    from billops_desktop.ui.shell.shortcut_sheet import shortcut_sheet

    shortcut_sheet(window.actions_table, window).open()
