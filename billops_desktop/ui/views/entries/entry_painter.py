"""Paints the lines of the entry list: headings of days, cards of 44 px rows, hover and focus."""

from __future__ import annotations

from typing import Final, Protocol

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from billops_desktop.i18n import _
from billops_desktop.services.tracking import EntryRow
from billops_desktop.ui import fonts, icons, theme
from billops_desktop.ui.views.entries.entry_fields import range_text
from billops_desktop.ui.views.entries.entry_model import (
    LINE_ROLE,
    DayLine,
    EntryLine,
    EntryModel,
    Field,
)
from billops_desktop.ui.widgets.cells import Index
from billops_desktop.ui.widgets.chips import badge_width, paint_badge, paint_square
from billops_desktop.ui.widgets.input.fields import paint_check
from billops_desktop.ui.widgets.labels import line, shown
from billops_desktop.ui.widgets.wording import amounts_text, hours_text, short_text

EDGE: Final = 15
CHECK_ROOM: Final = 30
BUTTON: Final = 28
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ODD_ICON: Final = "triangle-alert"


class Shown(Protocol):
    """What the painter asks of the list: where things stand, what is hovered and focused."""

    hovered: str
    pointer: QPointF

    def row_rect(self, line: int) -> QRect:
        """Return where a line stands, over its whole width."""
        ...

    def cell_rect(self, line: int, field: Field) -> QRect:
        """Return where a field of a line stands."""
        ...

    def shows_focus_at(self, index: Index) -> bool:
        """Return whether a cell carries the focus ring."""
        ...

    def focused_row_id(self) -> str:
        """Return the entry whose buttons show because it has the focus."""
        ...


class EntryPainter(QStyledItemDelegate):
    """Paints one cell at a time; the table knows which row is hovered and which cell has focus."""

    def __init__(self, model: EntryModel, table: Shown, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries = model
        self.table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a heading, or one field of an entry."""
        shows = index.data(LINE_ROLE)
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(shows, DayLine):
            self.heading(painter, area, shows)
        elif isinstance(shows, EntryLine):
            field = Field(index.column())
            self._ground(painter, area, shows, field)
            painter.save()
            self._field(painter, area, shows.row, field)
            painter.restore()
            if self.table.shows_focus_at(index):
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.colour("focus"), 2))
                inset = area.adjusted(EDGE - 8 if field == Field.DESCRIPTION else 2, 6, -2, -6)
                painter.drawRoundedRect(inset, 5, 5)
        painter.restore()

    def heading(self, painter: QPainter, area: QRectF, day: DayLine) -> None:
        """Paint the heading of a day: its name, its date, worth and time at the right."""
        area = QRectF(area.left() + 2, area.bottom() - 40, area.width() - 2 - EDGE, 40)
        used = line(painter, area, day.title, style="body_strong")
        line(painter, area.adjusted(used + 8, 0, 0, 0), day.date_words, ink="text2")
        words = hours_text(day.seconds_at(self.entries.now()))
        painter.setFont(fonts.font("body_strong", figures=True))
        painter.setPen(theme.colour("text"))
        painter.drawText(area, RIGHT, words)
        used = fonts.metrics("body_strong", figures=True).horizontalAdvance(words)
        painter.setFont(fonts.font("body", figures=True))
        painter.setPen(theme.colour("text2"))
        painter.drawText(area.adjusted(0, 0, -used - 12, 0), RIGHT, amounts_text(day.values))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return nothing of interest: lines have a fixed height."""
        return QSize(40, 20)

    def _ground(self, painter: QPainter, area: QRectF, shows: EntryLine, field: Field) -> None:
        """Paint this cell's part of the card: fill, frame, the hairline under the row."""
        card = QRectF(self.table.row_rect(self.entries.place_of(shows.row.id)))
        painter.save()
        painter.setClipRect(area)
        chosen = shows.row.id in self.entries.selected
        hovered = self.table.hovered == shows.row.id
        fill = "bg_selected" if chosen else "bg_hover" if hovered else "bg_surface"
        painter.setBrush(theme.colour(fill))
        painter.setPen(theme.colour("border_subtle"))
        painter.drawPath(_row_shape(card, shows))
        if not shows.last:
            left, right = card.left() + EDGE, card.right() - EDGE
            painter.fillRect(
                QRectF(left, card.bottom() - 1, right - left, 1), theme.colour("border_subtle")
            )
        painter.restore()

    def _field(self, painter: QPainter, area: QRectF, row: EntryRow, field: Field) -> None:
        paint = {
            Field.DESCRIPTION: self._description,
            Field.PROJECT: self._project,
            Field.ACTIONS: self._actions,
            Field.LOCK: self._lock,
            Field.BILLABLE: self._billable,
            Field.RANGE: self._range,
            Field.DURATION: self._duration,
        }
        paint[field](painter, area, row)

    def _description(self, painter: QPainter, area: QRectF, row: EntryRow) -> None:
        room = area.adjusted(EDGE, 0, -8, 0)
        if self.entries.selected:
            box = QRectF(room.left(), room.center().y() - 9, 18, 18)
            ticked = row.id in self.entries.selected
            state = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
            paint_check(painter, box, state)
            room.setLeft(room.left() + CHECK_ROOM)
        words = row.description.replace("\n", " ")
        if words:
            line(painter, room, words, style="body_medium")
        else:
            line(painter, room, _("Add a description"), ink="text3")

    def _project(self, painter: QPainter, area: QRectF, row: EntryRow) -> None:
        """Paint project, client and task, over the places of buttons and lock that are empty."""
        room = self._room_of_names(row).adjusted(8, 0, -4, 0)
        painter.setClipRect(area)
        if not row.project_name:
            line(painter, room, _("Add a project"), ink="text3")
            return
        paint_square(painter, room.left(), room.center().y(), row.project_colour or "slate")
        tag = self._tag_width(row, room.width() - 18)
        names = room.adjusted(18, 0, -tag, 0)
        used = line(painter, names, row.project_name, style="body_medium")
        rest = names.adjusted(used + 8, 0, 0, 0)
        client = line(painter, rest, row.client_name or "", ink="text2")
        if tag and row.task_name:
            left = names.left() + used + (client + 8 if client else 0) + 10
            square = QRectF(left, room.center().y() - 10, tag - 10, 20)
            paint_badge(painter, square, row.task_name, "neutral", pill=False)

    def _room_of_names(self, row: EntryRow) -> QRectF:
        """Return where the names stand: up to the buttons, the lock, or what follows both."""
        place = self.entries.place_of(row.id)
        room = QRectF(self.table.cell_rect(place, Field.PROJECT))
        if not self._buttons_show(row):
            room = room.united(QRectF(self.table.cell_rect(place, Field.ACTIONS)))
            if not row.locked_by:
                room = room.united(QRectF(self.table.cell_rect(place, Field.LOCK)))
        return room

    def _buttons_show(self, row: EntryRow) -> bool:
        return row.id in {self.table.hovered, self.table.focused_row_id()}

    @staticmethod
    def _tag_width(row: EntryRow, room: float) -> int:
        """Return how wide the task stands; 0 where it would push the project or client out."""
        if not row.task_name:
            return 0
        tag = badge_width(row.task_name, pill=False) + 10
        names = fonts.metrics("body_medium").horizontalAdvance(row.project_name or "")
        if row.client_name:
            names += 16 + fonts.metrics("body").horizontalAdvance(row.client_name)
        return tag if names + tag <= room else 0

    def _actions(self, painter: QPainter, area: QRectF, row: EntryRow) -> None:
        if not self._buttons_show(row):
            self._project(painter, area, row)
            return
        for place, icon in (
            (continue_place(area.toRect()), "play"),
            (more_place(area.toRect()), "ellipsis"),
        ):
            if icon == "play" and row.ended_at is None:
                continue
            lit = QRectF(place).contains(self.table.pointer)
            painter.setBrush(theme.colour("bg_hover" if lit else "bg_surface"))
            painter.setPen(theme.colour("border"))
            painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            icons.paint(painter, QRectF(place), icon, "text")

    def _lock(self, painter: QPainter, area: QRectF, row: EntryRow) -> None:
        if row.locked_by:
            icons.paint(painter, area, "lock", "text2")
        elif not self._buttons_show(row):
            self._project(painter, area, row)

    def _billable(self, painter: QPainter, area: QRectF, row: EntryRow) -> None:
        ink = "text2" if row.billable else "border"
        icons.paint(painter, area, "circle-dollar-sign", ink)

    def _range(self, painter: QPainter, area: QRectF, row: EntryRow) -> None:
        odd = bool(_odd(self.entries, row))
        room = area.adjusted(4, 0, -10, 0)
        words = range_text(row)
        painter.setFont(fonts.font("small", figures=True))
        painter.setPen(theme.colour("warn" if odd else "text2"))
        painter.drawText(room, RIGHT, words)
        if odd:
            width = fonts.metrics("small", figures=True).horizontalAdvance(words)
            place = QRectF(room.right() - width - 20, room.top(), 14, room.height())
            icons.paint(painter, place, ODD_ICON, "warn", 14)

    def _duration(self, painter: QPainter, area: QRectF, row: EntryRow) -> None:
        painter.setFont(fonts.font("body_strong", figures=True))
        painter.setPen(theme.colour("accent_text" if row.ended_at is None else "text"))
        words = short_text(row.seconds_at(self.entries.now()))
        painter.drawText(area.adjusted(0, 0, -EDGE, 0), RIGHT, shown(words))


def continue_place(cell: QRect) -> QRect:
    """Return where Continue stands in the cell of actions."""
    top = cell.center().y() - BUTTON // 2 + 1
    return QRect(QPoint(cell.right() - 2 * BUTTON - 7, top), QSize(BUTTON, BUTTON))


def more_place(cell: QRect) -> QRect:
    """Return where the ⋯ button stands in the cell of actions."""
    top = cell.center().y() - BUTTON // 2 + 1
    return QRect(QPoint(cell.right() - BUTTON - 3, top), QSize(BUTTON, BUTTON))


def _odd(model: EntryModel, row: EntryRow) -> bool:
    long = row.seconds is not None and row.seconds > model.long_seconds
    return row.overlaps or row.needs_check or long


def _row_shape(card: QRectF, shows: EntryLine) -> QPainterPath:
    """Return the outline of a row: round where the card begins or ends, straight within it."""
    radius = float(theme.RADIUS["card"])
    area = card.adjusted(0.5, 0.5 if shows.first else -radius, -0.5, -0.5 if shows.last else radius)
    path = QPainterPath()
    path.addRoundedRect(area, radius, radius)
    return path


def paint_sticky(painter: QPainter, delegate: EntryPainter, area: QRectF, day: DayLine) -> None:
    """Paint the heading of the day that is scrolled through, over the rows of that day."""
    painter.fillRect(area, theme.colour("bg_surface"))
    delegate.heading(painter, area, day)
    painter.fillRect(
        QRectF(area.left(), area.bottom() - 1, area.width(), 1), theme.colour("border_subtle")
    )
