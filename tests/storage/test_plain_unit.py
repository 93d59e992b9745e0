"""Tests of the plain unit: one transaction, kept whole, signed, told, the connection given back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from billops_desktop.clock import FixedClock
from billops_desktop.errors import EnvironmentFault, Refused
from billops_desktop.storage.connection import DRIVER
from billops_desktop.storage.database import Database
from billops_desktop.storage.identifiers import milliseconds_of
from billops_desktop.storage.plain_unit import PlainUnit


@pytest.fixture
def plain(database: Database, clock: FixedClock) -> Callable[[], PlainUnit]:
    """Return the maker of plain units of person p1 on device d1."""
    return lambda: PlainUnit(
        database.writing_connection(), database.path, clock, person_id="p1", device_id="d1"
    )


def read(database: Database, query: str) -> list[tuple[Any, ...]]:
    with database.reading_session() as session:
        return [tuple(row) for row in session.execute(text(query))]


def add_client(work: PlainUnit, client_id: str = "c1") -> None:
    columns = work.connection.execute("PRAGMA table_info(client)").fetchall()
    values: dict[str, Any] = {"id": client_id, "name": "Acme", "currency": "EUR"}
    for _place, name, kind, needed, default, _key in columns:
        if needed and default is None and name not in values:
            values[name] = 0 if kind in {"INTEGER", "BOOLEAN", "BIGINT"} else ""
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    work.connection.execute(
        f"INSERT INTO client ({names}) VALUES ({marks})",
        tuple(values.values()),
    )


def test_what_it_changes_is_kept_signed_and_told(
    plain: Callable[[], PlainUnit], database: Database, clock: FixedClock
) -> None:
    with plain() as work:
        add_client(work)
        assert not work.changes
    assert work.changes.transaction == work.transaction
    assert work.changes.ids == {"client": frozenset({"c1"})}
    query = "SELECT row_id, transaction_id, person_id, device_id, at_ms FROM change_record"
    signed = ("c1", work.transaction, "p1", "d1", milliseconds_of(clock.now()))
    assert read(database, query) == [signed]


def test_nobody_inherits_its_name(plain: Callable[[], PlainUnit], database: Database) -> None:
    with plain() as work:
        add_client(work)
    query = "SELECT transaction_id, person_id, device_id, at_ms FROM capture_context"
    assert read(database, query) == [(None, None, None, None)]


def test_an_exception_leaves_nothing(plain: Callable[[], PlainUnit], database: Database) -> None:
    def fail() -> None:
        with plain() as work:
            add_client(work)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert read(database, "SELECT count(*) FROM client") == [(0,)]
    with plain() as work:
        add_client(work, "c2")
    assert work.changes.ids == {"client": frozenset({"c2"})}


def test_what_sqlite_refuses_is_told_in_words(plain: Callable[[], PlainUnit]) -> None:
    with plain() as work:
        add_client(work)
    with pytest.raises(Refused, match="past changes"), plain() as work:
        work.connection.execute("DELETE FROM change_record")


def test_a_connection_whose_disk_failed_is_not_used_again(plain: Callable[[], PlainUnit]) -> None:
    used: list[Any] = []

    def fill_the_disk() -> None:
        with plain() as work:
            used.append(work.connection)
            raise DRIVER.OperationalError("database or disk is full")

    with pytest.raises(EnvironmentFault, match="disk is full"):
        fill_the_disk()
    with plain() as work:
        assert work.connection not in used


def test_the_connection_goes_back_and_may_have_served_a_reader(
    plain: Callable[[], PlainUnit], database: Database
) -> None:
    read(database, "SELECT 1")
    for number in range(3):
        with plain() as work:
            add_client(work, f"c{number}")
    assert database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # a QueuePool's
    assert read(database, "SELECT count(*) FROM client") == [(3,)]


def test_nothing_changed_waits_for_no_disk(
    plain: Callable[[], PlainUnit], database: Database
) -> None:
    wal = database.path.with_name(database.path.name + "-wal")
    with plain() as work:
        add_client(work)
    before = wal.stat().st_size
    with plain():
        pass
    assert wal.stat().st_size == before


def test_a_profile_open_for_reading_only_refuses(database: Database) -> None:
    database.read_only_reason = "A newer BillOps wrote this file."
    with pytest.raises(EnvironmentFault, match="reading only"):
        database.writing_connection()
