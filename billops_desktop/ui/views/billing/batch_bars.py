"""Over and under the list of what can be invoiced: how drafts are made, what they come to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from billops_desktop.domain.money import Money
from billops_desktop.i18n import _, format_date, format_money, ngettext
from billops_desktop.services.drafts.unbilled import UnbilledRow
from billops_desktop.ui import icons, theme
from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.input.edits import DateEdit
from billops_desktop.ui.widgets.input.fields import Combo, FormField
from billops_desktop.ui.widgets.input.staying import step_aside
from billops_desktop.ui.widgets.labels import ElidedLabel, PlainLabel


def grouping_words() -> dict[str, str]:
    """Return the ways in which time becomes lines, as they are said in a sentence."""
    return {
        "task": _("one line per task"),
        "project": _("one line per project"),
        "person": _("one line per person"),
        "day": _("one line per day"),
        "entry": _("one line per entry"),
        "all": _("one line for all"),
    }


def sums(rows: Iterable[UnbilledRow]) -> tuple[Money, ...]:
    """Return one sum per currency; different currencies are never added."""
    found: dict[str, Money] = {}
    for row in rows:
        currency = row.total.currency
        found[currency] = found.get(currency, Money.zero(currency)) + row.total
    return tuple(found.values())


class BatchBanner(QFrame):
    """Says how the drafts will be made; Change opens date and grouping under the words."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("batchBanner")
        self.head = PlainLabel("", self, style="body_strong", ink="info")
        self.words = ElidedLabel("", self)
        self.words.setObjectName("batchWords")
        self.change = Button(_("Change"), self, kind="link", name="changeBatch")
        self.date = DateEdit("batchDate", lambda: today, self, required=True)
        self.date.set_value(today)
        words = grouping_words()
        choices = tuple((key, said[:1].upper() + said[1:]) for key, said in words.items())
        self.grouping = Combo("batchGrouping", self, choices=choices)
        self.form = QWidget(self)
        fields = QHBoxLayout(self.form)
        fields.setContentsMargins(0, 0, 0, 6)
        fields.setSpacing(12)
        fields.addWidget(FormField(_("Invoice date"), self.date, self.form))
        fields.addWidget(FormField(_("Lines"), self.grouping, self.form))
        fields.addStretch(1)
        self.form.hide()
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.head)
        line.addWidget(self.words, 1)
        line.addWidget(self.change)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 3, 16, 3)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.form)
        self.change.clicked.connect(self._on_change)
        self.date.committed.connect(lambda _day: self.changed.emit())
        self.grouping.chosen.connect(lambda _key: self.changed.emit())

    def show_count(self, count: int) -> None:
        """Say how many clients are selected, and how their invoices will be."""
        self.head.setText(
            ngettext("{count} client selected", "{count} clients selected", count).format(
                count=count
            )
            if count
            else _("No client selected")
        )
        self.words.setText(
            _("Invoices will be dated {day}, {grouping}").format(
                day=format_date(self.date.value(), style="long"),
                grouping=grouping_words()[self.grouping.value()],
            )
            if count and not self.date.property("wrong")
            else ""
        )
        self.update()

    def _on_change(self) -> None:
        self.form.setVisible(not self.form.isVisibleTo(self))
        self.change.setText(_("Done") if self.form.isVisibleTo(self) else _("Change"))
        if self.form.isVisibleTo(self):
            self.date.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint tint and sign."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        contrast = theme.SWITCH.theme.high_contrast
        painter.setPen(theme.colour("info") if contrast else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("info_bg"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        middle = self.head.geometry().center().y()
        icons.paint(painter, QRectF(13, middle - 8, 17, 17), "info", "info")


class EarlierLine(QWidget):
    """Says what is unbilled from earlier months, with the way to take it along."""

    toggled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("earlierLine")
        self.words = ElidedLabel("", self, ink="text2")
        self.words.setObjectName("earlierWords")
        self.take = Button("", self, kind="link", name="takeEarlier")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(10)
        row.addWidget(self.words, 1)
        row.addWidget(self.take)
        self.take.clicked.connect(self.toggled)
        self.hide()

    def say(self, words: str, *, included: bool) -> None:
        """Show the words, and what the button does now; without words hide."""
        self.words.setText(words)
        self.take.setText(_("Leave it out") if included else _("Invoice it too"))
        self.take.setAccessibleName(f"{self.take.text()}: {words}")
        if not words:
            step_aside(self)
        self.setVisible(bool(words))


class BatchFoot(QFrame):
    """The sums of what is selected, a figure per currency, and the two ways to go on."""

    draft_wanted = Signal()
    review_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("batchFoot")
        self.setProperty("kind", "panel")
        self.count = PlainLabel("", self, style="small_medium", ink="text2")
        self.amounts = ElidedLabel("", self, style="subtitle").use_figures()
        self.amounts.setObjectName("batchAmounts")
        self.draft = Button("", self, name="createDrafts")
        self.review = Button("", self, kind="primary", icon="arrow-right", name="reviewDrafts")
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.count)
        words.addWidget(self.amounts)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 12, 14, 12)
        row.setSpacing(4)
        row.addLayout(words, 1)
        row.addWidget(self.draft)
        row.addWidget(self.review)
        self.draft.clicked.connect(self.draft_wanted)
        self.review.clicked.connect(self.review_wanted)

    def show_rows(self, rows: list[UnbilledRow]) -> None:
        """Show what the selected clients come to."""
        count = len(rows)
        self.count.setText(
            ngettext("{count} invoice", "{count} invoices", count).format(count=count)
            if count
            else _("Tick the clients to invoice")
        )
        self.amounts.setText("   +   ".join(format_money(amount) for amount in sums(rows)) or "—")
        self.draft.setText(
            ngettext("Create {count} draft", "Create {count} drafts", count).format(count=count)
            if count
            else _("Create drafts")
        )
        self.review.setText(
            ngettext("Review {count} invoice…", "Review {count} invoices…", count).format(
                count=count
            )
            if count
            else _("Review invoices…")
        )
        for button in (self.draft, self.review):
            button.setEnabled(count > 0)

    def hold(self, held: bool) -> None:
        """Hold the buttons while drafts are made: a second press must not make them twice."""
        for button in (self.draft, self.review):
            button.setEnabled(not held)
