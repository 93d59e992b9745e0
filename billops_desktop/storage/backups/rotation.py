"""Which backups stay: all of two days, then daily, weekly and monthly ones, never the last good."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from billops_desktop.errors import BillOpsError
from billops_desktop.paths import BACKUPS_NAME, FILES_NAME
from billops_desktop.storage.backups.backup import STAMP, BackupRow, backups, delete_backup
from billops_desktop.storage.backups.manifest import MANIFEST_NAME, Manifest
from billops_desktop.storage.faults import explained

if TYPE_CHECKING:
    from pathlib import Path

KEEP_ALL_DAYS = 2
# How many periods keep their newest backup, and the period of an instant.
PERIODS: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (12, datetime.date),
    (10, lambda at: at.isocalendar()[:2]),
    (9, lambda at: (at.year, at.month)),
)
UPGRADES_KEPT = 3
LIMIT_BYTES = 2 * 1024**3
# Backups take at most this part of what the disk would have free without them.
PART_OF_DISK = 10
# A folder without its manifest is a backup that was killed; a younger one may be under way.
HALF_MADE_AGE = timedelta(days=1)


def thin_out(
    profile: Path,
    *,
    now: datetime,
    keep_days: int = KEEP_ALL_DAYS,
    limit_bytes: int | None = None,
) -> tuple[BackupRow, ...]:
    """Delete the backups that need not stay and return them, oldest last.

    Files that only deleted backups named go with them, and so do backups that were killed half
    made. Without ``limit_bytes`` the limit is 2 GB or a tenth of the free disk.
    """
    rows = backups(profile)
    kept = kept_rows(rows, now=now, keep_days=keep_days)
    if limit_bytes is None:
        limit_bytes = room(profile, sum(row.size for row in rows))
    kept = within(kept, limit_bytes)
    gone = tuple(row for row in rows if row not in kept)
    for row in gone:
        delete_backup(row)
    _sweep(profile / BACKUPS_NAME, now)
    if gone:
        prune_files(profile)
    return gone


def room(profile: Path, taken: int) -> int:
    """Return how many bytes backups may take, ``taken`` of which they have already."""
    return min(LIMIT_BYTES, (shutil.disk_usage(profile).free + taken) // PART_OF_DISK)


def prune_files(profile: Path) -> int:
    """Delete the kept files that no backup names any more and return how many.

    While a manifest is missing or cannot be read nothing goes: nobody knows what it names.
    """
    store = profile / BACKUPS_NAME / FILES_NAME
    folders = [path for path in (profile / BACKUPS_NAME).glob("*") if path != store]
    try:
        named = {sha256 for folder in folders for sha256 in Manifest.read(folder).facts.files}
    except BillOpsError:
        return 0
    spare = [path for path in store.glob("*/*") if path.is_file() and path.name not in named]
    for path in spare:
        with explained(path):
            path.unlink(missing_ok=True)
    return len(spare)


def _sweep(folder: Path, now: datetime) -> None:
    for path in folder.glob("*"):
        if path.name == FILES_NAME or not path.is_dir() or (path / MANIFEST_NAME).exists():
            continue
        try:
            made = datetime.strptime(path.name.split("-")[0], STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
        if now - made > HALF_MADE_AGE:
            shutil.rmtree(path, ignore_errors=True)


def kept_rows(
    rows: Iterable[BackupRow], *, now: datetime, keep_days: int = KEEP_ALL_DAYS
) -> list[BackupRow]:
    """Return the backups that stay, newest first."""
    newest_first = sorted(rows, key=lambda row: row.made_at, reverse=True)
    recent = now - timedelta(days=keep_days)
    kept = {row.folder for row in newest_first if row.made_at >= recent}
    older = [row for row in newest_first if row.made_at < recent]
    for count, period in PERIODS:
        first_of: dict[object, BackupRow] = {}
        for row in older:
            first_of.setdefault(period(row.made_at), row)
        kept |= {row.folder for row in list(first_of.values())[:count]}
    kept |= _untouchable(newest_first)
    return [row for row in newest_first if row.folder in kept]


def within(rows: list[BackupRow], limit_bytes: int) -> list[BackupRow]:
    """Drop the oldest backups until the rest fits; what must never go stays even then."""
    fixed = _untouchable(rows)
    kept = list(rows)
    for row in reversed(rows):
        if sum(other.size for other in kept) <= limit_bytes:
            break
        if row.folder not in fixed:
            kept.remove(row)
    return kept


def _untouchable(newest_first: list[BackupRow]) -> set[Path]:
    upgrades = [row for row in newest_first if row.reason == "upgrade"][:UPGRADES_KEPT]
    proven = [row for row in newest_first if row.proven_at is not None][:1]
    return {row.folder for row in upgrades + proven + newest_first[:1]}
