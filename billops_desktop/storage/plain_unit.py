"""PlainUnit: one writing transaction on the bare connection, for deeds that a click waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from billops_desktop.domain.changes import Changes
from billops_desktop.errors import EnvironmentFault
from billops_desktop.storage.connection import begin_writing, let_write
from billops_desktop.storage.faults import explain
from billops_desktop.storage.identifiers import milliseconds_of, new_id

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from billops_desktop.clock import Clock

SET_CONTEXT = (
    "UPDATE capture_context SET transaction_id = ?, person_id = ?, device_id = ?, at_ms = ?,"
    " applying = 0 WHERE id = 1"
)
NOBODY = (None, None, None, None)
TOUCHED = "SELECT DISTINCT table_name, row_id FROM change_record WHERE transaction_id = ?"


class PlainUnit:
    """One writing transaction by plain SQL, from BEGIN IMMEDIATE to COMMIT; an exception ends it.

    It keeps what a UnitOfWork keeps: every change carries transaction, person and device, and
    after the commit ``changes`` says which rows were touched.
    """

    def __init__(
        self, pooled: Any, path: Path, clock: Clock, *, person_id: str | None, device_id: str | None
    ) -> None:
        self.connection = pooled.driver_connection
        self.clock = clock
        self.person_id = person_id
        self.device_id = device_id
        self.transaction = new_id(clock.now())
        self.changes = Changes(self.transaction, {})
        self._pooled = pooled
        self._path = path
        self._changes_before = 0

    def __enter__(self) -> Self:
        try:
            # The pool hands out readers' connections, too.
            let_write(self.connection, allowed=True)
            begin_writing(self.connection)
            at_ms = milliseconds_of(self.clock.now())
            context = (self.transaction, self.person_id, self.device_id, at_ms)
            self.connection.execute(SET_CONTEXT, context)
            self._changes_before = self.connection.total_changes
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
        if self.connection.total_changes == self._changes_before:
            self._pooled.close()
            return  # nothing to keep, so the disk need not be waited for
        try:
            touched = changed_by(self.connection, self.transaction)
            # A program that writes after us without saying who it is must not inherit our name.
            self.connection.execute(SET_CONTEXT, NOBODY)
            self.connection.execute("COMMIT")
        except BaseException as failure:
            self._leave(failure)
            raise
        self._pooled.close()
        self.changes = touched

    def _leave(self, error: BaseException) -> None:
        """Roll back; raise in the user's words what they can understand."""
        told = None if isinstance(error, OSError) else explain(error, self._path)
        if isinstance(told, EnvironmentFault):
            # After a failed write or sync the connection's view of the file is not to be trusted.
            self._pooled.invalidate()
        else:
            # Given back to the pool, which rolls back whatever was not committed.
            self._pooled.close()
        if told is not None:
            raise told from error


def changed_by(connection: Any, transaction: str) -> Changes:
    """Return what the open transaction touched so far."""
    touched: dict[str, set[str]] = {}
    for table, row_id in connection.execute(TOUCHED, (transaction,)):
        touched.setdefault(table, set()).add(row_id)
    return Changes(transaction, {table: frozenset(ids) for table, ids in touched.items()})
