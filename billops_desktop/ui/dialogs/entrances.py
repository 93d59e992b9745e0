"""Gives the actions of the window that open dialogs or run workflows their slots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from billops_desktop.i18n import _
from billops_desktop.services.upkeep import backups
from billops_desktop.ui.dialogs.first_run import FirstRun

if TYPE_CHECKING:
    from billops_desktop.ui.main_window import MainWindow


def connect(window: MainWindow, *, first_run: bool) -> None:
    """Wire the actions; called once, when the records are open."""
    window.actions_table.connect_slots(
        {
            "app.backup": lambda: back_up(window),
            "timer.past": lambda: window.go("time", log_past=True),
            "client.new": lambda: window.go("clients", new=True),
            "project.new": lambda: window.go("projects", new=True),
            "invoice.new": lambda: window.go("invoices", new=True),
            "invoice.from_time": lambda: window.go("to_invoice"),
        }
    )
    if first_run:
        FirstRun(window).open()


def back_up(window: MainWindow) -> None:
    """Back the profile up on the io lane and say so."""

    def done(row: Any) -> None:
        window.feedback.say(_("Backup made and verified"))
        window.directory.count()

    window.jobs.work(
        "backup",
        lambda task: backups.make(task.workspace, cancelled=task.cancelled),
        done=done,
    )
