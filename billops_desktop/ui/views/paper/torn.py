"""A window of its own for the pages, beside the main one or on another screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from billops_desktop.ui import theme

if TYPE_CHECKING:
    from billops_desktop.ui.shell.window_state import WindowState

REMEMBERED: Final = "torn pages"
USUAL: Final = [680, 860]
LEAST: Final = (360, 420)


class TornWindow(QWidget):
    """Holds the pages until it is closed; its size comes back the next time."""

    closed = Signal()

    def __init__(self, pages: QWidget, title: str, state: WindowState, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("tornPages")
        theme.dress(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumSize(*LEAST)
        self.state = state
        known = state.get(REMEMBERED, USUAL)
        fine = len(known) == len(USUAL) and all(type(size) is int for size in known)
        self.resize(*(known if fine else USUAL))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pages)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc and with the keys that close a window."""
        if event.key() == Qt.Key.Key_Escape or event.matches(QKeySequence.StandardKey.Close):
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the size and give the pages back."""
        self.state.put(REMEMBERED, [self.width(), self.height()])
        self.closed.emit()
        super().closeEvent(event)
