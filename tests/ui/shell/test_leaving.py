"""Tests for the question at closing."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel

from billops_desktop.ui.shell.leaving import ask_leave
from billops_desktop.ui.widgets.buttons import Button
from tests.support.present import of_kind, present


def test_each_answer_does_its_own_and_esc_does_nothing(small_window: Any) -> None:
    done: list[str] = []

    def ask() -> Any:
        return ask_leave(
            small_window,
            running=False,
            keep=lambda: done.append("keep"),
            leave=lambda: done.append("quit"),
        )

    ask().reject()
    assert done == []
    ask().confirm.click()
    ask().findChild(Button, "leaveQuit").click()
    assert done == ["keep", "quit"]


def test_a_running_timer_is_said_to_be_safe(small_window: Any) -> None:
    sheet = ask_leave(small_window, running=True, keep=lambda: None, leave=lambda: None)
    texts = [
        of_kind(present(sheet.body.itemAt(n)).widget(), QLabel).text()
        for n in range(sheet.body.count())
    ]
    assert any("saved either way" in text for text in texts)
    sheet.reject()
