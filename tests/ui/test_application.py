"""Tests for the application as a process: first frame, one instance, commands, clean end."""

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
from billops_desktop.services import tracking
from tests.support.display import wait_for

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "sqlalchemy alembic reportlab boto3 botocore googleapiclient msal slack_sdk httpx requests "
    "facturx lxml saxonche numpy pyqtgraph openpyxl weasyprint "
    # What only opens later is imported later too.
    "babel PySide6.QtNetwork billops_desktop.domain.money "
    "billops_desktop.ui.timer.elapsed_popup billops_desktop.ui.timer.project_picker "
    "billops_desktop.ui.starting.loading billops_desktop.ui.shell.menus "
    "billops_desktop.ui.shell.palette billops_desktop.ui.timer.tray "
    "billops_desktop.ui.widgets.cells billops_desktop.ui.widgets.panels "
    "billops_desktop.ui.widgets.sheet billops_desktop.ui.widgets.toast"
)
START = """
import sys, types
from pathlib import Path
from billops_desktop.ui import application
from billops_desktop.ui.shell import pages
from tests.support.window import small_page
pages.declarations = lambda: tuple(small_page(n) for n in ("time", "invoices"))
begin = application.Session.open_records
def first_frame(session):
    heavy = sorted(set(sys.argv[2].split()) & set(sys.modules))
    rows = len(session.first.today_rows) if session.first else -1
    print("frame", rows, ",".join(heavy) or "light", flush=True)
    begin(session)
application.Session.open_records = first_frame
ready = application.Session._on_start_values
def started(session, values):
    from PySide6.QtCore import QTimer
    from billops_desktop.ui.starting import loading
    timer = session.window.timer
    views = {f"billops_desktop.ui.{name}" for name in loading.LATER if name.startswith("views.")}
    session.settled.connect(lambda: print("ready", *views & set(sys.modules), flush=True))
    watch = QTimer(session, interval=5)
    def look():
        if views <= set(sys.modules):
            watch.stop()
            print("all", flush=True)
    watch.timeout.connect(look)
    watch.start()
    timer.changed.connect(lambda: print("timer", timer.running is not None, flush=True))
    ready(session, values)
application.Session._on_start_values = started
sys.exit(application.run(Path(sys.argv[1]), argv=sys.argv[3:]))
"""


@pytest.fixture
def start(profile: Path) -> Iterator[Any]:
    running: list[subprocess.Popen[str]] = []

    def begin(*words: str) -> subprocess.Popen[str]:
        program = subprocess.Popen(
            [sys.executable, "-c", START, str(profile), HEAVY, *words],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
        running.append(program)
        return program

    yield begin
    for program in running:
        if program.poll() is None:
            program.kill()
        program.communicate()


def until(program: subprocess.Popen[str], word: str) -> list[str]:
    assert program.stdout is not None
    seen: list[str] = []
    for line in program.stdout:
        seen.append(line.strip())
        if line.startswith(word):
            return seen
    pytest.fail(f"ended before {word!r}: {seen}")


def test_the_first_frame_waits_for_nothing_heavy(start: Any, profile: Path, clock: Any) -> None:
    window = start()
    assert until(window, "frame")[-1].endswith("light")
    until(window, "ready")
    window.send_signal(signal.SIGTERM)
    assert window.wait(20) == 0


def test_the_other_pages_are_loaded_once_the_first_is_filled(start: Any, clock: Any) -> None:
    window = start()
    assert until(window, "ready")[-1] == "ready"
    assert "all" in until(window, "all")
    window.terminate()
    assert window.wait(20) == 0


def test_a_second_start_hands_its_command_to_the_first(
    start: Any, profile: Path, clock: Any
) -> None:
    first = start()
    until(first, "ready")
    other = open_workspace(profile, clock=clock)
    other.execute(tracking.start, description="Review")
    other.close()
    second = start("stop")
    assert second.wait(20) == 0
    assert until(first, "timer False")
    first.send_signal(signal.SIGINT)
    assert first.wait(20) == 0
    again = open_workspace(profile, clock=clock)
    assert again.read(tracking.running) is None
    again.close()


def test_a_killed_window_leaves_nothing_in_the_way(start: Any) -> None:
    first = start()
    until(first, "ready")
    first.kill()
    first.wait(20)
    second = start()
    until(second, "ready")
    second.terminate()
    assert wait_for(lambda: second.poll() is not None, "a clean end")
    assert second.returncode == 0
