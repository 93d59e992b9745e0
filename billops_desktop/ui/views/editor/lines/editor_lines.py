"""The table of invoice lines: cells typed in place, rows moved, copied, deleted and pasted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from billops_desktop.i18n import _
from billops_desktop.services.profile.settings import TaxRow
from billops_desktop.ui import fonts, keys, theme
from billops_desktop.ui.views.editor.draft import DraftLine
from billops_desktop.ui.views.editor.lines import cells
from billops_desktop.ui.views.editor.lines.cells import COLUMNS, TYPED
from billops_desktop.ui.views.editor.lines.column_widths import ColumnWidths
from billops_desktop.ui.views.editor.lines.line_cell import CellEdit, TaxCell
from billops_desktop.ui.views.editor.lines.line_painter import (
    LinePainter,
    LineTitles,
    clock_area,
)
from billops_desktop.ui.views.editor.lines.lines_model import LinesModel, slip_words, titles

ROW: Final = 44
CONTROL: Final = Qt.KeyboardModifier.ControlModifier


class EditorLines(QTableView):
    """Says ``edited`` with the new lines after each committed cell; as high as its rows."""

    edited = Signal(object)
    slipped = Signal(str)
    entries_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("editorLines")
        self.setAccessibleName(_("Lines of the invoice"))
        self.taxes: Sequence[TaxRow] = ()
        self.lines_model = LinesModel(self)
        self.painter = LinePainter(
            self.lines_model.line_at, lambda: self.lines_model.currency, self
        )
        self.cell: CellEdit | TaxCell | None = None
        self._cell_at = (0, 0)
        self._dragged = -1
        self._drop = -1
        self.setHorizontalHeader(LineTitles(self))
        self.setModel(self.lines_model)
        self.setItemDelegate(self.painter)
        self.widths = ColumnWidths(self, self.horizontalHeader())
        self.widths.changed.connect(lambda _widths: self._place())
        self._dress()

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        vertical = self.verticalHeader()
        vertical.hide()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setDefaultSectionSize(fonts.row_height(ROW))
        self._fit()

    # What is shown.

    @property
    def lines(self) -> tuple[DraftLine, ...]:
        """Return the lines as they stand."""
        return self.lines_model.lines

    def show_lines(self, lines: tuple[DraftLine, ...], currency: str) -> None:
        """Show lines; an open cell stays open while its line is there."""
        self.lines_model.currency = currency
        kept = self._open_key()
        self.lines_model.show_lines(lines)
        self._fit()
        if kept is not None:
            row = next((n for n, line in enumerate(lines) if line.key == kept), -1)
            if row < 0:
                self.close_cell()
            else:
                self._cell_at = (row, self._cell_at[1])
                self._place()
        self.slipped.emit(slip_words(lines))

    def _open_key(self) -> int | None:
        line = self.lines_model.line_at(self._cell_at[0]) if self.cell else None
        return line.key if line else None

    def _fit(self) -> None:
        rows = max(len(self.lines), 1)
        height = self.verticalHeader().defaultSectionSize() * rows
        self.setFixedHeight(fonts.scaled(theme.HEIGHT["control"]) + height)

    # Cells.

    def open_cell(self, row: int, column: int) -> None:
        """Open the field over a cell."""
        self.close_cell()
        line = self.lines_model.line_at(row)
        if line is None or not 1 <= column < len(COLUMNS):
            return
        self._cell_at = (row, column)
        self.setCurrentIndex(self.lines_model.index(row, column))
        name, title = COLUMNS[column], titles()[COLUMNS[column]]
        if name == "tax":
            self.cell = self._tax_cell(line, title)
        else:
            text = cells.cell_text(line, name, self.lines_model.currency)
            self.cell = CellEdit(name, text, title, self.viewport())
            self.cell.mark_wrong(name in line.slips)
        self.cell.left.connect(self.leave_cell)
        self.cell.given_up.connect(self._on_given_up)
        self._place()
        self.cell.show()
        self.cell.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tax_cell(self, line: DraftLine, title: str) -> TaxCell:
        choices = [(tax.id, cells.tax_text(tax.category, tax.percent)) for tax in self.taxes]
        cell = TaxCell(title, self.viewport(), choices)
        cell.choose(line.edit.tax_rate_id)
        return cell

    def _place(self) -> None:
        if self.cell is None:
            return
        row, column = self._cell_at
        area = self.visualRect(self.lines_model.index(row, column))
        height = fonts.scaled(theme.HEIGHT["control"])
        self.cell.setGeometry(
            area.left() + 1, area.center().y() - height // 2, area.width() - 4, height
        )

    def leave_cell(self, columns: int = 0, rows: int = 0) -> None:
        """Read the open cell and go on: right or left, down or up; Enter at the end adds a line."""
        if self.cell is None:
            return
        row, column = self._cell_at
        self.commit_cell()
        if columns:
            self._open_beside(row, column, columns)
        elif rows > 0 and row + 1 >= len(self.lines):
            self.add_line()
        elif rows:
            self.open_cell(max(row + rows, 0), column)

    def _open_beside(self, row: int, column: int, step: int) -> None:
        flat = row * len(TYPED) + (column - 1) + step
        if flat < 0:
            self.setFocus(Qt.FocusReason.BacktabFocusReason)
        elif flat >= len(self.lines) * len(TYPED):
            # The cell that had the focus is gone: what follows is told from here.
            self.setFocus(Qt.FocusReason.TabFocusReason)
            self.focusNextChild()
        else:
            self.open_cell(flat // len(TYPED), flat % len(TYPED) + 1)

    def commit_cell(self) -> None:
        """Read the open cell into its line and close it; a bad one keeps its text, marked."""
        if self.cell is None:
            return
        row, _column = self._cell_at
        line, cell = self.lines_model.line_at(row), self.cell
        changed = None if line is None else self._read(line, cell)
        self.close_cell()
        if changed is not None and changed != line:
            self.replace_line(row, changed)

    def _read(self, line: DraftLine, cell: CellEdit | TaxCell) -> DraftLine | None:
        if isinstance(cell, TaxCell):
            tax = next((tax for tax in self.taxes if tax.id == cell.value()), None)
            return line if tax is None else cells.with_tax(line, tax)
        if "\t" in cell.text():
            return line
        if cell.text() == cells.cell_text(line, cell.column, self.lines_model.currency):
            return line
        return cells.read_cell(line, cell.column, cell.text(), self.lines_model.currency)

    def close_cell(self) -> None:
        """Close the open cell without reading it."""
        cell, self.cell = self.cell, None
        if cell is not None:
            cell.hide()
            cell.deleteLater()

    def _on_given_up(self) -> None:
        row, column = self._cell_at
        line = self.lines_model.line_at(row)
        self.close_cell()
        if line is not None and COLUMNS[column] in line.slips:
            self.replace_line(row, line.changed(COLUMNS[column]))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # Rows.

    def replace_line(self, row: int, line: DraftLine) -> None:
        """Put another line in the place of one."""
        self._say((*self.lines[:row], line, *self.lines[row + 1 :]))

    def add_line(self) -> None:
        """Add an empty line at the end and open its description."""
        self.commit_cell()
        before = self.lines[-1] if self.lines else None
        self._say((*self.lines, cells.new_line(self.taxes, before)))
        self.open_cell(len(self.lines) - 1, 1)

    def move_line(self, row: int, step: int) -> None:
        """Move a line up or down."""
        target = row + step
        if not (0 <= row < len(self.lines) and 0 <= target < len(self.lines)):
            return
        lines = list(self.lines)
        lines.insert(target, lines.pop(row))
        self._say(tuple(lines))
        self.setCurrentIndex(self.lines_model.index(target, max(self.currentIndex().column(), 1)))

    def duplicate_line(self, row: int) -> None:
        """Add a second line that says the same under a line."""
        line = self.lines_model.line_at(row)
        if line is not None:
            copy = cells.copied(line)
            self._say((*self.lines[: row + 1], copy, *self.lines[row + 1 :]))
            self.choose_row(row + 1)

    def choose_row(self, row: int) -> None:
        """Select one line, whatever was selected before."""
        flags = QItemSelectionModel.SelectionFlag
        index = self.lines_model.index(row, 1)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def delete_lines(self) -> None:
        """Delete the selected lines; the step back is in the header."""
        rows = {index.row() for index in self.selectionModel().selectedRows()}
        if rows:
            self._say(tuple(line for n, line in enumerate(self.lines) if n not in rows))

    def paste_rows(self, text: str) -> int:
        """Add the rows of a piece of a spreadsheet after the current line; return how many."""
        self.close_cell()
        at = self.currentIndex().row() + 1 if self.currentIndex().isValid() else len(self.lines)
        before = self.lines[at - 1] if 0 < at <= len(self.lines) else None
        new = cells.pasted(text, self.taxes, self.lines_model.currency, before)
        if new:
            self._say((*self.lines[:at], *new, *self.lines[at:]))
        return len(new)

    def _say(self, lines: tuple[DraftLine, ...]) -> None:
        self.show_lines(lines, self.lines_model.currency)
        self.edited.emit(lines)

    # Events.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, F2 or a letter; move, copy, delete and paste rows."""
        row, column = self._focused()
        line = self.lines_model.line_at(row)
        if event.key() == Qt.Key.Key_Escape and line is not None and line.slips:
            self.replace_line(row, line.without_slips())
            return
        chords: dict[str, Callable[[], object]] = {
            "line.up": lambda: self._move(-1),
            "line.down": lambda: self._move(1),
            "line.copy": lambda: self._duplicate(row),
            "line.entries": lambda: self.show_entries(row),
            "line.paste": lambda: self.paste_rows(QGuiApplication.clipboard().text()),
            "line.delete": self.delete_lines,
            "line.edit": lambda: self.open_cell(row, column),
        }
        if chord := chords.get(keys.pressed(event, "line")):
            chord()
        elif keys.pressed(event, "draft"):
            event.ignore()
        elif event.text().isprintable() and event.text() and not _chord(event):
            self.open_cell(row, column)
            if isinstance(self.cell, CellEdit):
                self.cell.setText(event.text())
        else:
            super().keyPressEvent(event)

    def show_entries(self, row: int) -> None:
        """Ask for the entries behind a line, if there are any."""
        line = self.lines_model.line_at(row)
        if line is not None and line.entry_count:
            self.entries_wanted.emit(line)

    def _duplicate(self, row: int) -> None:
        self.commit_cell()
        self.duplicate_line(row)

    def cell_now(self) -> tuple[int, int]:
        """Return row and column of the focus; row -1 where there are no lines."""
        return self._focused() if self.lines else (-1, 1)

    def _focused(self) -> tuple[int, int]:
        if self.cell is not None:
            return self._cell_at
        index = self.currentIndex()
        return (index.row(), max(index.column(), 1)) if index.isValid() else (0, 1)

    def _move(self, step: int) -> None:
        row, column = self._focused()
        was_open = self.cell is not None
        self.commit_cell()
        self.move_line(row, step)
        if was_open:
            self.open_cell(min(max(row + step, 0), len(self.lines) - 1), column)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a line by its grip, or open the cell under the pointer."""
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            self.commit_cell()
            super().mousePressEvent(event)
            return
        if index.column() == 0:
            self.commit_cell()
            self.choose_row(index.row())
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._dragged = index.row()
            return
        self.commit_cell()
        if index.column() == 1 and self._on_clock(index, event):
            self.choose_row(index.row())
            self.show_entries(index.row())
            return
        self.open_cell(index.row(), index.column())

    def _on_clock(self, index: QModelIndex, event: QMouseEvent) -> bool:
        line = self.lines_model.line_at(index.row())
        area = clock_area(QRectF(self.visualRect(index)))
        return line is not None and line.entry_count > 0 and area.contains(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the row under the pointer; show where a dragged line would land."""
        row = self.indexAt(event.position().toPoint()).row()
        if self._dragged >= 0 and event.buttons() & Qt.MouseButton.LeftButton:
            self._drop = row if row >= 0 else len(self.lines) - 1
        if row != self.painter.hovered:
            self.painter.hovered = row
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop a dragged line."""
        dragged, drop = self._dragged, self._drop
        self._dragged = self._drop = -1
        if dragged >= 0 and drop >= 0 and drop != dragged:
            self.move_line(dragged, drop - dragged)
        super().mouseReleaseEvent(event)

    def leaveEvent(self, event: Any) -> None:
        """Light no row."""
        self.painter.hovered = -1
        self.viewport().update()
        super().leaveEvent(event)

    def resizeEvent(self, event: Any) -> None:
        """Give what the other columns leave to the description."""
        super().resizeEvent(event)
        self.widths.fit()
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, and the place where a dragged line would land."""
        super().paintEvent(event)
        if self._drop >= 0:
            area = self.visualRect(self.lines_model.index(self._drop, 0))
            edge = area.bottom() if self._drop > self._dragged else area.top()
            painter = QPainter(self.viewport())
            painter.fillRect(
                QRect(QPoint(0, edge - 1), QPoint(self.width(), edge)), theme.colour("accent")
            )


def _chord(event: QKeyEvent) -> bool:
    plain = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    return bool(event.modifiers() & ~plain)
