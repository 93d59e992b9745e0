"""The list of entries as it is worked with: fields edited in place, rows pressed, keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from billops_desktop.services.tracking import EntryRow
from billops_desktop.ui import keys
from billops_desktop.ui.views.entries.cell_editor import CellEditor
from billops_desktop.ui.views.entries.entry_list import EntryList
from billops_desktop.ui.views.entries.entry_model import Field, Line
from billops_desktop.ui.views.entries.entry_painter import (
    CHECK_ROOM,
    EDGE,
    continue_place,
    more_place,
)

# The fields that Tab walks; a project is picked, the others are typed.
WALK: Final = (Field.DESCRIPTION, Field.PROJECT, Field.RANGE, Field.DURATION)
TYPED: Final = frozenset({Field.DESCRIPTION, Field.RANGE, Field.DURATION})
CONTROL: Final = Qt.KeyboardModifier.ControlModifier
SHIFT: Final = Qt.KeyboardModifier.ShiftModifier


class EntryTable(EntryList):
    """Says what is asked of an entry, and does nothing to it itself."""

    save_wanted = Signal(object, object, object)
    project_wanted = Signal(object, object, int)
    billable_wanted = Signal(object)
    continue_wanted = Signal(object)
    menu_wanted = Signal(object, object)
    locked_pressed = Signal(object)
    delete_wanted = Signal(object)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(now, parent)
        self.editor: CellEditor | None = None
        self._waiting: Sequence[Line] | None = None
        # Popups stand under a widget: this one lies over the field that asked for one.
        self.anchor = QWidget(self.viewport())
        self.anchor.setObjectName("cellAnchor")
        self.anchor.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; while a field is edited they wait until it is closed."""
        if self.editor is not None:
            self._waiting = lines
            return
        super().show_lines(lines)

    def focused_field(self) -> Field | None:
        """Return the field that carries the focus ring: none while one is edited."""
        return super().focused_field() if self.editor is None else None

    # Editing.

    def edit_field(self, row: EntryRow, field: Field, *, walking: int = 0) -> None:
        """Open a field of an entry: a line to type in, the project's picker, or a switch.

        ``walking`` is 1 or -1 where Tab came by: it goes on after a picked project.
        """
        place = self.entries.place_of(row.id)
        if place < 0:
            return
        self.go_to(place, field)
        if row.locked_by:
            self.locked_pressed.emit(row)
        elif field == Field.PROJECT:
            self.anchor.setGeometry(self.cell_rect(place, field))
            self.project_wanted.emit(row, self.anchor, walking)
        elif field == Field.BILLABLE:
            self.billable_wanted.emit([row])
        elif field in TYPED:
            # What runs has no end that a length could move: its start is edited.
            running = row.ended_at is None and field == Field.DURATION
            self._open(row, Field.RANGE if running else field)

    def walk_from(self, entry_id: str, field: Field, step: int) -> None:
        """Open the next or previous field; after the last one, the first of the next entry."""
        row = self.entries.row_at(self.entries.place_of(entry_id))
        if row is None or not step:
            return
        fields = [one for one in WALK if row.ended_at is not None or one != Field.DURATION]
        where = fields.index(field) + step
        if 0 <= where < len(fields):
            self.edit_field(row, fields[where], walking=step)
            return
        free = [one for one in self.entries.rows() if not one.locked_by]
        following = free.index(row) + step
        if 0 <= following < len(free):
            self.edit_field(free[following], WALK[0 if step > 0 else -1], walking=step)
        else:
            self.setFocus(Qt.FocusReason.TabFocusReason)

    def _open(self, row: EntryRow, field: Field) -> None:
        if self.editor is not None:
            self.editor.commit()
        if self.editor is not None:
            return
        cell = self.cell_rect(self.entries.place_of(row.id), field)
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
        self.by_key = True
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.walk_from(row.id, field, step)
        self.viewport().update()

    # The pointer.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Edit the field under the pointer, select with Ctrl and Shift, press a button."""
        index = self.indexAt(event.position().toPoint())
        row = self.entries.row_at(index.row()) if index.isValid() else None
        self.by_key = False
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() != Qt.MouseButton.LeftButton or row is None or self.editor is not None:
            return
        self.go_to(index.row(), index.column())
        self._press(row, Field(index.column()), event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do nothing: the press has done it."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the entry under the pointer, or with the focus."""
        place, row = event.pos(), self.entries.row_at(self.indexAt(event.pos()).row())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            row = self.current_row()
            place = self.cell_rect(self.currentIndex().row(), Field.ACTIONS).bottomLeft()
        if row is not None:
            self.menu_wanted.emit(row, self.viewport().mapToGlobal(place))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the open line over its field."""
        super().resizeEvent(event)
        if self.editor is not None:
            self.editor.give_up()

    def _press(self, row: EntryRow, field: Field, event: QMouseEvent) -> None:
        point, modifiers = event.position().toPoint(), event.modifiers()
        cell = self.cell_rect(self.entries.place_of(row.id), field)
        boxes = bool(self.entries.selected) and field == Field.DESCRIPTION
        if modifiers & SHIFT:
            self.extend_to(row)
        elif modifiers & CONTROL or (boxes and point.x() < cell.left() + EDGE + CHECK_ROOM):
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
            self._ask_menu(row, cell)

    def _ask_menu(self, row: EntryRow, cell: QRect) -> None:
        under = more_place(cell).bottomLeft() + QPoint(0, 4)
        self.menu_wanted.emit(row, self.viewport().mapToGlobal(under))

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, edit, select, delete by keys; what is none of these goes to the page."""
        row = self.current_row()
        self.by_key = True
        self.viewport().update()
        if self._on_list_key(event) or (row is not None and self._on_row_key(event, row)):
            return
        if event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _on_list_key(self, event: QKeyEvent) -> bool:
        """Do what keys ask of the whole list; False when this is no such key."""
        found = keys.pressed(event, "entry")
        if found == "entry.all":
            self.select_all()
        elif found == "entry.none" and self.entries.selected:
            self.clear_selection()
        else:
            return False
        return True

    def _on_row_key(self, event: QKeyEvent, row: EntryRow) -> bool:
        """Do what keys ask of the entry with the focus; False when this is no such key."""
        deeds: dict[str, Callable[[EntryRow], None]] = {
            "entry.edit": self._enter,
            "entry.extend_up": lambda row: self._extend(-1, row),
            "entry.extend_down": lambda row: self._extend(1, row),
            "entry.delete": lambda _row: self.delete_wanted.emit(self.acted_on()),
            "entry.select": self.toggle,
            "entry.continue": self.continue_wanted.emit,
            "entry.project": lambda row: self.edit_field(row, Field.PROJECT),
            "entry.billable": lambda _row: self.billable_wanted.emit(self.acted_on()),
            "entry.times": lambda row: self.edit_field(row, Field.RANGE),
        }
        deed = deeds.get(keys.pressed(event, "entry"))
        if deed is not None:
            deed(row)
        return deed is not None

    def _extend(self, by: int, row: EntryRow) -> None:
        self.step(by, from_line=self.currentIndex().row())
        self.extend_to(self.current_row() or row, start=row)

    def _enter(self, row: EntryRow) -> None:
        field = Field(max(self.currentIndex().column(), 0))
        if field == Field.ACTIONS:
            self._ask_menu(row, self.cell_rect(self.currentIndex().row(), field))
        else:
            self.edit_field(row, Field.DESCRIPTION if field == Field.LOCK else field)
