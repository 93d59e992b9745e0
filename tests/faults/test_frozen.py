"""Issued means frozen: no column of an issued document changes unseen, whoever writes.

By the ORM and by plain SQL on our own connection it is refused. By a foreign program that dropped
the triggers first it happens, and `check` exits 4 and names the document and the field.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import BigInteger, Table, Text, inspect, text, update
from sqlcipher3 import dbapi2

from billops_desktop.bootstrap import open_workspace
from billops_desktop.errors import BillOpsError
from billops_desktop.services.drafts import drafting
from billops_desktop.services.invoices import corrections, invoice_rows, invoicing, rendering
from billops_desktop.services.upkeep import checking
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.connection import connect
from billops_desktop.storage.models import Invoice, Record
from billops_desktop.storage.record import Flag, IsoDate, Micro, UtcInstant
from tests.cli.conftest import Billops
from tests.support import money
from tests.support.clock import MovableClock
from tests.support.profiles import copy_profile

FROZEN = (
    "invoice", "invoice_line", "invoice_charge", "invoice_tax", "invoice_file", "line_entry",
    "number_used", "change_record", "event",
)  # fmt: skip
INTEGERS = (UtcInstant, Micro, Flag, BigInteger)
# Another value of each type where none is set.
FIRST: dict[type, Any] = {
    UtcInstant: datetime(2026, 1, 1, tzinfo=UTC),
    IsoDate: date(2026, 1, 1),
    Micro: Decimal(1),
    BigInteger: 1,
    Text: "x",
}
# Only this device knows them, and nothing is billed by them: kept by triggers alone.
UNPROVEN = {"event"}
# Who changed it, when, in which step: kept by triggers, not proven by anything else.
UNPROVEN_COLUMNS = {"transaction_id", "at_ms", "person_id", "device_id"}
# A row torn from its document cannot name it any more; it is named itself.
LINKS = {"id", "invoice_id", "line_id", "number"}
INTEGRITY = 4
# The short form takes every so many columns of each table, the long one takes all.
FEW = 6


@pytest.fixture(scope="module")
def sealed(haldane_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed profile with an issued invoice that has a row in every table."""
    profile = copy_profile(haldane_template, tmp_path_factory.mktemp("frozen") / "profile")
    opened = open_workspace(profile, clock=MovableClock())
    job = money.make_job(opened)
    money.log(opened, job)
    draft_id = money.draft(opened, job)
    charge = drafting.ChargeEdit(kind="discount", reason="Thanks", percent=Decimal(5))
    opened.execute(drafting.save, draft_id, drafting.DraftEdit(charges=(charge,)))
    opened.execute(invoicing.issue, draft_id)
    rendering.keep_pdf(opened, draft_id)
    assert all(one.ok for one in checking.check(opened))
    opened.close()
    return profile


@pytest.fixture
def opened(sealed: Path, tmp_path: Path) -> Iterator[Workspace]:
    """Open a copy of it."""
    clock = MovableClock()
    clock.move(hours=1)  # at the same instant, stamping a row would change nothing
    workspace = open_workspace(copy_profile(sealed, tmp_path / "profile"), clock=clock)
    yield workspace
    workspace.close()


def stored(table: Table) -> list[str]:
    """Return the columns of a table that can be written."""
    return [column.name for column in table.columns if column.computed is None]


def other(value: Any, table: str, column: str) -> Any:
    """Return another value as it is stored, which a date may be too."""
    if isinstance(value, int):
        return value + 1
    if isinstance(Record.metadata.tables[table].columns[column].type, INTEGERS):
        return 1
    if value is not None and value.startswith("{"):
        # Still JSON: what cannot be read at all would be noticed by anybody.
        kept = json.loads(value)
        return json.dumps(kept | {next(iter(kept), "added"): "x"})
    return "2026-01-01" if value is None or value[:2] == "20" else f"{value}x"


def frozen_id(opened: Any, table: str) -> Any:
    """Return the key of a row of an issued document."""
    key = "sequence" if table in {"change_record", "event"} else "id"
    return opened.execute(f"SELECT {key} FROM {table} LIMIT 1").fetchone()[0]


def key_of(table: Table) -> Any:
    return next(iter(table.primary_key.columns))


@pytest.mark.parametrize("name", FROZEN)
def test_our_own_statements_are_refused(opened: Workspace, name: str) -> None:
    """Plain SQL and SQL from the ORM, by every column, and deletion."""
    table = Record.metadata.tables[name]
    with closing(connect(opened.database.path, "read")) as look:
        key = frozen_id(look, name)
        before = look.execute(f"SELECT * FROM {name}").fetchall()
    for column in stored(table):
        words = text(f'UPDATE {name} SET "{column}" = :value WHERE {key_of(table).name} = :key')
        value = _other_of(opened, name, column, key)
        with pytest.raises(BillOpsError):
            opened.execute(lambda work: work.session.execute(words, {"value": value, "key": key}))  # noqa: B023 - run at once
        raw = update(table).where(key_of(table) == key).values({column: text(":value")})
        with pytest.raises(BillOpsError):
            opened.execute(lambda work: work.session.execute(raw, {"value": value}))  # noqa: B023 - run at once
    with pytest.raises(BillOpsError):
        opened.execute(lambda work: work.session.execute(text(f"DELETE FROM {name}")))
    with closing(connect(opened.database.path, "read")) as look:
        assert look.execute(f"SELECT * FROM {name}").fetchall() == before


def _other_of(opened: Workspace, table: str, column: str, key: Any) -> Any:
    key_name = key_of(Record.metadata.tables[table]).name
    query = text(f'SELECT "{column}" FROM {table} WHERE {key_name} = :key')
    value = opened.read(lambda work: work.session.execute(query, {"key": key}).scalar())
    return other(value, table, column)


CANCEL = "UPDATE invoice SET state = 'cancelled', cancelled_by_id = :by{more} WHERE number = :n"
MAY_MOVE = {"state", "cancelled_by_id", "cancel_reason", "updated_at"}


def test_a_cancellation_carries_no_other_change(opened: Workspace, number: str) -> None:
    def credit(work: Any) -> tuple[str, str]:
        issued = work.session.query(Invoice).filter_by(number=number).one()
        names = ("company_id", "client_id", "issue_on", "currency")
        same = {name: getattr(issued, name) for name in names}
        made = Invoice(kind="credit_note", corrects_invoice_id=issued.id, **same)
        work.session.add(made)
        work.session.flush()
        return issued.id, made.id

    key, by = opened.execute(credit)
    for column in sorted(set(stored(Record.metadata.tables["invoice"])) - MAY_MOVE):
        words = text(CANCEL.format(more=f', "{column}" = :value'))
        values = {"n": number, "by": by, "value": _other_of(opened, "invoice", column, key)}
        with pytest.raises(BillOpsError):
            opened.execute(lambda work: work.session.execute(words, values))  # noqa: B023 - run at once
    alone = text(CANCEL.format(more=""))
    opened.execute(lambda work: work.session.execute(alone, {"n": number, "by": by}))


@pytest.mark.parametrize("name", FROZEN)
def test_the_orm_is_refused(opened: Workspace, name: str) -> None:
    """By attribute, every column of the mapped class, and deletion."""
    record = next(m.class_ for m in Record.registry.mappers if m.class_.__tablename__ == name)
    attributes = [
        one.key
        for one in inspect(record).column_attrs
        if one.columns[0].computed is None and not one.columns[0].primary_key
    ]

    def change(work: Any, attribute: str) -> None:
        row = work.session.query(record).first()
        setattr(row, attribute, changed(getattr(row, attribute), record, attribute))

    taken = []
    for attribute in attributes:
        with suppress(BillOpsError):
            opened.execute(change, attribute)
            taken.append(attribute)
    assert taken == []
    with pytest.raises(BillOpsError):
        opened.execute(lambda work: work.session.delete(work.session.query(record).first()))


def changed(value: Any, record: type[Record], attribute: str) -> Any:
    """Return another value of an attribute's own type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return f"{value}x"
    if hasattr(value, "year"):
        return value + timedelta(days=1)
    if value is not None:
        return value + 1
    return FIRST[type(inspect(record).column_attrs[attribute].columns[0].type)]


@pytest.fixture(scope="module")
def number(sealed: Path) -> str:
    with closing(connect(sealed / "billops.db")) as opened:
        return str(opened.execute("SELECT number FROM invoice").fetchone()[0])


def forge(profile: Path, statement: str, *values: Any) -> None:
    """Run a statement as a foreign program does: the triggers away, then as they were."""
    with closing(connect(profile / "billops.db")) as foreign:
        foreign.execute("PRAGMA foreign_keys=OFF")
        foreign.execute("PRAGMA ignore_check_constraints=ON")
        foreign.execute("BEGIN IMMEDIATE")
        rules = foreign.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _sql in rules:
            foreign.execute(f'DROP TRIGGER "{name}"')
        foreign.execute(statement, values)
        for _name, sql in rules:
            foreign.execute(sql)
        foreign.execute("COMMIT")


def checked(profile: Path) -> tuple[int, str]:
    """Return the exit code of `check` and all that it found."""
    answer = Billops(profile)("check", "--json")
    told = json.loads(answer.out)
    return answer.code, "\n".join(f for one in told["checks"] for f in one["findings"])


@pytest.mark.parametrize("stride", [FEW, pytest.param(1, marks=pytest.mark.soak)])
@pytest.mark.parametrize("name", [one for one in FROZEN if one not in UNPROVEN])
def test_what_a_foreign_program_changed_is_found(
    sealed: Path, number: str, tmp_path: Path, name: str, stride: int
) -> None:
    """Each column on its own: the document and the column are named."""
    profile = copy_profile(sealed, tmp_path / "profile")
    file, where, unseen = profile / "billops.db", _last_row(name), []
    columns = set(stored(Record.metadata.tables[name]))
    if name == "change_record":
        columns -= UNPROVEN_COLUMNS
    for column in sorted(columns)[::stride]:
        shutil.copy(sealed / "billops.db", file)
        with closing(connect(file)) as foreign:
            row = foreign.execute(f'SELECT "{column}" FROM {name} WHERE {where}').fetchone()
        try:
            forge(
                profile,
                f'UPDATE {name} SET "{column}" = ? WHERE {where}',
                other(row[0], name, column),
            )
        except dbapi2.IntegrityError:
            continue  # SQLite itself refuses it, whoever asks
        code, found = checked(profile)
        lost = column in LINKS or name == "change_record"
        named = found if lost else number in found and column in found
        if code != INTEGRITY or not named:
            unseen.append((column, code, found))
    assert unseen == []


def _last_row(name: str) -> str:
    """Return the condition for one row that an issued document stands on."""
    if name == "change_record":
        return "sequence = (SELECT max(sequence) FROM change_record WHERE table_name = 'invoice')"
    return f"id = (SELECT min(id) FROM {name})"


@pytest.mark.parametrize("name", [one for one in FROZEN if one not in UNPROVEN])
def test_what_a_foreign_program_deleted_is_found(sealed: Path, tmp_path: Path, name: str) -> None:
    profile = copy_profile(sealed, tmp_path / "profile")
    forge(profile, f"DELETE FROM {name} WHERE {_last_row(name)}")
    code, found = checked(profile)
    assert (code, bool(found)) == (INTEGRITY, True)


@pytest.mark.parametrize("cut", [1, 2, 3, 4, 5])
def test_a_cut_tail_of_the_record_of_changes_is_found(
    sealed: Path, tmp_path: Path, cut: int
) -> None:
    profile = copy_profile(sealed, tmp_path / "profile")
    kept = "SELECT sequence FROM change_record ORDER BY sequence DESC LIMIT ?"
    forge(profile, f"DELETE FROM change_record WHERE sequence IN ({kept})", cut)
    assert checked(profile)[0] == INTEGRITY


def test_a_correction_is_a_document_of_its_own_and_both_stay(opened: Workspace) -> None:
    issued = opened.read(invoice_rows.invoices, limit=10, offset=0).rows[0]
    opened.execute(corrections.cancel, issued.id, reason="Wrong client")
    rows = opened.read(invoice_rows.invoices, limit=10, offset=0).rows
    assert {row.kind for row in rows} == {"invoice", "credit_note"}
    assert len({row.number for row in rows}) == 2
    assert all(one.ok for one in checking.check(opened))
