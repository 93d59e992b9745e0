"""Which of several drafts is open, 1 of n, with the steps to the one before and the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from billops_desktop.i18n import _
from billops_desktop.ui.widgets.buttons import IconButton
from billops_desktop.ui.widgets.labels import PlainLabel

STEPS: Final = {"draft.next": 1, "draft.previous": -1}


class TourSwitch(QWidget):
    """Says ``wanted`` with the id of the invoice to go to; hidden where there is no other."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tour")
        self.stops: tuple[str, ...] = ()
        self.at = 0
        self.before = IconButton("chevron-left", _("Previous draft (Ctrl+Page Up)"), self, size=28)
        self.words = PlainLabel("", self, style="small_medium", ink="text2").use_figures()
        self.words.setObjectName("tourWords")
        self.after = IconButton("chevron-right", _("Next draft (Ctrl+Page Down)"), self, size=28)
        self.before.setObjectName("tourBefore")
        self.after.setObjectName("tourAfter")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for widget in (self.before, self.words, self.after):
            row.addWidget(widget)
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        self.hide()

    def show_stops(self, stops: Sequence[str], invoice_id: str) -> None:
        """Show where an invoice stands among the stops; one that is none of them ends the tour."""
        self.stops = tuple(stops) if invoice_id in stops else ()
        self.setVisible(len(self.stops) > 1)
        if not self.stops:
            return
        self.at = self.stops.index(invoice_id)
        words = _("{number} of {count}").format(number=self.at + 1, count=len(self.stops))
        self.words.setText(words)
        self.setAccessibleName(words)
        self.before.setEnabled(self.at > 0)
        self.after.setEnabled(self.at + 1 < len(self.stops))

    def step(self, step: int) -> None:
        """Ask for the draft before or the next; at either end nothing happens."""
        there = self.at + step
        if 0 <= there < len(self.stops):
            self.wanted.emit(self.stops[there])

    def step_of(self, key_id: str) -> int:
        """Return which way a key goes on the tour, 0 when it is none or there is no tour."""
        return STEPS.get(key_id, 0) if len(self.stops) > 1 else 0
