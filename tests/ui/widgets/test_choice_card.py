"""Large choices: one is chosen, by click or by arrow keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.ui import theme
from billops_desktop.ui.widgets.choice_card import Choices


@pytest.fixture
def choices(dressed: QApplication, qtbot: QtBot) -> Iterator[Choices]:
    page = QWidget()
    qtbot.addWidget(page)
    made = Choices((("a", "One & all", "First"), ("b", "Two", "Second")), "Which", page)
    made.resize(400, 150)
    page.show()
    yield made
    page.hide()


def test_a_click_chooses(choices: Choices, qtbot: QtBot) -> None:
    assert choices.value == "a"
    with qtbot.waitSignal(choices.chosen, timeout=500) as chosen:
        QTest.mouseClick(choices.cards["b"], Qt.MouseButton.LeftButton)
    assert (chosen.args, choices.value) == (["b"], "b")
    assert not choices.cards["a"].isChecked()


def test_arrow_keys_walk_around(choices: Choices) -> None:
    choices.cards["a"].setFocus()
    QTest.keyClick(choices.cards["a"], Qt.Key.Key_Down)
    assert choices.value == "b"
    QTest.keyClick(choices.cards["b"], Qt.Key.Key_Down)
    assert choices.value == "a"


def test_the_chosen_card_is_tinted(choices: Choices) -> None:
    picture = choices.cards["a"].grab().toImage()
    assert picture.pixelColor(picture.width() - 20, 12) == theme.colour("accent_subtle")
    assert choices.cards["a"].accessibleDescription() == "First"
