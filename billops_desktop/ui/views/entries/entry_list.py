"""How the list of entries looks and moves: columns, cards, the sticky heading, hover, selection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from billops_desktop.i18n import _, format_time
from billops_desktop.services.tracking import EntryRow
from billops_desktop.ui import fonts, theme
from billops_desktop.ui.views.entries.entry_model import DayLine, EntryModel, Field, Line
from billops_desktop.ui.views.entries.entry_painter import HEADING, EntryPainter

BETWEEN_DAYS: Final = 12
DESCRIPTION_SHARE: Final = 0.345
NARROWEST_PROJECT: Final = 80
WIDTHS: Final = {
    Field.ACTIONS: 68,
    Field.LOCK: 24,
    Field.BILLABLE: 26,
    Field.RANGE: 124,
    Field.DURATION: 62,
}
# Left, right, and the sign before a span that is odd.
AROUND_RANGE: Final = 34


class EntryList(QTableView):
    """Days and their entries; what is asked of an entry is up to EntryTable."""

    selection_changed = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entryList")
        self.setAccessibleName(_("Time entries"))
        self.entries = EntryModel(now, self)
        self.painter_of_lines = EntryPainter(self.entries, self)
        self.hovered = ""
        self.pointer = QPointF(-1, -1)
        self.by_key = False
        self._from_id = ""
        self.setModel(self.entries)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header, least in ((self.horizontalHeader(), 16), (self.verticalHeader(), 20)):
            header.hide()
            header.setMinimumSectionSize(least)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    # What is shown.

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; focus, selection and scroll stay where they were."""
        row, column = self.current_row(), self.currentIndex().column()
        scrolled = self.verticalScrollBar().value()
        if self.entries.show_lines(lines):
            self._lay_out()
            self.verticalScrollBar().setValue(scrolled)
            if row is not None:
                self.go_to(self.entries.place_of(row.id), max(column, 0))
        self.selection_changed.emit()
        self.viewport().update()

    def current_row(self) -> EntryRow | None:
        """Return the entry that has the focus."""
        index = self.currentIndex()
        return self.entries.row_at(index.row()) if index.isValid() else None

    def acted_on(self) -> list[EntryRow]:
        """Return the selected entries, else the one with the focus."""
        current = self.current_row()
        return self.entries.chosen() or ([current] if current else [])

    def row_rect(self, line: int) -> QRect:
        """Return where a line stands in the viewport, over its whole width."""
        height, top = self.rowHeight(line), self.rowViewportPosition(line)
        return QRect(0, top, self.horizontalHeader().length(), height)

    def cell_rect(self, line: int, field: Field) -> QRect:
        """Return where a field of a line stands in the viewport."""
        return self.visualRect(self.entries.index(line, field))

    def focused_row_id(self) -> str:
        """Return the entry that has the focus by keyboard; its buttons show."""
        row = self.current_row()
        return row.id if row is not None and self.by_key and self.hasFocus() else ""

    def focused_field(self) -> Field | None:
        """Return the field that carries the focus ring: keyboard only."""
        return Field(self.currentIndex().column()) if self.focused_row_id() else None

    def go_to(self, line: int, column: int) -> None:
        """Give a field the focus; a line of -1 changes nothing."""
        if line >= 0:
            self.setCurrentIndex(self.entries.index(line, column))

    def step(self, step: int, *, from_line: int) -> None:
        """Go to the next entry below or above a line, over the headings."""
        target = from_line + step
        while 0 <= target < len(self.entries.lines):
            if self.entries.row_at(target) is not None:
                self.go_to(target, max(self.currentIndex().column(), 0))
                return
            target += step

    # Selecting.

    def toggle(self, row: EntryRow) -> None:
        """Select an entry, or no longer."""
        self._from_id = row.id
        self.choose(self.entries.selected ^ {row.id})

    def extend_to(self, row: EntryRow, *, start: EntryRow | None = None) -> None:
        """Select everything between the entry selected last (or ``start``) and this one."""
        ids = [one.id for one in self.entries.rows()]
        if start is not None and not self.entries.selected:
            self._from_id = start.id
        first = ids.index(self._from_id) if self._from_id in ids else ids.index(row.id)
        last = ids.index(row.id)
        self._from_id = ids[first]
        self.choose(ids[min(first, last) : max(first, last) + 1])

    def select_all(self) -> None:
        """Select every entry that is shown."""
        self.choose(row.id for row in self.entries.rows())

    def clear_selection(self) -> None:
        """Select nothing."""
        self.choose(())

    def choose(self, entry_ids: Iterable[str]) -> None:
        """Select exactly these entries."""
        self.entries.select(entry_ids)
        self.viewport().update()
        self.selection_changed.emit()

    # Events.

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the row under the pointer and show its buttons."""
        self.pointer = event.position()
        row = self.entries.row_at(self.indexAt(self.pointer.toPoint()).row())
        self._hover(row.id if row is not None else "")
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: Any) -> None:
        """Light no row."""
        self.pointer = QPointF(-1, -1)
        self._hover("")
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Go to the first entry when the list is reached for the first time."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.by_key = True
        if self.current_row() is None:
            self.step(1, from_line=-1)
        self.viewport().update()

    def moveCursor(self, action: Any, modifiers: Any) -> QModelIndex:
        """Step over the headings of days."""
        target = super().moveCursor(action, modifiers)
        if not target.isValid() or self.entries.row_at(target.row()) is not None:
            return target
        down = target.row() > self.currentIndex().row()
        beyond = target.row() + (1 if down else -1)
        if self.entries.row_at(beyond) is None:
            return self.currentIndex()
        return self.entries.index(beyond, max(self.currentIndex().column(), 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines in sight, then the heading of the day that is scrolled through."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        number, bottom = max(self.rowAt(max(event.rect().top(), 0)), 0), event.rect().bottom()
        columns = [(self.columnViewportPosition(one), self.columnWidth(one)) for one in Field]
        while number < len(self.entries.lines) and self.rowViewportPosition(number) <= bottom:
            self._paint_line(painter, number, columns)
            number += 1
        self._paint_sticky(painter)

    def _paint_line(
        self, painter: QPainter, number: int, columns: Sequence[tuple[int, int]]
    ) -> None:
        top, height = self.rowViewportPosition(number), self.rowHeight(number)
        line = self.entries.lines[number]
        if isinstance(line, DayLine):
            width = self.horizontalHeader().length()
            self.painter_of_lines.heading(painter, QRectF(0, top, width, height), line)
        else:
            cells = [QRectF(left, top, width, height) for left, width in columns]
            self.painter_of_lines.entry(painter, cells, line)

    def _paint_sticky(self, painter: QPainter) -> None:
        number = self.rowAt(0)
        while number >= 0 and not isinstance(self.entries.lines[number], DayLine):
            number -= 1
        heading = self.entries.lines[number] if number >= 0 else None
        # Only once its own line has left: before that it stands where it is.
        bottom = self.rowViewportPosition(number) + self.rowHeight(number)
        if isinstance(heading, DayLine) and bottom < HEADING:
            area = QRectF(0, 0, self.horizontalHeader().length(), HEADING)
            self.painter_of_lines.sticky_heading(painter, area, heading)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll, and paint whole: the sticky heading must not be carried along."""
        super().scrollContentsBy(dx, dy)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out: a fixed share for descriptions, so that columns align."""
        super().resizeEvent(event)
        room = self.viewport().width()
        fixed = {field: fonts.scaled(width) for field, width in WIDTHS.items()}
        fixed[Field.RANGE] = max(fixed[Field.RANGE], _range_width())
        words = room - sum(fixed.values())
        # Times are never cut: what is short of room are the words.
        least = fonts.scaled(NARROWEST_PROJECT)
        description = max(min(round(room * DESCRIPTION_SHARE), words - least), least)
        self.setColumnWidth(Field.DESCRIPTION, description)
        self.setColumnWidth(Field.PROJECT, max(words - description, 0))
        for field, width in fixed.items():
            self.setColumnWidth(field, width)

    def _hover(self, entry_id: str) -> None:
        for touched in {self.hovered, entry_id} - {""}:
            self.viewport().update(self.row_rect(self.entries.place_of(touched)))
        self.hovered = entry_id

    def _lay_out(self) -> None:
        self.clearSpans()
        entry = fonts.row_height(theme.HEIGHT["entry"])
        for number, line in enumerate(self.entries.lines):
            heading = isinstance(line, DayLine)
            space = BETWEEN_DAYS if number else 0
            self.setRowHeight(number, fonts.scaled(HEADING) + space if heading else entry)
            if heading:
                self.setSpan(number, 0, 1, len(Field))


def _range_width() -> int:
    """Return how wide a span stands: a clock with AM and PM needs more than one of 24 hours."""
    late = format_time(time(22, 50))
    return fonts.metrics("small").horizontalAdvance(f"{late} – {late}") + AROUND_RANGE
