"""Puts a proven backup in the place of the profile's database; the old one is kept beside it."""

from __future__ import annotations

import os
import shutil
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from billops_desktop.clock import SystemClock
from billops_desktop.errors import BillOpsError, EnvironmentFault, IntegrityFault
from billops_desktop.i18n import _
from billops_desktop.paths import FILE_MODE, database_file
from billops_desktop.storage import attachments, number_log
from billops_desktop.storage.backups import verification
from billops_desktop.storage.backups.backup import STAMP
from billops_desktop.storage.backups.carrying import carry_numbers
from billops_desktop.storage.backups.manifest import Manifest
from billops_desktop.storage.connection import connect
from billops_desktop.storage.faults import BACKUP_FILE, explained
from billops_desktop.storage.identifiers import new_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from billops_desktop.clock import Clock

    Cancelled = Callable[[], bool]

# Bytes between two looks whether the restore shall stop.
PIECE = 4_000_000
RESTORING = "billops.restoring.sqlite"
KEPT = "billops.before-restore-{stamp}.sqlite"
SIDES = ("-wal", "-shm")
# Restores of one second.
MOST_KEPT = 100


class RestoreStopped(BillOpsError):
    """The user stopped a restore before anything took the place of the records."""


def restore(
    profile: Path,
    folder: Path,
    *,
    clock: Clock | None = None,
    cancelled: Cancelled | None = None,
    begun: Callable[[], None] | None = None,
) -> Path | None:
    """Restore the backup in ``folder`` and return where the old database is kept, if there was one.

    Close the workspace first. Numbers given since the backup stay given: they become void with
    the reason. Where it is not known which were given, the profile is marked, and nothing
    is issued until the last one is confirmed. Raises IntegrityFault and changes nothing when the
    backup fails its proof, and RestoreStopped when it is ``cancelled`` before ``begun`` was called:
    from then on it goes on.
    """
    try:
        verification.prove(folder, cancelled=cancelled)
    except verification.ProofStopped as stop:
        raise _stopped() from stop
    return put_in_place(profile, folder, clock=clock, cancelled=cancelled, begun=begun)


def put_in_place(
    profile: Path,
    folder: Path,
    *,
    clock: Clock | None = None,
    cancelled: Cancelled | None = None,
    begun: Callable[[], None] | None = None,
) -> Path | None:
    """Restore a backup that has just been proven; see ``restore``."""
    manifest = Manifest.read(folder)
    target, fresh = database_file(profile), profile / RESTORING
    old = target if _let_go(target) else None
    now = (clock or SystemClock()).now()
    try:
        _lay_ready(folder, fresh, manifest, cancelled or (lambda: False))
        sure = carry_numbers(old, fresh, profile, now=now)
        if cancelled is not None and cancelled():
            raise _stopped()
        if begun is not None:
            begun()
        _bring_back_files(profile, folder.parent, manifest)
        if not sure:
            number_log.mark_unsure(profile, new_id(now))
        with explained(target):
            kept = _set_aside(target, target.with_name(KEPT.format(stamp=now.strftime(STAMP))))
            fresh.replace(target)
            attachments.sync_folder(profile)
    finally:
        # In place by now, or not wanted any more.
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return kept


def _lay_ready(folder: Path, fresh: Path, manifest: Manifest, cancelled: Cancelled) -> None:
    """Copy the backup beside the records, whole as its manifest says."""
    with explained(fresh):
        fresh.unlink(missing_ok=True)
        _copy(folder / BACKUP_FILE, fresh, cancelled)
        if attachments.digest(fresh) != manifest.sha256:
            raise IntegrityFault(
                _("The backup {name} changed while it was read.").format(name=folder.name),
                _("Nothing was restored. Use another backup."),
            )


def _stopped() -> RestoreStopped:
    return RestoreStopped(
        _("The restore was stopped."), _("Nothing was restored: your records are as they were.")
    )


def _let_go(target: Path) -> bool:
    """Fold the log into the old file; False when it is missing or damaged, and stays as it is."""
    if not target.exists() or target.stat().st_size == 0:
        return False
    try:
        with closing(connect(target, "write")) as old, explained(target):
            # Leaving WAL needs the file to itself: whoever has it open makes this fail.
            old.execute("PRAGMA busy_timeout=0")
            old.execute("PRAGMA journal_mode=DELETE")
            old.execute("SELECT count(*) FROM number_used").fetchone()
    except IntegrityFault:
        return False
    except EnvironmentFault as fault:
        if not fault.retryable:
            raise
        raise EnvironmentFault(
            _("Your records are open in another window or program."),
            _("Nothing was restored. Close BillOps everywhere, then try again."),
            retryable=True,
        ) from fault
    return True


def _copy(source: Path, target: Path, cancelled: Cancelled) -> None:
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE)
    with source.open("rb") as reading, os.fdopen(descriptor, "wb") as writing:
        while piece := reading.read(PIECE):
            if cancelled():
                raise _stopped()
            writing.write(piece)
        writing.flush()
        os.fsync(writing.fileno())


def _bring_back_files(profile: Path, backups: Path, manifest: Manifest) -> None:
    for sha256 in set(manifest.facts.files) - set(manifest.missing_files):
        target = attachments.path_of(profile, sha256)
        if not target.exists() or attachments.digest(target) != sha256:
            kept = attachments.path_of(backups, sha256)
            attachments.write_whole(target, kept.read_bytes())


def _second_name(target: Path, kept: Path) -> Path:
    """Give the file another name that is free, and return it: no kept file is written over."""
    names = (kept, *(kept.with_stem(f"{kept.stem}-{count}") for count in range(2, MOST_KEPT)))
    for name in names:
        try:
            os.link(target, name)
        except OSError:
            # Taken by a restore of the same second; else a disk without hard links.
            if name.exists():
                continue
            shutil.copy2(target, name)
        return name
    raise EnvironmentFault(
        _("Nothing was restored: too many records are kept beside yours."),
        _("Move some of the files {name} elsewhere, then try again.").format(name=kept.name),
    )


def _set_aside(target: Path, kept: Path) -> Path | None:
    """Give the old file a second name, so that there is a database at every moment."""
    if not target.exists():
        return None
    kept = _second_name(target, kept)
    for side in SIDES:
        beside = target.with_name(target.name + side)
        if beside.exists():
            # A log of the old file must never be read into the new one.
            beside.replace(kept.with_name(kept.name + side))
    return kept
