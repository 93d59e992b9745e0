"""Which backups stay: all of two days, then daily, weekly and monthly ones, never the last good."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from billops_desktop.storage.backups.backup import BackupRow, backups, delete_backup

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


def thin_out(
    profile: Path,
    *,
    now: datetime,
    keep_days: int = KEEP_ALL_DAYS,
    limit_bytes: int = LIMIT_BYTES,
) -> tuple[BackupRow, ...]:
    """Delete the backups that need not stay and return them, oldest last."""
    rows = backups(profile)
    kept = kept_rows(rows, now=now, keep_days=keep_days)
    kept = within(kept, limit_bytes)
    gone = tuple(row for row in rows if row not in kept)
    for row in gone:
        delete_backup(row)
    return gone


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
