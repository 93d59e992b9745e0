"""Units of work: stamped rows, one transaction, changes told, nothing inherited."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text, update

from billops_desktop.clock import FixedClock
from billops_desktop.errors import EnvironmentFault
from billops_desktop.storage.connection import DRIVER, connect
from billops_desktop.storage.database import Database, driver_of
from billops_desktop.storage.models import CaptureContext, Client, Event
from billops_desktop.storage.unit_of_work import (
    ReadingUnit,
    UnitOfWork,
    changes_since,
    last_sequence,
)

Unit = Callable[[], UnitOfWork]
Reading = Callable[[], ReadingUnit]


def add(work: UnitOfWork, name: str = "Acme") -> Client:
    client = Client(name=name, currency="EUR")
    work.session.add(client)
    work.session.flush()
    return client


@contextmanager
def told(kind: type[Exception], match: str | None = None) -> Iterator[None]:
    with pytest.raises(kind, match=match):
        yield


def test_new_rows_get_id_and_times_from_the_clock(unit: Unit, clock: FixedClock) -> None:
    with unit() as work:
        client = add(work)
    assert len(client.id) == 32
    assert client.created_at == client.updated_at == clock.now()


def test_what_is_given_is_kept(unit: Unit, clock: FixedClock) -> None:
    earlier = clock.now() - timedelta(days=3)
    with unit() as work:
        client = Client(id="mine", name="Acme", currency="EUR", created_at=earlier)
        work.session.add(client)
    assert (client.id, client.created_at, client.updated_at) == ("mine", earlier, clock.now())


def test_a_changed_row_says_when(unit: Unit, clock: FixedClock) -> None:
    with unit() as work:
        client, other = add(work), add(work, "Globex")
    made = clock.now()
    clock.at += timedelta(hours=1)
    with unit() as work:
        work.session.add_all([client, other])
        client.city = "Bonn"
        other.name = "Globex"
    assert client.updated_at == clock.now()
    assert other.updated_at == made


def test_bulk_statements_are_stamped_too(unit: Unit, clock: FixedClock) -> None:
    with unit() as work:
        rows = [{"name": name, "currency": "EUR"} for name in ("A", "B", "C")]
        work.session.execute(insert(Client), rows)
        work.session.execute(
            insert(Client), [work.stamped({"name": "D", "currency": "EUR"} | blank())]
        )
    made = clock.now()
    clock.at += timedelta(hours=1)
    with unit() as work:
        first = work.session.scalars(select(Client).where(Client.name == "A")).one()
        work.session.execute(update(Client).where(Client.name == "B").values(city="Bonn"))
        work.session.execute(update(Client), [{"id": first.id, "city": "Bonn"}])
    with unit() as work:
        times = dict(work.session.execute(select(Client.name, Client.updated_at)).all())
    assert times == {"A": clock.now(), "B": clock.now(), "C": made, "D": made}


def blank() -> dict[str, object]:
    """Return the columns that a Core insert of a client must name itself."""
    table = Client.__table__
    return {
        column.key: ""
        for column in table.columns
        if not column.nullable
        and column.default is None
        and column.key not in {"id", "created_at", "updated_at", "name", "currency"}
    }


def test_changes_name_every_row_touched(unit: Unit) -> None:
    with unit() as work:
        first, second = add(work), add(work, "Globex")
        first.city = "Bonn"
    assert work.changes.transaction == work.transaction
    assert dict(work.changes.ids) == {"client": frozenset({first.id, second.id})}


def test_an_exception_rolls_back_and_passes(unit: Unit, reading: Reading) -> None:
    work = unit()
    with told(ZeroDivisionError), work:
        add(work)
        raise ZeroDivisionError
    assert not work.changes
    with reading() as look:
        assert look.session.scalars(select(Client)).all() == []


def test_the_context_is_cleared_by_commit_and_by_rollback(unit: Unit, reading: Reading) -> None:
    with unit() as work:
        add(work)
        row = work.session.scalars(select(CaptureContext)).one()
        assert (row.transaction_id, row.person_id) == (work.transaction, "p1")
    with told(ZeroDivisionError), unit() as work:
        raise ZeroDivisionError
    with reading() as look:
        row = look.session.scalars(select(CaptureContext)).one()
        assert (row.transaction_id, row.person_id, row.device_id, row.at_ms) == (None,) * 4


def test_a_unit_that_changed_nothing_writes_nothing(unit: Unit, profile: Path) -> None:
    with unit() as work:
        client = add(work)
    log = profile / "billops.db-wal"
    before = log.stat().st_size
    with unit() as work:
        assert work.session.get(Client, client.id) is not None
    assert not work.changes
    assert log.stat().st_size == before
    with unit() as work:
        work.session.add(Event(at=work.now(), kind="app.started"))
    assert log.stat().st_size > before


def test_what_was_read_stays_readable(unit: Unit, reading: Reading) -> None:
    with unit() as work:
        key = add(work).id
    with reading() as look:
        client = look.session.get(Client, key)
    assert client is not None
    assert client.name == "Acme"


def test_a_reading_unit_writes_nothing(unit: Unit, reading: Reading) -> None:
    with told(RuntimeError, "writes nothing"), reading() as look:
        look.session.add(Client(name="Acme", currency="EUR"))
        look.session.flush()
    for statement in ("DELETE FROM client", "CREATE TABLE t (a)"):
        with told(EnvironmentFault, "readonly"), reading() as look:
            look.session.execute(text(statement))
    with unit() as work:
        add(work)


def test_a_reading_unit_sees_one_state(unit: Unit, reading: Reading) -> None:
    with reading() as look:
        assert look.session.scalars(select(Client.name)).all() == []
        with unit() as work:
            add(work)
        assert look.session.scalars(select(Client.name)).all() == []


def test_a_writer_who_waits_too_long_is_told(unit: Unit, profile: Path, database: Database) -> None:
    holder = connect(profile / "billops.db")
    holder.execute("BEGIN IMMEDIATE")
    with database.engine.connect() as first:
        assert first.connection.driver_connection is not None
        first.connection.driver_connection.execute("PRAGMA busy_timeout=1")
    with told(EnvironmentFault, "Another program"), unit():
        pass
    holder.close()
    with unit() as work:
        add(work)


def test_others_are_noticed_and_we_never_twice(unit: Unit, reading: Reading, profile: Path) -> None:
    with unit() as first:
        mine = add(first)
    with reading() as look:
        start = last_sequence(look.session)
    with unit() as second:
        second.session.add(mine)
        mine.city = "Bonn"
    with reading() as look:
        assert changes_since(look.session, start, own={second.transaction}) == (None, start + 1)
    foreign = connect(profile / "billops.db")
    foreign.execute("UPDATE client SET city = 'Ulm'")
    foreign.close()
    with reading() as look:
        seen, last = changes_since(look.session, start, own={second.transaction})
    assert seen is not None
    assert dict(seen.ids) == {"client": frozenset({mine.id})}
    assert last == start + 2


def test_new_ids_follow_the_clock(unit: Unit, clock: FixedClock) -> None:
    with unit() as work:
        first = work.new_id()
        clock.at += timedelta(seconds=1)
        assert first < work.new_id()


def test_after_a_failed_write_the_connection_is_made_anew(unit: Unit, database: Database) -> None:
    with told(EnvironmentFault, "disk I/O error"), unit() as work:
        broken = driver_of(work.session.connection())
        raise DRIVER.OperationalError("disk I/O error")
    with pytest.raises(DRIVER.ProgrammingError, match="closed"):
        broken.execute("SELECT 1")
    with unit() as work:
        assert driver_of(work.session.connection()) is not broken
        add(work)
