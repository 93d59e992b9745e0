"""What a table shows: columns, ready painters for their cells, the delegate, the header."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from billops_desktop.ui import fonts, icons, theme
from billops_desktop.ui.widgets.chips import badge_width, paint_badge, paint_square
from billops_desktop.ui.widgets.input.fields import paint_check
from billops_desktop.ui.widgets.labels import line, shown
from billops_desktop.values import dataclass

Index = QModelIndex | QPersistentModelIndex
CellPaint = Callable[[QPainter, QRectF, Any], None]

PADDING: Final = 8
EDGE: Final = 15
RAW_ROLE: Final = Qt.ItemDataRole.UserRole + 1
ROW_ROLE: Final = Qt.ItemDataRole.UserRole + 2
# Put together once: Python takes longer to join two flags than Qt to paint a word.
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
FLAGS: Final = {
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
}
ONE_LINE: Final = Qt.TextFlag.TextSingleLine.value
SELECTED: Final = QStyle.StateFlag.State_Selected.value


def plain(value: Any) -> str:
    """Return a raw value as copied text: no currency sign, a point in numbers, ISO dates."""
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: what a row shows in it, how, and the key that its header sorts by.

    ``value`` gives the raw value that is copied; ``text`` the words on screen (default: value as
    text); ``paint`` draws the cell instead of text. ``width`` 0 takes the room that is left. A
    column that ``yields`` gives its room up where growing ones are short of it, the lowest first.
    ``lead`` is room before a column that would else run into figures at its left. ``room`` gives
    the width of words that are never cut, so that the column grows with them; figures have it.
    """

    name: str
    title: str
    value: Callable[[Any], Any]
    text: Callable[[Any], str] | None = None
    align: str = "left"
    width: int = 0
    yields: int = 0
    lead: int = 0
    room: Callable[[str], int] | None = None
    sort: str = ""
    style: str = "body"
    ink: str | Callable[[Any], str] = "text"
    paint: CellPaint | None = None
    hint: Callable[[Any], str] | None = None

    def words(self, row: Any) -> str:
        """Return the words of this column for a row."""
        return self.text(row) if self.text is not None else plain(self.value(row))

    def ink_of(self, row: Any) -> str:
        """Return the token of the words' colour for a row."""
        return self.ink(row) if callable(self.ink) else self.ink

    def breadth(self, row: Any) -> int:
        """Return the width that a row's words must have, in pixels; 0 where they may be cut."""
        words = shown(self.words(row))
        if self.room is not None:
            return self.room(words)
        figures = self.align == "right" and self.paint is None
        return fonts.metrics(self.style, figures=True).horizontalAdvance(words) if figures else 0

    @property
    def flag(self) -> Qt.AlignmentFlag:
        """Return Qt's flag for the column's alignment."""
        return FLAGS.get(self.align, LEFT)


def text_room(style: str = "body") -> Callable[[str], int]:
    """Return what measures words of a style, for columns that must not cut them."""
    return lambda words: fonts.metrics(style).horizontalAdvance(words)


def read_from_left(painter: QPainter) -> None:
    """Paint figures as they are read in every script: "109 h 25" is no "25 h 109" in a mirror."""
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def hairline(painter: QPainter, left: float, right: float, bottom: float) -> None:
    """Paint the line under a row, as thick at one place as at every other.

    A filled area: a pen of one is drawn as one or two pixels where the screen's ratio is 1.25.
    """
    painter.fillRect(QRectF(left, bottom - 1, right - left, 1), theme.colour("border_subtle"))


def badge_cell(state: Callable[[Any], tuple[str, str]]) -> CellPaint:
    """Return a painter for a status: the function gives word and tone of a row."""

    def paint(painter: QPainter, area: QRectF, row: Any) -> None:
        words, tone = state(row)
        if words:
            top = area.center().y() - 11
            paint_badge(painter, QRectF(area.left(), top, badge_width(words), 22), words, tone)

    return paint


def project_cell(of: Callable[[Any], tuple[str, str, str]]) -> CellPaint:
    """Return a painter for a project: hue, project name, client name in quiet grey."""

    def paint(painter: QPainter, area: QRectF, row: Any) -> None:
        hue, name, client = of(row)
        left = area.left()
        if name:
            paint_square(painter, left, area.center().y(), hue)
            left += 18
        left += line(painter, QRectF(left, area.top(), area.right() - left, area.height()), name)
        rest = QRectF(left + 8, area.top(), area.right() - left - 8, area.height())
        line(painter, rest, client, ink="text3")

    return paint


def two_line_cell(of: Callable[[Any], tuple[str, str]]) -> CellPaint:
    """Return a painter for a strong line with a quiet one under it."""

    def paint(painter: QPainter, area: QRectF, row: Any) -> None:
        first, second = of(row)
        height = fonts.metrics("body").height()
        top = area.center().y() - (height if second else height / 2)
        line(painter, QRectF(area.left(), top, area.width(), height), first, style="body_strong")
        under = QRectF(area.left(), top + height, area.width(), height)
        line(painter, under, second, style="small", ink="text3")

    return paint


class RowDelegate(QStyledItemDelegate):
    """Paints rows: hover, selection with a bar at the left, hairlines, then the column's cell.

    ``cut`` tells of figures that did not fit their column, and the width that they need.
    """

    cut = Signal(int, int)

    def __init__(self, columns: Sequence[Column], parent: QTableView) -> None:
        super().__init__(parent)
        self.columns = columns
        self.view = parent
        self.hovered = -1
        self.rounded = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        painter.save()
        area = QRectF(option.rect)
        number, column, state = index.row(), index.column(), option.state.value
        first, last = column == 0, column == len(self.columns) - 1
        last_row = number == index.model().rowCount() - 1
        if state & SELECTED or number == self.hovered:
            self._ground(painter, index, area, selected=bool(state & SELECTED), last_row=last_row)
        if not last_row:
            left = area.left() + (EDGE if first else 0)
            right = area.right() - (EDGE if last else 0)
            hairline(painter, left, right, area.bottom())
        row = index.data(ROW_ROLE)
        left = (EDGE if first else PADDING) + self.columns[column].lead
        room = area.adjusted(left, 0, -(EDGE if last else PADDING), 0)
        if row is not None:
            self.cell(painter, room, column, row)
        elif index.data(Qt.ItemDataRole.DisplayRole):
            line(painter, room, "…", ink="text3")
        if self._focused(option, index):
            self._ring(painter, area)
        painter.restore()

    def cell(self, painter: QPainter, room: QRectF, column: int, row: Any) -> None:
        """Paint what a column shows of a row."""
        shows = self.columns[column]
        if shows.paint is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            shows.paint(painter, room, row)
            return
        words = shown(shows.words(row))
        figures = shows.align == "right"
        if figures:
            read_from_left(painter)
        painter.setFont(fonts.font(shows.style, figures=figures))
        painter.setPen(theme.colour(shows.ink_of(row)))
        fitting = fonts.elided(words, shows.style, int(room.width()), figures=figures)
        if figures and fitting != words:
            metrics = fonts.metrics(shows.style, figures=figures)
            self.cut.emit(column, metrics.horizontalAdvance(words))
        painter.drawText(room, shows.flag.value | ONE_LINE, fitting)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return nothing of interest: rows have a fixed height."""
        return QSize(40, 20)

    def _focused(self, option: QStyleOptionViewItem, index: Index) -> bool:
        """Return whether the row has the focus: rows are chosen and opened, never single cells."""
        at = self.view.currentIndex()
        return at.isValid() and at.row() == index.row() and self.view.hasFocus()

    def _ring(self, painter: QPainter, cell: QRectF) -> None:
        """Paint a cell's part of the ring around its row."""
        header = self.view.horizontalHeader()
        left = min(header.sectionViewportPosition(one) for one in range(header.count()))
        row = QRectF(left, cell.top(), header.length(), cell.height())
        painter.setClipRect(cell)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("focus"), 2))
        painter.drawRoundedRect(row.adjusted(2, 2, -2, -3), 4, 4)

    def _ground(
        self, painter: QPainter, index: Index, area: QRectF, *, selected: bool, last_row: bool
    ) -> None:
        if self.rounded and last_row:
            painter.setClipPath(self._bottom(index, area))
        painter.fillRect(area, theme.colour("bg_selected" if selected else "bg_hover"))
        if selected and index.column() == 0:
            painter.fillRect(
                QRectF(area.left(), area.top(), 3, area.height()), theme.colour("accent")
            )
        painter.setClipping(False)

    def _bottom(self, index: Index, area: QRectF) -> QPainterPath:
        path = QPainterPath()
        reach = QRectF(area)
        if index.column() != 0:
            reach.setLeft(area.left() - 20)
        if index.column() != index.model().columnCount() - 1:
            reach.setRight(area.right() + 20)
        reach.setTop(area.top() - 20)
        path.addRoundedRect(reach, 7, 7)
        return path


class HeaderView(QHeaderView):
    """A header that paints itself and never asks the rows what is selected."""

    check_clicked = Signal()

    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("tableHeader")
        self.columns = columns
        self.sorted_by = ""
        self.descending = False
        self.check_state: Qt.CheckState | None = None
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(False)
        self.setMinimumSectionSize(28)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def sizeHint(self) -> QSize:
        """Return the header's height."""
        return QSize(super().sizeHint().width(), fonts.row_height(34, "small_medium"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground with round upper corners, then each title."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.viewport().rect())
        painter.fillRect(area, theme.colour("bg_surface"))
        path = QPainterPath()
        path.addRoundedRect(area.adjusted(0, 0, 0, 12), 7, 7)
        painter.setClipRect(area)
        painter.fillPath(path, theme.colour("bg_subtle"))
        painter.fillRect(
            QRectF(0, area.height() - 1, area.width(), 1), theme.colour("border_subtle")
        )
        for section in range(self.count()):
            left = self.sectionViewportPosition(section)
            self._title(painter, QRect(left, 0, self.sectionSize(section), self.height()), section)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick or untick all rows with a click on the box."""
        if self.check_state is not None and self.logicalIndexAt(event.position().toPoint()) == 0:
            self.check_clicked.emit()
            return
        super().mouseReleaseEvent(event)

    def _title(self, painter: QPainter, area: QRect, section: int) -> None:
        column = self.columns[section]
        if section == 0 and self.check_state is not None:
            top = (area.height() - 18) / 2
            paint_check(painter, QRectF(area.left() + EDGE, top, 18, 18), self.check_state)
            return
        last = section == self.count() - 1
        room = QRectF(area).adjusted(
            (EDGE if section == 0 else PADDING) + column.lead,
            0,
            -(EDGE if last else PADDING),
            -1,
        )
        sorted_here = bool(column.sort) and column.sort == self.sorted_by
        painter.setFont(fonts.font("small_medium"))
        painter.setPen(theme.colour("text" if sorted_here else "text3"))
        if sorted_here and column.align != "right":
            room.setRight(room.right() - 16)
        title = painter.fontMetrics().elidedText(
            column.title, Qt.TextElideMode.ElideRight, int(room.width())
        )
        mirrored = painter.layoutDirection()
        if column.align == "right":
            read_from_left(painter)
        painter.drawText(room, column.flag, title)
        painter.setLayoutDirection(mirrored)
        if sorted_here:
            width = painter.fontMetrics().horizontalAdvance(title)
            right = column.align == "right"
            left = room.right() - width - 18 if right else room.left() + width + 3
            arrow = "arrow-down" if self.descending else "arrow-up"
            icons.paint(painter, QRectF(left, 0, 14, area.height()), arrow, "text2", 14)
