"""The keys of pages: each is listed, found when pressed, used; no page has letters of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from billops_desktop.ui import keys

UI = Path(keys.__file__).parent
SOURCES = {path: path.read_text("utf-8") for path in UI.rglob("*.py") if path.name != "keys.py"}
CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


def event(key: Qt.Key, text: str = "", modifiers: Qt.KeyboardModifier = PLAIN) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)


def test_every_key_is_listed_once_with_its_words(dressed: QApplication) -> None:
    listed = keys.listed()
    assert sorted(one.id for one in listed) == sorted(keys.KEYS)
    assert all(one.words and one.group for one in listed)
    assert all(one.keys == keys.KEYS[one.id] for one in listed)


def test_every_key_is_one_that_qt_knows_in_its_portable_notation() -> None:
    for one in (key for many in keys.KEYS.values() for key in many):
        assert QKeySequence(one).toString(QKeySequence.SequenceFormat.PortableText) == one


def test_every_key_does_something_and_no_page_knows_letters_of_its_own() -> None:
    whole = "\n".join(SOURCES.values())
    # A place with a single key is asked for as a whole.
    alone = {"sheet.confirm", "field.calendar", "pinned.start"}
    unused = [one for one in keys.KEYS if one not in alone and f'"{one}"' not in whole]
    assert unused == []
    assert all(f'keys.pressed(event, "{one.partition(".")[0]}")' in whole for one in alone)
    own = [path.name for path, text in SOURCES.items() if re.search(r"\bKey_[A-Z]\b", text)]
    assert own == []


def test_two_keys_of_one_place_never_clash() -> None:
    for place in {one.partition(".")[0] for one in keys.KEYS}:
        pressed = [
            k for one, many in keys.KEYS.items() if one.startswith(f"{place}.") for k in many
        ]
        assert len(pressed) == len(set(pressed)), place


@pytest.mark.parametrize(
    ("pressed", "place", "found"),
    [
        (event(Qt.Key.Key_P, "p"), "entry", "entry.project"),
        (event(Qt.Key.Key_P, "P", Qt.KeyboardModifier.ShiftModifier), "entry", "entry.project"),
        (event(Qt.Key.Key_P, "p"), "invoice", "invoice.pay"),
        (event(Qt.Key.Key_P, "\x10", CONTROL), "entry", ""),
        (event(Qt.Key.Key_P, "\x10", CONTROL), "draft", "draft.print"),
        (event(Qt.Key.Key_BracketLeft, "["), "week", "week.previous"),
        # As a German keyboard types it on X11: with the key that shifts to the third level.
        (
            event(Qt.Key.Key_BracketLeft, "[", Qt.KeyboardModifier.GroupSwitchModifier),
            "week",
            "week.previous",
        ),
        (event(Qt.Key.Key_Space, " "), "invoice", "invoice.peek"),
        (event(Qt.Key.Key_Delete, "\x7f"), "line", "line.delete"),
        (event(Qt.Key.Key_Backspace, "\b"), "line", "line.delete"),
        (event(Qt.Key.Key_Escape, "\x1b"), "entry", "entry.none"),
        (event(Qt.Key.Key_I, "\t", CONTROL), "line", "line.entries"),
        (event(Qt.Key.Key_PageDown, "", CONTROL), "draft", "draft.next"),
        (event(Qt.Key.Key_Up, "", Qt.KeyboardModifier.AltModifier), "line", "line.up"),
        (event(Qt.Key.Key_Up, "", Qt.KeyboardModifier.ShiftModifier), "entry", "entry.extend_up"),
        (
            event(Qt.Key.Key_Enter, "\r", CONTROL | Qt.KeyboardModifier.KeypadModifier),
            "sheet",
            "sheet.confirm",
        ),
        (event(Qt.Key.Key_Enter, "\r", Qt.KeyboardModifier.KeypadModifier), "list", "list.open"),
    ],
)
def test_what_is_pressed_is_found_by_its_place(pressed: QKeyEvent, place: str, found: str) -> None:
    assert keys.pressed(pressed, place) == found


def test_menus_show_the_key_as_the_desktop_writes_it() -> None:
    assert keys.hint("invoice.pay") == "P"
    assert keys.hint("line.up") == "Alt+Up"
