"""The table of invoices: number, client, status, due, hint, total, open, and the next step."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from billops_desktop.i18n import _, format_date, format_day, format_money
from billops_desktop.services.invoices.invoice_rows import InvoiceRow
from billops_desktop.ui import fonts, keys, theme
from billops_desktop.ui.table import Column, Table, text_room
from billops_desktop.ui.views.billing.statuses import is_payable, next_step, status_words
from billops_desktop.ui.widgets.cells import badge_cell
from billops_desktop.ui.widgets.chips import badge_width
from billops_desktop.ui.widgets.labels import line

CLIENT_COLUMN, DUE_COLUMN, NOTE_COLUMN, TOTAL_COLUMN, OPEN_COLUMN = 1, 3, 4, 5, 6
# The least room of a client's name; the note goes first, then what sums do not need.
NAME_USUAL: Final = 160
CLIENT_LEAST: Final = 104


def columns() -> tuple[Column, ...]:
    """Return the columns of the list."""
    return (*_who(), *_when(), *_how_much())


def _who() -> tuple[Column, ...]:
    return (
        Column(
            name="number",
            title=_("Number"),
            value=lambda row: row.number,
            text=lambda row: row.number or "—",
            width=122,
            style="body_medium",
            ink="text2",
        ),
        Column(
            name="client",
            title=_("Client"),
            value=lambda row: row.client_name,
            style="body_medium",
            hint=lambda row: row.client_name,
        ),
        Column(
            name="status",
            title=_("Status"),
            value=lambda row: row.status,
            text=lambda row: status_words(row)[0],
            width=102,
            room=badge_width,
            paint=badge_cell(status_words),
        ),
    )


def _when() -> tuple[Column, ...]:
    return (
        Column(
            name="due",
            title=_("Due"),
            value=lambda row: row.due_on,
            text=_due,
            width=72,
            ink=lambda row: "bad" if row.days_late else "text2",
            hint=lambda row: format_date(row.due_on) if row.due_on else "",
        ),
        Column(
            name="note",
            title="",
            value=lambda row: row.note,
            width=172,
            yields=1,
            room=text_room("small"),
            paint=_paint_note,
        ),
    )


def _how_much() -> tuple[Column, ...]:
    return (
        Column(
            name="total",
            title=_("Total"),
            value=lambda row: row.total.decimal,
            text=lambda row: format_money(row.total),
            align="right",
            width=108,
            ink="text2",
        ),
        Column(
            name="open",
            title=_("Open"),
            value=lambda row: row.open.decimal,
            text=_open,
            align="right",
            width=112,
            style="body_strong",
            ink=lambda row: "text" if row.open.minor else "text3",
        ),
    )


def _due(row: InvoiceRow) -> str:
    due: date | None = row.due_on if row.state != "draft" else None
    return format_day(due, parts="MMMd") if due is not None else "—"


def _open(row: InvoiceRow) -> str:
    return format_money(row.open) if is_payable(row) else "—"


def _paint_note(painter: QPainter, area: QRectF, row: InvoiceRow) -> None:
    line(painter, area, row.note, style="small", ink="text2")


class InvoiceTable(Table):
    """The list; a row under the pointer or with the focus shows its next step as a button."""

    step_wanted = Signal(object)
    key_pressed = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(columns(), "invoiceTable", parent)
        self.setAccessibleName(_("Invoices"))
        self.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.widths.finish = self._make_room
        self.rows_model.dataChanged.connect(lambda *_where: self.widths.share())

    def _make_room(self) -> None:
        """Where names are short of room let others give theirs up.

        The day it is due stays longest: the panel beside the list shows the total.
        """
        note = self.columnWidth(NOTE_COLUMN)
        # Half a note says less than none.
        cut = note < self.widths.needed(NOTE_COLUMN)
        self._give(NOTE_COLUMN, note, least=self.width() if cut else NAME_USUAL)
        for number in (TOTAL_COLUMN, OPEN_COLUMN):
            self._give(number, max(self.columnWidth(number) - self.widths.needed(number), 0))
        for number in (TOTAL_COLUMN, DUE_COLUMN):
            self._give(number, self.columnWidth(number))
        self.setColumnWidth(CLIENT_COLUMN, self._names())

    def _names(self) -> int:
        """Return the room of the clients' names, without what the columns stand out at the side."""
        over = self.horizontalHeader().length() - self.viewport().width()
        return self.columnWidth(CLIENT_COLUMN) - max(over, 0)

    def _give(self, number: int, width: int, *, least: int = CLIENT_LEAST) -> None:
        """Give so much of a column to the clients' names if they lack room; all of it hides it."""
        before, names = self.columnWidth(number), self._names()
        if names >= fonts.scaled(least) or not width or self.isColumnHidden(number):
            return
        self.setColumnWidth(CLIENT_COLUMN, names + width)
        if width < before:
            self.setColumnWidth(number, before - width)
        else:
            self.setColumnHidden(number, True)

    def step_area(self, number: int) -> QRectF:
        """Return where the next step of a row is painted; empty where it is not shown."""
        row = self.rows_model.row(number)
        focused = self.hasFocus() and self.currentIndex().row() == number
        if row is None or not (number == self.delegate.hovered or focused):
            return QRectF()
        cell = self._step_cell(number)
        width = fonts.metrics("small_medium").horizontalAdvance(next_step(row)) + 22
        height = fonts.scaled(theme.HEIGHT["inline"])
        return QRectF(cell.left() + 4, cell.center().y() - height / 2, width, height)

    def _step_cell(self, number: int) -> QRectF:
        """Return the room of the step: the note, or what is left of it and more up to the total."""
        sums = OPEN_COLUMN if self.isColumnHidden(TOTAL_COLUMN) else TOTAL_COLUMN
        total = QRectF(self.visualRect(self.rows_model.index(number, sums)))
        least = fonts.metrics("small_medium").horizontalAdvance(_("Record payment")) + 30
        width = max(self.columnWidth(NOTE_COLUMN), least)
        return QRectF(total.left() - width, total.top(), width, total.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, then the next step over the row that is looked at."""
        super().paintEvent(event)
        for number in {self.delegate.hovered, self.currentIndex().row()}:
            if number >= 0:
                self._paint_step(number)

    def _paint_step(self, number: int) -> None:
        area, row = self.step_area(number), self.rows_model.row(number)
        if area.isEmpty() or row is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = self._step_cell(number).united(area)
        ground = "bg_selected" if self.currentIndex().row() == number else "bg_hover"
        painter.fillRect(cell.adjusted(0, 2, 0, -2), theme.colour(ground))
        painter.setPen(theme.colour("border"))
        painter.setBrush(theme.colour("bg_surface"))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setFont(fonts.font("small_medium"))
        painter.setPen(theme.colour("text"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, next_step(row))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Do the next step of a row with a click on it."""
        number = self.indexAt(event.position().toPoint()).row()
        if number >= 0 and self.step_area(number).contains(event.position()):
            self.selectRow(number)
            self.step_wanted.emit(self.rows_model.row(number))
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the keys of a row; other letters go to the window."""
        found, row = keys.pressed(event, "invoice"), self.current()
        if row is not None and found:
            self.key_pressed.emit(found, row)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: Any) -> None:
        """Show the next step of the row with the focus."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: Any) -> None:
        """Hide it again."""
        super().focusOutEvent(event)
        self.viewport().update()
