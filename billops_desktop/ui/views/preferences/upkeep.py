"""The records and their backups: when the last one was verified, make one now, open the folder."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import _, format_date, format_time, ngettext
from billops_desktop.services.samples import sample
from billops_desktop.services.upkeep import backups
from billops_desktop.services.upkeep.backups import BackupRow
from billops_desktop.ui.jobs import Task
from billops_desktop.ui.views.preferences.section import Section
from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.labels import PlainLabel
from billops_desktop.ui.widgets.panels import ProgressPanel

MEGABYTE = 1_000_000


def read_backups(task: Task) -> tuple[Path, tuple[BackupRow, ...]]:
    """Return where the profile lies and its backups; runs on the io lane."""
    profile = Path(task.workspace.profile)
    return profile, backups.backups(profile)


class UpkeepSection(Section):
    """Data and backup."""

    id = "backup"

    def build(self) -> None:
        """Add the backups, then the folder."""
        self.profile = Path()
        self.progress: ProgressPanel | None = None
        group = self.group(
            _("Backup"),
            _("A backup is a whole copy of the records, verified by opening and counting it."),
        )
        self.last = PlainLabel("", self, style="body_strong", wrap=True)
        self.last.setObjectName("lastBackup")
        self.count = PlainLabel("", self, ink="text2")
        self.make = Button(_("Back up now"), self, kind="primary", name="backUpNow")
        group.add(self.last, wide=True)
        group.add(self.count, wide=True)
        group.add(self.make)
        self.make.clicked.connect(self.back_up)
        self.backup_group = group
        folder = self.group(_("Folder of your records"))
        self.place = PlainLabel("", self, ink="text2", wrap=True)
        self.place.setObjectName("profileFolder")
        self.open = Button(_("Open folder"), self, icon="folder-open", name="openFolder")
        folder.add(self.place, wide=True)
        folder.add(self.open)
        self.open.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.profile)))
        )
        sample_group = self.group(
            _("Sample company"),
            _("Its clients, time and invoices are made up. Remove it to set up your own company."),
        )
        self.remove = Button(_("Remove the sample company"), self, name="removeSample")
        sample_group.add(self.remove)
        self.remove.clicked.connect(self.ask_remove)
        self.sample_card = sample_group.card
        self.sample_card.hide()

    def load(self) -> None:
        """Ask for the backups, and whether there is a sample to remove."""
        self.view.query(sample.is_sample, done=self.sample_card.setVisible)
        self.view.shell.jobs.work("backups", read_backups, done=self.show_backups)

    def show_backups(self, found: tuple[Path, tuple[BackupRow, ...]]) -> None:
        """Show the last verified backup and how many there are."""
        self.profile, rows = found
        proved = next((row for row in rows if row.verified_at is not None), None)
        if proved is None:
            self.last.setText(_("No verified backup yet."))
        else:
            local = proved.made_at.astimezone(ZoneInfo(self.view.shell.clock.zone()))
            self.last.setText(
                _("Last verified backup: {day}, {time}").format(
                    day=format_date(local.date()), time=format_time(local.time())
                )
            )
        self.last.set_ink("text" if proved is not None else "warn")
        size = sum(row.size for row in rows)
        words = ngettext("{count} backup, {size} MB", "{count} backups, {size} MB", len(rows))
        self.count.setText(words.format(count=len(rows), size=-(-size // MEGABYTE)))
        self.place.setText(str(self.profile))

    def back_up(self) -> None:
        """Make a backup on the io lane, with progress and a way to stop it."""
        if self.progress is not None:
            return
        panel = self.progress = ProgressPanel(_("Backing up…"), self)
        self.backup_group.add(panel, wide=True)
        self.make.setEnabled(False)

        def job(task: Task) -> BackupRow:
            return backups.make(task.workspace, progress=task.report, cancelled=task.cancelled)

        token = self.view.shell.jobs.work(
            "backup", job, done=self._on_made, failed=self._on_failed, progress=panel.report
        )
        if token is None:
            self._end()
        else:
            panel.cancelled.connect(token.cancel)

    def ask_remove(self) -> None:
        """Ask before the sample is taken away: this cannot be undone."""
        self.view.shell.feedback.ask(
            _("Remove the sample company?"),
            _(
                "All its clients, time and invoices go, and what you changed in them."
                " Then you set up your own company. This cannot be undone."
            ),
            _("Remove"),
            then=self.remove_sample,
            danger=True,
        )

    def remove_sample(self) -> None:
        """Take the sample away, then set up the user's own company."""
        # Not on this page: its fields have no company to show any more.
        self.view.shell.go("time")
        self.view.run(sample.remove, done=self._on_removed, failed=self._on_kept)

    def _on_removed(self, _result: object, _changes: object) -> None:
        from billops_desktop.ui.dialogs.first_run import FirstRun
        from billops_desktop.ui.main_window import MainWindow

        window = self.window()
        if isinstance(window, MainWindow):
            FirstRun(window).open()

    def _on_kept(self, error: BillOpsError) -> None:
        self.view.shell.go("settings", section=self.id)
        self.view.show_error(error)

    def _on_made(self, _row: BackupRow) -> None:
        self._end()
        self.view.shell.feedback.say(_("Backup made and verified"))
        self.view.shell.directory.count()
        self.load()

    def _on_failed(self, error: BillOpsError) -> None:
        self._end()
        self.view.show_error(error)

    def _end(self) -> None:
        panel, self.progress = self.progress, None
        self.make.setEnabled(True)
        if panel is not None:
            panel.hide()
            panel.deleteLater()
