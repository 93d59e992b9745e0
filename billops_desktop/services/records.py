"""How a use case finds, adds and changes rows: ids, times and soft deletes in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from billops_desktop.errors import NotFound
from billops_desktop.i18n import _
from billops_desktop.services.books import Unit
from billops_desktop.storage.record import SyncedRecord

if TYPE_CHECKING:
    from collections.abc import Mapping

    from billops_desktop.storage.unit_of_work import UnitOfWork

R = TypeVar("R", bound=SyncedRecord)


def live(work: Unit, kind: type[R], row_id: str, what: str) -> R:
    """Return the row that is not deleted; NotFound says which ``what`` ("entry") is missing."""
    found = work.session.get(kind, row_id)
    if found is None or found.deleted_at is not None:
        raise NotFound(
            _("There is no such {what}.").format(what=what),
            _("It may have been deleted in the meantime. Nothing was changed."),
            field="id",
        )
    return found


def add(work: UnitOfWork, row: R) -> R:
    """Put a new row into the transaction at once: a constraint speaks here, not at commit."""
    work.session.add(row)
    work.session.flush()
    return row


def change(work: UnitOfWork, row: SyncedRecord, fields: Mapping[str, Any]) -> bool:
    """Set the fields that differ and say whether any did; an edit to the same writes nothing."""
    differing = {name: value for name, value in fields.items() if getattr(row, name) != value}
    if not differing:
        return False
    for name, value in differing.items():
        setattr(row, name, value)
    work.session.flush()
    return True


def remove(work: UnitOfWork, row: SyncedRecord) -> None:
    """Mark the row deleted; it stays in the file, for undo and for a shared workspace."""
    row.deleted_at = work.clock.now()
    work.session.flush()
