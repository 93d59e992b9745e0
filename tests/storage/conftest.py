"""A profile at head, copied from one made once per run, and units of work over it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from billops_desktop.clock import FixedClock
from billops_desktop.storage.database import Database
from billops_desktop.storage.unit_of_work import ReadingUnit, UnitOfWork
from billops_desktop.storage.upgrade import open_database

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def fresh_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database file at head that holds no records."""
    path = tmp_path_factory.mktemp("fresh") / "billops.db"
    open_database(path).close()
    return path


@pytest.fixture
def profile(tmp_path: Path, fresh_file: Path) -> Path:
    """Return a profile folder with an empty database at head."""
    folder = tmp_path / "profile"
    folder.mkdir(mode=0o700)
    shutil.copy(fresh_file, folder / "billops.db")
    return folder


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def database(profile: Path) -> Iterator[Database]:
    opened = open_database(profile / "billops.db")
    yield opened
    opened.close()


@pytest.fixture
def unit(database: Database, clock: FixedClock) -> Callable[[], UnitOfWork]:
    """Return the maker of writing units of person p1 on device d1."""
    return lambda: UnitOfWork(database.writing_session(), clock, "p1", "d1")


@pytest.fixture
def reading(database: Database, clock: FixedClock) -> Callable[[], ReadingUnit]:
    return lambda: ReadingUnit(database.reading_session(), clock, "p1", "d1")
