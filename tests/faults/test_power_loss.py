"""Power loss: what was acknowledged is there, whatever the disk had not kept yet.

A run is written down call by call, then the files are built again as many power cuts may leave
them: what was synced is there, each later write is kept, lost, halved or torn at a sector.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from billops_desktop.storage.upgrade import open_database
from tests.faults.outcome import Workers, faults, outcome_of
from tests.support.disk import Disk, cuts

# Enough lines for the log to be moved into the file twice: that is when most goes on at once.
LINES = 500
FEW_CUTS = 100
MANY_CUTS = int(os.environ.get("BILLOPS_CUTS", "5000"))


def record(disk: Disk, folder: Path, *options: str) -> tuple[Path, Path]:
    """Let a worker run on the disk; return its database and the log of what it did."""
    path, log = folder / "run" / "billops.db", folder / "disk.log"
    path.parent.mkdir()
    open_database(path).close()
    shutil.copy(path, path.with_name("billops.db.before"))
    workers = Workers(*options, environment=disk.environment(path.parent, log))
    workers.run_and_kill(path, LINES)
    workers.close()
    return path, log


def losses(path: Path, log: Path, count: int, seed: int) -> Iterator[str]:
    """Return what is wrong after each of ``count`` power cuts."""
    chance = random.Random(seed)
    for number, cut in enumerate(cuts(log, path, chance, count)):
        image = path.parents[1] / str(number) / "billops.db"
        image.parent.mkdir()
        cut.leave(image.parent, chance)
        for fault in faults(image, outcome_of(cut.acknowledged)):
            yield f"cut {number} of seed {seed}: {fault}"
        shutil.rmtree(image.parent)


@pytest.mark.parametrize(
    "count",
    [FEW_CUTS, pytest.param(MANY_CUTS, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])],
)
def test_nothing_acknowledged_is_lost(disk: Disk, tmp_path: Path, count: int) -> None:
    path, log = record(disk, tmp_path)
    assert list(losses(path, log, count, random.SystemRandom().randrange(2**32))) == []


def test_without_full_sync_the_same_cuts_lose_work(disk: Disk, tmp_path: Path) -> None:
    """The control: the disk does lose what was not synced, and the check sees it."""
    path, log = record(disk, tmp_path, "--without-sync")
    assert any("lost" in fault for fault in losses(path, log, FEW_CUTS, seed=7))
