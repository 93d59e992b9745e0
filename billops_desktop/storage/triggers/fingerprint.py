"""One number that stands for all rules of a schema: known beforehand, asked without SQLAlchemy."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# All in a schema that can do more than hold rows; views and virtual tables are never ours.
RULES = (
    "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"
    " OR sql LIKE 'CREATE VIRTUAL%'"
)
# Of the triggers that a profile must have, and of no other; its test says what it ought to be.
WANTED = "9a4ec64aa68c491f81e0c8015f98b8f6ae790508615d96ba44aa5bdbebb7d6ea"


def fingerprint(rules: Iterable[tuple[str, str]]) -> str:
    """Return what no other set of names and texts has, in whatever order they come."""
    told = sha256()
    for name, text in sorted(rules):
        told.update(f"{name}\0{text}\0".encode())
    return told.hexdigest()
