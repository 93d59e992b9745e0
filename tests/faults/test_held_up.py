"""Another program holds the records and is stopped: it is said, nothing is lost or frozen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from billops_desktop.bootstrap import open_workspace
from billops_desktop.errors import BillOpsError, EnvironmentFault
from billops_desktop.services import tracking
from billops_desktop.storage import connection
from tests.cli.conftest import Billops
from tests.faults.outcome import ROOT
from tests.support import factories
from tests.support.clock import MovableClock

SOON_MS = 400
TICK_MS = 10
TICKS_AT_LEAST = 5
# Takes the lock, says so, and waits to be stopped.
HOLDER = """
import sys
from pathlib import Path
from billops_desktop.storage.connection import connect
held = connect(Path(sys.argv[1]))
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait 0.4 s for the lock, not ten: what is said after it is the same."""
    soon = f"PRAGMA busy_timeout={SOON_MS}"
    safe = tuple(soon if "busy_timeout" in one else one for one in connection.SAFE)
    monkeypatch.setattr(connection, "SAFE", safe)


@pytest.fixture
def held(profile: Path, _impatient: None) -> Iterator[subprocess.Popen[str]]:
    """Return a stopped program that holds the write lock of the profile."""
    open_workspace(profile, clock=MovableClock()).close()
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(profile / "billops.db")],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        holder.send_signal(signal.SIGSTOP)
        yield holder
        holder.kill()


def let_go(holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGCONT)
    assert holder.stdin is not None
    holder.stdin.close()
    assert holder.wait(30) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows stops no process")
def test_a_command_says_that_another_program_writes(
    held: subprocess.Popen[str], profile: Path
) -> None:
    run = Billops(profile)
    for words in (("start", "Review"), ("log", "Call", "--from", "1:00", "--to", "2:00")):
        answer = run(*words, "--json")
        assert (answer.code, answer.out) == (EnvironmentFault.exit_code, ""), answer
        assert answer.error["title"].startswith("Another program is writing")
        assert answer.error["retryable"] is True
    assert run("status").code == 0
    let_go(held)
    assert run("start", "Review").code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows stops no process")
def test_the_window_goes_on_while_its_change_waits(
    held: subprocess.Popen[str], profile: Path, qapp: Any, hands: Any
) -> None:
    from PySide6.QtCore import QTimer

    from billops_desktop.ui.jobs import Jobs

    jobs = Jobs(open_workspace(profile, clock=MovableClock()))
    new = tracking.NewEntry(
        started_at=factories.utc("2026-11-24 09:00"), ended_at=factories.utc("2026-11-24 10:00")
    )
    failures: list[BillOpsError] = []
    done: list[Any] = []
    ticks: list[int] = []
    ticking = QTimer(jobs, interval=TICK_MS)
    ticking.timeout.connect(lambda: ticks.append(1))
    ticking.start()
    jobs.run(tracking.add, new, done=lambda row, _c: done.append(row), failed=failures.append)
    hands.until(lambda: failures, "the failure")
    ticking.stop()
    # The loop of the window turned while the change waited for the lock.
    assert len(ticks) >= TICKS_AT_LEAST
    assert failures[0].title.startswith("Another program is writing")
    let_go(held)
    jobs.run(tracking.add, new, done=lambda row, _c: done.append(row), failed=failures.append)
    hands.until(lambda: done, "the entry")
    assert len(failures) == 1
    assert jobs.close()
