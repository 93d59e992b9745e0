"""What is loaded after the first frame: records and use cases beside it, Qt's classes in steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final

from billops_desktop.i18n import currency_symbol, format_day, format_period, format_time

if TYPE_CHECKING:
    from billops_desktop.services.workspace import Workspace

# What the pages stand on; none of it knows Qt, so it may be imported beside the window.
USE_CASES: Final = (
    "tracking",
    "directory.clients",
    "directory.projects",
    "drafts.drafting",
    "drafts.unbilled",
    "invoices.invoice_rows",
    "invoices.invoicing",
    "invoices.payments",
    "invoices.rendering",
    "profile.onboarding",
    "samples.sample",
    "profile.settings",
    "rates.rate_book",
    "upkeep.backups",
    "upkeep.history",
)
# The parts of a page before the page: each is a step, and all of them at once were a long one.
PAGES: Final = (
    "timer.project_picker",
    "views.entries.entry_deeds",
    "views.entries.cell_editor",
    "views.tracker",
    "dialogs.entrances",
    "timer.tray",
)
# Imported once the first page is filled: opening one of them shall not wait for its import.
LATER: Final = (
    "timer.elapsed_popup",
    "shell.leaving",
    "shell.menus",
    "shell.palette",
    "shell.regions",
    "shell.shortcut_sheet",
    "widgets.toast",
    "views.billing.pdf_files",
    "views.billing.invoice_panel",
    "views.billing.invoice_deeds",
    "views.invoices",
    "views.paper.preview",
    "views.editor.checks",
    "views.editor.editor_fields",
    "views.editor.lines.editor_lines",
    "views.editor.draft_form",
    "views.editor.issue_sheet",
    "views.invoice_editor",
    "views.to_invoice",
    "views.clients",
    "views.projects",
    "views.settings",
)
NAMES_A_STEP: Final = 4
A_DAY: Final = date(2025, 11, 30)
A_TIME: Final = time(9, 15)


def open_and_load(
    open_workspace: Callable[..., Workspace], report: Callable[[int, int], object]
) -> Workspace:
    """Open the records and load what pages stand on; runs on the db lane, so it touches no Qt."""
    workspace = open_workspace(progress=report)
    for name in USE_CASES:
        import_module(f"billops_desktop.services.{name}")
    read_locale()
    return workspace


def class_steps() -> Iterator[Callable[[], object]]:
    """Return steps for the main thread, each of which lets PySide make a few widget classes.

    It makes them all in one go when it first meets a widget that it did not make itself, such as
    the viewport of a list, and the window would stand still. Only the main thread may make them:
    two threads that make the same class at once leave two of it.
    """
    widgets = import_module("PySide6.QtWidgets")
    names = dir(widgets)
    for start in range(0, len(names), NAMES_A_STEP):
        yield partial(_name_all, widgets, names[start : start + NAMES_A_STEP])
    # Its two hundred presets are made when a list first fills a rectangle.
    yield lambda: import_module("PySide6.QtGui").QGradient.Preset


def page_steps(names: tuple[str, ...] = PAGES) -> Iterator[Callable[[], object]]:
    """Return steps for the main thread that import pages, and what is opened from them."""
    for name in names:
        yield partial(import_module, f"billops_desktop.ui.{name}")


def read_locale() -> None:
    """Let babel read the locale of the screen, which it does at the first date it writes."""
    format_day(A_DAY)
    format_period(A_DAY.replace(day=1), A_DAY)
    format_time(A_TIME)
    currency_symbol("EUR")


def _name_all(module: object, names: list[str]) -> None:
    """Name each class: naming it makes it."""
    for name in names:
        getattr(module, name)
