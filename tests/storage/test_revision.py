"""Which schema a file has: newer, foreign, damaged and lost files are told and left alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from billops_desktop.errors import IntegrityFault, NewerVersion
from billops_desktop.storage.backups.backup import make_backup
from billops_desktop.storage.connection import connect
from billops_desktop.storage.revision import HEAD, revision_of


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_new_place_has_no_revision(tmp_path: Path) -> None:
    path = tmp_path / "billops.db"
    assert revision_of(path) is None
    assert not path.exists()
    path.touch()
    assert revision_of(path) is None


def test_the_revision_is_read_with_and_without_a_log(profile: Path) -> None:
    path = profile / "billops.db"
    assert revision_of(path) == HEAD
    assert list(contents(profile)) == ["billops.db"]
    keeper = connect(path)
    keeper.execute("UPDATE capture_context SET person_id = NULL")
    assert revision_of(path) == HEAD
    keeper.close()


def test_a_newer_file_is_refused_byte_for_byte(profile: Path) -> None:
    path = profile / "billops.db"
    keeper = connect(path)
    keeper.execute("UPDATE alembic_version SET version_num = 'zzzz'")
    keeper.close()
    before = contents(profile)
    with pytest.raises(NewerVersion, match="zzzz") as refusal:
        revision_of(path)
    assert HEAD in refusal.value.hint
    assert contents(profile) == before


def test_a_newer_file_whose_log_was_left_is_refused_byte_for_byte(
    profile: Path, tmp_path: Path
) -> None:
    """As after a crash of the newer version: the revision is in the log alone."""
    keeper = connect(profile / "billops.db")
    keeper.execute("UPDATE alembic_version SET version_num = 'zzzz'")
    left = tmp_path / "left"
    left.mkdir()
    for name in ("billops.db", "billops.db-wal"):
        (left / name).write_bytes((profile / name).read_bytes())
    keeper.close()
    before = contents(left)
    with pytest.raises(NewerVersion, match="zzzz"):
        revision_of(left / "billops.db")
    after = contents(left)
    after.pop("billops.db-shm")
    assert after == before


def test_a_foreign_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "billops.db"
    other = connect(path, "copy")
    other.execute("CREATE TABLE notes (a)")
    other.close()
    with pytest.raises(IntegrityFault, match="another program"):
        revision_of(path)


@pytest.mark.parametrize("size", [None, 0, 100, 5000])
def test_a_lost_or_damaged_file_is_never_begun_anew(profile: Path, size: int | None) -> None:
    made = make_backup(profile, reason="manual")
    path = profile / "billops.db"
    path.unlink() if size is None else path.write_bytes(os.urandom(size))
    before = contents(profile)
    with pytest.raises(IntegrityFault) as fault:
        revision_of(path)
    assert made.folder.name in fault.value.hint
    assert contents(profile) == before
