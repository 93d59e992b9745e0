"""Words for what SQLite reports: what did not happen, what is safe, what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from billops_desktop.errors import (
    BillOpsError,
    EnvironmentFault,
    IntegrityFault,
    InvalidInput,
    Refused,
)
from billops_desktop.storage.connection import DRIVER, connect
from billops_desktop.storage.faults import RULES, explain, explained, explained_by_engine
from billops_desktop.storage.triggers import guards
from billops_desktop.storage.unit_of_work import UnitOfWork

PATH = Path("/somewhere/billops.db")
CASES: list[tuple[Exception, type[BillOpsError], str, bool]] = [
    (DRIVER.OperationalError("database is locked"), EnvironmentFault, "Another program", True),
    (DRIVER.OperationalError("database or disk is full"), EnvironmentFault, str(PATH), True),
    (DRIVER.OperationalError("disk I/O error"), EnvironmentFault, str(PATH), True),
    (
        DRIVER.OperationalError("attempt to write a readonly database"),
        EnvironmentFault,
        str(PATH),
        True,
    ),
    (OSError(28, "No space left on device"), EnvironmentFault, "No space left", True),
    (DRIVER.DatabaseError("file is not a database"), IntegrityFault, str(PATH), False),
    (DRIVER.DatabaseError("database disk image is malformed"), IntegrityFault, str(PATH), False),
    (
        DRIVER.OperationalError("Could not decode to UTF-8 column 'sql' with text 'CREATE TR"),
        IntegrityFault,
        str(PATH),
        False,
    ),
    (DRIVER.IntegrityError("FOREIGN KEY constraint failed"), Refused, "refer to this", False),
    (
        DRIVER.IntegrityError("UNIQUE constraint failed: client.number"),
        InvalidInput,
        "number",
        False,
    ),
]


@pytest.mark.parametrize(("error", "kind", "words", "retryable"), CASES)
def test_each_report_has_its_words(
    error: Exception, kind: type[BillOpsError], words: str, retryable: bool
) -> None:
    told = explain(error, PATH)
    assert type(told) is kind
    assert words in told.title
    assert told.hint
    assert told.retryable == retryable


def test_damaged_text_that_the_driver_cannot_even_report_is_damage(tmp_path: Path) -> None:
    with pytest.raises(IntegrityFault, match="is damaged"), explained(tmp_path / "billops.db"):
        b"CREATE TRIGGER \xc4".decode()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a\udcff", "cannot be kept"),
        (2**63, "too large"),
        (date.max, "outside the calendar"),
    ],
)
def test_what_no_check_has_met_is_refused_in_words(
    unit: Callable[[], UnitOfWork], value: object, words: str
) -> None:
    def keep() -> None:
        with unit() as work:
            day = value + timedelta(days=1) if isinstance(value, date) else None
            work.session.execute(text("SELECT :it"), {"it": day or value})

    with pytest.raises(InvalidInput, match=words):
        keep()


def test_a_fault_of_the_program_stays_one() -> None:
    error = DRIVER.OperationalError("no such column: nonsense")
    assert explain(error, PATH) is None
    assert explain(ValueError("x"), PATH) is None
    with pytest.raises(DRIVER.OperationalError), explained(PATH):
        raise error
    with pytest.raises(OperationalError), explained_by_engine(PATH):
        raise OperationalError("SELECT", {}, error)


def test_errors_of_the_engine_are_told_too() -> None:
    locked = DRIVER.OperationalError("database is locked")
    with pytest.raises(EnvironmentFault), explained_by_engine(PATH):
        raise OperationalError("SELECT", {}, locked)
    with pytest.raises(EnvironmentFault), explained_by_engine(PATH):
        raise locked


def test_every_guard_has_its_words() -> None:
    codes = {code for code in RULES if code.endswith(":")}
    for name, sql in guards.triggers().items():
        assert any(code in sql for code in codes), name
    told = explain(DRIVER.IntegrityError("UNIQUE constraint failed: client.number"), PATH)
    assert told is not None
    assert told.field == "number"


def test_a_held_lock_is_told_after_the_wait(
    profile: Path, unit: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = profile / "billops.db"
    holder = connect(path)
    holder.execute("BEGIN IMMEDIATE")
    waiter = connect(path)
    waiter.execute("PRAGMA busy_timeout=0")
    with pytest.raises(EnvironmentFault) as fault, explained(path):
        waiter.execute("BEGIN IMMEDIATE")
    assert fault.value.retryable
    waiter.close()
    holder.close()


def test_a_full_disk_is_told_and_nothing_is_kept(profile: Path) -> None:
    path = profile / "billops.db"
    opened = connect(path)
    pages = opened.execute("PRAGMA page_count").fetchone()[0]
    opened.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(EnvironmentFault, match="full") as fault, explained(path):
        opened.execute(
            "INSERT INTO setting (id, name, value_json, created_at, updated_at)"
            " VALUES ('a', 'b', ?, 1, 1)",
            ("x" * 100_000,),
        )
    assert str(path) in fault.value.title
    assert opened.execute("SELECT count(*) FROM setting").fetchone()[0] == 0
    opened.close()


def test_damage_offers_the_newest_backup(tmp_path: Path) -> None:
    for name in ("20261101T000000Z-a", "20261124T000000Z-b"):
        folder = tmp_path / "backups" / name
        folder.mkdir(parents=True)
        (folder / "billops.sqlite").touch()
    told = explain(DRIVER.DatabaseError("file is not a database"), tmp_path / "billops.db")
    assert told is not None
    assert "20261124T000000Z-b" in told.hint


def test_the_words_reach_the_user_through_a_unit(unit: object) -> None:
    assert callable(unit)
    work = unit()
    assert isinstance(work, UnitOfWork)
    with pytest.raises(Refused) as refused, work:
        raise DRIVER.IntegrityError("issued-invoice: the document is issued")
    assert "credit note" in refused.value.hint
