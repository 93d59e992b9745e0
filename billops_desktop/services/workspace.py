"""Workspace: runs each use case in its own transaction and tells listeners what it changed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Lock
from typing import Concatenate, Generic, ParamSpec, TypeVar

from billops_desktop.clock import Clock
from billops_desktop.domain.changes import Changes
from billops_desktop.storage.database import Database
from billops_desktop.storage.plain_unit import PlainUnit
from billops_desktop.storage.unit_of_work import (
    ReadingUnit,
    UnitOfWork,
    changes_since,
    last_sequence,
)
from billops_desktop.values import dataclass

P = ParamSpec("P")
T = TypeVar("T")
W = TypeVar("W", UnitOfWork, PlainUnit)


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What a use case returned and what it changed; ``changes.transaction`` is what undo takes."""

    result: T
    changes: Changes


Told = Callable[[Done[T]], object]


class Workspace:
    """The open profile: its clock, its person, and the only way for a face to reach its records.

    Safe to use from several threads: each call opens a session of its own, and SQLite makes
    writers wait for each other.
    """

    def __init__(
        self, database: Database, *, clock: Clock, profile: Path, person_id: str, device_id: str
    ) -> None:
        self.database = database
        self.clock = clock
        self.profile = profile
        self.person_id = person_id
        self.device_id = device_id
        self.listeners: list[Callable[[Changes], None]] = []
        self._lock = Lock()
        self._own: dict[str, bool] = {}
        self._seen = self.read(lambda work: last_sequence(work.session))

    @property
    def read_only_reason(self) -> str | None:
        """Say why nothing can be written, or None when all is well."""
        return self.database.read_only_reason

    def execute(
        self,
        use_case: Callable[Concatenate[UnitOfWork, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run ``use_case`` in one writing transaction, announce its changes, return its result."""
        return self.perform(use_case, *args, **kwargs).result

    def perform(
        self,
        use_case: Callable[Concatenate[UnitOfWork, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Done[T]:
        """Run ``use_case`` as ``execute`` does and return its changes beside the result."""
        return self._carry_out(self._unit(), lambda work: use_case(work, *args, **kwargs))

    def perform_first(
        self,
        use_case: Callable[Concatenate[UnitOfWork, P], T],
        told: Told[T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Done[T]:
        """Run ``use_case`` as ``perform`` does; ``told`` hears of the commit before all others."""
        return self._carry_out(self._unit(), lambda work: use_case(work, *args, **kwargs), told)

    def perform_plainly(self, deed: Callable[[PlainUnit], T], told: Told[T]) -> Done[T]:
        """Run a deed of plain SQL in one writing transaction; ``told`` hears of it first.

        It keeps what ``perform`` keeps in a third of its time, for what a click waits for.
        """
        unit = PlainUnit(
            self.database.writing_connection(),
            self.database.path,
            self.clock,
            person_id=self.person_id,
            device_id=self.device_id,
        )
        return self._carry_out(unit, deed, told)

    def _unit(self) -> UnitOfWork:
        session = self.database.writing_session()
        return UnitOfWork(session, self.clock, self.person_id, self.device_id)

    def _carry_out(self, work: W, deed: Callable[[W], T], told: Told[T] | None = None) -> Done[T]:
        # Known before the commit: another thread's poll must not take it for a stranger's.
        self._remember(work.transaction, committed=False)
        try:
            with work:
                result = deed(work)
        except BaseException:
            with self._lock:
                del self._own[work.transaction]
            raise
        self._remember(work.transaction, committed=True)
        done = Done(result, work.changes)
        if told is not None:
            told(done)
        if work.changes:
            self._announce(work.changes)
        return done

    def read(
        self,
        query: Callable[Concatenate[ReadingUnit, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run ``query`` on one state of the records; it changes and announces nothing."""
        with self.reading() as work:
            return query(work, *args, **kwargs)

    def reading(self) -> AbstractContextManager[ReadingUnit]:
        """Open one state of the records for work that hands rows on as it reads them."""
        return ReadingUnit(
            self.database.reading_session(), self.clock, self.person_id, self.device_id
        )

    def poll(self) -> Changes | None:
        """Return what other processes changed since the last poll, and announce it; else None."""
        with self._lock:
            own = dict(self._own)
            seen = self._seen
        changes, last = self.read(lambda work: changes_since(work.session, seen, own=own))
        with self._lock:
            self._seen = max(self._seen, last)
            # What was committed before this look lies behind it now.
            for transaction in (name for name, committed in own.items() if committed):
                self._own.pop(transaction, None)
        if changes is not None:
            self._announce(changes)
        return changes

    def signature(self) -> tuple[int, ...]:
        """Return what differs once anybody has written: times and sizes of the database's files."""
        path = self.database.path
        found: list[int] = []
        for file in (path, path.with_name(path.name + "-wal")):
            try:
                stat = file.stat()
            except OSError:
                continue
            found += (stat.st_mtime_ns, stat.st_size)
        return tuple(found)

    def close(self) -> None:
        """Close the database; the write-ahead log moves into the file."""
        self.listeners.clear()
        self.database.close()

    def _remember(self, transaction: str, *, committed: bool) -> None:
        with self._lock:
            self._own[transaction] = committed

    def _announce(self, changes: Changes) -> None:
        for listener in tuple(self.listeners):
            listener(changes)
