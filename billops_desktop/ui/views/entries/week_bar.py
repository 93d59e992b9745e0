"""The line over the list: which week, its arrows, its total; or, with a selection, the bulk bar."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from billops_desktop.domain.money import Money
from billops_desktop.i18n import _, format_period, ngettext
from billops_desktop.ui import fonts, theme
from billops_desktop.ui.widgets.buttons import Button, IconButton
from billops_desktop.ui.widgets.labels import PlainLabel, set_tooltip
from billops_desktop.ui.widgets.wording import amounts_text, hours_text

HEIGHT: Final = 64
GAP: Final = 4


class WeekBar(QWidget):
    """The title of a week, the ways to others, what it sums up to."""

    moved = Signal(int)
    today_wanted = Signal()
    past_wanted = Signal()
    panel_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("weekBar")
        self.title = PlainLabel("", self, style="title")
        self.title.setObjectName("weekTitle")
        self.before = IconButton("chevron-left", _("Previous week  ["), self)
        self.after = IconButton("chevron-right", _("Next week  ]"), self)
        self.before.clicked.connect(lambda: self.moved.emit(-1))
        self.after.clicked.connect(lambda: self.moved.emit(1))
        self.today = Button(_("Today"), self, name="weekToday")
        set_tooltip(self.today, _("This week  T"))
        self.today.clicked.connect(self.today_wanted)
        self.label = PlainLabel(_("Week"), self, ink="text2")
        self.total = PlainLabel("", self, style="body_strong").use_figures()
        self.total.setObjectName("weekTotal")
        self.value = PlainLabel("", self, ink="text2").use_figures()
        self.value.setObjectName("weekValue")
        # The bar may be narrower than it: then it is left out.
        self.value.setMinimumWidth(1)
        self.past = Button(_("Log past time"), self, icon="plus", name="logPast")
        set_tooltip(self.past, _("Log past time  Ctrl+Shift+L"))
        self.past.clicked.connect(self.past_wanted)
        self.panel = IconButton("panel-right", _("Show or hide the panel  Ctrl+."), self)
        self.panel.setObjectName("panelToggle")
        self.panel.clicked.connect(self.panel_wanted)
        self._lay_out()

    def _lay_out(self) -> None:
        row = self.row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.title)
        row.addSpacing(12)
        for button in (self.before, self.after):
            row.addWidget(button)
        row.addSpacing(6)
        row.addWidget(self.today)
        row.addStretch(1)
        row.addWidget(self.label)
        row.addSpacing(6)
        row.addWidget(self.total)
        row.addSpacing(8)
        row.addWidget(self.value)
        row.addSpacing(12)
        row.addWidget(self.past)
        row.addWidget(self.panel)

    def show_week(self, first: date, last: date, today: date) -> None:
        """Show which week it is; the year only where it is another one."""
        words = format_period(first, last)
        if first.year == last.year == today.year:
            words = words.removesuffix(f" {today.year}")
        self.title.setText(words)
        self.today.setEnabled(not first <= today <= last)

    def show_sums(self, seconds: int, values: tuple[Money, ...]) -> None:
        """Show what the week sums up to."""
        self.total.setText(hours_text(seconds))
        self.value.setText(amounts_text(values))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the worth out where there is no room for all of it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show the sums whole or not at all: an amount that is cut is another amount."""
        sums = (self.value, self.label, self.total)
        hidden = sum(one.sizeHint().width() + 2 * GAP for one in sums if one.isHidden())
        wanted = self.row.sizeHint().width() + hidden
        for one in sums:
            one.setVisible(wanted <= self.width())
            wanted -= 0 if wanted <= self.width() else one.sizeHint().width() + 2 * GAP
        words = [one.text() for one in (self.total, self.value) if one.isHidden()]
        shown = self.title if self.total.isHidden() else self.total
        for label in (self.title, self.total):
            set_tooltip(label, "  ".join(words) if label is shown else "")


class BulkBar(QWidget):
    """What can be done with the selected entries, in the place of the week's title."""

    project_wanted = Signal()
    billable_wanted = Signal()
    delete_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("bulkBar")
        self.count = PlainLabel("", self, style="body_strong")
        self.count.setObjectName("bulkCount")
        self.sum = PlainLabel("", self, ink="text2").use_figures()
        self.project = Button(_("Project…"), self, icon="folder", name="bulkProject")
        self.billable = Button(_("Billable"), self, icon="circle-dollar-sign", name="bulkBillable")
        self.remove = Button(_("Delete"), self, icon="trash-2", name="bulkDelete")
        self.close_button = IconButton("x", _("Clear the selection  Esc"), self)
        self.close_button.setObjectName("bulkClose")
        self.project.clicked.connect(self.project_wanted)
        self.billable.clicked.connect(self.billable_wanted)
        self.remove.clicked.connect(self.delete_wanted)
        self.close_button.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 6, 0)
        row.setSpacing(4)
        row.addWidget(self.count)
        row.addSpacing(8)
        row.addWidget(self.sum)
        row.addStretch(1)
        for button in (self.project, self.billable, self.remove):
            row.addWidget(button)
        row.addWidget(self.close_button)

    def show_selection(self, count: int, seconds: int, *, all_billable: bool) -> None:
        """Show how many are selected and how long they are together."""
        words = ngettext("{count} entry selected", "{count} entries selected", count)
        self.count.setText(words.format(count=count))
        self.sum.setText(hours_text(seconds))
        self.billable.setText(_("Not billable") if all_billable else _("Billable"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tint of the selection."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("bg_selected"))
        area = QRectF(self.rect()).adjusted(0, 10, 0, -10)
        painter.drawRoundedRect(area, 8, 8)


class ListHead(QStackedWidget):
    """Shows the week, or what can be done with the selection."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("listHead")
        self.setFixedHeight(fonts.scaled(HEIGHT))
        self.week = WeekBar(self)
        self.bulk = BulkBar(self)
        self.addWidget(self.week)
        self.addWidget(self.bulk)

    def show_bulk(self, wanted: bool) -> None:
        """Put the bulk bar in the place of the week, or back."""
        self.setCurrentWidget(self.bulk if wanted else self.week)
