"""Paints the lines of the entry list: headings of days, cards of 44 px rows, hover and focus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from billops_desktop.i18n import _
from billops_desktop.services.tracking import EntryRow
from billops_desktop.ui import fonts, icons, theme
from billops_desktop.ui.views.entries.entry_fields import range_text
from billops_desktop.ui.views.entries.entry_model import DayLine, EntryLine, EntryModel, Field
from billops_desktop.ui.widgets.chips import badge_width, paint_badge, paint_square
from billops_desktop.ui.widgets.input.fields import paint_check
from billops_desktop.ui.widgets.labels import line
from billops_desktop.ui.widgets.wording import amounts_text, hours_text, short_text

EDGE: Final = 15
CHECK_ROOM: Final = 30
BUTTON: Final = 28
HEADING: Final = 40
ODD_ICON: Final = "triangle-alert"

# Where the fields of one row stand, in the order of Field.
Cells = Sequence[QRectF]


class Shown(Protocol):
    """What the painter asks of the list: what is hovered and what has the focus."""

    hovered: str
    pointer: QPointF

    def focused_row_id(self) -> str:
        """Return the entry that shows where the keyboard is; "" for none."""
        ...

    def focused_field(self) -> Field | None:
        """Return the field of that entry that carries the focus ring."""
        ...


class EntryPainter:
    """Paints whole lines: seven cells that each draw the card would paint it seven times."""

    def __init__(self, model: EntryModel, shown: Shown) -> None:
        self.entries = model
        self.shown = shown

    def heading(self, painter: QPainter, area: QRectF, day: DayLine) -> None:
        """Paint the heading of a day: its name, its date, worth and time at the right."""
        area = QRectF(area.left() + 2, area.bottom() - HEADING, area.width() - 2 - EDGE, HEADING)
        used = line(painter, area, day.title, style="body_strong")
        line(painter, area.adjusted(used + 8, 0, 0, 0), day.date_words, ink="text2")
        words = hours_text(day.seconds_at(self.entries.now()))
        used = line(painter, area, words, style="body_strong", figures=True, right=True)
        rest = area.adjusted(0, 0, -used - 12, 0)
        line(painter, rest, amounts_text(day.values), ink="text2", figures=True, right=True)

    def sticky_heading(self, painter: QPainter, area: QRectF, day: DayLine) -> None:
        """Paint the heading of the day that is scrolled through, over the rows of that day."""
        painter.fillRect(area, theme.colour("bg_surface"))
        self.heading(painter, area, day)
        painter.fillRect(
            QRectF(area.left(), area.bottom() - 1, area.width(), 1), theme.colour("border_subtle")
        )

    def entry(self, painter: QPainter, cells: Cells, shows: EntryLine) -> None:
        """Paint one entry: its part of the day's card, then its fields."""
        row = shows.row
        focused = row.id == self.shown.focused_row_id()
        buttons = focused or row.id == self.shown.hovered
        self._ground(painter, cells[0].united(cells[-1]), shows)
        self._description(painter, cells[Field.DESCRIPTION], row)
        self._names(painter, names_area(cells, buttons=buttons, locked=bool(row.locked_by)), row)
        if buttons:
            self._buttons(painter, cells[Field.ACTIONS].toRect(), row)
        if row.locked_by:
            icons.paint(painter, cells[Field.LOCK], "lock", "text2")
        if row.billable:
            icons.paint(painter, cells[Field.BILLABLE], "circle-dollar-sign", "text2")
        else:
            paint_unbilled(painter, cells[Field.BILLABLE], self._fill(row))
        self._range(painter, cells[Field.RANGE].adjusted(4, 0, -10, 0), row)
        ink = "accent_text" if row.ended_at is None else "text"
        words = short_text(row.seconds_at(self.entries.now()))
        room = cells[Field.DURATION].adjusted(0, 0, -EDGE, 0)
        line(painter, room, words, style="body_strong", ink=ink, figures=True, right=True)
        field = self.shown.focused_field() if focused else None
        if field is not None:
            self._ring(painter, cells[field], field)

    def _fill(self, row: EntryRow) -> str:
        if row.id in self.entries.selected:
            return "bg_selected"
        return "bg_hover" if row.id == self.shown.hovered else "bg_surface"

    def _ground(self, painter: QPainter, card: QRectF, shows: EntryLine) -> None:
        """Paint fill and frame; the first and the last row of a day round the card off."""
        fill = theme.colour(self._fill(shows.row))
        frame = theme.colour("border_subtle")
        if shows.first or shows.last:
            painter.save()
            painter.setClipRect(card)
            painter.setBrush(fill)
            painter.setPen(frame)
            # What is not the end of the card reaches beyond the row, and is clipped there.
            radius = theme.RADIUS["card"]
            above, below = 0.5 if shows.first else -radius, -0.5 if shows.last else radius
            painter.drawRoundedRect(card.adjusted(0.5, above, -0.5, below), radius, radius)
            painter.restore()
        else:
            painter.fillRect(card, fill)
            for left in (card.left(), card.right() - 1):
                painter.fillRect(QRectF(left, card.top(), 1, card.height()), frame)
        if not shows.last:
            under = QRectF(card.left() + EDGE, card.bottom() - 1, card.width() - 2 * EDGE, 1)
            painter.fillRect(under, frame)

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

    def _names(self, painter: QPainter, area: QRectF, row: EntryRow) -> None:
        """Paint project, client and task; the task only where both others keep their room."""
        room = area.adjusted(8, 0, -4, 0)
        if not row.project_name:
            line(painter, room, _("Add a project"), ink="text3")
            return
        paint_square(painter, room.left(), room.center().y(), row.project_colour or "slate")
        tag = tag_width(row, room.width() - 18)
        names = room.adjusted(18, 0, -tag, 0)
        used = line(painter, names, row.project_name, style="body_medium")
        client = line(
            painter, names.adjusted(used + 8, 0, 0, 0), row.client_name or "", ink="text2"
        )
        if tag and row.task_name:
            left = names.left() + used + (client + 8 if client else 0) + 10
            place = QRectF(left, room.center().y() - 10, tag - 10, 20)
            paint_badge(painter, place, row.task_name, "neutral", pill=False)

    def _buttons(self, painter: QPainter, cell: QRect, row: EntryRow) -> None:
        offered = [(more_place(cell), "ellipsis")]
        if row.ended_at is not None:
            offered.append((continue_place(cell), "play"))
        for place, icon in offered:
            lit = QRectF(place).contains(self.shown.pointer)
            painter.setBrush(theme.colour("bg_hover" if lit else "bg_surface"))
            painter.setPen(theme.colour("border"))
            painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            icons.paint(painter, QRectF(place), icon, "text")

    def _range(self, painter: QPainter, room: QRectF, row: EntryRow) -> None:
        odd = is_odd(row, self.entries.long_seconds)
        ink = "warn" if odd else "text2"
        words = range_text(row)
        width = line(painter, room, words, style="small", ink=ink, figures=True, right=True)
        if odd:
            place = QRectF(room.right() - width - 20, room.top(), 14, room.height())
            icons.paint(painter, place, ODD_ICON, ink, 14)

    @staticmethod
    def _ring(painter: QPainter, cell: QRectF, field: Field) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("focus"), 2))
        left = EDGE - 8 if field == Field.DESCRIPTION else 2
        painter.drawRoundedRect(cell.adjusted(left, 6, -2, -6), 5, 5)


def paint_unbilled(painter: QPainter, area: QRectF, ground: str) -> None:
    """Paint the sign of what is not billed: struck through, as a paler shade tells nobody."""
    icons.paint(painter, area, "circle-dollar-sign", "text3")
    middle, reach = area.center(), QPointF(6.5, -6.5)
    for ink, width in ((ground, 4.0), ("text3", 1.5)):
        painter.setPen(QPen(theme.colour(ink), width))
        painter.drawLine(middle - reach, middle + reach)


def names_area(cells: Cells, *, buttons: bool, locked: bool) -> QRectF:
    """Return where the names stand: up to the buttons, the lock, or what follows both."""
    last = Field.PROJECT if buttons else Field.ACTIONS if locked else Field.LOCK
    return cells[Field.PROJECT].united(cells[last])


def tag_width(row: EntryRow, room: float) -> int:
    """Return how wide the task stands; 0 where it would push the project or client out."""
    if not row.task_name:
        return 0
    tag = badge_width(row.task_name, pill=False) + 10
    names = fonts.metrics("body_medium").horizontalAdvance(row.project_name or "")
    if row.client_name:
        names += 16 + fonts.metrics("body").horizontalAdvance(row.client_name)
    return tag if names + tag <= room else 0


def continue_place(cell: QRect) -> QRect:
    """Return where Continue stands in the cell of actions."""
    top = cell.center().y() - BUTTON // 2 + 1
    return QRect(QPoint(cell.right() - 2 * BUTTON - 7, top), QSize(BUTTON, BUTTON))


def more_place(cell: QRect) -> QRect:
    """Return where the ⋯ button stands in the cell of actions."""
    top = cell.center().y() - BUTTON // 2 + 1
    return QRect(QPoint(cell.right() - BUTTON - 3, top), QSize(BUTTON, BUTTON))


def is_odd(row: EntryRow, long_seconds: int) -> bool:
    """Return whether an entry's times carry the sign that asks for a look."""
    long = row.seconds is not None and row.seconds > long_seconds
    return row.overlaps or row.needs_check or long
