"""Kill anywhere: what was acknowledged is there, nothing is half there, the file is whole.

A kill leaves the page cache, so it cannot show a lost sync; what it shows is that a transaction is
whole or absent. The control runs the same kills with the transactions taken away.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from billops_desktop.storage.connection import connect
from billops_desktop.storage.upgrade import open_database
from tests.faults.outcome import Workers, faults

FEW_KILLS = 50
MANY_KILLS = int(os.environ.get("BILLOPS_KILLS", "500"))
LONGEST_RUN_LINES = 30


@pytest.fixture
def workers(request: pytest.FixtureRequest) -> Iterator[Workers]:
    started = Workers(*getattr(request, "param", ()))
    yield started
    started.close()


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
        seen = workers.run_and_kill(path, chance.randint(1, LONGEST_RUN_LINES))
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
        if faults(path, workers.run_and_kill(path, chance.randint(1, LONGEST_RUN_LINES))):
            return
    pytest.fail(f"{FEW_KILLS} kills without transactions left no trace")
