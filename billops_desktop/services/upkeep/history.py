"""Takes back what a transaction did, from the change records; what is law stays as it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, Table, Text, insert, literal, null, select, update

from billops_desktop.clock import microseconds_of
from billops_desktop.errors import NotFound, Refused
from billops_desktop.i18n import N_, _, ngettext
from billops_desktop.services.books import Unit
from billops_desktop.services.entries.entry_rules import check_open_day
from billops_desktop.services.upkeep import undone
from billops_desktop.storage.models import ChangeRecord, Client, Record
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass

# A number that was given and a document that was issued stay: law, not taste.
NEVER_UNDONE: Final = frozenset({"number_used", "number_counter", "invoice_file"})
# Times of the row itself are no content: they neither conflict nor come back.
STAMPS: Final = frozenset({"updated_at", "created_at", "_v"})

NOUNS: Final[dict[str, tuple[str, str]]] = {
    "time_entry": (N_("{count} entry"), N_("{count} entries")),
    "client": (N_("{count} client"), N_("{count} clients")),
    "contact": (N_("{count} contact"), N_("{count} contacts")),
    "project": (N_("{count} project"), N_("{count} projects")),
    "task": (N_("{count} task"), N_("{count} tasks")),
    "billing_rule": (N_("{count} rate"), N_("{count} rates")),
    "payment": (N_("{count} payment"), N_("{count} payments")),
    "invoice": (N_("{count} invoice"), N_("{count} invoices")),
    "invoice_line": (N_("{count} invoice line"), N_("{count} invoice lines")),
    "tax_rate": (N_("{count} tax"), N_("{count} taxes")),
    "person": (N_("{count} person"), N_("{count} people")),
}
OTHER: Final = (N_("{count} record"), N_("{count} records"))
ADDED, CHANGED, DELETED, RESTORED = "added", "changed", "deleted", "restored"


@dataclass(frozen=True, slots=True)
class _Change:
    sequence: int
    table: str
    row_id: str
    operation: str
    old: dict[str, Any]
    new: dict[str, Any]

    @property
    def columns(self) -> frozenset[str]:
        return frozenset(self.old.keys() | self.new.keys()) - STAMPS

    @property
    def what(self) -> str:
        if self.operation == "U" and "deleted_at" in self.new:
            return RESTORED if self.new["deleted_at"] is None else DELETED
        return {"I": ADDED, "U": CHANGED, "D": DELETED}[self.operation]


def undo(work: UnitOfWork, transaction: str) -> str:
    """Take back what one transaction did, and return in words what that was.

    Refused when something of it was changed since, and for issued documents. The undo is a
    transaction of its own: undoing it does the thing again.
    """
    made = _changes(work, transaction)
    if any(change.table in NEVER_UNDONE for change in made):
        raise Refused(
            _("An issued document stays issued."),
            _("Nothing was changed. Cancel it with a credit note."),
        )
    _check_untouched(work, made)
    for change in reversed(made):
        _invert(work, change)
    undone.note(work, transaction)
    work.session.expire_all()
    return _draft_words(work, made) or _words(made)


def _draft_words(work: Unit, made: Iterable[_Change]) -> str:
    """Return whose draft a step made, if it made one; it has a name that people know it by."""
    drafts = [one for one in made if one.table == "invoice" and one.what == ADDED]
    if len(drafts) != 1:
        return ""
    client = work.session.get(Client, drafts[0].new.get("client_id"))
    return "" if client is None else _("draft for {client} added").format(client=client.name)


def _changes(work: Unit, transaction: str) -> list[_Change]:
    found = work.session.scalars(
        select(ChangeRecord)
        .where(ChangeRecord.transaction_id == transaction)
        .order_by(ChangeRecord.sequence)
    ).all()
    if not found:
        raise NotFound(
            _("There is nothing to undo."), _("Nothing was changed."), field="transaction"
        )
    return [_read(record) for record in found]


def _read(record: ChangeRecord) -> _Change:
    return _Change(
        record.sequence,
        record.table_name,
        record.row_id,
        record.operation,
        json.loads(record.old_json or "{}"),
        json.loads(record.new_json or "{}"),
    )


def _check_untouched(work: UnitOfWork, made: Sequence[_Change]) -> None:
    """Refuse when a later transaction changed a column that this one set, or a row it added."""
    last = made[-1].sequence
    touched: dict[tuple[str, str], set[str]] = {}
    added = set()
    for change in made:
        key = (change.table, change.row_id)
        touched.setdefault(key, set()).update(change.columns)
        if change.operation != "U":
            added.add(key)
    later = work.session.scalars(
        select(ChangeRecord).where(
            ChangeRecord.sequence > last,
            ChangeRecord.table_name.in_({table for table, _row in touched}),
        )
    )
    without = undone.cancelled(work)
    for record in later:
        if record.transaction_id in without:
            continue
        key = (record.table_name, record.row_id)
        if key in touched and (key in added or touched[key] & _read(record).columns):
            raise Refused(
                _("This was not undone: it was changed again since."),
                _("Nothing was changed. Undo the later change first."),
            )


def _invert(work: UnitOfWork, change: _Change) -> None:
    table = Record.metadata.tables[change.table]
    now = microseconds_of(work.clock.now())
    if change.operation == "D":
        _insert_again(work, table, change)
    elif change.operation == "I":
        _check_unused(work, table, change.row_id)
        _set(work, table, change.row_id, {"deleted_at": now, "updated_at": now})
    else:
        back = {name: value for name, value in change.old.items() if name not in STAMPS}
        _set(work, table, change.row_id, {**back, "updated_at": now})
    if change.table == "time_entry":
        _check_days(work, table, change)


def _check_unused(work: UnitOfWork, table: Table, row_id: str) -> None:
    """Refuse to take away what a later record stands on: a client that has a project by now."""
    for other in Record.metadata.tables.values():
        for column in other.columns:
            if "deleted_at" not in other.c or not column.references(table.c.id):
                continue
            standing = select(other.c.id).where(column == row_id, other.c.deleted_at.is_(None))
            if work.session.scalar(standing.limit(1)) is not None:
                raise Refused(
                    _("This was not undone: it is in use by now."),
                    _("Nothing was changed. Undo the later change first, or archive it."),
                )


def _insert_again(work: UnitOfWork, table: Table, change: _Change) -> None:
    values = {name: _raw(value) for name, value in change.old.items()}
    work.session.execute(insert(table).values({table.c[name]: raw for name, raw in values.items()}))


def _set(work: UnitOfWork, table: Table, row_id: str, values: dict[str, Any]) -> None:
    raw = {table.c[name]: _raw(value) for name, value in values.items()}
    work.session.execute(update(table).where(table.c.id == row_id).values(raw))


def _raw(value: Any) -> ColumnElement[Any]:
    """Return a stored value past the column's type: it is in the database's own form already."""
    if value is None:
        return null()
    return literal(value, Integer() if isinstance(value, int) else Text())


def _check_days(work: UnitOfWork, table: Table, change: _Change) -> None:
    """Refuse to reach into a closed period, where the entry was as little as where it is."""
    days = {values["local_on"] for values in (change.old, change.new) if values.get("local_on")}
    if not days:
        known = work.session.scalar(select(table.c.local_on).where(table.c.id == change.row_id))
        days = {known.isoformat()} if known is not None else set()
    for day in days:
        check_open_day(work, date.fromisoformat(day))


def _words(made: Iterable[_Change]) -> str:
    """Return what happened, the most telling kind of record first."""
    made = tuple(made)
    # What was added and then filled in the same step was added.
    new = {change.row_id for change in made if change.what == ADDED}
    counted: dict[tuple[str, str], set[str]] = {}
    for change in made:
        if change.what != CHANGED or change.row_id not in new:
            counted.setdefault((change.table, change.what), set()).add(change.row_id)
    known = [key for table in NOUNS for key in counted if key[0] == table]
    chosen = known[:2] or [next(iter(counted))]
    return ", ".join(_phrase(table, what, len(counted[table, what])) for table, what in chosen)


def _phrase(table: str, what: str, count: int) -> str:
    noun = ngettext(*NOUNS.get(table, OTHER), count).format(count=count)
    phrases = {
        ADDED: _("{what} added"),
        CHANGED: _("{what} changed"),
        DELETED: _("{what} deleted"),
        RESTORED: _("{what} restored"),
    }
    return phrases[what].format(what=noun)


def put_back(
    work: UnitOfWork, table: str, row_ids: Sequence[str], *, part: tuple[str, str] | None = None
) -> None:
    """Insert rows again that were deleted for good, as they last stood; unknown ids are left out.

    ``part`` names a table of parts and its column that names the row: what was deleted together
    with a row comes back with it.
    """
    for row_id in row_ids:
        gone = _deletion(work, table, row_id)
        if gone is None:
            continue
        _insert_again(work, Record.metadata.tables[table], _read(gone))
        if part is not None:
            _put_parts_back(work, gone.transaction_id, row_id, part)
    work.session.expire_all()


def _deletion(work: Unit, table: str, row_id: str) -> ChangeRecord | None:
    """Return the record that a row was deleted by, None while it stands."""
    last = work.session.scalars(
        select(ChangeRecord)
        .where(ChangeRecord.table_name == table, ChangeRecord.row_id == row_id)
        .order_by(ChangeRecord.sequence.desc())
        .limit(1)
    ).first()
    return last if last is not None and last.operation == "D" else None


def _put_parts_back(
    work: UnitOfWork, transaction: str | None, row_id: str, part: tuple[str, str]
) -> None:
    table, column = part
    deleted = work.session.scalars(
        select(ChangeRecord)
        .where(
            ChangeRecord.transaction_id == transaction,
            ChangeRecord.table_name == table,
            ChangeRecord.operation == "D",
        )
        .order_by(ChangeRecord.sequence)
    ).all()
    for record in deleted:
        change = _read(record)
        if change.old.get(column) == row_id:
            _insert_again(work, Record.metadata.tables[table], change)


def latest_transaction(work: Unit) -> str | None:
    """Return this person's last transaction that still stands, None when there is none.

    What was taken back is passed over, and so is its taking back.
    """
    return work.session.scalar(
        select(ChangeRecord.transaction_id)
        .where(
            ChangeRecord.person_id == work.person_id,
            ChangeRecord.device_id == work.device_id,
            ChangeRecord.transaction_id.is_not(None),
            ChangeRecord.transaction_id.not_in(undone.cancelled(work)),
        )
        .order_by(ChangeRecord.sequence.desc())
        .limit(1)
    )
