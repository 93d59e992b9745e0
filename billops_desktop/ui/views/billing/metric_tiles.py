"""The tiles over the list of invoices: overdue, due soon, outstanding, paid; currencies apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from billops_desktop.domain.money import Money
from billops_desktop.i18n import _, format_money
from billops_desktop.services.invoices.invoice_rows import InvoiceMetrics, Metric
from billops_desktop.ui import fonts
from billops_desktop.ui.widgets.buttons import ring
from billops_desktop.ui.widgets.labels import ElidedLabel, PlainLabel

SUM_STYLES: Final = ("title", "subtitle", "body_strong", "small_medium")


class SumLabel(ElidedLabel):
    """An amount that takes a smaller style before a digit of it is cut."""

    def setText(self, text: str) -> None:
        """Show an amount."""
        super().setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the largest style that fits."""
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        for style in SUM_STYLES:
            wide = fonts.metrics(style, figures=True).horizontalAdvance(self.text())
            if wide <= self.width():
                break
        if style != self.style_name:
            self.style_name = style
            self._dress()


class MetricTile(QFrame):
    """One sum: the base currency large, others beside each other under it, never added."""

    pressed = Signal()

    def __init__(self, words: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("kind", "card")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.words = words
        self.title = PlainLabel(words, self, style="small_medium", ink="text2", wrap=True)
        self.amount = SumLabel("", self, style="title").use_figures()
        self.amount.setObjectName(f"{name}Amount")
        self.others = PlainLabel("", self, style="small", ink="text2", wrap=True).use_figures()
        self.others.setObjectName(f"{name}Others")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 11, 8, 11)
        column.setSpacing(3)
        for label in (self.title, self.amount, self.others):
            column.addWidget(label)
        column.addStretch(1)

    def show_metric(self, metric: Metric, *, counted: bool = True, bad: bool = False) -> None:
        """Show a count and its amounts."""
        self.title.setText(f"{self.words}, {metric.count}" if counted else self.words)
        first, *rest = metric.amounts or (None,)
        self.amount.setText(format_money(first) if first is not None else "—")
        self.amount.set_ink("bad" if bad and metric.count else "text")
        self.others.setText(_others(rest))
        self.setAccessibleName(
            f"{self.title.text()}: {self.amount.text()} {self.others.text()}".strip()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card and, with focus, the ring."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ring(painter, QRectF(self.rect()), 8)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Act on a click."""
        self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on Enter and Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.pressed.emit()
            return
        super().keyPressEvent(event)


def _others(amounts: Sequence[Money]) -> str:
    # Breaks into lines between the amounts, never within one.
    return " ".join(f"+\u00a0{format_money(amount)}".replace(" ", "\u00a0") for amount in amounts)


class MetricTiles(QWidget):
    """The four tiles in a row; a press says which tab is meant."""

    tab_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("metrics")
        self.overdue = MetricTile(_("Overdue"), "metricOverdue", self)
        self.soon = MetricTile(_("Due in 14 days"), "metricSoon", self)
        self.outstanding = MetricTile(_("Outstanding"), "metricOutstanding", self)
        self.paid = MetricTile(_("Paid this month"), "metricPaid", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for tile, tab in (
            (self.overdue, "overdue"),
            (self.soon, "open"),
            (self.outstanding, "open"),
            (self.paid, "paid"),
        ):
            row.addWidget(tile, 1)
            tile.pressed.connect(lambda tab=tab: self.tab_wanted.emit(tab))

    def show_metrics(self, shown: InvoiceMetrics) -> None:
        """Show the sums."""
        self.overdue.show_metric(shown.overdue, bad=True)
        self.soon.show_metric(shown.due_soon)
        self.outstanding.show_metric(shown.outstanding)
        self.paid.show_metric(shown.paid_this_month, counted=False)
