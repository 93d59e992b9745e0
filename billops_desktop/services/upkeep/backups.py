"""Backups for faces: list them, make one, prove one, thin them out, restore one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from billops_desktop.clock import Clock
from billops_desktop.domain.changes import Changes
from billops_desktop.errors import NotFound
from billops_desktop.i18n import _
from billops_desktop.services import activity
from billops_desktop.services.profile import settings
from billops_desktop.storage import number_log
from billops_desktop.storage.backups import backup, restore, rotation
from billops_desktop.storage.record import Record
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass

if TYPE_CHECKING:
    from billops_desktop.services.workspace import Workspace

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRow:
    """One complete backup; ``name`` is what the other functions take."""

    name: str
    folder: Path
    made_at: datetime
    reason: str
    app_version: str
    size: int
    counts: dict[str, int]
    missing_files: tuple[str, ...]
    verified_at: datetime | None
    drilled_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore put in place, and where the records from before it are kept.

    ``unsure`` when it is not known which numbers were given since: issuing waits for a word on it.
    """

    backup: BackupRow
    kept: Path | None
    unsure: bool = False


def backups(profile: Path) -> tuple[BackupRow, ...]:
    """Return the complete backups of a profile, newest first; the profile need not open."""
    return tuple(_row(found) for found in backup.backups(profile))


def make(
    workspace: Workspace,
    *,
    reason: str = "manual",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> BackupRow:
    """Back the profile up while it is in use, prove the copy, and thin out old ones.

    ``progress`` gets pages done and in all. The backup is named in the activity log.
    """
    made = backup.make_backup(
        workspace.profile,
        reason=reason,
        progress=progress,
        cancelled=cancelled,
        clock=workspace.clock,
    )
    proven = backup.prove_backup(made.folder, clock=workspace.clock, cancelled=cancelled)
    keep_days = workspace.read(settings.preference, "backup.keep_days")
    rotation.thin_out(workspace.profile, now=workspace.clock.now(), keep_days=int(keep_days))
    if workspace.read_only_reason is None:
        workspace.execute(_note, "backup.made", made.folder.name)
        workspace.execute(_note, "backup.verified", made.folder.name)
    return _row(proven)


def verify(
    profile: Path,
    name: str = "",
    *,
    clock: Clock | None = None,
    cancelled: Cancelled | None = None,
) -> BackupRow:
    """Prove a backup (the newest without a name) in a separate process; IntegrityFault if bad."""
    found = _named(profile, name)
    return _row(backup.prove_backup(found.folder, clock=clock, cancelled=cancelled))


def restore_backup(
    profile: Path,
    name: str = "",
    *,
    clock: Clock | None = None,
    cancelled: Cancelled | None = None,
    begun: Callable[[], None] | None = None,
) -> Restored:
    """Put a backup (the newest without a name) in the place of the profile's records.

    Close the workspace first. The records from before are kept beside it. IntegrityFault, and
    nothing changed, when the backup fails its proof; it can be cancelled until ``begun`` is called.
    """
    found = _named(profile, name)
    before = number_log.unsure_token(profile)
    kept = restore.restore(profile, found.folder, clock=clock, cancelled=cancelled, begun=begun)
    unsure = number_log.unsure_token(profile) != before
    return Restored(backup=_row(found), kept=kept, unsure=unsure)


def everything() -> Changes:
    """Return the changes that a restore amounts to: any record may be another one now."""
    return Changes("", {table: frozenset({""}) for table in Record.metadata.tables})


def last_verified(profile: Path) -> BackupRow | None:
    """Return the newest backup that was proven, None when there is none."""
    return next((row for row in backups(profile) if row.verified_at is not None), None)


def find(profile: Path, name: str = "") -> BackupRow:
    """Return a backup by its name, the newest without one; NotFound when there is none."""
    return _row(_named(profile, name))


def _named(profile: Path, name: str) -> backup.BackupRow:
    found = backup.backups(profile)
    if not found:
        raise NotFound(
            _("There is no backup in this profile."),
            _("Nothing was changed. Make one first."),
            field="name",
        )
    if not name:
        return found[0]
    for row in found:
        if row.folder.name == name:
            return row
    raise NotFound(
        _("There is no backup called {name}.").format(name=name[:80]),
        _("Nothing was changed. The newest is {newest}.").format(newest=found[0].folder.name),
        field="name",
    )


def _row(found: backup.BackupRow) -> BackupRow:
    return BackupRow(
        name=found.folder.name,
        folder=found.folder,
        made_at=found.made_at,
        reason=found.reason,
        app_version=found.app_version,
        size=found.size,
        counts=dict(found.counts),
        missing_files=found.missing_files,
        verified_at=found.proven_at,
        drilled_at=found.drilled_at,
    )


def _note(work: UnitOfWork, kind: str, name: str) -> None:
    activity.record(work, kind, "", "", name=name)
