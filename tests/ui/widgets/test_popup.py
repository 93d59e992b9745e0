"""Tests for the popup: it stays on the screen and its corners are round."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.ui.widgets.popup import Popup


def test_a_popup_opens_below_and_stays_on_the_screen(dressed: QApplication, qtbot: QtBot) -> None:
    anchor = QWidget()
    qtbot.addWidget(anchor)
    room = anchor.screen().availableGeometry()
    anchor.setGeometry(room.right() - 60, room.top() + 20, 50, 30)
    anchor.show()
    popup = Popup()
    qtbot.addWidget(popup)
    popup.resize(200, 100)
    popup.place_under(anchor)
    assert room.contains(popup.geometry().adjusted(0, 0, -1, -1))
    assert popup.y() > anchor.y()
    anchor.move(room.left() + 10, room.bottom() - 40)
    popup.place_under(anchor, right=True)
    assert popup.geometry().bottom() <= anchor.mapToGlobal(anchor.rect().topLeft()).y()
    assert not popup.mask().contains(popup.rect().topLeft())
    assert not popup.grab().isNull()
