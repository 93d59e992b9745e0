"""The records and their backups: the last verified one, the list, make, verify, restore."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from billops_desktop import bootstrap
from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import _, ngettext
from billops_desktop.services.samples import sample
from billops_desktop.services.upkeep import automatic, backups
from billops_desktop.services.upkeep.backups import BackupRow, Restored
from billops_desktop.ui.jobs import CancelToken, Task
from billops_desktop.ui.views.preferences.backup_list import BackupList, moment
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
        self.list = BackupList(self.view.shell.clock, self)
        self.list.verify_wanted.connect(self.verify)
        self.list.restore_wanted.connect(self.ask_restore)
        self.make = Button(_("Back up now"), self, kind="primary", name="backUpNow")
        group.add(self.last, wide=True)
        group.add(self.count, wide=True)
        group.add(self.make)
        group.add(self.list, wide=True)
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
            when = moment(proved.made_at, self.view.shell.clock)
            self.last.setText(_("Last verified backup: {when}").format(when=when))
        self.last.set_ink("text" if proved is not None else "warn")
        size = sum(row.size for row in rows)
        words = ngettext("{count} backup, {size} MB", "{count} backups, {size} MB", len(rows))
        self.count.setText(words.format(count=len(rows), size=-(-size // MEGABYTE)))
        self.list.show_rows(rows)
        self.place.setText(str(self.profile))

    def back_up(self) -> None:
        """Make a backup on the io lane, with progress and a way to stop it."""

        def job(task: Task) -> BackupRow:
            return backups.make(task.workspace, progress=task.report, cancelled=task.cancelled)

        self._work(_("Backing up…"), job, self._on_made)

    def verify(self, name: str) -> None:
        """Prove a backup again, in a process of its own, with a way to stop it."""

        def job(task: Task) -> BackupRow:
            space = task.workspace
            return backups.verify(space.profile, name, clock=space.clock, cancelled=task.cancelled)

        self._work(_("Verifying…"), job, self._on_verified)

    def ask_restore(self, name: str) -> None:
        """Ask before other records take the place of these."""
        row = next(row for row in self.list.rows if row.name == name)
        self.view.shell.feedback.ask(
            _("Restore this backup?"),
            _(
                "All records become those of {when}. What was entered since is set aside in a file"
                " beside them; numbers given to invoices since are never given again."
            ).format(when=moment(row.made_at, self.view.shell.clock)),
            _("Restore"),
            then=partial(self.restore, name),
            danger=True,
        )

    def restore(self, name: str) -> None:
        """Put a backup in the place of the records and show what it brings back."""
        if self.progress is not None:
            return
        panel = self._begin(_("Restoring…"))
        token = CancelToken()
        panel.cancelled.connect(token.cancel)
        profile, clock = self.profile, self.view.shell.clock

        def put_back(begun: Callable[..., None]) -> Restored:
            return backups.restore_backup(profile, name, clock=clock, cancelled=token, begun=begun)

        self.view.shell.jobs.reopen(
            put_back,
            partial(bootstrap.open_workspace, profile, clock=clock),
            done=self._on_restored,
            failed=self._on_failed,
            # From there on it is done in a moment, and to the end.
            progress=panel.cancel.hide,
        )

    def _work(self, words: str, job: Callable[[Task], Any], done: Callable[[Any], object]) -> None:
        if self.progress is not None:
            return
        panel = self._begin(words)
        token = self.view.shell.jobs.work(
            "backup", job, done=done, failed=self._on_failed, progress=panel.report
        )
        if token is None:
            self._end()
            self.view.shell.feedback.say(_("A backup is under way already"))
        else:
            panel.cancelled.connect(token.cancel)

    def _begin(self, words: str) -> ProgressPanel:
        panel = self.progress = ProgressPanel(words, self)
        self.backup_group.add(panel, wide=True)
        self.make.setEnabled(False)
        self.list.set_busy(True)
        return panel

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

        def job(task: Task) -> BackupRow | None:
            return automatic.make_before(task.workspace, "sample", cancelled=task.cancelled)

        self._work(_("Backing up…"), job, self._remove_backed_up)

    def _remove_backed_up(self, _row: BackupRow | None) -> None:
        self._end()
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

    def _on_verified(self, _row: BackupRow) -> None:
        self._end()
        self.view.shell.feedback.say(_("The backup is intact"))
        self.load()

    def _on_restored(self, done: Restored) -> None:
        self._end()
        self.view.shell.jobs.changed.emit(backups.everything())
        self.view.shell.directory.count()
        if done.unsure:
            self.view.shell.feedback.say(
                _("Backup restored. Confirm the last number before you issue."),
                lambda: self.view.shell.go("settings", section="numbers"),
                verb=_("Confirm numbers"),
            )
        else:
            self.view.shell.feedback.say(_("Backup restored"))
        self.load()

    def _on_failed(self, error: BillOpsError) -> None:
        self._end()
        self.view.show_error(error)

    def _end(self) -> None:
        panel, self.progress = self.progress, None
        self.make.setEnabled(True)
        self.list.set_busy(False)
        if panel is not None:
            panel.hide()
            panel.deleteLater()
