"""The program that is killed or loses its power, what it acknowledged, and what is there of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from billops_desktop.storage.connection import connect
from billops_desktop.storage.upgrade import wrong_triggers

ROOT = Path(__file__).resolve().parents[2]
WORKER = [sys.executable, "-m", "tests.faults.worker"]


@dataclass
class Outcome:
    """What the killed program acknowledged, by entry."""

    added: dict[str, str] = field(default_factory=dict)
    started: dict[str, str] = field(default_factory=dict)
    stopped: set[str] = field(default_factory=set)


class Workers:
    """The loaded program that forks a worker for each run."""

    def __init__(self, *options: str, environment: Mapping[str, str] = os.environ) -> None:
        self.process = subprocess.Popen(
            [*WORKER, *options],
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def run_and_kill(self, path: Path, left: int) -> Outcome:
        """Let a worker say so many lines, then kill it in mid-air; return what it acknowledged."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{path}\n")
        pid, lines = 0, []
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


def outcome_of(lines: list[str]) -> Outcome:
    """Return what these lines acknowledge."""
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
    found += [f"still running: {key}" for key in seen.stopped if key in rows and not rows[key][1]]
    found += [f"half: {row}" for row in rows.values() if row[0].startswith("a") and row[2] != 30]
    found += [f"unrecorded: {key}" for key in rows if key not in recorded]
    found += [f"{running} run at once"] if running > 1 else []
    found += [f"context left: {context}"] if context else []
    return found + wrong_triggers(path)
