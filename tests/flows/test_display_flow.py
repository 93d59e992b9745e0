"""The program on a real screen: X events from outside, a tray host, other processes, a kill."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.display import ROOT, wait_for
from tests.support.watched import Watched

pytestmark = pytest.mark.xvfb
RUNS, STANDS = "Stop timer  S", "Start timer  S"


def billops(shown: Watched, *words: str) -> Any:
    """Run a command in a process of its own, as in a terminal beside the window."""
    done = subprocess.run(
        [sys.executable, "-m", "billops_desktop", "--profile", shown.profile, *words, "--json"],
        env=shown.screen.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def running(shown: Watched) -> Any:
    return billops(shown, "status")["running"]


def test_bar_and_tray_by_mouse_and_keys(watch: Callable[[], Watched]) -> None:
    shown = watch()
    type_and_start(shown)
    stop_by_the_button(shown)
    click_the_icon(shown)
    choose_from_the_menu(shown)
    shown.screen.xdotool("windowactivate", "--sync", shown.screen.window("BillOps"))
    shown.screen.key("ctrl+q")
    assert shown.program.wait(20) == 0


def type_and_start(shown: Watched) -> None:
    shown.until("no timer", button=STANDS)
    shown.press("timerDescription")
    shown.until("the focus in the bar", focus="timerDescription", active=True)
    shown.screen.type("Write the report")
    shown.until("the typed words", description="Write the report")
    shown.screen.key("Return")
    shown.until("a running timer", button=RUNS, rows=["Write the report"])
    assert running(shown)["description"] == "Write the report"
    shown.until("the icon's words", tooltip=lambda words: words.endswith("Write the report"))


def stop_by_the_button(shown: Watched) -> None:
    shown.press("timerToggle")
    shown.until("a stopped timer", button=STANDS, description="")
    assert running(shown) is None


def click_the_icon(shown: Watched) -> None:
    """Middle starts and stops, left opens the compact window."""
    shown.press("trayIcon", button=2)
    shown.until("the latest work again", button=RUNS, description="Write the report")
    shown.press("trayIcon")
    shown.until("the compact window", popover=True)
    shown.screen.type("Client call")
    shown.screen.key("Return")
    shown.until("the new work", popover=False, button=RUNS, description="Client call")
    assert running(shown)["description"] == "Client call"
    shown.press("trayIcon", button=2)
    shown.until("a stopped timer", button=STANDS)
    assert running(shown) is None


def choose_from_the_menu(shown: Watched) -> None:
    """Right opens the menu; its entries do what they say."""
    shown.press("trayIcon", button=3)
    shown.press("Continue: Client call")
    shown.until("the latest work again", button=RUNS, description="Client call")
    shown.press("trayIcon", button=3)
    shown.press("Stop timer")
    shown.until("a stopped timer", button=STANDS)


def test_beside_other_processes_and_after_a_kill(watch: Callable[[], Watched]) -> None:
    shown = watch()
    started = billops(shown, "start", "By command")
    shown.until("the work of the other process", description="By command", button=RUNS)
    shown.until("its row in the list", rows=["By command"])
    raise_by_a_second_start(shown)
    shown = kill_and_start_again(shown, watch)
    assert billops(shown, "stop")["stopped"]["id"] == started["started"]["id"]
    shown.until("the stop of the other process", button=STANDS, started="")


def raise_by_a_second_start(shown: Watched) -> None:
    window = shown.screen.window("BillOps")
    shown.screen.xdotool("windowminimize", window)
    shown.until("the window away", active=False)
    second = shown.screen.start(sys.executable, "-m", "billops_desktop", "--profile", shown.profile)
    assert second.wait(20) == 0
    shown.until("the window in front", active=True)


def kill_and_start_again(shown: Watched, watch: Callable[[], Watched]) -> Watched:
    before = shown.until("the start", started=lambda start: start)
    shown.program.kill()
    wait_for(lambda: shown.program.poll() is not None, "the end of the process")
    again = watch()
    after = again.until("the running timer", button=RUNS, description="By command")
    assert after["started"] == before["started"]
    assert after["clock"] >= before["clock"]
    return again
