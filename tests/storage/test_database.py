"""The database: pooled sessions, a reason when it only reads, one file again when closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from billops_desktop.errors import EnvironmentFault
from billops_desktop.storage.database import Database, driver_of


def test_closing_leaves_one_file(profile: Path) -> None:
    opened = Database(profile / "billops.db")
    with opened.writing_session() as session:
        session.execute(text("UPDATE capture_context SET person_id = 'x'"))
        session.commit()
    assert (profile / "billops.db-wal").exists()
    opened.close()
    assert [path.name for path in profile.iterdir()] == ["billops.db"]


def test_sessions_share_a_pool(profile: Path) -> None:
    opened = Database(profile / "billops.db")
    seen = set()
    for _round in range(3):
        with opened.reading_session() as session:
            seen.add(id(driver_of(session.connection())))
    opened.close()
    assert len(seen) == 1


def test_a_reading_database_says_why_it_does_not_write(profile: Path) -> None:
    opened = Database(profile / "billops.db", read_only_reason="The disk is full.")
    assert opened.read_only
    with pytest.raises(EnvironmentFault) as fault:
        opened.writing_session()
    assert fault.value.hint == "The disk is full."
    with opened.reading_session() as session:
        assert session.execute(text("SELECT count(*) FROM client")).scalar() == 0
    opened.close()


def test_a_writer_after_a_reader_may_write(profile: Path) -> None:
    opened = Database(profile / "billops.db")
    with opened.reading_session() as session:
        session.execute(text("SELECT 1"))
    with opened.writing_session() as session:
        session.execute(text("UPDATE capture_context SET person_id = NULL"))
        session.commit()
    opened.close()


def test_a_reader_after_a_writer_may_not(database: Database) -> None:
    with database.writing_session() as session:
        driver = driver_of(session.connection())
    with database.reading_session() as session:
        assert driver_of(session.connection()) is driver
        with pytest.raises(OperationalError, match="readonly"):
            session.execute(text("UPDATE capture_context SET person_id = NULL"))


def test_what_is_compiled_stays_compiled_from_reader_to_reader(database: Database) -> None:
    with database.reading_session() as session:
        driver = driver_of(session.connection())
    said: list[str] = []
    driver.set_trace_callback(said.append)
    with database.reading_session() as session:
        assert driver_of(session.connection()) is driver
    driver.set_trace_callback(None)
    # SQLite compiles every statement again after a flag was set, to whatever it is set.
    assert "BEGIN" in said
    assert not [words for words in said if "query_only=" in words.replace(" ", "")]
