"""Tests that SIGTERM and SIGINT end the window through the event loop."""

from __future__ import annotations

import os
import signal

from pytestqt.qtbot import QtBot

from billops_desktop.ui.shell.signals import ends_on_signals


def test_a_signal_is_heard_by_the_event_loop_and_old_ways_come_back(qtbot: QtBot) -> None:
    before = signal.getsignal(signal.SIGTERM)
    heard: list[int] = []
    with ends_on_signals(lambda: heard.append(1)):
        os.kill(os.getpid(), signal.SIGTERM)
        qtbot.waitUntil(lambda: heard == [1])
    assert signal.getsignal(signal.SIGTERM) is before
