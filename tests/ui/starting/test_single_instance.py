"""Tests for one window per profile: a second start leaves its command and ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from billops_desktop.ui.starting.single_instance import (
    LONGEST_PATH,
    SingleInstance,
    send,
    socket_name,
)

SECOND_START = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from billops_desktop.ui.starting.single_instance import SingleInstance, send
app = QCoreApplication([])
profile = Path(sys.argv[1])
sys.exit(10 if SingleInstance(profile).acquire() else 0 if send(profile, sys.argv[2]) else 3)
"""


def test_a_second_start_hands_its_command_over(qapp: Any, qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.acquire()
    first.listen()
    heard: list[str] = []
    first.commanded.connect(heard.append)
    second = subprocess.Popen([sys.executable, "-c", SECOND_START, str(tmp_path), "toggle"])
    qtbot.waitUntil(lambda: heard == ["toggle"], timeout=20_000)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.returncode == 0
    first.release()
    third = SingleInstance(tmp_path)
    assert third.acquire()
    third.release()


def test_nobody_answers_for_a_profile_without_a_window(qapp: Any, tmp_path: Path) -> None:
    assert not send(tmp_path, "show", wait_ms=80)


def test_what_is_no_command_is_not_heard(qapp: Any, qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.acquire()
    first.listen()
    heard: list[str] = []
    first.commanded.connect(heard.append)
    client = QLocalSocket()
    client.connectToServer(socket_name(tmp_path))
    client.write(b"rm -rf\n")
    client.flush()
    state = QLocalSocket.LocalSocketState.UnconnectedState
    qtbot.waitUntil(lambda: client.state() == state)
    assert heard == []
    first.release()


def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    assert socket_name(tmp_path / "x").endswith("billops.sock")
    deep = tmp_path / ("d" * 120)
    assert len(socket_name(deep)) <= LONGEST_PATH
    assert socket_name(deep) != socket_name(tmp_path / ("e" * 120))
