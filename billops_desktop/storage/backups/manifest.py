"""What a backup says of itself: hash, size, schema, counts, sums of money, heads of the chain."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from billops_desktop.errors import IntegrityFault
from billops_desktop.i18n import _
from billops_desktop.storage.attachments import write_whole
from billops_desktop.storage.faults import explained
from billops_desktop.values import dataclass

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST_NAME = "manifest.json"
FORMAT = 1

TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    " ORDER BY name"
)
# One figure each: a lost or altered row moves at least one of them.
SUMS = {
    "seconds": "SELECT '', coalesce(sum(seconds), 0) FROM time_entry",
    "issued": "SELECT currency, sum(gross_minor) FROM invoice WHERE state <> 'draft' GROUP BY 1",
    "paid": "SELECT currency, sum(amount_minor) FROM payment GROUP BY 1",
    "allocated": "SELECT '', coalesce(sum(amount_minor), 0) FROM allocation",
}
# The newest link of each company's chain of issued documents: the one no other follows.
HEADS = (
    "SELECT i.content_sha256 FROM invoice AS i WHERE i.content_sha256 IS NOT NULL AND NOT EXISTS"
    " (SELECT 1 FROM invoice AS n WHERE n.previous_sha256 = i.content_sha256) ORDER BY 1"
)
FILES = (
    "SELECT sha256 FROM attachment UNION SELECT sha256 FROM invoice_file"
    " UNION SELECT logo_sha256 FROM company WHERE logo_sha256 IS NOT NULL ORDER BY 1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What can be counted in a database in one read."""

    revision: str
    counts: dict[str, int]
    sums: dict[str, int]
    chain_heads: list[str]
    files: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The text beside a backup that says what it must hold."""

    format: int
    made_at_ms: int
    reason: str
    app_version: str
    sha256: str
    size: int
    facts: Facts
    missing_files: list[str]

    def write(self, folder: Path) -> None:
        """Store the manifest in the backup's folder: from then on the backup counts."""
        text = json.dumps(asdict(self), indent=1, sort_keys=True)
        write_whole(folder / MANIFEST_NAME, text.encode())

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Return the manifest of a backup; IntegrityFault when there is none that can be read."""
        path = folder / MANIFEST_NAME
        try:
            with explained(path):
                kept = json.loads(path.read_bytes())
            return cls(**{**kept, "facts": Facts(**kept["facts"])})
        except (ValueError, TypeError, KeyError) as error:
            raise IntegrityFault(
                _("The backup {name} cannot be read.").format(name=folder.name),
                _("Your records are not affected. Use another backup."),
            ) from error


def facts_of(connection: Any) -> Facts:
    """Count what the open database holds, in the caller's read transaction."""
    tables = [row[0] for row in connection.execute(TABLES)]
    counts = {
        table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608 - the file's own names, quoted
        for table in tables
    }
    sums = {
        f"{name} {key}".strip(): total
        for name, query in SUMS.items()
        for key, total in connection.execute(query)
    }
    return Facts(
        revision=connection.execute("SELECT version_num FROM alembic_version").fetchone()[0],
        counts=counts,
        sums=sums,
        chain_heads=[row[0] for row in connection.execute(HEADS)],
        files=[row[0] for row in connection.execute(FILES)],
    )
