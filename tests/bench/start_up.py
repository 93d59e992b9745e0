"""P1 to P4: from the start of the process to a painted and a usable window; memory; stalls."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measuring import ROOT, ROUNDS, Row
from tests.bench.seeding import seed

CONTROL = "bare QMainWindow"
STALL_GOAL_MS = 50.0
SIZES = {100_000: 4.0, 1_000_000: 4.4}
PROBE = ("-m", "tests.bench.start_probe")


@dataclass(frozen=True, slots=True)
class Start:
    """What one start told: milliseconds, MiB, and the longest stall in milliseconds."""

    painted: float
    memory: float
    ready: float = 0.0
    ready_memory: float = 0.0
    stall: float = 0.0


def start(*arguments: str) -> Start:
    """Start the probe once and read what it says, with the time at which it says it."""
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # Users start what was compiled before; the first start, which is not counted, compiles it.
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.perf_counter()
    told: dict[str, list[float]] = {}
    with subprocess.Popen(
        [sys.executable, *PROBE, *arguments],
        cwd=ROOT,
        env=surroundings,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            name, *numbers = line.split()
            told[name] = [(time.perf_counter() - begun) * 1000, *map(float, numbers)]
    if "painted" not in told or (arguments and "calm" not in told):
        message = f"the window told no more than {sorted(told)}"
        raise RuntimeError(message)
    painted, ready = told["painted"], told.get("ready", [0.0, 0.0])
    stall = told.get("calm", [0.0, 0.0])[1]
    return Start(painted[0], painted[1] / 1024, ready[0], ready[1] / 1024, stall)


def rows(folder: Path) -> list[Row]:
    """Measure the start at both sizes, in turn with the bare window."""
    found = []
    for size, ready_goal in SIZES.items():
        profile = folder / f"start-{size}"
        seed(profile, size).workspace.close()
        found += _of_size(profile, f"{size:,} entries", ready_goal)
    return found


def _of_size(profile: Path, size: str, ready_goal: float) -> list[Row]:
    start(), start(str(profile))
    bare, ours = [], []
    for _ in range(ROUNDS):
        bare.append(start())
        ours.append(start(str(profile)))

    def median(starts: list[Start], what: Callable[[Start], float]) -> float:
        return statistics.median(map(what, starts))

    frame = median(bare, lambda one: one.painted)
    memory = median(bare, lambda one: one.memory)
    measures: list[tuple[str, str, float, Callable[[Start], float], float, str]] = [
        ("P1", "first frame", frame, lambda one: one.painted, 1.8, "ms"),
        ("P2", "every page usable", frame, lambda one: one.ready, ready_goal, "ms"),
        ("P3", "memory at first frame", memory, lambda one: one.memory, 1.4, "MiB"),
        ("P3", "memory when usable", memory, lambda one: one.ready_memory, 2.4, "MiB"),
    ]
    found = [
        Row(
            code=code,
            measure=f"{name}, {size}",
            measured=median(ours, what),
            control=CONTROL,
            controlled=control,
            goal=goal,
            unit=unit,
        )
        for code, name, control, what, goal, unit in measures
    ]
    stall = max(one.stall for one in ours)
    limit = "50 ms"
    found.append(
        Row(
            code="P4",
            measure=f"longest stall of {ROUNDS} starts, {size}",
            measured=stall,
            control=limit,
            controlled=STALL_GOAL_MS,
            goal=1.0,
        )
    )
    return found
