"""Tests for F6: the regions are walked in a circle, hidden stops are passed over."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.ui.shell.regions import step_region, takes_tab


def test_regions_are_walked_in_a_circle(dressed: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    side, page = QWidget(window), QWidget(window)
    column.addWidget(side)
    column.addWidget(page)
    button, hidden, field = QPushButton("a", side), QLineEdit(page), QLineEdit(page)
    hidden.hide()
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    button.setFocus()
    step_region(side, page, 1)
    assert window.focusWidget() is field
    step_region(side, page, 1)
    assert window.focusWidget() is button
    step_region(side, page, -1)
    assert window.focusWidget() is field
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    assert not takes_tab(button)
