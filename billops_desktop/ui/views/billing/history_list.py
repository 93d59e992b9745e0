"""What happened to an invoice, newest first: a sign, words and the day."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from billops_desktop.i18n import _, format_day
from billops_desktop.services.invoices.invoice_rows import HistoryRow
from billops_desktop.ui import icons
from billops_desktop.ui.widgets.labels import ElidedLabel, PlainLabel

ICONS = {
    "drafted": "pencil",
    "issued": "circle-check",
    "payment": "banknote",
    "paid": "circle-check",
    "cancelled": "circle-x",
    "released": "clock",
}


class _Row(QWidget):
    def __init__(self, row: HistoryRow, zone: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.icon = ICONS.get(row.kind, "history")
        day = row.at.astimezone(ZoneInfo(zone)).date()
        when = PlainLabel(format_day(day, parts="MMMd"), self, style="small", ink="text3")
        line = QHBoxLayout(self)
        line.setContentsMargins(26, 4, 0, 4)
        line.setSpacing(8)
        line.addWidget(ElidedLabel(row.text, self, ink="text2"), 1)
        line.addWidget(when)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.paint(painter, QRectF(0, 0, 16, self.height()), self.icon, "text3")


class HistoryList(QWidget):
    """A short list under its own title."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self.shown: tuple[HistoryRow, ...] = ()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)
        self.column.addWidget(PlainLabel(_("History"), self, style="body_strong"))

    def show_history(self, rows: Sequence[HistoryRow], zone: str) -> None:
        """Show what happened."""
        if tuple(rows) == self.shown:
            return
        self.shown = tuple(rows)
        while self.column.count() > 1:
            item = self.column.takeAt(1)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        # Steps of one transaction have one instant: what ends it stands on top.
        ranks = list(ICONS)
        newest = sorted(rows, key=lambda row: (row.at, ranks.index(row.kind)), reverse=True)
        for row in newest:
            self.column.addWidget(_Row(row, zone, self))
