"""The names of the sections: one is lit and takes Tab, arrows ask for the next."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from billops_desktop.ui.views.preferences.section_list import SectionButton


@pytest.fixture
def button(holder: QWidget) -> SectionButton:
    made = SectionButton("taxes", "Taxes", "percent", holder)
    made.show()
    return made


def test_only_the_lit_one_is_a_stop_for_tab(button: SectionButton) -> None:
    assert button.focusPolicy() == Qt.FocusPolicy.ClickFocus
    button.setChecked(True)
    assert button.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_a_press_does_not_put_it_out(button: SectionButton) -> None:
    button.setChecked(True)
    pressed = []
    button.clicked.connect(lambda: pressed.append(True))
    button.click()
    assert button.isChecked()
    assert pressed == [True]


def test_arrows_ask_for_the_next_and_other_keys_do_not(button: SectionButton) -> None:
    steps: list[object] = []
    button.stepped.connect(steps.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left):
        QTest.keyClick(button, key)
    assert steps == [1, -1]


def test_the_lit_one_looks_lit(button: SectionButton) -> None:
    before = button.grab().toImage()
    button.setChecked(True)
    assert button.grab().toImage() != before
