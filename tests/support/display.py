"""A screen of its own for a test: X server, session bus, window manager and tray host."""

from __future__ import annotations

import os
import runpy
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image, ImageGrab

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
SIZE = "1280x800x24"
PATIENCE_SECONDS = 20.0
POLL_SECONDS = 0.05


def wait_for(condition: Callable[[], T], what: str, seconds: float = PATIENCE_SECONDS) -> T:
    """Return the first true answer of a condition; fail naming what did not come about."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not (answer := condition()):
        if time.monotonic() > deadline:
            pytest.fail(f"waited {seconds:.0f} s in vain for {what}")
        pause.wait(POLL_SECONDS)
    return answer


@dataclass
class Screen:
    """A running screen: programs are started in it, keys and clicks are real X events."""

    environment: dict[str, str]
    programs: ExitStack

    def start(self, *command: str | Path, **variables: str) -> subprocess.Popen[str]:
        """Start a program on this screen; it is ended with the screen."""
        started = subprocess.Popen(
            [str(part) for part in command],
            env={**self.environment, **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
        )
        self.programs.callback(_end, started)
        return started

    def xdotool(self, *arguments: str | int) -> str:
        """Send keys or clicks, or ask for windows; the answer is empty where xdotool found none."""
        done = subprocess.run(
            ["xdotool", *map(str, arguments)],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )
        return done.stdout.strip() if done.returncode == 0 else ""

    def window(self, title: str) -> str:
        """Wait for a visible window whose title matches; return its X id."""
        found = wait_for(
            lambda: self.xdotool("search", "--onlyvisible", "--name", title),
            f"a window titled {title!r}",
        )
        return found.splitlines()[0]

    def click(self, window: str, x: int, y: int, button: int = 1) -> None:
        """Click at a place inside a window (xdotool's own geometry counts the frame twice)."""
        self.xdotool("mousemove", "--window", window, x, y)
        self.xdotool("click", button)

    def type(self, text: str) -> None:
        """Type text into the window that has the focus."""
        self.xdotool("type", "--delay", 40, text)

    def key(self, *keys: str) -> None:
        """Press keys such as `ctrl+n`."""
        self.xdotool("key", *keys)

    def picture(self) -> Image.Image:
        """Return what stands on the screen now."""
        return ImageGrab.grab(xdisplay=self.environment["DISPLAY"])


def _end(program: subprocess.Popen[str]) -> None:
    program.terminate()
    try:
        program.communicate(timeout=10)
    except subprocess.TimeoutExpired:
        program.kill()
        program.communicate()


def _server(programs: ExitStack, command: list[str], what: str) -> str:
    """Start a server that writes its address to the pipe `{}` when ready; return the address."""
    reading, writing = os.pipe()
    try:
        started = subprocess.Popen(
            [part.format(writing) for part in command],
            pass_fds=[writing],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )
    finally:
        os.close(writing)
    programs.callback(_end, started)
    with os.fdopen(reading, encoding="ascii") as pipe:
        address = pipe.readline().strip()
    if not address:
        pytest.fail(f"{what} did not start")
    return address


def _surroundings(programs: ExitStack, home: Path) -> dict[str, str]:
    """Start the X server and the session bus; return the variables that lead to them."""
    folders = {name: home / name.lower() for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    folders |= {"XDG_CACHE_HOME": home / "cache", "XDG_RUNTIME_DIR": home / "run"}
    for folder in folders.values():
        folder.mkdir(mode=0o700)
    number = _server(
        programs,
        ["Xvfb", "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset", "-displayfd", "{}"],
        "Xvfb",
    )
    bus = _server(
        programs, ["dbus-daemon", "--session", "--nofork", "--print-address={}"], "the session bus"
    )
    left_out = {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "SESSION_MANAGER"}
    return {
        **{name: value for name, value in os.environ.items() if name not in left_out},
        **{name: str(folder) for name, folder in folders.items()},
        "HOME": str(home),
        "DISPLAY": f":{number}",
        "DBUS_SESSION_BUS_ADDRESS": bus,
        "QT_QPA_PLATFORM": "xcb",
    }


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """A screen with openbox and a tray host; skips, saying why, where a program is missing."""
    house = runpy.run_path(str(ROOT / "packaging" / "system.py"))
    if missing := house["missing_test_programs"]():
        command = " ".join(house["install_command"](missing) or ["install them"])
        names = ", ".join(need.name for need in missing)
        pytest.skip(f"NO REAL WINDOW WAS TESTED: {names} not installed; {command}")
    home = tmp_path / "screen-home"
    home.mkdir(mode=0o700)
    with ExitStack() as programs:
        shown = Screen(_surroundings(programs, home), programs)
        shown.start("openbox", "--sm-disable")
        wait_for(lambda: shown.xdotool("get_num_desktops"), "the window manager")
        shown.start("trayer", "--edge", "bottom", "--align", "right", "--SetDockType", "true")
        wait_for(lambda: shown.xdotool("search", "--class", "trayer"), "the tray host")
        yield shown
