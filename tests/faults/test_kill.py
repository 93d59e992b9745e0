"""Kill anywhere: what was acknowledged is there, nothing is half there, the file is whole.

A kill leaves the page cache, so it cannot show a lost sync; what it shows is that a transaction is
whole or absent. The control runs the same kills with the transactions taken away.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from billops_desktop.storage.connection import connect
from billops_desktop.storage.upgrade import open_database, wrong_triggers

ROOT = Path(__file__).resolve().parents[2]
WORKER = [sys.executable, "-m", "tests.faults.worker"]
FEW_KILLS = 50
MANY_KILLS = int(os.environ.get("BILLOPS_KILLS", "500"))
LONGEST_RUN_LINES = 30


@dataclass
class Outcome:
    """What the killed program acknowledged, by entry."""

    added: dict[str, str] = field(default_factory=dict)
    started: dict[str, str] = field(default_factory=dict)
    stopped: set[str] = field(default_factory=set)


class Workers:
    """The loaded program that forks a worker for each run."""

    def __init__(self, *options: str) -> None:
        self.process = subprocess.Popen(
            [*WORKER, *options],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def run_and_kill(self, path: Path, chance: random.Random) -> Outcome:
        """Let a worker acknowledge a random number of steps, then kill it in mid-air."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{path}\n")
        left, pid, lines = chance.randint(1, LONGEST_RUN_LINES), 0, []
        for line in self.process.stdout:
            lines.append(line)
            if line.startswith("PID"):
                pid = int(line.split()[1])
            left -= 1
            if left <= 0 and pid:
                os.kill(pid, signal.SIGKILL)
                pid = 0
            if line == "DEAD\n":
                break
        return outcome_of(lines)

    def close(self) -> None:
        """End the program."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


@pytest.fixture
def workers(request: pytest.FixtureRequest) -> Iterator[Workers]:
    started = Workers(*getattr(request, "param", ()))
    yield started
    started.close()


def outcome_of(lines: list[str]) -> Outcome:
    seen = Outcome()
    for line in lines:
        match line.split():
            case ["ACK", "added", entry, mark]:
                seen.added[entry] = mark
            case ["ACK", "started", entry, mark]:
                seen.started[entry] = mark
            case ["ACK", "stopped", entry, _mark]:
                seen.stopped.add(entry)
    return seen


def faults(path: Path, seen: Outcome) -> list[str]:
    """Open the file as the next start would and compare it with what was acknowledged."""
    connection = connect(path)
    rows = {
        row[0]: row[1:]
        for row in connection.execute(
            "SELECT id, description, ended_at, break_seconds FROM time_entry"
        )
    }
    recorded = dict(
        connection.execute("SELECT row_id, count(*) FROM change_record GROUP BY row_id").fetchall()
    )
    context = connection.execute("SELECT transaction_id FROM capture_context").fetchone()[0]
    checked = connection.execute("PRAGMA integrity_check").fetchone()[0]
    running = sum(1 for row in rows.values() if row[1] is None)
    connection.close()
    found = [] if checked == "ok" else [f"integrity: {checked}"]
    acknowledged = seen.added | seen.started
    found += [f"lost: {mark}" for key, mark in acknowledged.items() if key not in rows]
    found += [
        f"altered: {rows[key]}"
        for key, mark in acknowledged.items()
        if key in rows and rows[key][0] != mark
    ]
    found += [f"still running: {key}" for key in seen.stopped if rows[key][1] is None]
    found += [f"half: {row}" for row in rows.values() if row[0].startswith("a") and row[2] != 30]
    found += [f"unrecorded: {key}" for key in rows if key not in recorded]
    found += [f"{running} run at once"] if running > 1 else []
    found += [f"context left: {context}"] if context else []
    return found + wrong_triggers(path)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kill") / "billops.db"
    open_database(path).close()
    return path


@pytest.mark.parametrize(
    "kills",
    [
        pytest.param(FEW_KILLS, marks=pytest.mark.timeout(300)),
        pytest.param(
            MANY_KILLS, marks=[pytest.mark.soak, pytest.mark.timeout(300 + MANY_KILLS * 6)]
        ),
    ],
)
def test_nothing_acknowledged_is_lost(
    workers: Workers, template: Path, tmp_path: Path, kills: int
) -> None:
    seed = random.SystemRandom().randrange(2**32)
    chance = random.Random(seed)
    path = tmp_path / "billops.db"
    shutil.copy(template, path)
    total = 0
    for kill in range(kills):
        # The same profile over and over: each start recovers what the last kill left.
        seen = workers.run_and_kill(path, chance)
        total += len(seen.added) + len(seen.started) + len(seen.stopped)
        assert faults(path, seen) == [], f"kill {kill} of seed {seed}"
        stop_running(path)
    assert total > kills


def stop_running(path: Path) -> None:
    """End what the last run left open: each run has a person of its own."""
    connection = connect(path)
    connection.execute("UPDATE time_entry SET ended_at = started_at WHERE ended_at IS NULL")
    connection.close()


@pytest.mark.parametrize("workers", [["--without-begin"]], indirect=True)
def test_without_transactions_the_same_kills_leave_halves(
    workers: Workers, template: Path, tmp_path: Path
) -> None:
    """The control: the check is not blind."""
    chance = random.Random(7)
    for attempt in range(FEW_KILLS):
        path = tmp_path / f"{attempt}.db"
        shutil.copy(template, path)
        if faults(path, workers.run_and_kill(path, chance)):
            return
    pytest.fail(f"{FEW_KILLS} kills without transactions left no trace")
