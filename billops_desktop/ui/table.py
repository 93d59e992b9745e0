"""One table for all lists: a model made of columns, fixed rows, paged rows, copy as TSV."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from billops_desktop.domain.alphabet import value_order
from billops_desktop.ui import fonts, keys
from billops_desktop.ui.widgets.cells import (
    RAW_ROLE,
    ROW_ROLE,
    Column,
    HeaderView,
    Index,
    RowDelegate,
    plain,
    text_room,
)
from billops_desktop.ui.widgets.column_widths import ColumnWidths
from billops_desktop.ui.widgets.input.fields import paint_check
from billops_desktop.ui.widgets.labels import escaped

__all__ = ["Column", "Table", "TableModel", "check_column", "text_room"]

BLOCK: Final = 128
KEPT_BLOCKS: Final = 64
NO_PARENT: Final = QModelIndex()
Ask = Callable[[int, int, str, bool], None]


def check_column(is_checked: Callable[[Any], bool]) -> Column:
    """Return the column of check boxes; Table.checkable makes it work."""

    def paint(painter: Any, area: Any, row: Any) -> None:
        box = area.__class__(area.left(), area.center().y() - 9, 18, 18)
        state = Qt.CheckState.Checked if is_checked(row) else Qt.CheckState.Unchecked
        paint_check(painter, box, state)

    return Column(name="check", title="", value=is_checked, width=46, paint=paint)


class TableModel(QAbstractTableModel):
    """Rows by columns: a whole list (set_rows), or pages asked for as they come in sight."""

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.sort_key = ""
        self.descending = False
        self._rows: list[Any] = []
        self._blocks: OrderedDict[int, Sequence[Any]] = OrderedDict()
        self._asked: set[int] = set()
        self._ask: Ask | None = None
        self._total = 0

    # A whole list.

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show a whole list; rows of the same keys and number keep selection and scroll."""
        if self._ask is None and len(rows) == len(self._rows):
            self._rows = self._in_order(rows)
            if self._rows:
                last = self.index(len(self._rows) - 1, len(self.columns) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._ask = None
        self._rows = self._in_order(rows)
        self._total = len(self._rows)
        self.endResetModel()

    def _in_order(self, rows: Sequence[Any]) -> list[Any]:
        column = next((c for c in self.columns if c.sort and c.sort == self.sort_key), None)
        if column is None:
            return list(rows)
        present = [row for row in rows if column.value(row) is not None]
        missing = [row for row in rows if column.value(row) is None]
        present.sort(key=lambda row: value_order(column.value(row)), reverse=self.descending)
        return present + missing

    # Pages.

    def set_pages(self, ask: Ask, total: int) -> None:
        """Show ``total`` rows of which blocks are asked for: ask(offset, limit, sort, descending).

        The answer comes back through take_page, now or later.
        """
        self.beginResetModel()
        self._ask = ask
        self._rows = []
        self._blocks.clear()
        self._asked.clear()
        self._total = total
        self.endResetModel()

    def take_page(self, offset: int, rows: Sequence[Any]) -> None:
        """Keep the rows that start at an offset and repaint them."""
        block = offset // BLOCK
        self._asked.discard(block)
        self._blocks[block] = rows
        while len(self._blocks) > KEPT_BLOCKS:
            self._blocks.popitem(last=False)
        last = min(offset + len(rows), self._total) - 1
        if last >= offset:
            self.dataChanged.emit(self.index(offset, 0), self.index(last, len(self.columns) - 1))

    def row(self, number: int) -> Any:
        """Return a row, or None while its page has not come yet."""
        if self._ask is None:
            return self._rows[number] if 0 <= number < len(self._rows) else None
        block = number // BLOCK
        rows = self._blocks.get(block)
        if rows is not None:
            self._blocks.move_to_end(block)
            within = number % BLOCK
            return rows[within] if within < len(rows) else None
        if block not in self._asked and 0 <= number < self._total:
            self._asked.add(block)
            self._ask(block * BLOCK, BLOCK, self.sort_key, self.descending)
            rows = self._blocks.get(block)
            return rows[number % BLOCK] if rows and number % BLOCK < len(rows) else None
        return None

    @property
    def rows(self) -> Sequence[Any]:
        """Return the rows of a whole list; of pages, those that are here."""
        if self._ask is None:
            return self._rows
        return [row for block in sorted(self._blocks) for row in self._blocks[block]]

    def sort_by(self, key: str, *, descending: bool) -> None:
        """Sort by a column's key: a whole list here, pages by asking again."""
        self.sort_key, self.descending = key, descending
        if self._ask is not None:
            self.set_pages(self._ask, self._total)
        else:
            self.layoutAboutToBeChanged.emit()
            self._rows = self._in_order(self._rows)
            self.layoutChanged.emit()

    # Qt's side.

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return words, the raw value, the whole row, alignment, tooltip or spoken sentence."""
        if not index.isValid() or index.row() >= self._total:
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.flag
        if role not in _ROLES:
            return None
        row = self.row(index.row())
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        return self._of_row(row, column, role, first=index.column() == 0)

    def _of_row(self, row: Any, column: Column, role: int, *, first: bool) -> Any:
        if role == ROW_ROLE:
            return row
        if role == RAW_ROLE:
            return column.value(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return escaped(column.hint(row)) if column.hint is not None else None
        if role == Qt.ItemDataRole.AccessibleTextRole and first:
            return self.sentence(row)
        return column.words(row)

    def sentence(self, row: Any) -> str:
        """Return a row as one sentence for screen readers."""
        spoken = (column.words(row) for column in self.columns if column.name != "check")
        return ", ".join(words for words in spoken if words)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title."""
        horizontal = orientation == Qt.Orientation.Horizontal
        if horizontal and role == Qt.ItemDataRole.DisplayRole and section < len(self.columns):
            return self.columns[section].title
        return None


_ROLES: Final = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        RAW_ROLE,
        ROW_ROLE,
    }
)


class Table(QTableView):
    """A table of fixed rows that knows its columns."""

    chosen = Signal(object)
    opened = Signal(object)
    menu_wanted = Signal(object, object)
    toggled = Signal(object)
    all_toggled = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        name: str,
        parent: QWidget | None = None,
        *,
        row_height: int = 44,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.rows_model = TableModel(columns, self)
        self.delegate = RowDelegate(self.rows_model.columns, self)
        self.header = HeaderView(self.rows_model.columns, self)
        self.fits_rows = False
        self.setHorizontalHeader(self.header)
        self.setModel(self.rows_model)
        self.widths = ColumnWidths(self, self.rows_model.columns)
        self.setItemDelegate(self.delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        vertical = self.verticalHeader()
        vertical.hide()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setDefaultSectionSize(fonts.row_height(row_height))
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.doubleClicked.connect(self._on_opened)
        self.header.sectionClicked.connect(self._on_header)
        self.header.check_clicked.connect(self.all_toggled)
        self.rows_model.modelReset.connect(self._on_reset)
        self.rows_model.dataChanged.connect(self._on_rows)
        # While a cell is painted its column must stay as it is.
        self.delegate.cut.connect(self.widths.widen, Qt.ConnectionType.QueuedConnection)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show a whole list."""
        self.rows_model.set_rows(rows)

    def current(self) -> Any:
        """Return the row with the focus, or None."""
        index = self.currentIndex()
        return self.rows_model.row(index.row()) if index.isValid() else None

    def selected(self) -> list[Any]:
        """Return the selected rows in their order; pages not here yet are left out."""
        numbers = sorted({index.row() for index in self.selectionModel().selectedRows()})
        found = (self.rows_model.row(number) for number in numbers)
        return [row for row in found if row is not None]

    def choose(self, matches: Callable[[Any], bool]) -> bool:
        """Select the first row that matches; False when none does."""
        for number, row in enumerate(self.rows_model.rows):
            if matches(row):
                self.selectRow(number)
                return True
        return False

    def fit_rows(self) -> None:
        """Be as high as the rows, within the page: the card around ends after the last row."""
        self.fits_rows = self.delegate.rounded = True
        self._on_reset()

    def copy(self) -> str:
        """Put the selected rows on the clipboard as TSV with raw values, and return it.

        Pasted into a spreadsheet no words of a cell run as a formula, nor begin another cell.
        """
        from billops_desktop.services.transfer.csv_text import guarded

        columns = [column for column in self.rows_model.columns if column.title]
        lines = ["\t".join(column.title for column in columns)]
        for row in self.selected():
            values = (column.value(row) for column in columns)
            cells = (guarded(one) if isinstance(one, str) else plain(one) for one in values)
            flat = (" ".join(cell.replace("\t", " ").splitlines()) for cell in cells)
            lines.append("\t".join(flat))
        text = "\n".join(lines) + "\n"
        QGuiApplication.clipboard().setText(text)
        return text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, tick with Space, copy; single letters go to the page."""
        found = keys.pressed(event, "list")
        if found == "list.copy":
            self.copy()
        elif found == "list.open":
            if self.current() is not None:
                self.opened.emit(self.current())
        elif found == "list.tick" and self.header.check_state is not None:
            for row in self.selected():
                self.toggled.emit(row)
        elif event.text() and not event.modifiers() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick a box with a click on it."""
        index = self.indexAt(event.position().toPoint())
        if self.header.check_state is not None and index.isValid() and index.column() == 0:
            self.toggled.emit(self.rows_model.row(index.row()))
            self.viewport().update()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the row under the pointer."""
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: Any) -> None:
        """Light no row."""
        self._hover(-1)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask the page for the menu of the row under the pointer."""
        index = self.indexAt(event.pos())
        if index.isValid():
            self.menu_wanted.emit(self.rows_model.row(index.row()), event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out: fixed columns first, the rest to those without a width."""
        super().resizeEvent(event)
        self.widths.share()

    def _hover(self, row: int) -> None:
        if row != self.delegate.hovered:
            self.delegate.hovered = row
            self.viewport().update()

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        # Qt repaints the two cells; the ring goes around their rows.
        self.viewport().update()
        row = self.rows_model.row(current.row()) if current.isValid() else None
        if row is not None:
            self.chosen.emit(row)

    def _on_opened(self, index: QModelIndex) -> None:
        row = self.rows_model.row(index.row())
        if row is not None:
            self.opened.emit(row)

    def _on_header(self, section: int) -> None:
        key = self.rows_model.columns[section].sort
        if not key:
            return
        descending = key == self.rows_model.sort_key and not self.rows_model.descending
        self.header.sorted_by, self.header.descending = key, descending
        self.rows_model.sort_by(key, descending=descending)
        self.header.viewport().update()

    def _on_rows(self, first: QModelIndex, last: QModelIndex, _roles: object = None) -> None:
        """Grow columns with rows that came, as far as they are looked at first."""
        end = min(last.row() + 1, first.row() + BLOCK)
        here = (self.rows_model.row(number) for number in range(first.row(), end))
        if self.widths.measure([row for row in here if row is not None]):
            self.widths.share()

    def _on_reset(self) -> None:
        first = self.rows_model.rows[:BLOCK]
        if first:
            # Pages come later: until then the columns stand as they stood.
            self.widths.forget()
            self.widths.measure(first)
            self.widths.share()
        if self.fits_rows:
            rows = self.rows_model.rowCount() * self.verticalHeader().defaultSectionSize()
            self.setMaximumHeight(self.header.sizeHint().height() + rows + 2)
