"""Which schema a database file has, read without writing a byte; newer files are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from billops_desktop.errors import IntegrityFault, NewerVersion
from billops_desktop.i18n import _
from billops_desktop.storage.connection import connect, in_use
from billops_desktop.storage.faults import explained, newest_backup

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

# All revisions under migrations/versions, oldest first. Kept here so that a start at head needs
# no Alembic; a test holds it equal to the folder.
REVISIONS = ("0001",)
HEAD = REVISIONS[-1]

TABLES = "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
HAS_VERSION = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
VERSION = "SELECT version_num FROM alembic_version"


def revision_of(path: Path) -> str | None:
    """Return the file's revision, None while it is empty and new.

    Raises NewerVersion for a revision this version does not know and IntegrityFault for a file
    that is damaged or not ours; the files are left byte for byte as they were.
    """
    connection = look_into(path)
    if connection is None:
        return None
    try:
        return revision_through(connection, path)
    finally:
        connection.close()


def look_into(path: Path) -> Any | None:
    """Open a file so that nothing is written, not even beside it; None while empty and new."""
    if not path.exists() or (path.stat().st_size == 0 and not in_use(path)):
        _refuse_lost(path)
        return None
    return connect(path, "read" if in_use(path) else "still")


def revision_through(connection: Any, path: Path) -> str | None:
    """Return what ``revision_of`` does, through a connection that is open."""
    with explained(path):
        revision = _read(connection, path)
    if revision is not None and revision not in REVISIONS:
        raise NewerVersion(
            _("These records were written by a newer version of BillOps ({revision}).").format(
                revision=revision
            ),
            _("Nothing was changed. This version knows {head}: install the newest one.").format(
                head=HEAD
            ),
        )
    return revision


def _read(connection: Any, path: Path) -> str | None:
    if connection.execute(HAS_VERSION).fetchone()[0]:
        row = connection.execute(VERSION).fetchone()
        return str(row[0]) if row else None
    if connection.execute(TABLES).fetchone()[0] == 0:
        _refuse_lost(path)
        return None
    raise IntegrityFault(
        _("{path} is a database of another program.").format(path=path),
        _("Nothing was changed. Choose another folder for the profile."),
    )


def _refuse_lost(path: Path) -> None:
    """Never begin an empty book where one was kept: its backups are still there."""
    backup = newest_backup(path)
    if backup is None:
        return
    raise IntegrityFault(
        _("{path} is missing or empty, but there are backups of it.").format(path=path),
        _("Nothing was changed. Restore the backup {name}.").format(name=backup.name),
    )
