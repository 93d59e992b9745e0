"""A crash at any statement of an upgrade: the next start completes it to the same schema."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from billops_desktop.storage import database
from billops_desktop.storage.connection import connect
from billops_desktop.storage.upgrade import open_database, wanted_triggers

ROOT = Path(__file__).resolve().parents[2]
CRASH = 137
SCHEMA = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
# One process crashes at one statement; every so many of them is enough to prove the rule in a
# short run, each one is tried by the long one.
FEW = 13
EACH = int(os.environ.get("BILLOPS_CRASH_STRIDE", "1"))


def schema(path: Path) -> list[tuple[str, str, str]]:
    connection = connect(path)
    rows = connection.execute(SCHEMA).fetchall()
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    connection.close()
    return [tuple(row) for row in rows]


def count_and_crash(path: Path, at: int) -> int:
    """Upgrade ``path``, end the process at statement ``at``; return how many there were."""
    count = 0

    def counted(*_arguments: object) -> None:
        nonlocal count
        count += 1
        if count == at:
            os._exit(CRASH)

    event.listen(Engine, "before_cursor_execute", counted)
    open_database(path).close()
    return count


def begin_nothing(connection: Connection) -> None:
    """Stand in for BEGIN IMMEDIATE: each statement commits on its own."""


def each_statement(folder: Path, stride: int, without_begin: bool) -> list[int]:
    """Crash a forked process at each ``stride``-th statement; return the exit codes."""
    if without_begin:
        database._begin = begin_nothing
    # Load all that an upgrade imports once, not in every child.
    open_database(folder / "loaded" / "billops.db").close()
    codes = []
    for at in range(1, 10_000, stride):
        path = folder / str(at) / "billops.db"
        child = os.fork()
        if child == 0:
            count_and_crash(path, at)
            os._exit(0)
        codes.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        if codes[-1] == 0:
            break
    return codes


def crash_everywhere(folder: Path, *, stride: int, without_begin: bool = False) -> list[int]:
    """Run each_statement in a fresh program, so that this one never forks."""
    call = f"({str(folder)!r}, {stride}, {without_begin})"
    source = (
        "import json, pathlib; from tests.faults.test_migration_crash import each_statement as e;"
        f"print(json.dumps((lambda f, s, w: e(pathlib.Path(f), s, w)){call}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", source], cwd=ROOT, capture_output=True, text=True, check=True
    )
    codes: list[int] = json.loads(done.stdout)
    return codes


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, str]]:
    path = tmp_path_factory.mktemp("reference") / "billops.db"
    open_database(path).close()
    return schema(path)


@pytest.mark.parametrize(
    "stride",
    [
        pytest.param(FEW, marks=pytest.mark.timeout(300)),
        pytest.param(EACH, marks=[pytest.mark.soak, pytest.mark.timeout(3600)]),
    ],
)
def test_the_next_start_completes_the_upgrade(
    tmp_path: Path, reference: list[tuple[str, str, str]], stride: int
) -> None:
    codes = crash_everywhere(tmp_path, stride=stride)
    assert set(codes[:-1]) == {CRASH}
    assert codes[-1] == 0
    assert len(codes) > (len(wanted_triggers()) / stride)
    for folder in sorted(tmp_path.iterdir()):
        path = folder / "billops.db"
        opened = open_database(path)
        assert opened.read_only_reason is None
        opened.close()
        assert schema(path) == reference


def test_a_crash_leaves_the_old_schema_or_the_new_one(
    tmp_path: Path, reference: list[tuple[str, str, str]]
) -> None:
    crash_everywhere(tmp_path, stride=40)
    for folder in tmp_path.iterdir():
        assert schema(folder / "billops.db") in ([], reference)


def test_without_its_transaction_a_crash_leaves_half_a_schema(
    tmp_path: Path, reference: list[tuple[str, str, str]]
) -> None:
    """The control: BEGIN IMMEDIATE is what makes the upgrade whole."""
    crash_everywhere(tmp_path, stride=60, without_begin=True)
    states = [schema(folder / "billops.db") for folder in tmp_path.iterdir()]
    assert any(state not in ([], reference) for state in states)


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "billops.db"
    monkeypatch.setattr(
        "billops_desktop.storage.triggers.capture.triggers",
        lambda: {"broken": "CREATE TRIGGER nonsense"},
    )
    with pytest.raises(Exception, match="incomplete input"):
        open_database(path)
    assert schema(path) == []
    monkeypatch.undo()
    shutil.copy(path, tmp_path / "again.db")
    open_database(tmp_path / "again.db").close()
