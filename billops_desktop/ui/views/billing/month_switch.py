"""The month of the To invoice page, with a step back and one forth."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from billops_desktop.domain.periods import month_of
from billops_desktop.i18n import _, format_day
from billops_desktop.ui.widgets.buttons import IconButton
from billops_desktop.ui.widgets.labels import PlainLabel


def month_words(day: date) -> str:
    """Return month and year: November 2026."""
    return format_day(day, parts="yMMMM")


class MonthSwitch(QWidget):
    """Says ``changed`` with the first day of another month."""

    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("monthSwitch")
        self.first = date(1970, 1, 1)
        self.before = IconButton("chevron-left", _("Earlier month"), self, size=28)
        self.after = IconButton("chevron-right", _("Later month"), self, size=28)
        self.words = PlainLabel("", self, style="body_strong")
        self.words.setMinimumWidth(124)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.before, self.words, self.after):
            row.addWidget(widget)
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))

    def show_month(self, day: date) -> None:
        """Show the month of a day."""
        self.first = month_of(day)[0]
        self.words.setText(month_words(self.first))

    @property
    def last(self) -> date:
        """Return the last day of the month."""
        return month_of(self.first)[1]

    def _step(self, months: int) -> None:
        there = self.last + timedelta(days=1) if months > 0 else self.first - timedelta(days=1)
        self.show_month(there)
        self.changed.emit(self.first)
