"""Every given number once more, beside the records: what a restore reads when they cannot be read.

One JSON list a line, only appended to, on the disk before the records say that a number is given.
It may run ahead of them (a number that was noted and then not given is void after a restore), and
nothing but a restore reads it. Beside it lies the mark of a restore that could not know them all.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from billops_desktop.paths import FILE_MODE, NUMBERS_NAME, UNSURE_NAME
from billops_desktop.storage.attachments import sync_folder
from billops_desktop.storage.faults import explained
from billops_desktop.values import dataclass

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_MARK = 100


@dataclass(frozen=True, slots=True)
class NotedNumber:
    """A number, its place in its series, and what its series was: it may be newer than a backup.

    Times are microseconds, as in the tables.
    """

    id: str
    company_id: str
    series_id: str
    period: str
    count: int
    number: str
    kind: str
    pattern: str
    reset: str
    first_number: int
    at: int


TYPES = (str, str, str, str, int, str, str, str, str, int, int)
NAMES = (
    *("id", "company_id", "series_id", "period", "count", "number"),
    *("kind", "pattern", "reset", "first_number", "at"),
)


def note(profile: Path, *noted: NotedNumber) -> None:
    """Append numbers and wait until they are on the disk; a BillOpsError says why they are not."""
    if not noted:
        return
    path = profile / NUMBERS_NAME
    with explained(path):
        fresh = not path.exists()
        lines = [json.dumps([getattr(one, name) for name in NAMES]) for one in noted]
        descriptor = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, FILE_MODE)
        with os.fdopen(descriptor, "ab") as log:
            # Also before it: a line that a power cut left half must not swallow this one.
            log.write("".join(f"\n{line}\n" for line in lines).encode())
            log.flush()
            os.fsync(log.fileno())
        if fresh:
            sync_folder(profile)


def noted(profile: Path) -> list[NotedNumber]:
    """Return all numbers that were noted, in their order; lines that are none are passed over."""
    try:
        lines = (profile / NUMBERS_NAME).read_bytes().splitlines()
    except OSError:
        return []
    return [found for line in lines if (found := _read(line)) is not None]


def _read(line: bytes) -> NotedNumber | None:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, list) or len(values) != len(TYPES):
        return None
    fits = all(type(value) is kind for value, kind in zip(values, TYPES, strict=True))
    return NotedNumber(*values) if fits else None


def mark_unsure(profile: Path, token: str) -> None:
    """Mark the profile: which numbers were given is not known until ``token`` is confirmed."""
    path = profile / UNSURE_NAME
    with explained(path):
        half = path.with_name(f"{UNSURE_NAME}.new")
        with os.fdopen(
            os.open(half, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, FILE_MODE), "w", encoding="ascii"
        ) as mark:
            mark.write(token)
            mark.flush()
            os.fsync(mark.fileno())
        half.replace(path)
        sync_folder(profile)


def unsure_token(profile: Path) -> str:
    """Return what is to be confirmed, nothing where no restore left a doubt."""
    path = profile / UNSURE_NAME
    try:
        return path.read_text(encoding="ascii", errors="replace")[:LONGEST_MARK] or "?"
    except FileNotFoundError:
        return ""
