"""A window and four command lines write at once: nothing is lost, nobody is told of a lock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer

from billops_desktop.bootstrap import open_workspace
from billops_desktop.services import tracking
from billops_desktop.services.entries import entry_rows
from billops_desktop.services.invoices import invoice_rows
from billops_desktop.services.upkeep import checking
from billops_desktop.ui.jobs import Jobs
from tests.support import factories
from tests.support.display import ROOT, wait_for
from tests.support.hands import Hands
from tests.support.present import present

WRITERS = 4
# Rounds of so many entries each, from every writer; the long form writes 500 of them each.
FEW_WRITES = (2, 3)
MANY_WRITES = (25, 20)
PACE_MS = 50
MOMENT, LATER = factories.utc("2026-11-24 09:00"), factories.utc("2026-11-24 09:01")
# What command lines do in a day, over and over: open, log, draft, issue, close.
WRITER = """
import sys
from pathlib import Path
from billops_desktop.bootstrap import open_workspace
from billops_desktop.services.invoices import invoicing
from tests.support import money
from tests.support.clock import MovableClock
profile, name, rounds, entries = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
job = None
for turn in range(rounds):
    workspace = open_workspace(profile, clock=MovableClock())
    job = job or money.make_job(workspace, name)
    for hour in range(entries):
        money.log(workspace, job, description=f"{name} {turn} {hour}")
    issued = workspace.execute(invoicing.issue, money.draft(workspace, job))
    print(issued.number, flush=True)
    workspace.close()
"""


def names() -> list[str]:
    return [f"Client {letter}" for letter in "ABCD"[:WRITERS]]


@pytest.fixture
def begin() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Return a function that starts Python with words; what still runs is ended with the test."""
    with ExitStack() as programs:

        def start(*words: str | Path) -> subprocess.Popen[str]:
            program = subprocess.Popen(
                [sys.executable, *map(str, words)],
                cwd=ROOT,
                env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            programs.enter_context(program)
            programs.callback(program.kill)
            return program

        yield start


@pytest.mark.parametrize(
    "writes",
    [FEW_WRITES, pytest.param(MANY_WRITES, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])],
)
def test_a_window_and_four_command_lines_write_at_once(
    profile: Path, clock: Any, qapp: Any, hands: Hands, begin: Any, writes: tuple[int, int]
) -> None:
    jobs = Jobs(open_workspace(profile, clock=clock))
    each = [str(count) for count in writes]
    writers = [begin("-c", WRITER, profile, name, *each) for name in names()]
    added: list[str] = []
    kept: list[Any] = []

    def ended() -> bool:
        return all(writer.poll() is not None for writer in writers)

    def add() -> None:
        """Write one entry after the other, as a user with very quick fingers."""
        if len(added) == len(kept):
            added.append(f"window {len(added)}")
            new = tracking.NewEntry(started_at=MOMENT, ended_at=LATER, description=added[-1])
            jobs.run(tracking.add, new, done=lambda row, _c: kept.append(row), failed=kept.append)

    quick = QTimer(jobs, interval=PACE_MS)
    quick.timeout.connect(add)
    quick.start()
    hands.until(ended, "the writers", seconds=60 * writes[0])
    quick.stop()
    hands.until(lambda: len(added) == len(kept), "the last entry")
    assert jobs.close()
    said = [writer.communicate(timeout=20) for writer in writers]
    assert [getattr(row, "description", row) for row in kept] == added
    assert [writer.returncode for writer in writers] == [0] * WRITERS, said
    issued = [out.split() for out, _err in said]
    hold_records(profile, clock, added=added, issued=issued, writes=writes)


def hold_records(
    profile: Path,
    clock: Any,
    *,
    added: list[str],
    issued: list[list[str]],
    writes: tuple[int, int],
) -> None:
    """Every acknowledged write is there once, numbers have no gap, and all invariants hold."""
    opened = open_workspace(profile, clock=clock)
    rows = opened.read(entry_rows.entries, from_on=MOMENT.date(), to_on=MOMENT.date())
    found = Counter(row.description for row in rows)
    wanted = [
        f"{name} {turn} {hour}"
        for name in names()
        for turn in range(writes[0])
        for hour in range(writes[1])
    ]
    assert found == Counter([*wanted, *added])
    assert len(added) > 1
    numbers = sorted(number for mine in issued for number in mine)
    assert numbers == [f"2026-{count:04}" for count in range(1, WRITERS * writes[0] + 1)]
    page = opened.read(invoice_rows.invoices, limit=1000, offset=0)
    assert sorted(present(row.number) for row in page.rows) == numbers
    assert all(result.ok for result in checking.check(opened))
    opened.close()


@pytest.mark.parametrize(
    ("starts", "times"),
    [(4, 1), pytest.param(20, 20, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])],
)
def test_of_many_starts_at_once_one_window_stays(
    profile: Path, begin: Any, starts: int, times: int
) -> None:
    for time in range(times):
        windows = [begin("-m", "billops_desktop", "--profile", profile) for _ in range(starts)]
        wait_for(lambda: sum(one.poll() is None for one in windows) == 1, "one window")  # noqa: B023 - waited for at once
        left = next(one for one in windows if one.poll() is None)
        assert [one.returncode for one in windows if one is not left] == [0] * (starts - 1)
        # Killed every second time: what it leaves behind must not block the next start.
        left.send_signal(signal.SIGKILL if time % 2 else signal.SIGTERM)
        assert left.wait(20) == (-signal.SIGKILL if time % 2 else 0)
