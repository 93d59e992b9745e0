"""The program as its users start it, telling after every look what stands on its screen.

``python -m tests.support.watched FACE --profile DIR`` is ``billops --profile DIR`` and nothing
else, but for a look around ten times a second that is written to the file FACE. Mouse, keys and
other processes reach it as they reach the program itself.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.display import Screen, wait_for

LOOK_MS = 100


@dataclass
class Watched:
    """A program on a screen, and what it shows."""

    screen: Screen
    profile: Path
    face: Path
    program: subprocess.Popen[str]

    @property
    def seen(self) -> dict[str, Any]:
        """What stood on the screen at the last look; empty before the first one."""
        try:
            return dict(json.loads(self.face.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return {}

    def until(self, what: str, **wanted: Any) -> dict[str, Any]:
        """Wait until the screen shows these values; a function decides for itself."""

        def shows(seen: Mapping[str, Any], name: str) -> bool:
            value, found = wanted[name], seen.get(name)
            return bool(value(found)) if callable(value) else found == value

        def met() -> dict[str, Any]:
            seen = self.seen
            return seen if seen and all(shows(seen, name) for name in wanted) else {}

        try:
            return wait_for(met, what)
        except pytest.fail.Exception as fault:
            pytest.fail(f"{fault.msg}; the screen shows {self.seen}")

    def press(self, name: str, button: int = 1) -> None:
        """Click in the middle of a thing by its name, once it is on the screen."""
        seen = self.until(f"{name} on the screen", places=lambda places: name in (places or {}))
        x, y = seen["places"][name]
        self.screen.xdotool("mousemove", x, y)
        self.screen.xdotool("click", button)


@pytest.fixture
def watch(screen: Screen, profile: Path, tmp_path: Path) -> Callable[[], Watched]:
    """Return a function that starts the program over the profile and waits until it is usable."""
    begun: list[Path] = []

    def start() -> Watched:
        face = tmp_path / f"face-{len(begun)}.json"
        begun.append(face)
        words = ("-m", "tests.support.watched", face, "--profile", profile)
        shown = Watched(screen, profile, face, screen.start(sys.executable, *words))
        shown.until("the tray icon", places=lambda places: "trayIcon" in (places or {}))
        return shown

    return start


def _middle(area: Any) -> tuple[int, int]:
    return area.center().x(), area.center().y()


def _places(session: Any) -> dict[str, tuple[int, int]]:
    """Return the middle of everything that a user could press now, in the screen's pixels."""
    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QApplication

    found: dict[str, tuple[int, int]] = {}
    for widget in QApplication.allWidgets():
        if widget.isVisible() and widget.objectName():
            corner = widget.mapToGlobal(widget.rect().topLeft())
            found[widget.objectName()] = _middle(QRect(corner, widget.size()))
    tray = session.tray
    if tray is None:
        return found
    if not tray.icon.geometry().isEmpty():
        found["trayIcon"] = _middle(tray.icon.geometry())
    if tray.menu.isVisible():
        for action in tray.menu.actions():
            area = tray.menu.actionGeometry(action)
            corner = tray.menu.mapToGlobal(area.topLeft())
            found[action.text()] = _middle(QRect(corner, area.size()))
    return found


def _look(session: Any) -> dict[str, Any]:
    """Return what stands on the screen now."""
    from PySide6.QtWidgets import QApplication

    window, tray = session.window, session.tray
    view = window.views.get("time")
    running = window.timer.running
    return {
        "title": window.windowTitle(),
        "active": window.isActiveWindow() and not window.isMinimized(),
        "description": view.bar.description.text() if view else "",
        "button": view.bar.button.accessibleName() if view else "",
        "clock": view.bar.clock.text_now() if view else "",
        "rows": [row.description for row in view.table.entries.rows()] if view else [],
        "started": running.started_at.isoformat() if running else "",
        "popover": tray is not None and tray.popover.isVisible(),
        "focus": getattr(QApplication.focusWidget(), "objectName", str)(),
        "tooltip": tray.icon.toolTip() if tray is not None else "",
        "places": _places(session),
    }


def main(face: Path) -> int:
    """Run the program with the rest of the command line, looking around meanwhile."""
    from PySide6.QtCore import QTimer

    from billops_desktop.__main__ import main as run
    from billops_desktop.ui import application

    class Looking(application.Session):
        def start(self, open_workspace: Callable[..., Any]) -> None:
            self.looks = QTimer(self, interval=LOOK_MS)
            self.looks.timeout.connect(self.on_look)
            self.looks.start()
            super().start(open_workspace)

        def on_look(self) -> None:
            half = face.with_suffix(".half")
            half.write_text(json.dumps(_look(self)), encoding="utf-8")
            half.replace(face)

    application.Session = Looking  # type: ignore[misc]  # watched from inside, started as it is
    return run(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
