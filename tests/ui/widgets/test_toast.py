"""Tests for the toast: one at a time, eight seconds, longer under the pointer or the focus."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.ui.widgets.toast import SHOWN_MS, Toast
from tests.support.present import present


@pytest.fixture
def toast(dressed: QApplication, qtbot: QtBot) -> Toast:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 700)
    window.show()
    return Toast(window)


def test_it_stands_at_the_bottom_and_goes_by_itself(toast: Toast) -> None:
    toast.say("3 entries deleted", lambda: None)
    window = toast.parentWidget()
    assert toast.geometry().bottom() < present(window).height()
    assert toast.y() > present(window).height() - 100
    assert toast._clock.interval() == SHOWN_MS
    toast.leaveEvent(QEvent(QEvent.Type.Leave))
    toast._on_time()
    assert not toast.isVisible()


def test_a_newer_message_replaces_an_older_one(toast: Toast) -> None:
    undone: list[str] = []
    toast.say("first", lambda: undone.append("first"))
    toast.say("second", lambda: undone.append("second"), verb="Take back")
    assert toast.undo.words() == "Take back"
    toast.undo.click()
    assert undone == ["second"]
    toast.say("third")
    assert toast.undo.isHidden()


def test_it_waits_under_the_pointer_and_while_it_has_the_focus(toast: Toast, qtbot: QtBot) -> None:
    toast.say("3 entries deleted", lambda: None)
    place = QPointF(5, 5)
    toast.enterEvent(QEnterEvent(place, place, place))
    assert not toast._clock.isActive()
    toast.leaveEvent(QEvent(QEvent.Type.Leave))
    assert toast._clock.isActive()
    toast.eventFilter(toast.undo, QEvent(QEvent.Type.FocusIn))
    assert not toast._clock.isActive()
    toast.eventFilter(toast.undo, QEvent(QEvent.Type.FocusOut))
    assert toast._clock.isActive()
    QTest.keyClick(toast, Qt.Key.Key_Escape)
    assert not toast.isVisible()


def test_it_follows_the_size_of_its_window(toast: Toast) -> None:
    toast.say("<b>plain</b>")
    present(toast.parentWidget()).resize(800, 500)
    assert toast.geometry().bottom() < 500
    assert not toast.grab().isNull()
    toast.dismiss.click()
    assert not toast.isVisible()
