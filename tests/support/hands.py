"""Hands for a window under test: real mouse and key events, and patience without sleeping."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

T = TypeVar("T")
# A machine under load is slow, not wrong: only what never comes fails.
PATIENCE_SECONDS = 60.0


@dataclass
class Hands:
    """Clicks, types and waits; what is clicked must be there for a user too."""

    qtbot: QtBot

    def until(
        self, condition: Callable[[], T], what: str = "it", seconds: float = PATIENCE_SECONDS
    ) -> T:
        """Wait, with the event loop running, for the first true answer; return it."""
        found: list[T] = []

        def met() -> bool:
            answer = condition()
            if answer:
                found.append(answer)
            return bool(answer)

        try:
            self.qtbot.waitUntil(met, timeout=round(seconds * 1000))
        except self.qtbot.TimeoutError:
            pytest.fail(f"waited {seconds:.0f} s in vain for {what}", pytrace=True)
        return found[-1]

    def find(self, within: QWidget, name: str) -> Any:
        """Return the one visible widget of an object name."""
        from PySide6.QtWidgets import QWidget

        seen = [one for one in within.findChildren(QWidget, name) if one.isVisible()]
        assert len(seen) == 1, f"{len(seen)} visible widgets are named {name}"
        return seen[0]

    def click(self, widget: QWidget, at: QPoint | None = None, modifiers: Any = None) -> None:
        """Press and release the left button in the middle of a widget, or at a place in it."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        assert widget.isVisible(), f"{widget.objectName()} cannot be seen"
        assert widget.isEnabled(), f"{widget.objectName()} is disabled"
        self.activate(widget.window())
        held = modifiers or Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, held, at or widget.rect().center())

    def activate(self, window: QWidget) -> None:
        """Make a window the active one, as a click on it does where there is a window manager."""
        from PySide6.QtCore import Qt

        if window.windowType() not in {Qt.WindowType.Popup, Qt.WindowType.ToolTip}:
            window.activateWindow()
            self.until(window.isActiveWindow, "the active window")

    def choose(self, menu: Any, words: str) -> None:
        """Open a menu that opens at the pointer, and click the entry whose words begin so."""
        from PySide6.QtCore import QPoint

        menu.popup(QPoint(40, 40))
        self.until(menu.isVisible, "the menu")
        for action in menu.actions():
            if action.text().startswith(words):
                self.click(menu, menu.actionGeometry(action).center())
                return
        pytest.fail(f"no {words!r} among {[action.text() for action in menu.actions()]}")

    def type(self, text: str, *, over: bool = False) -> None:
        """Type into what has the focus; ``over`` replaces what stands there."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        focused = self._focused()
        if over:
            QTest.keyClick(focused, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(focused, text)

    def key(self, key: Any, modifiers: Any = None) -> None:
        """Press a key where the focus is."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        QTest.keyClick(self._focused(), key, modifiers or Qt.KeyboardModifier.NoModifier)

    def _focused(self) -> QWidget:
        from PySide6.QtWidgets import QApplication

        focused = QApplication.focusWidget() or QApplication.activeWindow()
        assert focused is not None, "nothing has the focus"
        return focused


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    """Return hands for the windows of this test."""
    return Hands(qtbot)
