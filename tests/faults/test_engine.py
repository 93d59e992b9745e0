"""The engine's promises, at every place that makes a connection."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from billops_desktop.clock import FixedClock
from billops_desktop.errors import EnvironmentFault
from billops_desktop.storage import connection as connections
from billops_desktop.storage.connection import SAFE, connect, refuse_old_library
from billops_desktop.storage.database import Database, driver_of
from billops_desktop.storage.unit_of_work import ReadingUnit, UnitOfWork
from billops_desktop.storage.upgrade import open_database

PACKAGE = Path(__file__).resolve().parents[2] / "billops_desktop"
CLOCK = FixedClock(datetime(2026, 11, 25, 9, tzinfo=UTC))
WANTED = {
    "synchronous": 2,
    "journal_mode": "wal",
    "foreign_keys": 1,
    "busy_timeout": 10_000,
    "mmap_size": 0,
    "trusted_schema": 0,
    "recursive_triggers": 1,
    "cell_size_check": 1,
    "temp_store": 2,
    "cache_size": -65536,
}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("engine") / "billops.db"
    open_database(path).close()
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "billops.db"))


def pragmas(run: Callable[[str], object]) -> dict[str, object]:
    return {name: run(f"PRAGMA {name}").fetchone()[0] for name in WANTED}  # type: ignore[attr-defined]  # a cursor of either kind


def writing(path: Path) -> dict[str, object]:
    with UnitOfWork(Database(path).writing_session(), CLOCK, None, None) as work:
        return pragmas(driver_of(work.session.connection()).execute)


def reading(path: Path) -> dict[str, object]:
    with ReadingUnit(Database(path).reading_session(), CLOCK, None, None) as work:
        return pragmas(driver_of(work.session.connection()).execute)


def plain(path: Path) -> dict[str, object]:
    opened = connect(path)
    found = pragmas(opened.execute)
    opened.close()
    return found


def looking(path: Path) -> dict[str, object]:
    keeper = connect(path)
    opened = connect(path, "read")
    found = pragmas(opened.execute)
    opened.close()
    keeper.close()
    return found


@pytest.mark.parametrize("place", [writing, reading, plain, looking], ids=lambda f: f.__name__)
def test_each_connection_keeps_the_promises(
    path: Path, place: Callable[[Path], dict[str, object]]
) -> None:
    assert place(path) == WANTED


@pytest.mark.parametrize("pragma", [line for line in SAFE if "fsync" not in line])
def test_each_promise_is_kept_by_its_own_line(
    path: Path, pragma: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Turning a line round must be seen, or the test above is blind to it."""
    name = pragma.split()[1].partition("=")[0]
    turned = {"synchronous": "OFF", "cache_size": "100", "mmap_size": "4096", "temp_store": "1"}
    value = turned.get(name, "ON" if pragma.endswith("OFF") else "0")
    monkeypatch.setattr(
        connections, "SAFE", (*(p for p in SAFE if p != pragma), f"PRAGMA {name}={value}")
    )
    assert plain(path)[name] != WANTED[name]


def statements_of(path: Path, unit: type[UnitOfWork | ReadingUnit]) -> list[str]:
    opened = Database(path)
    seen: list[str] = []
    with opened.engine.connect() as first:
        driver_of(first).set_trace_callback(seen.append)
    session = opened.writing_session() if unit is UnitOfWork else opened.reading_session()
    with unit(session, CLOCK, None, None) as work:
        work.session.execute(text("SELECT 1"))
    opened.close()
    return [line for line in seen if line not in {"BEGIN", "ROLLBACK"} or unit is ReadingUnit]


def test_a_writing_unit_begins_at_once(path: Path) -> None:
    seen = statements_of(path, UnitOfWork)
    begin = next(line for line in seen if not line.startswith("PRAGMA"))
    assert begin == "BEGIN IMMEDIATE"


def test_a_reading_unit_never_locks(path: Path) -> None:
    keeper = connect(path)
    keeper.execute("BEGIN IMMEDIATE")
    seen = statements_of(path, ReadingUnit)
    keeper.execute("ROLLBACK")
    keeper.close()
    assert "BEGIN IMMEDIATE" not in seen


def test_a_rolled_back_table_is_gone(path: Path) -> None:
    opened = Database(path)
    session = opened.writing_session()
    session.execute(text("CREATE TABLE passing (a INTEGER)"))
    session.rollback()
    session.close()
    with opened.reading_session() as look:
        names = look.execute(text("SELECT name FROM sqlite_master")).scalars().all()
    opened.close()
    assert "passing" not in names


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2)])
def test_a_library_that_may_corrupt_is_refused(version: tuple[int, ...]) -> None:
    with pytest.raises(EnvironmentFault, match="too old"):
        refuse_old_library(version)
    refuse_old_library((3, 51, 3))


def calls_of(path: Path) -> set[str]:
    """Return the connecting calls of a module: create_engine(…), driver.connect(…)."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called.split(".")[-1] == "create_engine" or called in {
                "dbapi2.connect",
                "sqlite3.connect",
                "sqlcipher3.connect",
                "DRIVER.connect",
            }:
                found.add(called)
    return found


def test_connections_are_made_in_one_module() -> None:
    makers = {
        path.relative_to(PACKAGE).as_posix(): calls
        for path in PACKAGE.rglob("*.py")
        if (calls := calls_of(path))
    }
    # The pool is made beside its sessions; what it opens comes from the connection module.
    assert makers == {
        "storage/connection.py": {"dbapi2.connect"},
        "storage/database.py": {"create_engine"},
    }


def test_the_driver_is_named_only_where_it_is_needed() -> None:
    importers = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (
            isinstance(node, ast.ImportFrom)
            and (node.module or "").startswith(("sqlcipher3", "sqlite3"))
        )
        or (
            isinstance(node, ast.Import)
            and any(n.name.startswith("sql") and "alchemy" not in n.name for n in node.names)
        )
    }
    assert importers == {"storage/connection.py", "storage/faults.py"}
