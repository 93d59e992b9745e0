"""The list of entries by day: fields edited in place, a selection of rows, keys for all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from billops_desktop.i18n import _
from billops_desktop.services.tracking import EntryRow
from billops_desktop.ui import fonts, theme
from billops_desktop.ui.views.cell_editor import CellEditor
from billops_desktop.ui.views.entry_model import DayLine, EntryModel, Field, Line
from billops_desktop.ui.views.entry_painter import (
    CHECK_ROOM,
    EDGE,
    EntryPainter,
    continue_place,
    more_place,
    paint_sticky,
)

HEADING: Final = 40
DESCRIPTION_SHARE: Final = 0.345
WIDTHS: Final = {
    Field.ACTIONS: 68,
    Field.LOCK: 24,
    Field.BILLABLE: 26,
    Field.RANGE: 118,
    Field.DURATION: 62,
}
# The fields that Tab walks; a project is picked, the others are typed.
WALK: Final = (Field.DESCRIPTION, Field.PROJECT, Field.RANGE, Field.DURATION)
TYPED: Final = frozenset({Field.DESCRIPTION, Field.RANGE, Field.DURATION})
Cell = QModelIndex | QPersistentModelIndex


class EntryTable(QTableView):
    """Shows the days; says what is asked of an entry, and does nothing to it itself."""

    save_wanted = Signal(object, object, object)
    project_wanted = Signal(object, object)
    billable_wanted = Signal(object)
    continue_wanted = Signal(object)
    menu_wanted = Signal(object, object)
    locked_pressed = Signal(object)
    delete_wanted = Signal(object)
    selection_changed = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entryList")
        self.setAccessibleName(_("Time entries"))
        self.entries = EntryModel(now, self)
        self.painter_of_rows = EntryPainter(self.entries, self)
        self.hovered = ""
        self.pointer = QPointF(-1, -1)
        self.editor: CellEditor | None = None
        self._waiting: Sequence[Line] | None = None
        self._anchor = ""
        self._by_key = False
        # Popups stand under a widget: this one lies over the field that asked for one.
        self.anchor = QWidget(self.viewport())
        self.anchor.setObjectName("cellAnchor")
        self.anchor.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setModel(self.entries)
        self.setItemDelegate(self.painter_of_rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(16)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(20)

    # What is shown.

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; while a field is edited they wait until it is closed."""
        if self.editor is not None:
            self._waiting = lines
            return
        row, column = self.current_row(), self.currentIndex().column()
        scrolled = self.verticalScrollBar().value()
        if self.entries.show_lines(lines):
            self._lay_out()
            self.verticalScrollBar().setValue(scrolled)
            if row is not None:
                self._go_to(self.entries.place_of(row.id), max(column, 0))
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
        return QRect(0, top, sum(self.columnWidth(field) for field in Field), height)

    def shows_focus_at(self, index: Cell) -> bool:
        """Return whether a cell carries the focus ring: keyboard only."""
        current = self.currentIndex()
        here = current.row() == index.row() and current.column() == index.column()
        return here and self._by_key and self.hasFocus() and self.editor is None

    def focused_row_id(self) -> str:
        """Return the entry whose buttons show because it has the focus by keyboard."""
        row = self.current_row()
        return row.id if row is not None and self._by_key and self.hasFocus() else ""

    # Editing.

    def edit_field(self, row: EntryRow, field: Field) -> None:
        """Open a field of an entry: a line to type in, the project's picker, or a switch."""
        place = self.entries.place_of(row.id)
        if place < 0:
            return
        self._go_to(place, field)
        if row.locked_by:
            self.locked_pressed.emit(row)
        elif field == Field.PROJECT:
            self.anchor.setGeometry(self._cell(place, field))
            self.project_wanted.emit(row, self.anchor)
        elif field == Field.BILLABLE:
            self.billable_wanted.emit([row])
        elif field in TYPED:
            # The length of what runs is its start: there is no end to move.
            running = row.ended_at is None and field == Field.DURATION
            self._open(row, Field.RANGE if running else field)

    def walk_from(self, row: EntryRow, field: Field, step: int) -> None:
        """Open the next or previous field; after the last one, the first of the next entry."""
        where = WALK.index(field) + step if field in WALK else 0
        if 0 <= where < len(WALK):
            now = self.entries.row_at(self.entries.place_of(row.id)) or row
            if now.ended_at is None and WALK[where] == Field.DURATION:
                where += 1
            if where < len(WALK):
                self.edit_field(now, WALK[where])
                return
        rows = [one for one in self.entries.rows() if not one.locked_by or one.id == row.id]
        ids = [one.id for one in rows]
        following = ids.index(row.id) + step if row.id in ids else -1
        if 0 <= following < len(rows):
            self.edit_field(rows[following], WALK[0] if step > 0 else WALK[-1])
        else:
            self.setFocus(Qt.FocusReason.TabFocusReason)

    def _open(self, row: EntryRow, field: Field) -> None:
        if self.editor is not None:
            self.editor.commit()
        if self.editor is not None:
            return
        place = self.entries.place_of(row.id)
        cell = self._cell(place, field)
        inset = EDGE - 9 if field == Field.DESCRIPTION else 0
        editor = CellEditor(row, field, self.viewport())
        self.editor = editor
        editor.wanted.connect(lambda edit: self.save_wanted.emit(row, edit, editor))
        editor.closed.connect(lambda step: self._on_closed(row, field, step))
        editor.open_over(cell.adjusted(inset, 7, -4, -7))

    def _on_closed(self, row: EntryRow, field: Field, step: int) -> None:
        self.editor = None
        if self._waiting is not None:
            lines, self._waiting = self._waiting, None
            self.show_lines(lines)
        if step:
            self.walk_from(row, field, step)
        else:
            self._by_key = True
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.viewport().update()

    # Selecting.

    def toggle(self, row: EntryRow) -> None:
        """Select an entry, or no longer."""
        self._anchor = row.id
        self._choose(self.entries.selected ^ {row.id})

    def extend_to(self, row: EntryRow) -> None:
        """Select everything between the entry selected last and this one."""
        ids = [one.id for one in self.entries.rows()]
        start = ids.index(self._anchor) if self._anchor in ids else ids.index(row.id)
        end = ids.index(row.id)
        self._anchor = ids[start]
        self._choose(set(ids[min(start, end) : max(start, end) + 1]))

    def select_all(self) -> None:
        """Select every entry that is shown."""
        self._choose({row.id for row in self.entries.rows()})

    def clear_selection(self) -> None:
        """Select nothing."""
        self._choose(set())

    def _choose(self, entry_ids: set[str]) -> None:
        self.entries.select(entry_ids)
        self.viewport().update()
        self.selection_changed.emit()

    # Events.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Edit the field under the pointer, select with Ctrl and Shift, press a button."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        row = self.entries.row_at(index.row()) if index.isValid() else None
        self._by_key = False
        if event.button() != Qt.MouseButton.LeftButton or row is None:
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.editor is not None:
            return
        self._go_to(index.row(), index.column())
        self._press(row, Field(index.column()), event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do nothing: a press has done it."""

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

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the entry under the pointer, or with the focus."""
        place = event.pos()
        row = self.entries.row_at(self.indexAt(place).row())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            row = self.current_row()
            place = self._cell(self.currentIndex().row(), Field.ACTIONS).bottomLeft()
        if row is not None:
            self.menu_wanted.emit(row, self.viewport().mapToGlobal(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, edit, select, delete by keys; what is none of these goes to the page."""
        row = self.current_row()
        self._by_key = True
        self.viewport().update()
        if not self._on_list_key(event) and (row is None or not self._on_row_key(event, row)):
            if event.text() and event.text().isprintable():
                event.ignore()
            else:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Go to the first entry when the list is reached by Tab for the first time."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self._by_key = True
        if self.current_row() is None:
            self._step(1, from_line=-1)
        self.viewport().update()

    def moveCursor(self, action: Any, modifiers: Any) -> QModelIndex:
        """Step over the headings of days."""
        target = super().moveCursor(action, modifiers)
        if target.isValid() and self.entries.row_at(target.row()) is None:
            down = target.row() > self.currentIndex().row()
            beyond = target.row() + (1 if down else -1)
            if self.entries.row_at(beyond) is None:
                return self.currentIndex()
            return self.entries.index(beyond, max(self.currentIndex().column(), 0))
        return target

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines, then the heading of the day that is scrolled through."""
        super().paintEvent(event)
        top = self.rowAt(0)
        day = next(
            (
                (number, line)
                for number in range(top, -1, -1)
                if isinstance(line := self.entries.lines[number], DayLine)
            ),
            None,
        )
        if day is None:
            return
        number, heading = day
        # Only once its own line has left: before that it stands where it is.
        if self.rowViewportPosition(number) + self.rowHeight(number) - HEADING < 0:
            area = QRectF(0, 0, self.row_rect(number).width(), HEADING)
            paint_sticky(QPainter(self.viewport()), self.painter_of_rows, area, heading)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll, and paint whole: the sticky heading must not be carried along."""
        super().scrollContentsBy(dx, dy)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out: a fixed share for descriptions, so that columns align."""
        super().resizeEvent(event)
        self._share()
        if self.editor is not None:
            self.editor.give_up()

    # The rest.

    def _press(self, row: EntryRow, field: Field, event: QMouseEvent) -> None:
        point, modifiers = event.position().toPoint(), event.modifiers()
        cell = self._cell(self.entries.place_of(row.id), field)
        boxes = bool(self.entries.selected) and field == Field.DESCRIPTION
        on_box = boxes and point.x() < cell.left() + EDGE + CHECK_ROOM
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.extend_to(row)
        elif modifiers & Qt.KeyboardModifier.ControlModifier or on_box:
            self.toggle(row)
        elif field == Field.ACTIONS:
            self._press_action(row, cell, point)
        elif field == Field.LOCK:
            if row.locked_by:
                self.locked_pressed.emit(row)
        else:
            self.edit_field(row, field)

    def _press_action(self, row: EntryRow, cell: QRect, point: QPoint) -> None:
        if continue_place(cell).contains(point) and row.ended_at is not None:
            self.continue_wanted.emit(row)
        elif more_place(cell).contains(point):
            under = more_place(cell).bottomLeft() + QPoint(0, 4)
            self.menu_wanted.emit(row, self.viewport().mapToGlobal(under))

    def _on_list_key(self, event: QKeyEvent) -> bool:
        """Do what keys ask of the whole list; False when this is no such key."""
        key, modifiers = event.key(), event.modifiers()
        if key == Qt.Key.Key_A and modifiers & Qt.KeyboardModifier.ControlModifier:
            self.select_all()
        elif key == Qt.Key.Key_Escape and self.entries.selected:
            self.clear_selection()
        else:
            return False
        return True

    def _on_row_key(self, event: QKeyEvent, row: EntryRow) -> bool:
        """Do what keys ask of the entry with the focus; False when this is no such key."""
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and shift:
            self._anchor = self._anchor if self.entries.selected else row.id
            self._step(1 if key == Qt.Key.Key_Down else -1, from_line=self.currentIndex().row())
            self.extend_to(self.current_row() or row)
            return True
        deeds: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Return: lambda: self._enter(row),
            Qt.Key.Key_Enter: lambda: self._enter(row),
            Qt.Key.Key_F2: lambda: self._enter(row),
            Qt.Key.Key_Space: lambda: self._enter(row),
            Qt.Key.Key_Delete: lambda: self.delete_wanted.emit(self.acted_on()),
            Qt.Key.Key_X: lambda: self.toggle(row),
            Qt.Key.Key_C: lambda: self.continue_wanted.emit(row),
            Qt.Key.Key_P: lambda: self.edit_field(row, Field.PROJECT),
            Qt.Key.Key_B: lambda: self.billable_wanted.emit(self.acted_on()),
            Qt.Key.Key_E: lambda: self.edit_field(row, Field.RANGE),
        }
        deed = deeds.get(key)
        if deed is not None:
            deed()
        return deed is not None

    def _enter(self, row: EntryRow) -> None:
        field = Field(max(self.currentIndex().column(), 0))
        if field == Field.ACTIONS:
            under = more_place(self._cell(self.currentIndex().row(), field)).bottomLeft()
            self.menu_wanted.emit(row, self.viewport().mapToGlobal(under))
        else:
            self.edit_field(row, Field.DESCRIPTION if field == Field.LOCK else field)

    def _step(self, step: int, *, from_line: int) -> None:
        target = from_line + step
        while 0 <= target < len(self.entries.lines):
            if self.entries.row_at(target) is not None:
                self._go_to(target, max(self.currentIndex().column(), 0))
                return
            target += step

    def _go_to(self, place: int, column: int) -> None:
        if place >= 0:
            self.setCurrentIndex(self.entries.index(place, column))

    def _cell(self, place: int, field: Field) -> QRect:
        return self.visualRect(self.entries.index(place, field))

    def _hover(self, entry_id: str) -> None:
        self.hovered = entry_id
        self.viewport().update()

    def _lay_out(self) -> None:
        self.clearSpans()
        entry = fonts.row_height(theme.HEIGHT["entry"])
        for number, line in enumerate(self.entries.lines):
            heading = isinstance(line, DayLine)
            space = 0 if number == 0 else 12
            self.setRowHeight(number, fonts.scaled(HEADING) + space if heading else entry)
            if heading:
                self.setSpan(number, 0, 1, len(Field))

    def _share(self) -> None:
        room = self.viewport().width()
        fixed = {field: fonts.scaled(width) for field, width in WIDTHS.items()}
        description = max(round(room * DESCRIPTION_SHARE), 120)
        self.setColumnWidth(Field.DESCRIPTION, description)
        self.setColumnWidth(Field.PROJECT, max(room - description - sum(fixed.values()), 80))
        for field, width in fixed.items():
            self.setColumnWidth(field, width)
