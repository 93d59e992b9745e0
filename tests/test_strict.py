"""The strict run is strict: each thing that it forbids is shown to fail."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.strict import NetworkForbidden

ROOT = Path(__file__).resolve().parent.parent

LEAVERS = {
    "window": "keep.append(QWidget()); keep[0].show()",
    "timer": "keep.append(QTimer()); keep[0].start(1000)",
    "thread": "keep.append(threading.Thread(target=gate.wait)); keep[0].start()",
    "nothing": "QWidget().show()",
}
STORY = """
import threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
keep, gate = [], threading.Event()

def test_story(qapp):
    {line}

def test_end(qapp):
    gate.set()
    for kept in keep:
        getattr(kept, "deleteLater", lambda: None)()
        getattr(kept, "stop", lambda: None)()
"""


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 443)])
def test_no_connection_leaves_the_machine(address: tuple[str, int]) -> None:
    with pytest.raises(NetworkForbidden, match="tests reach no network"):
        socket.create_connection(address, timeout=1)


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()


def test_the_run_has_a_home_of_its_own() -> None:
    assert Path.home().name.startswith("billops-tests-")
    assert Path(os.environ["XDG_DATA_HOME"]).is_relative_to(Path.home())


@pytest.mark.parametrize("kind", sorted(LEAVERS))
def test_what_is_left_running_fails_its_test(kind: str, tmp_path: Path) -> None:
    story = tmp_path / "test_story.py"
    story.write_text(STORY.format(line=LEAVERS[kind]), encoding="utf-8")
    command = ["-m", "pytest", "-q", "-p", "tests.support.strict", "-c", os.devnull, str(story)]
    done = subprocess.run(
        [sys.executable, *command, "-p", "no:cacheprovider", "--rootdir", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=60,
    )
    left = f"test_story left behind: {kind}" in done.stdout
    assert (done.returncode, left) == ((0, False) if kind == "nothing" else (1, True)), done.stdout
