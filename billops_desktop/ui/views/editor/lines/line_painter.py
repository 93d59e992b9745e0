"""Paints the lines of an invoice: grip, words, figures, and cells that could not be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from billops_desktop.i18n import _
from billops_desktop.ui import fonts, icons, theme
from billops_desktop.ui.views.editor.lines.cells import COLUMNS, cell_text
from billops_desktop.ui.widgets.cells import hairline, read_from_left
from billops_desktop.ui.widgets.labels import shown

if TYPE_CHECKING:
    from billops_desktop.ui.views.editor.draft import DraftLine

Index = QModelIndex | QPersistentModelIndex
RIGHT: Final = frozenset({"quantity", "rate", "tax", "amount"})
WIDTHS: Final = {"grip": 30, "quantity": 84, "rate": 80, "tax": 62, "amount": 106}


class LinePainter(QStyledItemDelegate):
    """Paints one cell; the line comes from the function that it is given."""

    def __init__(
        self,
        line_at: Callable[[int], DraftLine | None],
        currency: Callable[[], str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.line_at = line_at
        self.currency = currency
        self.hovered = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, hairline and words of one cell."""
        line, column = self.line_at(index.row()), COLUMNS[index.column()]
        if line is None:
            return
        painter.save()
        area = QRectF(option.rect)
        self._ground(painter, area, index, option)
        if column == "grip":
            lit = index.row() == self.hovered
            icons.paint(painter, area, "grip-vertical", "text2" if lit else "text3")
        elif column == "description":
            self._description(painter, area, line)
        else:
            self._figure(painter, area, line, column)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return nothing of interest: rows have a fixed height."""
        return QSize(40, 20)

    def _ground(
        self, painter: QPainter, area: QRectF, index: Index, option: QStyleOptionViewItem
    ) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or index.row() == self.hovered:
            painter.fillRect(area, theme.colour("bg_selected" if selected else "bg_hover"))
        if index.row() < index.model().rowCount() - 1:
            first = index.column() == 0
            last = index.column() == len(COLUMNS) - 1
            left, right = area.left() + (10 if first else 0), area.right() - (10 if last else -1)
            hairline(painter, left, right, area.bottom())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(area.adjusted(2, 5, -2, -6), 5, 5)

    def _description(self, painter: QPainter, area: QRectF, line: DraftLine) -> None:
        room = area.adjusted(4, 0, -8, 0)
        if line.entry_count:
            icons.paint(painter, clock_area(area), "clock", "text3", 14)
            room.setRight(clock_area(area).left())
        slip = line.slips.get("description")
        words = slip.text if slip else line.edit.description
        ink = "bad" if slip else "text" if words else "text3"
        words = words or _("Description")
        beside = _beside_logged(line)
        if beside:
            self._under(painter, room, beside)
            room.setBottom(area.center().y() + 4)
        painter.setFont(fonts.font("body_medium"))
        self._words(painter, room, words, ink)

    def _under(self, painter: QPainter, room: QRectF, words: str) -> None:
        under = QRectF(room.left(), room.center().y() + 2, room.width(), room.height() / 2 - 4)
        painter.setFont(fonts.font("caption"))
        self._words(painter, under, words, "text3")

    def _figure(self, painter: QPainter, area: QRectF, line: DraftLine, column: str) -> None:
        slip = line.slips.get(column)
        strong = column == "amount"
        font = QFont(fonts.font("body_strong" if strong else "body", figures=True))
        if column == "rate" and line.solved:
            font.setItalic(True)
        ink = "bad" if slip else "text" if strong else "text2"
        room = area.adjusted(4, 0, -(16 if strong else 10), 0)
        words = cell_text(line, column, self.currency())
        painter.setFont(font)
        self._words(painter, room, words, ink, right=True)
        if slip:
            painter.setPen(QPen(theme.colour("bad"), 1))
            painter.drawLine(room.bottomLeft().toPoint(), room.bottomRight().toPoint())

    def _words(
        self, painter: QPainter, room: QRectF, words: str, ink: str, *, right: bool = False
    ) -> None:
        painter.setPen(theme.colour(ink))
        if right:
            read_from_left(painter)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        fitting = painter.fontMetrics().elidedText(
            shown(words).replace("\n", " "), Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(
            room, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, fitting
        )


def clock_area(cell: QRectF) -> QRectF:
    """Return where a line of time carries its clock, which opens the entries behind it."""
    return QRectF(cell.right() - 34, cell.top(), 34, cell.height())


def _beside_logged(line: DraftLine) -> str:
    """Say how far a time line is from what was logged; nothing within a minute."""
    if not (line.is_time and line.entry_count):
        return ""
    more = int(line.edit.quantity) - line.tracked_seconds
    hours, minutes = divmod(abs(more) // 60, 60)
    if not (hours or minutes):
        return ""
    words = _("{hours} h {minutes} more than logged") if more > 0 else None
    words = words or _("{hours} h {minutes} less than logged")
    return words.format(hours=hours, minutes=f"{minutes:02d}")


def paint_titles(painter: QPainter, width: int, place: Callable[[int], tuple[int, int]]) -> None:
    """Paint the head of the table: a title over each column."""
    titles: dict[str, str] = {
        "description": _("Description"),
        "quantity": _("Quantity"),
        "rate": _("Rate"),
        "tax": _("VAT"),
        "amount": _("Amount"),
    }
    height = fonts.scaled(theme.HEIGHT["control"])
    painter.fillRect(0, 0, width, height, theme.colour("bg_subtle"))
    painter.fillRect(0, height - 1, width, 1, theme.colour("border_subtle"))
    painter.setFont(fonts.font("small_medium"))
    painter.setPen(theme.colour("text3"))
    for number, column in enumerate(COLUMNS):
        left, size = place(number)
        right = 16 if column == "amount" else 10
        room = QRect(left + 4, 0, size - 4 - right, height - 1)
        side: Any = Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, titles.get(column, ""))


class LineTitles(QHeaderView):
    """The head of the table, painted by itself."""

    def __init__(self, table: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setObjectName("editorLinesHeader")
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        # The grip is narrower than Qt lets a column be; wider, it pushes the amounts out.
        self.setMinimumSectionSize(20)
        self.setFixedHeight(fonts.scaled(theme.HEIGHT["control"]))

    def sizeHint(self) -> QSize:
        """Return the height of a control."""
        return QSize(100, fonts.scaled(theme.HEIGHT["control"]))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the titles."""
        painter = QPainter(self.viewport())

        def place(number: int) -> tuple[int, int]:
            return self.sectionViewportPosition(number), self.sectionSize(number)

        paint_titles(painter, self.viewport().width(), place)
