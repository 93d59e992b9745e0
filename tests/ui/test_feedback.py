"""Tests for feedback: toast with Undo, banner, question, crash; all of it plain text."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.domain.changes import Changes
from billops_desktop.errors import Refused
from billops_desktop.ui.feedback import Feedback, install_crash_hook
from billops_desktop.ui.jobs import Unexpected
from billops_desktop.ui.widgets.input.fields import TextArea
from billops_desktop.ui.widgets.sheet import Sheet


def test_a_toast_can_take_the_step_back(dressed: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    feedback = Feedback(window)
    undone: list[object] = []
    feedback.undo_wanted.connect(undone.append)
    feedback.undoable("3 entries deleted", Changes("t7", {"time_entry": frozenset({"a"})}))
    assert feedback.toast.isVisible()
    feedback.toast.undo.click()
    assert undone == ["t7"]
    assert not feedback.toast.isVisible()


def test_a_step_without_changes_offers_no_undo(small_window: Any) -> None:
    small_window.feedback.undoable("Nothing to do", Changes("", {}))
    assert small_window.feedback.toast.undo.isHidden()


def test_errors_stand_on_the_page_or_in_the_toast(small_window: Any) -> None:
    feedback, page = small_window.feedback, small_window.current()
    banner = feedback.show_error(Refused("Not <b>sent</b>.", "It is saved."), page)
    assert banner is not None
    assert banner.title.text() == "Not <b>sent</b>."
    assert feedback.show_error(Refused("Elsewhere.")) is None
    assert "Elsewhere" in feedback.toast.words.text()
    assert feedback.recent[0] == "Elsewhere."
    feedback.clear(page)
    assert banner.isHidden()


def test_a_fault_shows_its_details_on_request(small_window: Any) -> None:
    fault = Unexpected("Not finished.", "Nothing was changed.", "Traceback: line 1")
    banner = small_window.feedback.show_error(fault, small_window.current())
    banner.offers.itemAt(0).widget().click()
    sheet = small_window.findChild(Sheet, "crash")
    assert sheet.findChild(TextArea).text() == "Traceback: line 1"
    sheet.confirm.click()
    assert QGuiApplication.clipboard().text() == "Traceback: line 1"
    sheet.reject()


def test_a_question_acts_on_its_verb_only(small_window: Any) -> None:
    done: list[int] = []
    sheet = small_window.feedback.ask(
        "Restore?", "A copy is made.", "Restore", then=lambda: done.append(1)
    )
    sheet.reject()
    assert done == []
    again = small_window.feedback.ask(
        "Restore?", "A copy is made.", "Restore", then=lambda: done.append(1)
    )
    again.confirm.click()
    assert done == [1]


def test_an_uncaught_fault_is_shown_once_and_the_program_goes_on(
    small_window: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    install_crash_hook(lambda: small_window.feedback)
    for _again in range(2):
        fault = ZeroDivisionError("deep inside")
        sys.excepthook(type(fault), fault, None)
    sheets = small_window.findChildren(Sheet, "crash")
    assert len(sheets) == 1
    assert "deep inside" in sheets[0].findChild(TextArea).text()
    sheets[0].reject()
