"""Tests for actions: each once, no key twice, each offered in the palette."""

from __future__ import annotations

from collections import Counter
from typing import Any

from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from billops_desktop.ui.actions import declarations, types_text


def test_no_id_and_no_key_is_used_twice() -> None:
    every = declarations()
    assert max(Counter(one.id for one in every).values()) == 1
    keys = Counter(key.upper() for one in every for key in one.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_words_are_verbs_or_places_without_shouting() -> None:
    for one in declarations():
        assert one.words
        assert "!" not in one.words
        assert one.group


def test_an_action_without_a_slot_cannot_be_seen(small_window: Any) -> None:
    actions = small_window.actions_table
    assert not actions["invoice.new"].isVisible()
    ran: list[int] = []
    actions.connect_slots({"invoice.new": lambda: ran.append(1)})
    actions["invoice.new"].trigger()
    assert ran == [1]
    assert "invoice.new" in {one.id for one in actions.offered()}


def test_letters_find_their_action(small_window: Any) -> None:
    actions = small_window.actions_table
    assert actions.letter("s", "time") is actions["timer.toggle"]
    assert actions.letter("n", "time") is actions["timer.new"]
    assert actions.letter("s", "invoices") is actions.letter("n", "invoice") is None
    assert actions.letter("/", "invoices") is actions["edit.filter"]
    assert actions.letter("x", "time") is None
    assert [key.toString() for key in actions["timer.toggle"].shortcuts()] == ["Ctrl+Shift+S"]


def test_letters_belong_to_text_fields(dressed: QApplication, qtbot: QtBot) -> None:
    field, button = QLineEdit(), QPushButton()
    for widget in (field, button):
        qtbot.addWidget(widget)
    assert types_text(field)
    assert not types_text(button)
    field.setReadOnly(True)
    assert not types_text(field)
