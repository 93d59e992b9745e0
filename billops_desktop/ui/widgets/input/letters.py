"""Reads the single letter of a key press: what starts a search, or acts on a page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


def typed_letter(event: QKeyEvent) -> str:
    """Return the one character that was typed without Ctrl, Alt or Meta as a capital, else ""."""
    shift = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    one = len(event.text()) == 1 and event.text().isprintable()
    return event.text().upper() if one and not event.modifiers() & ~shift else ""
