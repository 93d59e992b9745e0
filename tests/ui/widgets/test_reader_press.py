"""A screen reader presses what can be checked: that is one click, and the program's way is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from billops_desktop.ui.widgets.buttons import Button, IconButton
from billops_desktop.ui.widgets.choice_card import ChoiceCard
from billops_desktop.ui.widgets.input.fields import CheckBox


def read_press(button: QAbstractButton) -> None:
    """Do the first action that is offered to screen readers."""
    actions = QAccessible.queryAccessibleInterface(button).actionInterface()
    actions.doAction(actions.actionNames()[0])


def clicks_of(button: QAbstractButton) -> list[bool]:
    """Return the list into which every click on a button comes."""
    clicks: list[bool] = []

    def on_clicked(checked: bool) -> None:
        clicks.append(checked)

    button.clicked.connect(on_clicked)
    return clicks


@pytest.fixture(params=["check", "toggle", "card", "icon"])
def button(request: pytest.FixtureRequest, dressed: QApplication, qtbot: QtBot) -> QAbstractButton:
    from PySide6.QtWidgets import QWidget

    parent = QWidget()
    kinds: dict[str, Callable[[], QAbstractButton]] = {
        "check": lambda: CheckBox("Time", parent),
        "toggle": lambda: Button("Time", parent, kind="toggle"),
        "card": lambda: ChoiceCard("Time", "by the hour", parent),
        "icon": lambda: IconButton("pin", "Pin", parent),
    }
    made = kinds[request.param]()
    made.setCheckable(True)
    qtbot.addWidget(parent)
    parent.show()
    made.holder = parent  # type: ignore[attr-defined] # lives as long as the button
    return made


def test_each_press_is_one_click(button: QAbstractButton) -> None:
    clicks = clicks_of(button)
    read_press(button)
    assert clicks == [True]
    button.click()
    assert clicks == [True, False]
    read_press(button)
    assert clicks == [True, False, True]
    assert button.isChecked()


def test_what_the_program_checks_is_no_click(button: QAbstractButton) -> None:
    clicks = clicks_of(button)
    button.setChecked(True)
    button.setChecked(False)
    assert clicks == []


def test_a_button_that_cannot_be_checked_is_pressed(dressed: QApplication, qtbot: QtBot) -> None:
    made = Button("Log")
    qtbot.addWidget(made)
    clicks = clicks_of(made)
    made.show()
    read_press(made)
    qtbot.waitUntil(lambda: clicks == [False])
