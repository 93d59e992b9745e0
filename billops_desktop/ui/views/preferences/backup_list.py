"""The backups as lines: when each was made and why, whether it is verified, what can be done."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from billops_desktop.i18n import _, format_date, format_time, ngettext
from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from billops_desktop.clock import Clock
    from billops_desktop.services.upkeep.backups import BackupRow

FIRST_LINES: Final = 5


class BackupList(QWidget):
    """The newest backups, and the others when asked for."""

    verify_wanted = Signal(str)
    restore_wanted = Signal(str)

    def __init__(self, clock: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("backupList")
        self.clock = clock
        self.rows: Sequence[BackupRow] = ()
        self.lines: list[QWidget] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.more = Button("", self, kind="link", name="moreBackups")
        self.more.clicked.connect(lambda: self._fill(len(self.rows)))
        self.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_rows(self, rows: Sequence[BackupRow]) -> None:
        """Show these backups, newest first."""
        self.rows = rows
        self._fill(FIRST_LINES)

    def set_busy(self, busy: bool) -> None:
        """Hold the buttons while one of them is at work."""
        for line in self.lines:
            line.setEnabled(not busy)

    def _fill(self, count: int) -> None:
        for old in self.lines:
            self.column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.lines = [self._line(row) for row in self.rows[:count]]
        for place, line in enumerate(self.lines):
            self.column.insertWidget(place, line)
            line.show()
        hidden = len(self.rows) - len(self.lines)
        words = ngettext("Show {count} older backup", "Show {count} older backups", hidden)
        self.more.setText(words.format(count=hidden))
        self.more.setVisible(hidden > 0)

    def _line(self, row: BackupRow) -> QWidget:
        line = QWidget(self)
        line.setObjectName("backupLine")
        grid = QGridLayout(line)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(8)
        when = moment(row.made_at, self.clock)
        title = PlainLabel(when[:1].upper() + when[1:], line, style="body_medium")
        told = PlainLabel(told_of(row), line, ink="text2" if row.verified_at else "warn")
        grid.addWidget(title, 0, 0)
        grid.addWidget(told, 1, 0)
        grid.setColumnStretch(0, 1)
        verify = Button(_("Verify"), line, name="verifyBackup")
        verify.setAccessibleName(_("Verify the backup {when}").format(when=when))
        verify.clicked.connect(lambda: self.verify_wanted.emit(row.name))
        restore = Button(_("Restore…"), line, name="restoreBackup")
        restore.setAccessibleName(_("Restore the backup {when}").format(when=when))
        restore.clicked.connect(lambda: self.restore_wanted.emit(row.name))
        grid.addWidget(verify, 0, 1, 2, 1)
        grid.addWidget(restore, 0, 2, 2, 1)
        return line


def moment(at: datetime, clock: Clock) -> str:
    """Return an instant as people say it: today 14:05, else its day and time."""
    zone = ZoneInfo(clock.zone())
    local, now = at.astimezone(zone), clock.now().astimezone(zone)
    if local.date() == now.date():
        return _("today {time}").format(time=format_time(local.time()))
    return _("{day}, {time}").format(day=format_date(local.date()), time=format_time(local.time()))


def told_of(row: BackupRow) -> str:
    """Return why a backup was made, how large it is and whether it can be trusted."""
    if row.verified_at is None:
        state = _("not verified")
    elif row.drilled_at is None:
        state = _("verified")
    else:
        state = _("verified, restored on trial")
    size = -(-row.size // 1_000_000)
    return _("{reason}, {size} MB, {state}").format(reason=_why(row.reason), size=size, state=state)


def _why(reason: str) -> str:
    """Return the reason of a backup in words; a word of an older version as it is."""
    return {
        "manual": _("made by hand"),
        "auto": _("automatic"),
        "quit": _("when BillOps was quit"),
        "upgrade": _("before an upgrade"),
        "import": _("before an import"),
        "sample": _("before the sample was removed"),
    }.get(reason, reason)
