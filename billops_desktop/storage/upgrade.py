"""Opens a profile's database at the newest schema: made, upgraded in one transaction, verified."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

from sqlalchemy import event

from billops_desktop.errors import EnvironmentFault, IntegrityFault, NotFound
from billops_desktop.i18n import _
from billops_desktop.storage.backups.backup import make_backup, prove_backup
from billops_desktop.storage.connection import connect
from billops_desktop.storage.database import WRITES, Database, make_engine
from billops_desktop.storage.faults import explained, explained_by_engine
from billops_desktop.storage.revision import HEAD, revision_of
from billops_desktop.storage.triggers import capture, guards

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from sqlalchemy import Connection

    Progress = Callable[[int, int], None]

# A first start beside another one may find the file just made and not yet filled.
UPGRADE_STEPS = 3
# Other starts may be upgrading the same profile one after the other: each holds the lock for long.
UPGRADE_WAIT_MILLISECONDS = 120_000


def open_database(path: Path, *, create: bool = True, progress: Progress | None = None) -> Database:
    """Open ``path`` at the newest schema, making or upgrading it where needed.

    A profile that cannot be written, or whose triggers are not as they must be, opens for
    reading only and says why. Raises NewerVersion, IntegrityFault or EnvironmentFault.
    """
    if not create and not path.exists():
        raise NotFound(
            _("There is no profile in {folder}.").format(folder=path.parent),
            _("Nothing was made. Check the folder's name."),
        )
    revision = revision_of(path)
    reason = unwritable(path)
    if revision != HEAD:
        if reason is not None:
            raise EnvironmentFault(
                _("Your records need an upgrade that cannot be written."), reason
            )
        upgrade(path, revision=revision, progress=progress)
    if reason is not None:
        return Database(path, read_only_reason=reason)
    wrong = wrong_triggers(path)
    if wrong:
        return Database(path, read_only_reason=_worded(wrong))
    return Database(path)


def wanted_triggers() -> dict[str, str]:
    """Return name and text of every trigger a profile must have, and no other."""
    return capture.triggers() | guards.triggers()


def wrong_triggers(path: Path) -> list[str]:
    """Return the names of triggers that are missing, changed or not ours."""
    with explained(path), closing(connect(path, "write")) as connection:
        return capture.verify(connection.execute, wanted_triggers())


def unwritable(path: Path) -> str | None:
    """Say in the user's words why nothing can be written to ``path``, None when it can."""
    nearest = next(folder for folder in path.parents if folder.exists())
    target = path if path.exists() else nearest
    if os.access(target, os.W_OK) and os.access(nearest, os.W_OK):
        return None
    return _("{path} is write-protected. Change its permissions, then start again.").format(
        path=target if not os.access(target, os.W_OK) else nearest
    )


def upgrade(
    path: Path,
    *,
    revision: str | None,
    progress: Progress | None = None,
    back_up: bool = True,
) -> None:
    """Bring the schema from ``revision`` (None = empty) to the newest in one transaction.

    A profile that holds records is backed up first, and the backup is proven, unless ``back_up``
    is False: a copy on trial needs none. A failure leaves the profile as it was.
    """
    report = progress or _silent
    report(0, UPGRADE_STEPS)
    connect(path, "create").close()
    if revision is not None and back_up:
        prove_backup(make_backup(path.parent, reason="upgrade").folder)
    report(1, UPGRADE_STEPS)
    engine = make_engine(path)
    # With foreign keys on, rebuilding a table would delete or refuse its children.
    event.listen(engine, "connect", _prepare_upgrade)
    try:
        with explained_by_engine(path), engine.execution_options(**{WRITES: True}).begin() as open_:
            _migrate(open_)
            _refuse_orphans(open_)
            capture.install(open_.exec_driver_sql, wanted_triggers())
            report(2, UPGRADE_STEPS)
    finally:
        engine.dispose()
    report(UPGRADE_STEPS, UPGRADE_STEPS)


def _silent(_done: int, _total: int) -> None:
    """Tell nobody how far the upgrade is."""


def _migrate(connection: Connection) -> None:
    # Alembic takes as long to import as all else of a start: only upgrades pay for it.
    from alembic import command
    from alembic.config import Config

    from billops_desktop.paths import migrations_folder

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    # Rebuilding a table under its triggers would record or refuse what nobody did.
    for name in connection.exec_driver_sql(capture.TRIGGER_NAMES).scalars().all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    command.upgrade(config, "head")


def _refuse_orphans(connection: Connection) -> None:
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if orphans:
        tables = ", ".join(sorted({row[0] for row in orphans}))
        raise IntegrityFault(
            _("Records in {tables} refer to others that are gone.").format(tables=tables),
            _("Nothing was upgraded. Restore a backup, or ask for help with this message."),
        )


def _prepare_upgrade(connection: Any, record: object) -> None:
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute(f"PRAGMA busy_timeout={UPGRADE_WAIT_MILLISECONDS}")


def _worded(wrong: list[str]) -> str:
    return _(
        "What keeps the record of changes was altered ({names}). "
        "Restore a backup or start the newest version; until then nothing is written."
    ).format(names=", ".join(wrong))
