"""Connections: private files, five modes, errors that name the file, no second empty book."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from billops_desktop.errors import EnvironmentFault, IntegrityFault
from billops_desktop.storage import connection as connections
from billops_desktop.storage.connection import connect, in_use, looking_mode


def test_a_new_file_is_private_with_all_that_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "profile" / "billops.db"
    old = os.umask(0)
    opened = connect(path, "create")
    opened.execute("CREATE TABLE t (a)")
    os.umask(old)
    assert {name.name: name.stat().st_mode & 0o777 for name in path.parent.iterdir()} == {
        "billops.db": 0o600,
        "billops.db-wal": 0o600,
        "billops.db-shm": 0o600,
    }
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert in_use(path)
    opened.close()
    assert not in_use(path)


def test_only_create_makes_a_file(tmp_path: Path) -> None:
    path = tmp_path / "billops.db"
    for mode in ("write", "read", "still"):
        with pytest.raises(EnvironmentFault, match="unable to open") as fault:
            connect(path, mode)
        assert str(path) in fault.value.title
    assert not path.exists()


def test_reading_writes_nothing(profile: Path) -> None:
    path = profile / "billops.db"
    before = path.read_bytes()
    opened = connect(path, "still")
    with pytest.raises(connections.DRIVER.OperationalError):
        opened.execute("DELETE FROM client")
    opened.close()
    assert [name.name for name in profile.iterdir()] == ["billops.db"]
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database" * 400, b"\x00" * 8192])
def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "billops.db"
    path.write_bytes(content)
    with pytest.raises(IntegrityFault) as fault:
        connect(path)
    assert str(path) in fault.value.title
    assert path.read_bytes() == content


def test_a_path_is_taken_by_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "a%20b ?#ü😀" / "billops.db"
    opened = connect(path, "create")
    opened.execute("CREATE TABLE t (a)")
    opened.close()
    assert path.stat().st_size > 0


def test_two_first_starts_take_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite does not wait when a file changes to WAL, so the connection asks again."""
    path = tmp_path / "billops.db"
    first = connect(path, "copy")
    first.execute("CREATE TABLE t (a)")
    first.execute("BEGIN IMMEDIATE")
    pauses: list[float] = []

    def let_go(seconds: float) -> None:
        pauses.append(seconds)
        if first.in_transaction:
            first.execute("COMMIT")
            first.close()

    monkeypatch.setattr(time, "sleep", let_go)
    monkeypatch.setattr(connections, "SAFE", ("PRAGMA busy_timeout=0", *connections.SAFE[1:]))
    second = connect(path)
    assert second.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    second.close()
    assert pauses


def test_a_protected_profile_can_still_be_looked_at(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = profile / "billops.db"
    assert looking_mode(path) == "write"
    monkeypatch.setattr(os, "access", lambda _target, _mode: False)
    assert looking_mode(path) == "still"
    keeper = connect(path)
    keeper.execute("UPDATE capture_context SET person_id = NULL")
    assert looking_mode(path) == "read"
    keeper.close()


def test_writing_is_forbidden_and_allowed_again(profile: Path) -> None:
    opened = connect(profile / "billops.db")
    said: list[str] = []
    opened.set_trace_callback(said.append)
    connections.let_write(opened, allowed=True)
    assert [words for words in said if "=" in words] == []
    connections.let_write(opened, allowed=False)
    with pytest.raises(connections.DRIVER.OperationalError, match="readonly"):
        opened.execute("DELETE FROM client")
    connections.let_write(opened, allowed=True)
    opened.execute("DELETE FROM client")
    opened.close()
