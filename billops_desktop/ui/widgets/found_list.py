"""A list of what was found, walked from the field above it; some of its lines are headings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from billops_desktop.ui import fonts, theme
from billops_desktop.ui.widgets.cells import Index
from billops_desktop.ui.widgets.labels import line

ITEM_ROLE: Final = Qt.ItemDataRole.UserRole + 1
NO_PARENT: Final = QModelIndex()


class FoundLine(Protocol):
    """A line: ``heading`` is empty where it can be chosen."""

    @property
    def heading(self) -> str:
        """Return the words of a heading, nothing of a line that can be chosen."""
        ...

    def spoken(self) -> str:
        """Return the line as it is read aloud."""
        ...


def fits(typed: str, text: str) -> int | None:
    """Return how well a text fits what was typed: lower is better, None does not fit.

    Each typed word must begin a word of the text (best), lie within one, or be a sequence of its
    letters.
    """
    folded = text.casefold()
    starts = folded.replace("-", " ").replace("/", " ").split()
    score = 0
    for word in typed.casefold().replace("/", " ").split():
        if any(start.startswith(word) for start in starts):
            continue
        if word in folded:
            score += 1
        elif _in_order(word, folded):
            score += 3
        else:
            return None
    return score


def _in_order(word: str, text: str) -> bool:
    letters = iter(text)
    return all(letter in letters for letter in word)


class FoundModel(QAbstractListModel):
    """The lines that are shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[Any] = ()

    def show_lines(self, lines: Sequence[FoundLine]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a line's words, or the line itself."""
        if not index.isValid():
            return None
        found = self.lines[index.row()]
        if role == ITEM_ROLE:
            return found
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return found.spoken()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return flags: headings cannot be chosen."""
        if index.isValid() and self.lines[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class FoundPainter(QStyledItemDelegate):
    """Paints headings and the line that is stood on; what a line says is painted by a subclass."""

    heading_height: ClassVar[int] = 28
    line_height: ClassVar[int] = 36
    # How far a heading begins from the left, and what is kept free around the chosen line.
    heading_left: ClassVar[int] = 10
    inset: ClassVar[tuple[int, int]] = (2, 1)

    @classmethod
    def height_of(cls, lines: Sequence[FoundLine]) -> int:
        """Return the height of all these lines in pixels."""
        heights = (cls.heading_height if one.heading else cls.line_height for one in lines)
        return sum(fonts.row_height(height) for height in heights)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a heading or a line."""
        return QSize(100, self.height_of([index.data(ITEM_ROLE)]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a heading, or the ground under a line and the line."""
        found = index.data(ITEM_ROLE)
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if found.heading:
            room = area.adjusted(self.heading_left, 6, -8, 0)
            line(painter, room, found.heading, style="caption", ink="text3")
        else:
            across, down = self.inset
            ground = area.adjusted(across, down, -across, -down)
            if option.state & QStyle.StateFlag.State_Selected:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("bg_selected"))
                painter.drawRoundedRect(ground, 6, 6)
            self.paint_line(painter, area, found)
        painter.restore()

    def paint_line(self, painter: QPainter, area: QRectF, found: Any) -> None:
        """Paint what one line says."""


class FoundList(QListView):
    """The list under a field that keeps the focus; the field hands the arrow keys on."""

    def __init__(self, name: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.found = FoundModel(self)
        self.setModel(self.found)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.entered.connect(self.setCurrentIndex)

    def show_lines(self, lines: Sequence[FoundLine]) -> None:
        """Show other lines and stand on the first that can be chosen."""
        self.found.show_lines(lines)
        first = next((row for row, one in enumerate(lines) if not one.heading), -1)
        if first >= 0:
            self.stand_on(first)

    def stand_on(self, row: int) -> None:
        """Make a line the current one."""
        self.setCurrentIndex(self.found.index(row))

    def walk(self, step: int) -> None:
        """Go some lines on, or back where ``step`` is negative; headings are passed over."""
        lines = self.found.lines
        target = min(max(self.currentIndex().row() + step, 0), len(lines) - 1)
        while 0 <= target < len(lines) and lines[target].heading:
            target += 1 if step > 0 else -1
        if 0 <= target < len(lines):
            self.stand_on(target)
