"""How a speed is measured: in turn with a control, medians, and a ratio that is held to a goal."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 7
Measure = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the report: a measure, its control, and the ratio between them."""

    code: str
    measure: str
    control: str
    goal: float | None
    measured: float | None = None
    controlled: float | None = None
    unit: str = "ms"
    # Below two milliseconds a ratio says little: half a millisecond is granted (P12).
    allowance: float = 0.0
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the control."""
        if self.measured is None or not self.controlled:
            return None
        return self.measured / self.controlled

    @property
    def verdict(self) -> str:
        """Whether the goal is met; a row that could not be measured says so."""
        if self.ratio is None or self.goal is None:
            return "not measured"
        assert self.measured is not None
        assert self.controlled is not None
        limit = self.goal * self.controlled + self.allowance
        return "met" if self.measured <= limit else "MISSED"


def seconds_of(work: Callable[[], object]) -> float:
    """Return the wall seconds of one call, the collector kept out of it."""
    gc.collect()
    gc.disable()
    try:
        begun = time.perf_counter()
        work()
        return time.perf_counter() - begun
    finally:
        gc.enable()


def in_turn(measures: Sequence[Measure], rounds: int = ROUNDS) -> list[float]:
    """Run the measures A B A B … after one warm-up each; return the median of each."""
    for measure in measures:
        measure()
    found: list[list[float]] = [[] for _ in measures]
    for _ in range(rounds):
        for results, measure in zip(found, measures, strict=True):
            results.append(measure())
    return [statistics.median(results) for results in found]


def timed(work: Callable[[], object]) -> Measure:
    """Return a measure of the wall milliseconds of a call."""
    return lambda: seconds_of(work) * 1000


def process(*arguments: str) -> Measure:
    """Return a measure of the wall milliseconds of a Python process, start to end."""
    command = [sys.executable, *arguments]
    # Users run what was compiled before; the warm-up, which is not counted, compiles it.
    surroundings = dict(os.environ)
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)

    def measure() -> float:
        begun = time.perf_counter()
        done = subprocess.run(
            command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
        )
        spent = time.perf_counter() - begun
        if done.returncode:
            message = f"{' '.join(arguments)}: {done.stderr.strip()[-300:]}"
            raise RuntimeError(message)
        return spent * 1000

    return measure


def table(rows: Sequence[Row]) -> str:
    """Return the report as text: row, measure, control, ratio, goal, verdict."""
    head = ("row", "measure", "ms", "control", "ms", "ratio", "goal", "verdict")
    lines = [head]
    for row in rows:
        numbers = [
            "-" if number is None else f"{number:.2f}" for number in (row.measured, row.controlled)
        ]
        ratio = "-" if row.ratio is None else f"{row.ratio:.2f}"
        goal = "-" if row.goal is None else f"<= {row.goal:g}"
        verdict = f"{row.verdict} {row.note}".strip()
        lines.append(
            (row.code, row.measure, numbers[0], row.control, numbers[1], ratio, goal, verdict)
        )
    widths = [max(len(line[column]) for line in lines) for column in range(len(head) - 1)]
    return "\n".join(
        "  ".join(
            [*(text.ljust(width) for text, width in zip(line, widths, strict=False)), line[-1]]
        )
        for line in lines
    )
