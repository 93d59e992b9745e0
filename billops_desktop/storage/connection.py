"""Opens every SQLite connection of the app, with the pragmas that keep acknowledged work."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sqlcipher3 import dbapi2

from billops_desktop.errors import EnvironmentFault
from billops_desktop.i18n import _
from billops_desktop.paths import FILE_MODE, make_private_folder
from billops_desktop.storage.faults import explained

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Connection = Any  # sqlcipher3 ships no annotations

Mode = Literal["write", "create", "read", "still", "copy"]
DRIVER = dbapi2

# Below this the WAL-reset bug can corrupt a profile that two processes write.
OLDEST_SQLITE = (3, 51, 3)
BUSY_MILLISECONDS = 10_000
# Between two looks at a lock SQLite pauses longer and longer, up to a tenth of a second: among
# busy writers one starves that way. Asking anew keeps the looks close together.
LOOK_MILLISECONDS = 20
WAL_ATTEMPTS = 100
WAL_PAUSE_SECONDS = 0.05

SAFE: tuple[str, ...] = (
    f"PRAGMA busy_timeout={BUSY_MILLISECONDS}",
    # A connection to a foreign or damaged file must not run what its schema says.
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA foreign_keys=ON",
    # Without it INSERT OR REPLACE deletes rows past their delete trigger.
    "PRAGMA recursive_triggers=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-65536",
    "PRAGMA synchronous=FULL",
    # macOS alone needs these two to reach the platter; elsewhere they change nothing.
    "PRAGMA fullfsync=ON",
    "PRAGMA checkpoint_fullfsync=ON",
)


def connect(path: Path, mode: Mode = "write") -> Connection:
    """Open ``path``; raises a BillOpsError that names the file when it cannot be used.

    "write" wants an existing file, "create" makes it (0600) where missing, "read" never writes,
    "still" reads a file that nobody has open and leaves not even a -shm beside it; "copy" makes a
    file that is filled by a backup, synced by its maker and thrown away after a crash.
    """
    refuse_old_library(dbapi2.sqlite_version_info)
    with explained(path):
        if mode in {"create", "copy"}:
            _make_private_file(path)
        connection = dbapi2.connect(
            _address(path, mode),
            uri=True,
            isolation_level=None,  # BEGIN is ours to say: the driver's own one skips DDL and reads
            check_same_thread=False,  # the pool hands a connection to one thread at a time
            timeout=BUSY_MILLISECONDS / 1000,
        )
        try:
            _prepare(connection, mode)
        except BaseException:
            connection.close()
            raise
    return connection


def refuse_old_library(version: tuple[int, ...]) -> None:
    """Raise EnvironmentFault when the SQLite library may corrupt a profile."""
    if version >= OLDEST_SQLITE:
        return
    raise EnvironmentFault(
        _("The SQLite library {version} is too old to keep your records safe.").format(
            version=".".join(map(str, version))
        ),
        _("Nothing was opened. Install BillOps again: it brings the right one."),
    )


def opener(path: Path, mode: Mode) -> Callable[[], Connection]:
    """Return the function by which a pool opens connections to ``path``."""
    return lambda: connect(path, mode)


def let_write(connection: Connection, *, allowed: bool) -> None:
    """Allow or forbid writing; where it is so already, saying it anew compiles all SQL again."""
    forbidden = connection.execute("PRAGMA query_only").fetchone()[0] == 1
    if forbidden is allowed:
        connection.execute(f"PRAGMA query_only={'OFF' if allowed else 'ON'}")


def begin_writing(connection: Connection) -> None:
    """Begin a transaction that may write as soon as others let go, within the busy timeout."""
    patience = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    deadline = time.monotonic() + patience / 1000
    connection.execute(f"PRAGMA busy_timeout={min(patience, LOOK_MILLISECONDS)}")
    try:
        while not _begun(connection, last=time.monotonic() >= deadline):
            pass
    finally:
        connection.execute(f"PRAGMA busy_timeout={patience}")


def _begun(connection: Connection, *, last: bool) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except dbapi2.OperationalError as error:
        if last or "locked" not in str(error):
            raise
        return False
    return True


def looking_mode(path: Path) -> Mode:
    """Return how to open ``path`` for a look: as writers do, or as its protection still allows.

    A writer's connection leaves no files behind; a protected folder cannot even take a -shm.
    """
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return "write"
    return "read" if in_use(path) else "still"


def in_use(path: Path) -> bool:
    """Tell whether a write-ahead log lies beside the file: someone has it open, or had."""
    return path.with_name(path.name + "-wal").exists()


def _address(path: Path, mode: Mode) -> str:
    query = {"read": "mode=ro", "still": "mode=ro&immutable=1"}.get(mode, "mode=rw")
    return f"{path.absolute().as_uri()}?{query}"


def _make_private_file(path: Path) -> None:
    make_private_folder(path.parent)
    try:
        # SQLite gives -wal and -shm the mode of the main file, so it is made private first.
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE_MODE)
    except FileExistsError:
        return
    os.close(descriptor)


def _prepare(connection: Connection, mode: Mode) -> None:
    for pragma in SAFE:
        connection.execute(pragma)
    if mode in {"write", "create"}:
        _use_write_ahead_log(connection)
    elif mode == "copy":
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
    else:
        connection.execute("PRAGMA query_only=ON")


def _use_write_ahead_log(connection: Connection) -> None:
    """Switch to WAL once per file; two first starts at once take turns, SQLite does not wait."""
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        return
    for _attempt in range(WAL_ATTEMPTS):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except dbapi2.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(WAL_PAUSE_SECONDS)
        else:
            return
    connection.execute("PRAGMA journal_mode=WAL")
