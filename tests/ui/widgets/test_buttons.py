"""Tests for buttons: mouse, Space and Enter press them, focus by keyboard shows a ring."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.ui import theme
from billops_desktop.ui.widgets.buttons import LOOKS, Button, IconButton, RoundButton, Segments


@pytest.mark.parametrize("kind", LOOKS)
def test_a_button_is_pressed_by_mouse_and_keys(
    dressed: QApplication, qtbot: QtBot, kind: str
) -> None:
    button = Button("Record & close", kind=kind, icon="check")
    qtbot.addWidget(button)
    button.show()
    presses: list[int] = []
    button.clicked.connect(lambda: presses.append(1))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.keyClick(button, Qt.Key.Key_Return)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert len(presses) == 3
    assert button.words() == "Record & close"
    assert button.accessibleName() == "Record & close"
    assert button.sizeHint().height() >= 24


def test_focus_by_keyboard_shows_a_ring_and_a_click_does_not(
    dressed: QApplication, qtbot: QtBot
) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    row = QHBoxLayout(holder)
    other, button = Button("Cancel", holder), Button("Save", holder)
    row.addWidget(other)
    row.addWidget(button)
    with qtbot.waitActive(holder):
        holder.show()
        holder.activateWindow()

    def edge() -> QColor:
        return button.grab().toImage().pixelColor(button.width() // 2, 1)

    other.setFocus()
    plain = edge()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert edge() == theme.colour("focus")
    other.setFocus()
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert edge() == plain != theme.colour("focus")


def test_icon_and_round_buttons_speak_their_name(dressed: QApplication, qtbot: QtBot) -> None:
    for button in (IconButton("ellipsis", "More"), RoundButton("play", "Start <timer>")):
        qtbot.addWidget(button)
        assert button.accessibleName()
        assert "<timer>" not in button.toolTip()
        assert not button.grab().isNull()
        button.set_icon("square")
        assert not button.grab().isNull()


def test_segments_are_chosen_by_click_and_arrows(dressed: QApplication, qtbot: QtBot) -> None:
    segments = Segments([("list", "List"), ("week", "Week"), ("day", "Day")], "Range")
    qtbot.addWidget(segments)
    segments.show()
    seen: list[str] = []
    segments.chosen.connect(seen.append)
    QTest.mouseClick(segments.buttons["week"], Qt.MouseButton.LeftButton)
    QTest.keyClick(segments, Qt.Key.Key_Right)
    QTest.keyClick(segments, Qt.Key.Key_Right)
    assert seen == ["week", "day"]
    segments.choose("list")
    assert segments.value == "list"
    assert seen == ["week", "day"]
    segments.choose("nowhere")
    assert segments.value == "list"
    segments.set_words("list", "List", 48)
    assert "48" in segments.buttons["list"].count
    assert not segments.grab().isNull()


def test_only_the_chosen_segment_is_a_stop_for_tab(dressed: QApplication, qtbot: QtBot) -> None:
    segments = Segments([("a", "A"), ("b", "B")], "Letters")
    qtbot.addWidget(segments)
    stops = [
        key
        for key, button in segments.buttons.items()
        if button.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert stops == ["a"]


def test_a_disabled_button_takes_no_press(dressed: QApplication, qtbot: QtBot) -> None:
    holder = QWidget()
    button = Button("Issue", holder, kind="primary")
    qtbot.addWidget(holder)
    button.setEnabled(False)
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert pressed == []
    assert button.ink() == "text_disabled"
