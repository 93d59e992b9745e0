"""P4, P7 and P10: the window at work: its longest stall, its clicks, its clock."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from billops_desktop.bootstrap import open_workspace
from billops_desktop.services.directory import clients
from tests.bench.main_thread import OWN_DISPATCHER
from tests.bench.measuring import ROOT, Row
from tests.bench.seeding import seed
from tests.support.clock import MovableClock

PROBE = ("-m", "tests.bench.window_probe")
CLICKED_ENTRIES = 10_000
WORKED_ENTRIES = 100_000
CLICK_GOAL = 4.0
STALL_GOAL_MS = 50.0
# Every figure is the median of so many processes: one busy moment of the machine is no stall.
HOURS = 3
TICKING_ROUNDS = 3
TICKING_GOALS = {"shown": 2.0, "hidden": 0.5}
BARE = "bare window with a ticking label"
NAMED = 3


def begin(*words: str | Path) -> subprocess.Popen[str]:
    """Start the probe in a process of its own."""
    return subprocess.Popen(
        [sys.executable, *PROBE, *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", OWN_DISPATCHER: "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def told(probe: subprocess.Popen[str]) -> Any:
    """Return what a probe printed; what went wrong in it goes wrong here."""
    out, err = probe.communicate()
    if probe.returncode or not out:
        message = f"the window ended with {probe.returncode}: {err.strip()[-300:]}"
        raise RuntimeError(message)
    return json.loads(out)


def rows(folder: Path) -> list[Row]:
    """Measure clicks, ticking and an hour of work."""
    small, large = folder / "small", folder / "large"
    seed(small, CLICKED_ENTRIES).workspace.close()
    seed(large, WORKED_ENTRIES).workspace.close()
    _give_addresses(large)
    return [*_clicks(small), *_ticks(small, folder), *_hour(large, folder)]


def _copied(profile: Path, copy: Path, entries: int) -> Path:
    """Copy a profile; it is made anew first where the tree has other triggers by now."""
    workspace = open_workspace(profile, clock=MovableClock())
    stale = workspace.read_only_reason is not None
    workspace.close()
    if stale:
        shutil.rmtree(profile)
        seed(profile, entries).workspace.close()
        _give_addresses(profile)
    shutil.copytree(profile, copy)
    return copy


def _give_addresses(profile: Path) -> None:
    """Let the clients be billed: an invoice needs to say where its buyer is."""
    workspace = open_workspace(profile, clock=MovableClock())
    edit = clients.ClientEdit(street="Hafen 1", post_code="20457", city="Hamburg", country="DE")
    for row in workspace.read(clients.clients):
        workspace.execute(clients.edit, row.id, edit)
    workspace.close()


def _clicks(profile: Path) -> list[Row]:
    found = told(begin("clicks", profile))
    page = statistics.median(found.pop("fdatasync"))
    return [
        Row(
            code="P7",
            measure=f"{click}: click to durable row and repainted timer",
            measured=statistics.median(times),
            control="fdatasync of a page",
            controlled=page,
            goal=CLICK_GOAL,
        )
        for click, times in found.items()
    ]


def _ticks(profile: Path, folder: Path) -> list[Row]:
    """Let all three tick side by side: what the machine does meanwhile meets all alike."""
    spent: dict[str, list[float]] = {"bare": [], "shown": [], "hidden": []}
    for number in range(TICKING_ROUNDS):
        probes = {"bare": begin("ticks", "bare")}
        for how in TICKING_GOALS:
            copy = _copied(profile, folder / f"ticking-{how}-{number}", CLICKED_ENTRIES)
            probes[how] = begin("ticks", how, copy)
        for how, probe in probes.items():
            spent[how].append(told(probe)["cpu"])
    bare = statistics.median(spent["bare"])
    return [
        Row(
            code="P10",
            measure=f"CPU with a running timer, window {how}",
            measured=statistics.median(spent[how]),
            control=BARE,
            controlled=bare,
            goal=goal,
        )
        for how, goal in TICKING_GOALS.items()
    ]


def _hour(profile: Path, folder: Path) -> list[Row]:
    hours: list[dict[str, float]] = []
    for number in range(HOURS):
        copy = _copied(profile, folder / f"hour-{number}", WORKED_ENTRIES)
        hours.append(told(begin("hour", copy)))
    stalls = {step: statistics.median(hour[step] for hour in hours) for step in hours[0]}
    worst = sorted(stalls, key=lambda step: stalls[step], reverse=True)[:NAMED]
    return [
        Row(
            code="P4",
            measure=f"longest turn of the main thread in an hour, {WORKED_ENTRIES:,} entries, CPU",
            measured=stalls[worst[0]],
            control=f"{STALL_GOAL_MS:.0f} ms",
            controlled=STALL_GOAL_MS,
            goal=1.0,
            note="(" + ", ".join(f"{step} {stalls[step]:.0f} ms" for step in worst) + ")",
        )
    ]
