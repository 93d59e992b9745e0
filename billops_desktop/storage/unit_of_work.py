"""UnitOfWork: one session, one transaction, and the changes it made; ReadingUnit beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from billops_desktop.domain.changes import Changes
from billops_desktop.errors import BillOpsError, EnvironmentFault
from billops_desktop.storage.database import driver_of
from billops_desktop.storage.faults import explain
from billops_desktop.storage.identifiers import milliseconds_of, new_id
from billops_desktop.storage.plain_unit import NOBODY, SET_CONTEXT, changed_by
from billops_desktop.storage.record import SyncedRecord

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from sqlalchemy.orm import ORMExecuteState, Session

    from billops_desktop.clock import Clock

LATER = text(
    "SELECT sequence, transaction_id, table_name, row_id FROM change_record"
    " WHERE sequence > :sequence ORDER BY sequence"
)
LAST = text("SELECT coalesce(max(sequence), 0) FROM change_record")


class _Unit:
    """What reading and writing units share: a session, a clock, errors in the user's words."""

    def __init__(
        self, session: Session, clock: Clock, person_id: str | None, device_id: str | None
    ) -> None:
        self.session = session
        self.clock = clock
        self.person_id = person_id
        self.device_id = device_id
        self._path: Path = session.info["path"]

    def now(self) -> datetime:
        """Return the clock's present instant, in UTC."""
        return self.clock.now()

    def __enter__(self) -> Self:
        try:
            self._begin()
        except BaseException as error:
            self._leave(error)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            self._leave(error)
            return
        try:
            self._end()
        except BaseException as failure:
            self._leave(failure)
            raise
        self.session.close()

    def _begin(self) -> None:
        self.session.connection()

    def _end(self) -> None:
        """Keep nothing: what was read stays readable, unlike after a rollback."""

    def _leave(self, error: BaseException) -> None:
        """Roll back; raise in the user's words what they can understand."""
        told = self._told(error)
        if isinstance(told, EnvironmentFault):
            # After a failed write or sync the connection's view of the file is not to be trusted.
            self.session.invalidate()
        self.session.close()
        if told is not None:
            raise told from error

    def _told(self, error: BaseException) -> BillOpsError | None:
        if isinstance(error, OSError):
            return None  # about another file than the database
        cause = error.orig if isinstance(error, DBAPIError) else error
        return None if cause is None else explain(cause, self._path)


class ReadingUnit(_Unit):
    """One state of the database, for reading: a flush is refused, and so is SQL that writes."""


class UnitOfWork(_Unit):
    """One writing transaction, from BEGIN IMMEDIATE to COMMIT; an exception rolls it back.

    Every change inside carries ``transaction``, person and device; after the commit ``changes``
    says which rows were touched.
    """

    def __init__(
        self, session: Session, clock: Clock, person_id: str | None, device_id: str | None
    ) -> None:
        super().__init__(session, clock, person_id, device_id)
        self.transaction = new_id(clock.now())
        self.changes = Changes(self.transaction, {})
        self._driver: Any = None
        self._changes_before = 0
        # Bulk statements never reach the unit of work of the ORM, so they are met at execution.
        event.listen(session, "before_flush", self._stamp_flushed)
        event.listen(session, "do_orm_execute", self._stamp_executed)

    def new_id(self) -> str:
        """Return a new record id stamped with the unit's clock."""
        return new_id(self.now())

    def stamped(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of a new row with id and times, for Core and bulk inserts."""
        now = self.now()
        return {"id": new_id(now), "created_at": now, "updated_at": now} | dict(values)

    def _begin(self) -> None:
        # Straight to the driver: this frames every click, and SQLAlchemy would take most of it.
        self._driver = driver_of(self.session.connection())
        at_ms = milliseconds_of(self.now())
        self._driver.execute(SET_CONTEXT, (self.transaction, self.person_id, self.device_id, at_ms))
        self._changes_before = self._driver.total_changes

    def _end(self) -> None:
        self.session.flush()
        if self._driver.total_changes == self._changes_before:
            return  # nothing to keep, so the disk need not be waited for
        touched = changed_by(self._driver, self.transaction)
        # A program that writes after us without saying who it is must not inherit our name.
        self._driver.execute(SET_CONTEXT, NOBODY)
        self.session.commit()
        self.changes = touched

    def _stamp_flushed(self, session: Session, context: object, instances: object) -> None:
        now = self.now()
        for record in session.new:
            if isinstance(record, SyncedRecord):
                for name, value in self.stamped({}).items():
                    if getattr(record, name) is None:
                        setattr(record, name, value)
        for record in session.dirty:
            if isinstance(record, SyncedRecord) and session.is_modified(record):
                record.updated_at = now

    def _stamp_executed(self, state: ORMExecuteState) -> None:
        mapper = state.bind_mapper
        if mapper is None or not issubclass(mapper.class_, SyncedRecord):
            return
        now = self.now()
        if state.is_insert and isinstance(state.parameters, list):
            state.parameters = [self.stamped(row) for row in state.parameters]
        elif state.is_update and isinstance(state.parameters, list):
            state.parameters = [{"updated_at": now} | row for row in state.parameters]
        elif state.is_update:
            state.statement = state.statement.values(updated_at=now)  # type: ignore[attr-defined]  # is_update says it is an Update


def last_sequence(session: Session) -> int:
    """Return the sequence of the newest change record, 0 when there is none."""
    return int(session.execute(LAST).scalar_one())


def changes_since(
    session: Session, sequence: int, *, own: Collection[str] = ()
) -> tuple[Changes | None, int]:
    """Return what others changed after ``sequence``, and the new last sequence.

    ``own`` names transactions that were announced already.
    """
    touched: dict[str, set[str]] = {}
    transaction = ""
    for row in session.execute(LATER, {"sequence": sequence}):
        sequence = row.sequence
        if row.transaction_id in own and row.transaction_id is not None:
            continue
        transaction = row.transaction_id or ""
        touched.setdefault(row.table_name, set()).add(row.row_id)
    if not touched:
        return None, sequence
    found = {table: frozenset(ids) for table, ids in touched.items()}
    return Changes(transaction, found), sequence
