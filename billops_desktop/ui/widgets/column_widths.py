"""How wide the columns of a table are: shared out, or as the user drew them, and remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow, QTableView

from billops_desktop.ui import fonts
from billops_desktop.ui.widgets.cells import EDGE, PADDING, Column

# The room a growing column wants before others give up theirs, and the least they keep of it.
GROWN: Final = 112
KEPT: Final = 110
LEAST_GROWN: Final = 60
LEAST_DRAWN: Final = 40
# Beside the title of a column by which can be sorted.
ARROW: Final = 18


class ColumnWidths(QObject):
    """Shares a table's width out among its columns; what the user drew stays, between starts too.

    A column is never narrower than its title and those of its words that must not be cut.
    A double click on the edge of a title gives its column back to the sharing.
    """

    def __init__(self, table: QTableView, columns: Sequence[Column]) -> None:
        super().__init__(table)
        self.table = table
        self.columns = columns
        self.drawn: dict[str, int] = {}
        self._widest: dict[int, int] = {}
        # What a table still moves after the sharing; it is not taken for drawn by the user.
        self.finish: Callable[[], object] | None = None
        self._sharing = False
        self._memory: Any = None
        header = table.horizontalHeader()
        header.sectionResized.connect(self._on_resized)
        header.sectionHandleDoubleClicked.connect(self._on_given_back)

    def forget(self) -> None:
        """Forget the rows that were measured: others are shown."""
        self._widest.clear()

    def measure(self, rows: Sequence[Any]) -> bool:
        """Take the widest words of more rows into account; True when a column must grow."""
        grown = False
        for number, column in enumerate(self.columns):
            widest = max((column.breadth(row) for row in rows), default=0)
            if widest > self._widest.get(number, 0):
                grown = grown or self.usual(number) < widest + self._around(number)
                self._widest[number] = widest
        return grown

    def widen(self, number: int, width: int) -> None:
        """Give a column's words so much room: they were cut."""
        if width > self._widest.get(number, 0):
            self._widest[number] = width
            self.share()

    def needed(self, number: int) -> int:
        """Return the width of a column's title and words, in pixels, whatever its design."""
        column = self.columns[number]
        title = fonts.metrics("small_medium").horizontalAdvance(column.title)
        title += ARROW if column.sort and column.title else 0
        return max(title, self._widest.get(number, 0)) + self._around(number)

    def usual(self, number: int) -> int:
        """Return the width that a column has while nobody drew another; 0 for one that grows."""
        width = self.columns[number].width
        return max(fonts.scaled(width), self.needed(number)) if width else 0

    def _around(self, number: int) -> int:
        """Return what a cell keeps free at both sides of its words, and a pixel for rounding."""
        edges = (number == 0) + (number == len(self.columns) - 1)
        return EDGE * edges + PADDING * (2 - edges) + self.columns[number].lead + 1

    def share(self) -> None:
        """Give fixed and drawn columns their width, the rest of the room to the growing ones."""
        self._recall()
        self._sharing = True
        fixed = self._fixed()
        growing = sum(not width for width in fixed)
        room = self.table.viewport().width() - sum(fixed)
        givers = [number for number, column in enumerate(self.columns) if column.yields]
        for number in sorted(givers, key=lambda number: self.columns[number].yields):
            lacking = GROWN * growing - room
            if lacking > 0:
                # What is left of a column that gave its room up would show half words.
                given = min(lacking, fixed[number])
                given = fixed[number] if fixed[number] - given < KEPT else given
                room, fixed[number] = room + given, fixed[number] - given
        share = max(room, LEAST_GROWN * growing) // max(growing, 1)
        for number, column in enumerate(self.columns):
            grows = not column.width and not fixed[number]
            self.table.setColumnWidth(number, share if grows else fixed[number])
            self.table.setColumnHidden(number, bool(column.width) and not fixed[number])
        if self.finish is not None:
            self.finish()
        self._sharing = False

    def _fixed(self) -> list[int]:
        """Return the width of each column, 0 for those that grow; one of them always does."""
        usual = [self.usual(number) for number in range(len(self.columns))]
        drawn = [self.drawn.get(column.name, 0) for column in self.columns]
        fixed = [mine or width for mine, width in zip(drawn, usual, strict=True)]
        if all(fixed) and not all(usual):
            fixed[usual.index(0)] = 0
        return fixed

    def _recall(self) -> None:
        """Take what was drawn before from the window's memory, once the table stands in one."""
        window = self.table.window()
        if self._memory is None and isinstance(window, QMainWindow):
            self._memory = getattr(window, "state", None)
            known = {} if self._memory is None else self._memory.get(self._name, {})
            names = {column.name for column in self.columns}
            self.drawn |= {
                name: max(width, LEAST_DRAWN)
                for name, width in known.items()
                if name in names and type(width) is int
            }

    @property
    def _name(self) -> str:
        return f"columns {self.table.objectName()}"

    def _on_resized(self, section: int, _old: int, new: int) -> None:
        if not self._sharing and self.table.isVisible():
            self.drawn[self.columns[section].name] = max(new, LEAST_DRAWN)
            self._keep()

    def _on_given_back(self, section: int) -> None:
        self.drawn.pop(self.columns[section].name, None)
        self._keep()

    def _keep(self) -> None:
        if self._memory is not None:
            self._memory.put(self._name, dict(self.drawn))
        self.share()
