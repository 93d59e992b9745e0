"""What must hold of the file and its rows: engine, triggers, change records, entries, files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

from sqlalchemy import Table, func, or_, select, text

from billops_desktop.domain.periods import local_day
from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import _
from billops_desktop.services.books import Unit, profile_of
from billops_desktop.services.upkeep.dumping import synced_tables
from billops_desktop.storage import attachments
from billops_desktop.storage.models import (
    Attachment,
    Invoice,
    InvoiceFile,
    InvoiceLine,
    TimeEntry,
    Workspace,
)
from billops_desktop.storage.triggers import capture
from billops_desktop.storage.upgrade import wanted_triggers

Row = dict[str, Any]
# Their column invoice_id leads to an invoice: findings name the document.
INVOICE_CHILDREN = frozenset(
    {
        "invoice_line",
        "invoice_charge",
        "invoice_tax",
        "invoice_file",
        "number_used",
        "allocation",
    }
)


def quick_check(work: Unit) -> Iterator[str]:
    """The file is sound: SQLite's own quick check finds nothing."""
    for (found,) in work.session.execute(text("PRAGMA quick_check")):
        if found != "ok":
            yield str(found)


def foreign_keys(work: Unit) -> Iterator[str]:
    """Every reference leads to a row that exists."""
    for table, rowid, parent, _number in work.session.execute(text("PRAGMA foreign_key_check")):
        yield _("A row of {table} ({row}) refers to a {parent} that is missing.").format(
            table=table, row=rowid, parent=parent
        )


def durations(work: Unit) -> Iterator[str]:
    """No entry ends before it starts, breaks are inside, and its day follows from its own zone."""
    backwards = work.session.scalars(
        select(TimeEntry.id).where(
            or_(TimeEntry.ended_at < TimeEntry.started_at, TimeEntry.seconds < 0)
        )
    )
    for entry_id in backwards:
        yield _("Entry {id} ends before it starts.").format(id=entry_id)
    day_start = work.session.scalar(select(Workspace.day_start_minutes).limit(1)) or 0
    columns = (TimeEntry.id, TimeEntry.started_at, TimeEntry.zone, TimeEntry.local_on)
    for entry_id, started_at, zone, local_on in work.session.execute(
        select(*columns).where(TimeEntry.deleted_at.is_(None))
    ):
        try:
            day = local_day(started_at, zone, day_start)
        except (ZoneInfoNotFoundError, ValueError, BillOpsError):
            yield _("Entry {id} is in a zone that does not exist: {zone}.").format(
                id=entry_id, zone=zone
            )
            continue
        if day != local_on:
            yield _("Entry {id} is listed on {stored}, it started on {day}.").format(
                id=entry_id, stored=local_on, day=day
            )


def one_timer(work: Unit) -> Iterator[str]:
    """At most one entry runs per person."""
    running = work.session.execute(
        select(TimeEntry.person_id, func.count())
        .where(TimeEntry.ended_at.is_(None), TimeEntry.deleted_at.is_(None))
        .group_by(TimeEntry.person_id)
        .having(func.count() > 1)
    )
    for person_id, count in running:
        yield _("{count} timers run for one person ({id}).").format(count=count, id=person_id)


def triggers(work: Unit) -> Iterator[str]:
    """The triggers that record changes and guard issued documents are all in place."""
    run = work.session.connection().exec_driver_sql
    for name in capture.verify(run, wanted_triggers()):
        yield _("The database rule {name} is missing or was changed.").format(name=name)


def change_records(work: Unit) -> Iterator[str]:
    """Replaying all change records gives exactly the rows that are stored."""
    by_table = groupby(_recorded(work), key=itemgetter(0))
    upcoming = next(by_table, None)
    for table in synced_tables():
        # The records come sorted by table: those of tables that are gone are passed over.
        while upcoming is not None and upcoming[0] < table.name:
            upcoming = next(by_table, None)
        replayed: Iterator[tuple[str, Row | None]] = iter(())
        misfits: list[str] = []
        if upcoming is not None and upcoming[0] == table.name:
            replayed = _replayed(upcoming[1], misfits)
        yield from _compared(work, table, replayed)
        for place in misfits:
            yield _("{row}: {field} was changed without a change record.").format(
                row=place, field="old_json"
            )
        if upcoming is not None and upcoming[0] == table.name:
            upcoming = next(by_table, None)


def _recorded(work: Unit) -> Iterator[tuple[Any, ...]]:
    query = (
        "SELECT table_name, row_id, operation, new_json, old_json, sequence FROM change_record"
        " ORDER BY table_name, row_id, sequence"
    )
    for found in work.session.connection().exec_driver_sql(query):
        yield tuple(found)


def _replayed(
    records: Iterator[tuple[Any, ...]], misfits: list[str]
) -> Iterator[tuple[str, Row | None]]:
    """Return, by id, the row that the records lead to; None when they end in its deletion.

    A record whose old values are not those of the row before it is named in ``misfits``.
    """
    for row_id, changes in groupby(records, key=itemgetter(1)):
        row: Row | None = None
        for _table, _id, operation, new_json, old_json, sequence in changes:
            if old_json is not None and not _fits(json.loads(old_json), row):
                misfits.append(f"change_record {sequence}")
            if operation == "D":
                row = None
            else:
                row = (row or {} if operation == "U" else {}) | json.loads(new_json)
        yield row_id, row


def _fits(old: Row, row: Row | None) -> bool:
    """Tell whether the old values of a change are those of the row before it."""
    return row is not None and all(row.get(name) == value for name, value in old.items())


def _compared(
    work: Unit, table: Table, replayed: Iterator[tuple[str, Row | None]]
) -> Iterator[str]:
    """Walk stored rows and replayed rows side by side, both sorted by id."""
    names = capture.captured_columns(table)
    listed = ", ".join(f'"{name}"' for name in names)
    query = f'SELECT {listed} FROM "{table.name}" ORDER BY id'  # noqa: S608 - names come from the model
    rows = work.session.connection().exec_driver_sql(query)
    stored = (dict(zip(names, values, strict=True)) for values in rows)
    kept = ((row_id, row) for row_id, row in replayed if row is not None)
    mine, theirs = next(stored, None), next(kept, None)
    while mine is not None or theirs is not None:
        if theirs is None or (mine is not None and mine["id"] < theirs[0]):
            assert mine is not None
            yield _("{row} has no change record.").format(row=_name(work, table.name, mine))
            mine = next(stored, None)
        elif mine is None or theirs[0] < mine["id"]:
            yield _("{row} is gone without a change record.").format(
                row=_name(work, table.name, theirs[1])
            )
            theirs = next(kept, None)
        else:
            for name in names:
                if mine[name] != theirs[1].get(name):
                    yield _("{row}: {field} was changed without a change record.").format(
                        row=_name(work, table.name, mine), field=name
                    )
            mine, theirs = next(stored, None), next(kept, None)


def _name(work: Unit, table: str, row: Row) -> str:
    """Name a row for a finding; what belongs to an invoice is named by its number."""
    invoice_id = row["invoice_id"] if table in INVOICE_CHILDREN else None
    if table == "invoice":
        invoice_id = row["id"]
    elif table == "line_entry":
        invoice_id = work.session.scalar(
            select(InvoiceLine.invoice_id).where(InvoiceLine.id == row.get("line_id"))
        )
    place = f"{table} {row['id']}"
    if invoice_id is None:
        return place
    number = work.session.scalar(select(Invoice.number).where(Invoice.id == invoice_id))
    if number is None:
        return place
    return _("Invoice {number}, {place}").format(number=number, place=place)


def files(work: Unit) -> Iterator[str]:
    """Every kept file is in the profile and is what its hash says."""
    profile = profile_of(work)
    wanted = [
        (sha256, _("Invoice {number}, {kind}").format(number=number, kind=kind.upper()))
        for sha256, number, kind in work.session.execute(
            select(InvoiceFile.sha256, Invoice.number, InvoiceFile.kind).join(
                Invoice, Invoice.id == InvoiceFile.invoice_id
            )
        )
    ]
    wanted += [
        (sha256, name)
        for sha256, name in work.session.execute(
            select(Attachment.sha256, Attachment.name).where(Attachment.deleted_at.is_(None))
        )
    ]
    for sha256, owner in wanted:
        try:
            attachments.read(profile, sha256)
        except (BillOpsError, OSError) as error:
            yield f"{owner}: {error}"
