"""Tests of billops_desktop.storage.backups.carrying: what is known of numbers, and what is not."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from billops_desktop.paths import database_file
from billops_desktop.storage.backups.carrying import carry_numbers
from billops_desktop.storage.connection import connect
from tests.support.profiles import copy_profile

NOW = datetime(2026, 11, 25, tzinfo=UTC)
GIVE = (
    "INSERT INTO number_used (id, company_id, series_id, period, count, number, created_at,"
    " updated_at, void_reason) SELECT 'n' || ?1, company_id, id, '2026', ?1, '2026-000' || ?1,"
    " 0, 0, 'test' FROM number_series WHERE kind = 'invoice'"
)


@pytest.fixture
def profile(haldane_template: Path, tmp_path: Path) -> Path:
    """Return a profile that is set up, with its series and its workspace."""
    return copy_profile(haldane_template, tmp_path / "book")


@pytest.fixture
def pair(profile: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Return the records and the backup that is to replace them; both gave number 1."""
    old, fresh = database_file(profile), tmp_path / "fresh.sqlite"
    give(old, 1)
    shutil.copy2(old, fresh)
    return old, fresh


def give(path: Path, count: int) -> None:
    with closing(connect(path)) as records:
        records.execute(GIVE, (count,))
        records.execute("PRAGMA journal_mode=DELETE")


def numbers(path: Path) -> list[str]:
    with closing(connect(path, "still")) as records:
        return [row[0] for row in records.execute("SELECT number FROM number_used ORDER BY count")]


def test_records_that_go_on_from_the_backup_know_all(
    pair: tuple[Path, Path], profile: Path
) -> None:
    old, fresh = pair
    give(old, 2)
    assert carry_numbers(old, fresh, profile, now=NOW)
    assert numbers(fresh) == ["2026-0001", "2026-0002"]


def test_a_number_that_only_the_backup_has_leaves_a_doubt(
    pair: tuple[Path, Path], profile: Path
) -> None:
    old, fresh = pair
    give(fresh, 2)
    assert not carry_numbers(old, fresh, profile, now=NOW)
    assert numbers(fresh) == ["2026-0001", "2026-0002"]


def test_records_of_another_book_and_none_at_all_leave_a_doubt(
    pair: tuple[Path, Path], profile: Path
) -> None:
    old, fresh = pair
    assert not carry_numbers(None, fresh, profile, now=NOW)
    with closing(connect(old)) as records:
        records.execute("PRAGMA foreign_keys=OFF")
        records.execute("DROP TRIGGER capture_workspace_id")
        records.execute("UPDATE workspace SET id = 'another'")
        records.execute("PRAGMA journal_mode=DELETE")
    assert not carry_numbers(old, fresh, profile, now=NOW)
