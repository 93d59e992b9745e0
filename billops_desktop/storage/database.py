"""The profile's database: one pool of connections, writing and reading sessions over it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from billops_desktop.errors import EnvironmentFault
from billops_desktop.i18n import _
from billops_desktop.storage.connection import (
    DRIVER,
    Mode,
    begin_writing,
    let_write,
    looking_mode,
    opener,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.pool import PoolProxiedConnection

WRITES = "billops_writes"
POOL_SIZE = 4
POOL_OVERFLOW = 12


class ReadingSession(Session):
    """A session that writes nothing."""


@event.listens_for(ReadingSession, "before_flush")
def _refuse_flush(session: Session, context: object, instances: object) -> None:
    # Said once for all sessions of the class: listening anew would be a third of a short read.
    if session.new or session.dirty or session.deleted:
        message = "a reading unit writes nothing"
        raise RuntimeError(message)


class Database:
    """The open database of a profile.

    ``read_only_reason`` says in the user's words why nothing can be written, and is None when
    all is well.
    """

    def __init__(self, path: Path, *, read_only_reason: str | None = None) -> None:
        self.path = path
        self.read_only_reason = read_only_reason
        self.engine = make_engine(path, read_only=read_only_reason is not None)
        self._writer = self.engine.execution_options(**{WRITES: True})

    @property
    def read_only(self) -> bool:
        """Tell whether the database was opened for reading only."""
        return self.read_only_reason is not None

    def writing_session(self) -> Session:
        """Return a session whose transaction begins with BEGIN IMMEDIATE."""
        self._check_writable()
        return self._prepared(Session(self._writer, autoflush=True, expire_on_commit=False))

    def writing_connection(self) -> PoolProxiedConnection:
        """Return a connection of the pool for a PlainUnit; closing it gives it back."""
        self._check_writable()
        return self.engine.raw_connection()

    def reading_session(self) -> Session:
        """Return a session that sees one state of the database and cannot write."""
        return self._prepared(ReadingSession(self.engine, autoflush=True, expire_on_commit=False))

    def close(self) -> None:
        """Close all connections; the last one moves the write-ahead log into the file."""
        self.engine.dispose()

    def _check_writable(self) -> None:
        if self.read_only_reason is not None:
            raise EnvironmentFault(
                _("Your records are open for reading only, so nothing was changed."),
                self.read_only_reason,
            )

    def _prepared(self, session: Session) -> Session:
        session.info["path"] = self.path
        return session


def make_engine(path: Path, *, read_only: bool = False) -> Engine:
    """Return the engine over the one connection module; it says BEGIN itself."""
    engine = create_engine(
        "sqlite://",
        module=DRIVER,
        creator=opener(path, _reading_mode(path) if read_only else "write"),
        poolclass=QueuePool,
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _reading_mode(path: Path) -> Mode:
    mode = looking_mode(path)
    return "read" if mode == "write" else mode


def _begin(connection: Connection) -> None:
    """Begin as the unit asks: at once for writers, so that no read goes stale before the write."""
    driver = driver_of(connection)
    if connection.get_execution_options().get(WRITES):
        let_write(driver, allowed=True)
        begin_writing(driver)
    else:
        let_write(driver, allowed=False)
        driver.execute("BEGIN")


def driver_of(connection: Connection) -> Any:
    """Return the driver's connection: for the few statements that frame each transaction."""
    return connection.connection.driver_connection
