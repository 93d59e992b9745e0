"""Tests for the slots of the window's actions."""

from __future__ import annotations

from typing import Any

from billops_desktop.ui.shell.slots import window_slots


def test_every_slot_belongs_to_a_declared_action(small_window: Any) -> None:
    declared = {one.id for one in small_window.actions_table}
    slots = window_slots(small_window)
    assert set(slots) <= declared
    assert {"timer.toggle", "go.invoices", "recent.9", "app.quit"} <= set(slots)


def test_a_slot_does_what_its_action_says(small_window: Any) -> None:
    window_slots(small_window)["go.clients"]()
    assert small_window.journey.here == "clients"
