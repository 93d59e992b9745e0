"""The command line loaded once: each command runs in a forked process that may crash or hang alone.

``python -m tests.faults.forking`` reads one JSON object per line (profile, words, fail) and answers
each with one: how the process ended, its exit code, and what it wrote.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
# What disk.c calls the things that can fail.
WRITE, SYNC, OPEN = range(3)
# In the place of a command: open the window, look at it, quit.
WINDOW = "--window"


@dataclass(frozen=True)
class Ended:
    """How a command ended: a negative signal or 0, its exit code, its words, its disk calls."""

    signal: int
    code: int
    out: str
    err: str
    calls: tuple[int, ...]


@dataclass(frozen=True)
class Failure:
    """The n-th write, sync or open of a command fails; ``lasting`` ones stay."""

    kind: int
    nth: int
    error: int
    lasting: bool = False


class Commands:
    """The loaded command line, asked for one command after the other."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.forking"],
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def __call__(self, profile: Path, *words: str, fail: Failure | None = None) -> Ended:
        """Run a command on a profile, with one thing of the disk failing when asked."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        failing = None if fail is None else [fail.kind, fail.nth, fail.error, int(fail.lasting)]
        asked = {"profile": str(profile), "words": words, "fail": failing}
        self.process.stdin.write(json.dumps(asked) + "\n")
        told = json.loads(self.process.stdout.readline())
        return Ended(**{**told, "calls": tuple(told["calls"])})

    def close(self) -> None:
        """End the program."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


def load() -> None:
    """Import all that commands import on first use, once for all children."""
    import importlib

    from billops_desktop.cli.catalogue import COMMANDS

    for command in COMMANDS.values():
        importlib.import_module(f"billops_desktop.cli.commands.{command.module}")
    for name in ("bootstrap", "services.invoices.invoicing", "services.invoices.rendering"):
        importlib.import_module(f"billops_desktop.{name}")
    for name in ("storage.upgrade", "services.upkeep.checking", "services.profile.onboarding"):
        importlib.import_module(f"billops_desktop.{name}")
    from sqlalchemy.orm import configure_mappers

    configure_mappers()


def run_one(asked: dict[str, Any]) -> dict[str, Any]:
    """Run a command in this process; return its exit code, its words and its disk calls."""
    import ctypes

    from billops_desktop.cli.face import run
    from tests.support.clock import MovableClock

    disk = ctypes.CDLL(None) if os.environ.get("LD_PRELOAD") else None
    if disk is not None:
        for kind in (WRITE, SYNC, OPEN):
            disk.disk_fail(kind, 0, 0, 0)
        if asked["fail"]:
            disk.disk_fail(*asked["fail"])
    if asked["words"] == [WINDOW]:
        from tests.faults.window_look import look

        return {"code": 0, "out": json.dumps(look(Path(asked["profile"]))), "err": "", "calls": []}
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(["--profile", asked["profile"], *asked["words"]], clock=MovableClock())
    calls = [] if disk is None else [disk.disk_calls(kind) for kind in (WRITE, SYNC, OPEN)]
    return {"code": code, "out": out.getvalue(), "err": err.getvalue(), "calls": calls}


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """Run a command in a process of its own and return how that ended."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            told = run_one(asked)
        except BaseException as fault:  # noqa: BLE001 - a traceback is the finding
            told = {"code": -1, "out": "", "err": f"Traceback: {fault!r}", "calls": []}
        with os.fdopen(writing, "w") as pipe:
            json.dump(told, pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    told = json.loads(text) if text else {"code": -1, "out": "", "err": "", "calls": []}
    return told | {"signal": min(status, 0)}


def main() -> None:
    """Answer one command per line."""
    load()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
