"""The widths of the columns of lines: chosen by dragging heads, the description has the rest."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from billops_desktop.ui import fonts
from billops_desktop.ui.views.editor.lines.cells import COLUMNS
from billops_desktop.ui.views.editor.lines.line_painter import WIDTHS

REMEMBERED: Final = "editor columns"
DESCRIPTION: Final = COLUMNS.index("description")
DESCRIPTION_LEAST: Final = 120
WIDEST: Final = 240


class ColumnWidths(QObject):
    """Holds the widths of one table; ``changed`` carries them as they are remembered."""

    changed = Signal(object)

    def __init__(self, table: QTableView, head: QHeaderView) -> None:
        super().__init__(table)
        self.table, self.head = table, head
        self.chosen: dict[str, int] = {}
        self._fitting = False
        for number, name in enumerate(COLUMNS):
            fixed = name in {"grip", "amount"}
            modes = QHeaderView.ResizeMode
            head.setSectionResizeMode(number, modes.Fixed if fixed else modes.Interactive)
        head.sectionResized.connect(self._on_resized)

    def take(self, known: Any) -> None:
        """Take remembered widths; what is none of ours is passed over."""
        pairs = known.items() if isinstance(known, dict) else ()
        self.chosen = {
            name: width
            for name, width in pairs
            if name in WIDTHS and type(width) is int and WIDTHS[name] <= width <= WIDEST
        }
        self.fit()

    def fit(self) -> None:
        """Give each column its width, and the description what is left."""
        widths = {name: fonts.scaled(self.chosen.get(name, WIDTHS[name])) for name in WIDTHS}
        room = self.table.viewport().width() - sum(widths.values())
        if room < DESCRIPTION_LEAST:
            widths = {name: fonts.scaled(width) for name, width in WIDTHS.items()}
            room = self.table.viewport().width() - sum(widths.values())
        self._fitting = True
        for number, name in enumerate(COLUMNS):
            self.table.setColumnWidth(number, widths.get(name, max(room, DESCRIPTION_LEAST)))
        self._fitting = False

    def _on_resized(self, number: int, old: int, new: int) -> None:
        """A head was dragged: its column grows into the description, or the other way round."""
        if self._fitting or new == old:
            return
        name, step = COLUMNS[number], new - old
        if number == DESCRIPTION:
            name, step = COLUMNS[number + 1], old - new
        least = WIDTHS[name]
        spare = self.table.columnWidth(DESCRIPTION) - DESCRIPTION_LEAST
        before = self.chosen.get(name, least)
        if number != DESCRIPTION:
            step = min(step, max(spare, 0))
        self.chosen[name] = min(max(before + step, least), WIDEST)
        self.fit()
        self.changed.emit(dict(self.chosen))
