"""What the window remembers between two starts: its place per set of screens, its splitters."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

FILE_NAME: Final = "window.json"
FILE_MODE: Final = 0o600
LARGEST: Final = 200_000
SMALLEST: Final = (960, 600)
USUAL: Final = (1440, 900)


class WindowState:
    """Names to plain JSON values in one small file of the profile; a broken file is forgotten."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.values: dict[str, Any] = {}
        if file is not None:
            self.values = _read(file)

    def get(self, name: str, default: Any = None) -> Any:
        """Return a remembered value; the default when none of its type is there."""
        value = self.values.get(name, default)
        return value if default is None or isinstance(value, type(default)) else default

    def put(self, name: str, value: Any) -> None:
        """Remember a value; it is written by save."""
        self.values[name] = value

    def save(self) -> None:
        """Write the file whole, or leave the old one; a full disk only costs the memory of it."""
        if self.file is None:
            return
        part = self.file.with_suffix(".part")
        try:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
            with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
                json.dump(self.values, opened)
            part.replace(self.file)
        except OSError:
            part.unlink(missing_ok=True)

    def keep(self, window: QMainWindow) -> None:
        """Remember where the window stands on the screens of now."""
        area = window.normalGeometry()
        self.put(
            f"place {screens()}",
            {
                "area": [area.x(), area.y(), area.width(), area.height()],
                "maximised": window.isMaximized(),
            },
        )

    def place(self, window: QMainWindow) -> bool:
        """Put the window where it stood on these screens, inside them; True when maximised."""
        known = self.get(f"place {screens()}", {})
        area = known.get("area")
        numbers = isinstance(area, list) and len(area) == 4 and all(type(n) is int for n in area)
        window.resize(*(area[2:] if numbers else USUAL))
        screen = window.screen().availableGeometry()
        wanted = QRect(*area) if numbers else QRect(0, 0, *USUAL)
        if not numbers:
            wanted.moveCenter(screen.center())
        window.setGeometry(inside(wanted))
        return bool(known.get("maximised", False))


def inside(wanted: QRect) -> QRect:
    """Return an area moved and cut so that it lies on a screen that is there."""
    screen = QGuiApplication.screenAt(wanted.center()) or QGuiApplication.primaryScreen()
    room = screen.availableGeometry()
    width = max(min(wanted.width(), room.width()), min(SMALLEST[0], room.width()))
    height = max(min(wanted.height(), room.height()), min(SMALLEST[1], room.height()))
    left = min(max(wanted.left(), room.left()), room.right() + 1 - width)
    top = min(max(wanted.top(), room.top()), room.bottom() + 1 - height)
    return QRect(left, top, width, height)


def screens() -> str:
    """Return a name for the set of screens that is connected."""
    areas = (screen.geometry() for screen in QGuiApplication.screens())
    return ";".join(
        sorted(f"{area.width()}x{area.height()}+{area.x()}+{area.y()}" for area in areas)
    )


def _read(file: Path) -> dict[str, Any]:
    try:
        if file.stat().st_size > LARGEST:
            return {}
        values = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}
