"""Tests for single letters: one character without Ctrl, Alt or Meta, whatever its case."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from billops_desktop.ui.widgets.input.letters import typed_letter

NONE = Qt.KeyboardModifier.NoModifier
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(
    ("text", "held", "letter"),
    [
        ("s", NONE, "S"),
        ("S", SHIFT, "S"),
        ("/", NONE, "/"),
        ("s", CONTROL, ""),
        ("s", Qt.KeyboardModifier.AltModifier, ""),
        ("", NONE, ""),
        ("\t", NONE, ""),
        ("ab", NONE, ""),
    ],
)
def test_a_letter_is_one_character_typed_alone(
    text: str, held: Qt.KeyboardModifier, letter: str
) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, held, text)
    assert typed_letter(event) == letter
