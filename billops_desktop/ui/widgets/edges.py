"""Rows of a page: flush with what stands around them, or wrapping where the width is short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem, QWidget

# What a button and a check box keep free around their face for the focus ring.
RING: Final = 3


def flush_row(*widgets: QWidget, spacing: int = 6) -> QBoxLayout:
    """Return a row that begins where the face of its first button is to begin.

    Faces are painted inside their widget, so the row starts that much further left. The widget
    around it needs a left margin of RING or more: no layout puts a widget outside its parent.
    """
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    row.setSpacing(spacing)
    row.addSpacing(-RING)
    for widget in widgets:
        row.addWidget(widget)
    return row


class WrappingRow(QLayout):
    """A row whose parts go on in a further line where the width is short.

    The part that was ``pushed`` stands at the right end of its line.
    """

    def __init__(self, *widgets: QWidget, spacing: int = 8, between: int = 4) -> None:
        super().__init__()
        self._between = between
        self._items: list[QLayoutItem] = []
        self._pushed: QWidget | None = None
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def push(self, widget: QWidget) -> None:
        """Add a widget that stands at the right end of its line."""
        self._pushed = widget
        self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        """Take a further part."""
        self._items.append(item)

    def count(self) -> int:
        """Return the number of parts."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem:
        """Return a part, or nothing past the last one, as Qt asks for it."""
        return self._items[index] if 0 <= index < len(self._items) else None  # type: ignore[return-value]  # None ends the walk

    def takeAt(self, index: int) -> QLayoutItem:
        """Hand a part over, or nothing past the last one."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None  # type: ignore[return-value]  # as above

    def expandingDirections(self) -> Qt.Orientation:
        """Return that it takes all the width it gets and no height."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Return that the lines depend on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines at a width."""
        lines = self._lines(width)
        return sum(_height(one) for one in lines) + self._between * max(len(lines) - 1, 0)

    def sizeHint(self) -> QSize:
        """Return the size of everything in one line."""
        shown = self._shown()
        width = sum(item.sizeHint().width() for item in shown)
        width += self.spacing() * max(len(shown) - 1, 0)
        return QSize(width, _height(shown))

    def minimumSize(self) -> QSize:
        """Return the size of the largest part."""
        shown = self._shown()
        widest = max((item.minimumSize().width() for item in shown), default=0)
        return QSize(widest, _height(shown))

    def setGeometry(self, area: QRect) -> None:
        """Place the parts, each in the middle of its line."""
        super().setGeometry(area)
        top = area.top()
        for line in self._lines(area.width()):
            height, left = _height(line), area.left()
            for item in line:
                size = item.sizeHint()
                width = min(size.width(), area.width())
                if item.widget() is self._pushed:
                    left = area.left() + area.width() - width
                item.setGeometry(
                    QRect(left, top + (height - size.height()) // 2, width, size.height())
                )
                left += width + self.spacing()
            top += height + self._between

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._shown():
            part = item.sizeHint().width()
            if not lines or left + part > width:
                lines.append([])
                left = 0
            lines[-1].append(item)
            left += part + self.spacing()
        return lines


def _height(items: Sequence[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in items), default=0)
