"""Takes pictures of the main views of a profile, light and dark, without a display."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from billops_desktop import bootstrap
from billops_desktop.clock import Clock, SystemClock
from billops_desktop.i18n import use_language
from billops_desktop.services.invoices.invoice_rows import Tab, invoices
from billops_desktop.ui import fonts, theme
from billops_desktop.ui.jobs import Jobs
from billops_desktop.ui.main_window import MainWindow
from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from billops_desktop.values import dataclass

SIZE: Final = (1440, 900)
THEMES: Final = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its file's name and how the window comes to show it."""

    name: str
    arrange: Callable[[MainWindow], object]


def shots() -> tuple[Shot, ...]:
    """Return the pictures in the order in which they are taken."""
    return (
        Shot("time_list", lambda window: window.go("time")),
        Shot("clients", lambda window: window.go("clients")),
        Shot("client", _first_client),
        Shot("projects", lambda window: window.go("projects")),
        Shot("project", _first_project),
        Shot("to_invoice", lambda window: window.go("to_invoice")),
        Shot("invoices_list", lambda window: window.go("invoices")),
        Shot("invoice_editor", partial(_first_invoice, tab="drafts")),
        Shot("invoice_issued", partial(_first_invoice, tab="overdue")),
        Shot("settings", lambda window: window.go("settings", section="company")),
    )


def grab(profile: Path, folder: Path, *, clock: Clock | None = None) -> tuple[Path, ...]:
    """Save a PNG of each main view in light and dark into a folder; return the files."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(["billops"])
    use_language("en")
    fonts.install(application)
    theme.SWITCH.install(application, THEMES[0])
    chosen = clock or SystemClock()
    workspace = bootstrap.open_workspace(profile, clock=chosen)
    jobs = Jobs(inline=True)
    jobs.adopt(workspace)
    window = MainWindow(jobs, chosen)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        window.resize(*SIZE)
        window.start_page("time")
        window.show()
        jobs.opened.emit(workspace)
        window.directory.count()
        return tuple(_take(window, shot, folder, look) for shot in shots() for look in THEMES)
    finally:
        theme.SWITCH.choose(THEMES[0])
        window.hide()
        window.deleteLater()
        jobs.close()


def _take(window: MainWindow, shot: Shot, folder: Path, look: str) -> Path:
    theme.SWITCH.choose(look)
    if look == THEMES[0]:
        # Once: a list that was left on a record would open there the second time.
        shot.arrange(window)
    for _round in range(3):
        # Layouts settle in the events that layouts cause.
        QCoreApplication.processEvents()
    file = folder / f"{shot.name}_{look}.png"
    if not window.grab().save(str(file)):
        raise OSError(f"not written: {file}")
    return file


def _first_client(window: MainWindow) -> None:
    """Open the first client, if there is one."""
    listed = window.directory.clients
    if listed:
        window.go("clients", client_id=listed[0].id)


def _first_project(window: MainWindow) -> None:
    listed = window.directory.projects
    if listed:
        window.go("projects", project_id=listed[0].id)


def _first_invoice(window: MainWindow, *, tab: Tab) -> None:
    """Open the first invoice of a tab with its pages drawn, if there is one."""
    found = window.jobs.workspace.read(invoices, tab=tab, limit=1).rows
    view = window.view("invoice")
    if found and isinstance(view, InvoiceEditorView):
        window.go("invoice", invoice_id=found[0].id)
        QCoreApplication.processEvents()
        view.preview.render_now()
