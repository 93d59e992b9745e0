"""The lines of an invoice as rows of a model: words for screen readers, the rest is painted."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from billops_desktop.i18n import _
from billops_desktop.ui.views.editor.draft import DraftLine
from billops_desktop.ui.views.editor.lines import cells
from billops_desktop.ui.views.editor.lines.cells import COLUMNS
from billops_desktop.ui.widgets.cells import Index

NO_PARENT: Final = QModelIndex()


def titles() -> dict[str, str]:
    """Return the spoken names of the columns."""
    return {
        "grip": _("Move"),
        "description": _("Description"),
        "quantity": _("Quantity"),
        "rate": _("Rate"),
        "tax": _("VAT"),
        "amount": _("Amount"),
    }


def slip_words(lines: tuple[DraftLine, ...]) -> str:
    """Say what could not be read, a line of text per cell; empty where all is well."""
    words = titles()
    said = [
        _("Line {number}, {column}: {problem}").format(
            number=number, column=words[column].lower(), problem=slip.problem
        )
        for number, line in enumerate(lines, start=1)
        for column, slip in line.slips.items()
    ]
    return "\n".join(said)


class LinesModel(QAbstractTableModel):
    """The lines as rows; words for screen readers, the rest is painted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: tuple[DraftLine, ...] = ()
        self.currency = "EUR"

    def show_lines(self, lines: tuple[DraftLine, ...]) -> None:
        """Show lines; as many as before keep the focus where it is."""
        if len(lines) == len(self.lines):
            self.lines = lines
            if lines:
                last = self.index(len(lines) - 1, len(COLUMNS) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def line_at(self, row: int) -> DraftLine | None:
        """Return a line; None beyond the last."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell, or of the whole line for a screen reader."""
        line = self.line_at(index.row())
        if line is None:
            return None
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cells.cell_text(line, column, self.currency)
        if role == Qt.ItemDataRole.ToolTipRole and column == "description" and line.entry_count:
            return _("The clock opens the entries behind this line (Ctrl+I)")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = cells.cell_text(line, column, self.currency)
            return f"{titles()[column]} {words}".strip()
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            slip = line.slips.get(column)
            return slip.problem if slip else line.derivation
        return None
