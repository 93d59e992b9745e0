"""Online copies of the profile: made while others write, proven, marked, listed, deleted."""

from __future__ import annotations

import logging
import os
import secrets
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from billops_desktop import __version__
from billops_desktop.clock import EPOCH, SystemClock
from billops_desktop.errors import BillOpsError, EnvironmentFault, IntegrityFault
from billops_desktop.i18n import _
from billops_desktop.paths import BACKUPS_NAME, database_file, make_private_folder
from billops_desktop.storage import attachments
from billops_desktop.storage.backups import verification
from billops_desktop.storage.backups.manifest import (
    FORMAT,
    MANIFEST_NAME,
    Facts,
    Manifest,
    facts_of,
)
from billops_desktop.storage.connection import connect
from billops_desktop.storage.faults import BACKUP_FILE, explained
from billops_desktop.storage.identifiers import milliseconds_of
from billops_desktop.values import dataclass

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from billops_desktop.clock import Clock

    Progress = Callable[[int, int], None]
    Cancelled = Callable[[], bool]

PAGES_A_STEP = 256
PROVEN_NAME = "proven"
DRILLED_NAME = "drilled"
log = logging.getLogger(__name__)
STAMP = "%Y%m%dT%H%M%SZ"


class BackupCancelled(BillOpsError):
    """The user stopped the backup; nothing of it is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRow:
    """A complete backup in the profile; ``proven_at`` is None until it was checked.

    ``drilled_at`` is when it was restored on trial, the whole of it.
    """

    folder: Path
    made_at: datetime
    reason: str
    app_version: str
    revision: str
    size: int
    counts: dict[str, int]
    missing_files: tuple[str, ...]
    proven_at: datetime | None
    drilled_at: datetime | None = None


def make_backup(
    profile: Path,
    *,
    reason: str,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    clock: Clock | None = None,
) -> BackupRow:
    """Copy the open database while others write, and the files it names; returns on-disk truth.

    ``progress`` gets pages done and in all. The backup counts once its manifest is there.
    """
    made_at = (clock or SystemClock()).now()
    label = "".join(letter for letter in reason if letter.isalnum())[:20] or "manual"
    name = f"{made_at.astimezone(UTC).strftime(STAMP)}-{label}-{secrets.token_hex(2)}"
    folder = profile / BACKUPS_NAME / name
    with explained(folder):
        make_private_folder(folder.parent)
        make_private_folder(folder)
    try:
        facts = _copy_database(profile, folder, _stepper(progress, cancelled))
        missing = _copy_files(profile, facts.files)
        path = folder / BACKUP_FILE
        Manifest(
            format=FORMAT,
            made_at_ms=milliseconds_of(made_at),
            reason=reason,
            app_version=__version__,
            sha256=attachments.digest(path),
            size=path.stat().st_size,
            facts=facts,
            missing_files=missing,
        ).write(folder)
        with explained(folder):
            attachments.sync_folder(folder.parent)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return _row(folder)


def prove_backup(
    folder: Path, *, clock: Clock | None = None, cancelled: Cancelled | None = None
) -> BackupRow:
    """Check a backup in a separate process and remember when; IntegrityFault when it fails."""
    (folder / PROVEN_NAME).unlink(missing_ok=True)
    verification.prove(folder, cancelled=cancelled)
    return mark_backup(folder, PROVEN_NAME, clock=clock)


def mark_backup(folder: Path, mark: str, *, clock: Clock | None = None) -> BackupRow:
    """Remember that a backup was proven or drilled just now."""
    now = (clock or SystemClock()).now()
    attachments.write_whole(folder / mark, str(milliseconds_of(now)).encode())
    return _row(folder)


def backups(profile: Path) -> tuple[BackupRow, ...]:
    """Return the complete backups of a profile, newest first; one that cannot be read is none."""
    found = (profile / BACKUPS_NAME).glob(f"*/{MANIFEST_NAME}")
    rows = [row for path in found if (row := _readable(path.parent)) is not None]
    return tuple(sorted(rows, key=lambda row: (row.made_at, row.folder.name), reverse=True))


def delete_backup(row: BackupRow) -> None:
    """Remove a backup, its manifest first so that no half of it ever counts."""
    with explained(row.folder):
        (row.folder / MANIFEST_NAME).unlink(missing_ok=True)
        shutil.rmtree(row.folder)


def _copy_database(profile: Path, folder: Path, step: Callable[[int, int, int], None]) -> Facts:
    source_path, target_path = database_file(profile), folder / BACKUP_FILE
    part = folder / f"{BACKUP_FILE}{attachments.PART}"
    source = connect(source_path, "write")
    try:
        with explained(source_path):
            # One read transaction: others may write, the copy and the counts see the same moment.
            source.execute("BEGIN")
            facts = facts_of(source)
            _fill(source, part, step)
            source.execute("COMMIT")
    finally:
        source.close()
    with explained(target_path):
        _make_durable(part)
        part.replace(target_path)
        attachments.sync_folder(folder)
    return facts


def _fill(source: Any, part: Path, step: Callable[[int, int, int], None]) -> None:
    target = connect(part, "copy")
    try:
        source.backup(target, pages=PAGES_A_STEP, progress=step)
    finally:
        target.close()


def _make_durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy_files(profile: Path, wanted: list[str]) -> list[str]:
    """Copy the files of these hashes beside the backups, each once; return those not to be had."""
    missing = []
    for sha256 in wanted:
        target = attachments.path_of(profile / BACKUPS_NAME, sha256)
        if target.exists():
            continue
        try:
            attachments.write_whole(target, attachments.read(profile, sha256))
        except BillOpsError as error:
            if isinstance(error, EnvironmentFault):
                raise
            missing.append(sha256)
    return missing


def _stepper(
    progress: Progress | None, cancelled: Cancelled | None
) -> Callable[[int, int, int], None]:
    def step(status: int, remaining: int, total: int) -> None:
        if cancelled is not None and cancelled():
            raise BackupCancelled(_("The backup was stopped."), _("Your records are not affected."))
        if progress is not None:
            progress(total - remaining, total)

    return step


def _readable(folder: Path) -> BackupRow | None:
    try:
        return _row(folder)
    except IntegrityFault as fault:
        log.warning("A backup is passed over: %s", fault)
        return None


def _row(folder: Path) -> BackupRow:
    manifest = Manifest.read(folder)
    return BackupRow(
        folder=folder,
        made_at=_instant(manifest.made_at_ms),
        reason=manifest.reason,
        app_version=manifest.app_version,
        revision=manifest.facts.revision,
        size=manifest.size,
        counts=manifest.facts.counts,
        missing_files=tuple(manifest.missing_files),
        proven_at=_marked_at(folder / PROVEN_NAME),
        drilled_at=_marked_at(folder / DRILLED_NAME),
    )


def _marked_at(mark: Path) -> datetime | None:
    try:
        return _instant(int(mark.read_text()))
    except (OSError, ValueError, OverflowError):
        return None


def _instant(milliseconds: int) -> datetime:
    return EPOCH + timedelta(milliseconds=milliseconds)
