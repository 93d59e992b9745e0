"""Gives the actions of the window that open dialogs or run workflows their slots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from billops_desktop.i18n import _
from billops_desktop.services import backups

if TYPE_CHECKING:
    from billops_desktop.ui.main_window import MainWindow


def connect(window: MainWindow, *, first_run: bool) -> None:
    """Wire the actions; called once, when the records are open."""
    window.actions_table.connect_slots({"app.backup": lambda: back_up(window)})


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
