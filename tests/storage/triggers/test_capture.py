"""Change capture: eight ways of writing, rollback, foreign writers, tampering, exact values."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from billops_desktop.storage.connection import connect
from billops_desktop.storage.database import Database
from billops_desktop.storage.models import ChangeRecord, Client, Setting, TimeEntry
from billops_desktop.storage.triggers import capture
from billops_desktop.storage.unit_of_work import ReadingUnit, UnitOfWork
from billops_desktop.storage.upgrade import open_database, wanted_triggers, wrong_triggers

Unit = Callable[[], UnitOfWork]
BIG = 2**62 + 1


def a_client(work: UnitOfWork, name: str = "Acme") -> Client:
    client = Client(name=name, currency="EUR", city="Bonn")
    work.session.add(client)
    work.session.flush()
    return client


def records(
    unit: Unit,
) -> list[tuple[str, str, dict[str, object] | None, dict[str, object] | None]]:
    with unit() as work:
        rows = work.session.scalars(select(ChangeRecord).order_by(ChangeRecord.sequence)).all()
        return [
            (
                row.table_name,
                row.operation,
                None if row.old_json is None else json.loads(row.old_json),
                None if row.new_json is None else json.loads(row.new_json),
            )
            for row in rows
        ]


def by_orm_add(work: UnitOfWork, client: Client) -> None:
    work.session.add(Client(name="Globex", currency="EUR"))


def by_orm_attribute(work: UnitOfWork, client: Client) -> None:
    client.city = "Köln"


def by_bulk_insert(work: UnitOfWork, client: Client) -> None:
    work.session.execute(insert(Client), [{"name": "Globex", "currency": "EUR"}])


def by_update_where(work: UnitOfWork, client: Client) -> None:
    work.session.execute(update(Client).where(Client.id == client.id).values(city="Köln"))


def by_bulk_update(work: UnitOfWork, client: Client) -> None:
    work.session.execute(update(Client), [{"id": client.id, "city": "Köln"}])


def by_delete_where(work: UnitOfWork, client: Client) -> None:
    work.session.execute(delete(Client).where(Client.id == client.id))


def by_raw_sql(work: UnitOfWork, client: Client) -> None:
    work.session.execute(text("UPDATE client SET city = 'Köln'"))


def by_upsert(work: UnitOfWork, client: Client) -> None:
    row = work.stamped({"id": client.id, "name": "Acme", "currency": "EUR"})
    work.session.execute(
        upsert(Client).values(row).on_conflict_do_update(["id"], set_={"city": "Köln"})
    )


WAYS: dict[Callable[[UnitOfWork, Client], None], tuple[str, str]] = {
    by_orm_add: ("I", "Globex"),
    by_orm_attribute: ("U", "Köln"),
    by_bulk_insert: ("I", "Globex"),
    by_update_where: ("U", "Köln"),
    by_bulk_update: ("U", "Köln"),
    by_delete_where: ("D", "Acme"),
    by_raw_sql: ("U", "Köln"),
    by_upsert: ("U", "Köln"),
}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_every_way_of_writing_is_recorded(
    unit: Unit, way: Callable[[UnitOfWork, Client], None]
) -> None:
    with unit() as work:
        client = a_client(work)
    with unit() as work:
        work.session.add(client)
        way(work, client)
    operation, trace = WAYS[way]
    table, seen, old, new = records(unit)[-1]
    assert (table, seen) == ("client", operation)
    assert trace in json.dumps([old, new], ensure_ascii=False)
    assert work.changes.kinds == {"client"}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_rollback_leaves_no_record(unit: Unit, way: Callable[[UnitOfWork, Client], None]) -> None:
    with unit() as work:
        client = a_client(work)
    before = records(unit)
    with suppress(ZeroDivisionError), unit() as work:
        work.session.add(client)
        way(work, client)
        work.session.flush()
        raise ZeroDivisionError
    assert records(unit) == before
    assert not work.changes


def test_a_replace_that_collides_on_another_key_records_the_lost_row(unit: Unit) -> None:
    with unit() as work:
        work.session.add(Setting(name="theme", value_json='"dark"'))
    with unit() as work:
        work.session.execute(
            text(
                "INSERT OR REPLACE INTO setting (id, name, value_json, created_at, updated_at)"
                " VALUES ('other', 'theme', '\"light\"', 1, 1)"
            )
        )
    assert [row[1] for row in records(unit)] == ["I", "D", "I"]


def test_an_update_records_only_what_changed(unit: Unit) -> None:
    with unit() as work:
        client = a_client(work)
    with unit() as work:
        work.session.execute(text("UPDATE client SET city = 'Köln', name = name"))
    assert records(unit)[-1] == ("client", "U", {"city": "Bonn"}, {"city": "Köln"})
    with unit() as work:
        work.session.execute(text("UPDATE client SET name = name"))
    assert len(records(unit)) == 2
    assert client.id


def test_values_are_exact(unit: Unit) -> None:
    awkward = 'quote " \\ \n tab\t \u2028 😀 ünï'
    with unit() as work:
        client = a_client(work, awkward)
        work.session.execute(text("UPDATE client SET terms_days = :days"), {"days": BIG})
        work.session.execute(text("UPDATE client SET terms_days = NULL"))
    seen = records(unit)
    assert seen[0][3] is not None
    assert seen[0][3]["name"] == awkward
    assert seen[1][3] == {"terms_days": BIG}
    assert seen[2][2:] == ({"terms_days": BIG}, {"terms_days": None})
    assert client.id == seen[0][3]["id"]


def test_records_say_who_where_when_and_in_which_transaction(unit: Unit) -> None:
    with unit() as work:
        a_client(work)
    with unit() as later:
        row = later.session.scalars(select(ChangeRecord)).one()
    assert (row.person_id, row.device_id, row.transaction_id) == ("p1", "d1", work.transaction)
    assert row.at_ms == work.now().timestamp() * 1000


def test_a_foreign_writer_is_recorded_and_inherits_no_name(unit: Unit, profile: Path) -> None:
    with unit() as work:
        a_client(work)
    foreign = connect(profile / "billops.db")
    foreign.execute("UPDATE client SET city = 'Ulm'")
    foreign.close()
    with unit() as later:
        row = later.session.scalars(select(ChangeRecord).order_by(ChangeRecord.sequence)).all()[-1]
    assert (row.transaction_id, row.person_id, row.device_id) == (None, None, None)
    assert row.at_ms > 1_700_000_000_000
    assert row.new_json == '{"city":"Ulm"}'


def test_nothing_is_recorded_while_pulled_rows_are_applied(unit: Unit) -> None:
    with unit() as work:
        work.session.execute(text("UPDATE capture_context SET applying = 1"))
        a_client(work)
        work.session.execute(text("UPDATE capture_context SET applying = 0"))
    assert records(unit) == []


def test_an_id_never_changes(unit: Unit) -> None:
    with unit() as work:
        a_client(work)
    with pytest.raises(Exception, match="identity of a record"), unit() as work:
        work.session.execute(text("UPDATE client SET id = 'x'"))


def test_computed_columns_are_left_to_sqlite() -> None:
    assert "seconds" not in capture.captured_columns(TimeEntry.__table__)  # type: ignore[arg-type]
    assert "ended_at" in capture.captured_columns(TimeEntry.__table__)  # type: ignore[arg-type]


def test_every_table_of_records_is_captured() -> None:
    left_out = {"change_record", "capture_context", "event"}
    captured = {table.name for table in capture.captured_tables()}
    assert captured == {table.name for table in Client.metadata.sorted_tables} - left_out


def test_a_missing_trigger_is_noticed(profile: Path) -> None:
    path, wanted = profile / "billops.db", wanted_triggers()
    assert wrong_triggers(path) == []
    connection = connect(path)
    for name in wanted:
        connection.execute("BEGIN")
        connection.execute(f"DROP TRIGGER {name}")
        assert capture.verify(connection.execute, wanted) == [name]
        connection.execute("ROLLBACK")
    connection.close()


def test_a_changed_trigger_opens_the_profile_for_reading_only(profile: Path) -> None:
    path = profile / "billops.db"
    connection = connect(path)
    connection.execute("DROP TRIGGER capture_client_update")
    connection.execute(
        "CREATE TRIGGER capture_client_update AFTER UPDATE ON client BEGIN SELECT 1; END"
    )
    connection.execute("CREATE TRIGGER stranger AFTER UPDATE ON client BEGIN SELECT 1; END")
    connection.close()
    opened = open_database(path)
    assert opened.read_only
    assert "capture_client_update, stranger" in str(opened.read_only_reason)
    with pytest.raises(Exception, match="reading only"):
        opened.writing_session()
    opened.close()


def test_the_context_row_cannot_be_taken_away(
    unit: Unit, reading: Callable[[], ReadingUnit]
) -> None:
    with pytest.raises(Exception, match="past changes"), unit() as work:
        work.session.execute(text("DELETE FROM capture_context"))
    with reading() as look:
        assert look.session.execute(text("SELECT count(*) FROM capture_context")).scalar() == 1


def test_without_its_triggers_a_change_goes_unseen(unit: Unit, database: Database) -> None:
    """The control: what the tests above would look like if capture did nothing."""
    with unit() as work:
        for name in capture.triggers():
            work.session.execute(text(f"DROP TRIGGER {name}"))
        a_client(work)
    assert records(unit) == []
    assert not work.changes
