"""Backups by themselves: looked for after the start, every few minutes and at the end; retried."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from billops_desktop.domain.changes import Changes
    from billops_desktop.errors import BillOpsError
    from billops_desktop.ui.jobs import Jobs

# The first look waits until the pages are filled; whether a backup is due is asked often, since
# asking is cheap and a failed one is tried again at the next look.
FIRST_MS: Final = 20_000
LOOK_MS: Final = 5 * 60_000
KEY: Final = "backup"
log = logging.getLogger(__name__)


class BackupKeeper(QObject):
    """Makes the backups that are due; ``trouble`` tells a failure, None once one went well."""

    made = Signal(object)
    trouble = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("backupKeeper")
        self.jobs = jobs
        self.has_news = False
        self.failure: BillOpsError | None = None
        self._first = QTimer(self, singleShot=True, interval=FIRST_MS)
        self._first.timeout.connect(self.look)
        self._looks = QTimer(self, interval=LOOK_MS)
        self._looks.timeout.connect(self.look)
        jobs.changed.connect(self._on_changed)

    def start(self) -> None:
        """Look soon, then every few minutes; called when the records are open."""
        self._first.start()
        self._looks.start()

    def look(self) -> None:
        """Make a backup on the io lane if one is due."""
        if self.jobs.ready:
            self.jobs.work(KEY, _make_due, done=self._on_done, failed=self._on_failed)

    def finish(self, then: Callable[[], object]) -> None:
        """Back up what is not yet, then go on; at once when nothing was changed."""
        self._first.stop()
        self._looks.stop()
        token = None
        if self.has_news and self.jobs.ready:
            token = self.jobs.work(
                KEY, _make_last, done=lambda _made: then(), failed=lambda _error: then()
            )
        if token is None:
            then()

    def _on_changed(self, _changes: Changes) -> None:
        self.has_news = True

    def _on_done(self, row: object) -> None:
        if row is not None:
            self.has_news = False
            self.made.emit(row)
        if self.failure is not None and row is not None:
            self.failure = None
            self.trouble.emit(None)

    def _on_failed(self, error: BillOpsError) -> None:
        log.warning("The automatic backup failed: %s", error)
        self.failure = error
        self.trouble.emit(error)


# These run off the main thread. Services are imported there: the window is painted before them.


def _make_due(task: Any) -> object:
    from billops_desktop.services.upkeep import automatic

    return automatic.make_due(task.workspace, cancelled=task.cancelled)


def _make_last(task: Any) -> object:
    from billops_desktop.services.upkeep import automatic

    return automatic.make_before(task.workspace, "quit", cancelled=task.cancelled)
