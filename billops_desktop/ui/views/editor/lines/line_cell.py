"""The field that opens over a cell of a line: typed into, left by Tab, Enter or a click."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from billops_desktop.ui import fonts
from billops_desktop.ui.widgets.input.fields import Combo, TextField

# Where the focus goes after a cell: column step, row step.
STEPS = {
    Qt.Key.Key_Tab: (1, 0),
    Qt.Key.Key_Backtab: (-1, 0),
    Qt.Key.Key_Return: (0, 1),
    Qt.Key.Key_Enter: (0, 1),
}


class CellEdit(TextField):
    """A text cell; ``left`` carries the step to the next cell, ``given_up`` means Esc."""

    left = Signal(int, int)
    given_up = Signal()
    pasted = Signal()

    def __init__(self, column: str, text: str, title: str, parent: QWidget) -> None:
        super().__init__(f"cell-{column}", parent)
        self.column = column
        self.setProperty("kind", "cell")
        self.setAccessibleName(title)
        self.setText(text)
        if column != "description":
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setFont(fonts.font("body", figures=True))
        self.selectAll()

    def event(self, event: QEvent) -> bool:
        """Take Tab before Qt moves the focus to another widget."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = STEPS.get(Qt.Key(event.key()))
            if step is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.left.emit(*step)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up with Esc, walk rows with Up and Down; the table takes its own chords."""
        key, plain = event.key(), event.modifiers() == Qt.KeyboardModifier.NoModifier
        if key == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif plain and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.left.emit(0, 1 if key == Qt.Key.Key_Down else -1)
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and key in {
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
        }:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Commit when the cell is left by a click elsewhere."""
        super().focusOutEvent(event)
        if event.reason() not in {
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        }:
            self.left.emit(0, 0)


# Frame, padding and arrow of the list beside its words.
ARROW = 48


class TaxCell(Combo):
    """The tax of a line; ``left`` carries the step to the next cell."""

    left = Signal(int, int)
    given_up = Signal()

    def __init__(self, title: str, parent: QWidget, choices: list[tuple[str, str]]) -> None:
        super().__init__("cell-tax", parent, choices=choices)
        self.column = "tax"
        self.setAccessibleName(title)
        # Over the edge of its column rather than with half of its words.
        longest = max((words for _key, words in choices), key=len, default="")
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(longest) + ARROW)

    def event(self, event: QEvent) -> bool:
        """Take Tab and Enter as the text cells do; Down opens the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self.left.emit(*step)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.given_up.emit()
                return True
        return super().event(event)
