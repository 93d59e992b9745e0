"""Tests for the sheet of shortcuts."""

from __future__ import annotations

from typing import Any

from billops_desktop.ui import keys
from billops_desktop.ui.shell.shortcut_sheet import shortcut_sheet
from billops_desktop.ui.widgets.labels import KeyCap, PlainLabel


def test_every_key_that_acts_is_listed(small_window: Any) -> None:
    actions = small_window.actions_table
    sheet = shortcut_sheet(actions, small_window)
    words = {label.text() for label in sheet.findChildren(PlainLabel)}
    offered = [one for one in actions.offered() if one.keys]
    assert {one.words.rstrip("…") for one in offered} <= words
    caps = {cap.text() for cap in sheet.findChildren(KeyCap)}
    assert {"S", "Ctrl+K", "F6"} <= caps
    assert {one.words.rstrip("…") for one in keys.listed()} <= words
    assert {key for one in keys.listed() for key in one.keys[:2]} <= caps
    ids = {one.id for one in actions.offered()}
    went = {f"G, {letter}" for letter, page in keys.GO_LETTERS.items() if f"go.{page}" in ids}
    assert went
    assert went <= caps
    sheet.deleteLater()


def test_a_second_key_stands_beside_the_first(small_window: Any) -> None:
    sheet = shortcut_sheet(small_window.actions_table, small_window)
    sheet.show()
    caps = {cap.text(): cap for cap in sheet.findChildren(KeyCap)}
    first, second = caps["?"].geometry(), caps["F1"].geometry()
    assert first.top() == second.top()
    assert second.left() - first.right() <= 8
    sheet.close()
