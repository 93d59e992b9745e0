"""What is loaded off the main thread after the first frame, so that no page waits for it later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from importlib import import_module
from typing import TYPE_CHECKING, Final

from billops_desktop.i18n import currency_symbol, format_day, format_period, format_time

if TYPE_CHECKING:
    from billops_desktop.services.workspace import Workspace

PAGES: Final = ("views.tracker", "dialogs.entrances", "tray")
ON_DEMAND: Final = (
    "elapsed_popup",
    "shell.leaving",
    "shell.menus",
    "shell.palette",
    "shell.regions",
    "shell.shortcut_sheet",
    "widgets.toast",
)
A_DAY: Final = date(2025, 11, 30)
A_TIME: Final = time(9, 15)


def open_and_load(
    open_workspace: Callable[..., Workspace], report: Callable[[int, int], object]
) -> Workspace:
    """Open the records and load what the first pages need; runs on the db lane."""
    workspace = open_workspace(progress=report)
    for name in (*PAGES, *ON_DEMAND):
        import_module(f"billops_desktop.ui.{name}")
    make_widget_types()
    read_locale()
    return workspace


def make_widget_types() -> None:
    """Let PySide make every widget class now, one by one.

    It makes them all in one go when it first meets a widget that it did not make itself, such as
    the viewport of a list: the window would stand still meanwhile.
    """
    widgets = import_module("PySide6.QtWidgets")
    for name in dir(widgets):
        getattr(widgets, name)
    # Its two hundred presets are made when a list first fills a rectangle.
    import_module("PySide6.QtGui").QGradient.Preset  # noqa: B018 - naming it makes it


def read_locale() -> None:
    """Let babel read the locale of the screen, which it does at the first date it writes."""
    format_day(A_DAY)
    format_period(A_DAY.replace(day=1), A_DAY)
    format_time(A_TIME)
    currency_symbol("EUR")
