"""The main job by command line, each command a process of its own: track, draft, issue, paid."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from billops_desktop.clock import SystemClock
from tests.cli.conftest import ADDRESS, COMPANY, Billops

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "billops_desktop")


@dataclass(frozen=True)
class Program:
    """The program over one profile, as a script or a person would run it."""

    profile: Path
    caches: Path

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process: its profile, its zone, compiled modules kept."""
        kept = {name: value for name, value in os.environ.items() if name != "BILLOPS_DEBUG"}
        kept.pop("PYTHONDONTWRITEBYTECODE", None)
        return kept | {
            "PYTHONPATH": str(ROOT),
            "PYTHONPYCACHEPREFIX": str(self.caches),
            "BILLOPS_PROFILE_DIR": str(self.profile),
            "TZ": "Europe/Berlin",
        }

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run(
            [*COMMAND, *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def json(self, *words: str) -> Any:
        """Run a command that must succeed and return its JSON."""
        done = self.run(*words, "--json")
        assert (done.returncode, done.stderr) == (0, ""), done
        return json.loads(done.stdout)


@pytest.fixture
def program(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return Program(tmp_path / "profile", tmp_path_factory.getbasetemp() / "compiled")


def test_from_the_first_start_to_paid(program: Program, tmp_path: Path) -> None:
    program.json("start", "Kick-off")
    _prepare(program.profile)
    switched = program.json("switch", "Review", "--project", "Website")
    assert switched["stopped"]["ended_at"] == switched["started"]["started_at"]
    assert program.json("status")["running"]["description"] == "Review"
    program.json("stop")
    program.json(
        "log",
        "Workshop",
        "--project",
        "Website",
        "--on",
        "yesterday",
        "--from",
        "9:00",
        "--to",
        "11:00",
    )
    draft = program.json("invoice", "draft", "--client", "Acme", "--until", "yesterday")["invoice"]
    issued = program.json("invoice", "issue", draft["id"])["invoice"]
    number = issued["number"]
    assert number.endswith("-0001")
    file = program.json("invoice", "pdf", number, "--to", str(tmp_path / "invoice.pdf"))["files"][0]
    text = "".join(page.extract_text() for page in PdfReader(file).pages)
    for words in (number, "Haldane Consulting", "Acme GmbH", "Workshop", "190.00", "226.10"):
        assert words in text
    assert program.json("pay", number, "100.00")["invoice"]["status"] == "part_paid"
    assert program.json("pay", number)["invoice"]["status"] == "paid"
    assert program.json("invoice", "list", "--tab", "paid")["invoices"][0]["number"] == number
    assert program.json("check")["ok"] is True


def _prepare(profile: Path) -> None:
    """Set a company, a client and a project up, in this process: that is told elsewhere."""
    billops = Billops(profile, clock=SystemClock())
    for name, value in COMPANY.items():
        billops.done("config", "set", name, value)
    billops.done("clients", "add", "Acme GmbH", *ADDRESS, "--language", "en")
    billops.done("projects", "add", "Acme GmbH/Website", "--rate", "95")


def test_a_reader_that_leaves_is_no_failure(program: Program) -> None:
    program.json("start", "x")
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, "dump", "--logical"],
        env=program.environment,
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=60,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_an_interrupt_ends_at_once_and_clean(program: Program) -> None:
    program.json("start", "x")
    before = program.run("dump", "--logical").stdout
    # Whoever runs the tests in the background lets its children be deaf to an interrupt.
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    started = subprocess.Popen(
        [*COMMAND, "invoice", "draft", "--from", "-"],
        env=program.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    signal.signal(signal.SIGINT, heard)
    assert started.stdin is not None
    # More than a pipe holds: once this is written, the command is reading its input.
    started.stdin.write(" " * 1_000_000)
    started.stdin.flush()
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=60)
    assert started.returncode == 130
    assert (out, err) == ("", "Stopped. Nothing is half written.\n")
    assert program.run("dump", "--logical").stdout == before


def test_bad_input_by_a_process(program: Program) -> None:
    done = program.run("pay", "2026-0001")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "There is no invoice 2026-0001.\nbillops invoice list shows numbers, and ids of drafts.\n"
    )
