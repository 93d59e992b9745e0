"""The panel beside the list: what is open of one invoice, record a payment, what happened to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from billops_desktop.i18n import NO_BREAK_SPACE, _, format_date, format_money, ngettext
from billops_desktop.services.invoices.invoice_rows import InvoiceDetail, InvoiceRow
from billops_desktop.services.invoices.payments import PaymentRow
from billops_desktop.ui import theme
from billops_desktop.ui.views.billing.history_list import HistoryList
from billops_desktop.ui.views.billing.payment_form import PaymentForm
from billops_desktop.ui.views.billing.statuses import is_payable, status_words
from billops_desktop.ui.widgets.buttons import Button, IconButton, edged
from billops_desktop.ui.widgets.chips import Badge
from billops_desktop.ui.widgets.edges import WrappingRow, flush_row
from billops_desktop.ui.widgets.input.staying import step_aside
from billops_desktop.ui.widgets.labels import PlainLabel
from billops_desktop.ui.widgets.panels import Line, ScrollColumn

if TYPE_CHECKING:
    from billops_desktop.ui.growing import Steps

WIDTH = 352


class ShareBar(QWidget):
    """How much of an amount has come in."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("openBar")
        self.share = 0.0
        self.setFixedHeight(8)

    def show_share(self, part: int, whole: int) -> None:
        """Show a part of a whole, both in the smallest unit."""
        self.share = min(max(part / whole, 0.0), 1.0) if whole > 0 else 0.0
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint track and part."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        edged(painter, area, "bg_sunken", 4)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.share:
            painter.setBrush(theme.colour("ok"))
            area.setWidth(max(area.width() * self.share, 8))
            painter.drawRoundedRect(area, 4, 4)


class InvoicePanel(QFrame):
    """Shows one invoice; its signals carry the row that something is wanted for."""

    closed = Signal()
    payment_wanted = Signal(object)
    open_wanted = Signal(object)
    pdf_wanted = Signal(object)
    export_wanted = Signal(object)
    credit_wanted = Signal(object)
    delete_wanted = Signal(object)
    duplicate_wanted = Signal(object)
    payment_removed = Signal(object)
    credit_use_wanted = Signal(object)
    related_wanted = Signal(str)

    def __init__(self, today: Callable[[], date], zone: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("invoicePanel")
        self.setAccessibleName(_("Invoice details"))
        self.setFixedWidth(WIDTH)
        self.zone = zone
        self.row: InvoiceRow | None = None
        self.alone = False
        self._related_id = ""
        self.payments: tuple[PaymentRow, ...] = ()
        self.today = today

    @classmethod
    def steps(
        cls, today: Callable[[], date], zone: Callable[[], str], parent: QWidget
    ) -> Steps[InvoicePanel]:
        """Make a panel, its parts one after the other: all of them together take too long."""
        made = cls(today, zone, parent)
        made.make_words()
        yield
        made.make_form()
        yield
        made.finish()
        return made

    def make_words(self) -> None:
        """Make the words and buttons about the invoice."""
        self.number = PlainLabel("", self, style="subtitle")
        self.number.setObjectName("panelNumber")
        self.badge = Badge("", "neutral", self)
        self.more = IconButton("ellipsis", _("More actions"), self)
        self.close_panel = IconButton("x", _("Close the panel"), self)
        self.line = PlainLabel("", self, style="small", ink="text3", wrap=True)
        self.amount = PlainLabel("", self, style="display").use_figures()
        self.amount.setObjectName("panelAmount")
        self.of = PlainLabel("", self, ink="text2")
        self.bar = ShareBar(self)
        self.received = PlainLabel("", self, style="small", ink="text2").use_figures()
        self.late = PlainLabel("", self, style="small", ink="text2")
        self.credit = PlainLabel("", self, style="small", ink="text2", wrap=True)
        self.related = Button("", self, kind="link", name="relatedInvoice")
        self.use_credit = Button("", self, icon="banknote", name="useCredit")
        self.main = Button(_("Open draft"), self, kind="secondary", icon="pencil", name="openDraft")
        self.pdf = Button(_("Open PDF"), self, icon="eye", name="openPdf")
        self.export = Button(_("Export PDF"), self, icon="download", name="exportPdf")

    def make_form(self) -> None:
        """Make the form for a payment."""
        self.form = PaymentForm(self.today, self)

    def finish(self) -> None:
        """Make the history, and put all in its place."""
        self.rule = Line(self)
        self.history = HistoryList(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.holder = ScrollColumn(self, name="panelScroll")
        inner = self.holder.column
        inner.setContentsMargins(20, 14, 20, 20)
        inner.setSpacing(10)
        self.top = _row(self.number, self.badge, None, self.more, self.close_panel)
        inner.addLayout(self.top)
        inner.addWidget(self.line)
        inner.addLayout(WrappingRow(self.amount, self.of, between=0))
        inner.addWidget(self.bar)
        inner.addLayout(_row(self.received, None, self.late))
        inner.addWidget(self.credit)
        for offered in (self.related, self.use_credit):
            row = flush_row(offered)
            row.addStretch(1)
            inner.addLayout(row)
        actions = flush_row(spacing=0)
        actions.addLayout(WrappingRow(self.main, self.pdf, self.export, spacing=2, between=2), 1)
        inner.addLayout(actions)
        inner.addWidget(self.rule)
        inner.addLayout(flush_row(self.form))
        inner.addWidget(Line(self))
        inner.addWidget(self.history)
        inner.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(Line(self, vertical=True))
        row.addWidget(self.holder, 1)

    def _connect(self) -> None:
        self.close_panel.clicked.connect(self.closed)
        self.more.clicked.connect(self.open_menu)
        self.main.clicked.connect(lambda: self.open_wanted.emit(self.row))
        self.pdf.clicked.connect(lambda: self.pdf_wanted.emit(self.row))
        self.export.clicked.connect(lambda: self.export_wanted.emit(self.row))
        self.form.wanted.connect(self.payment_wanted)
        self.use_credit.clicked.connect(lambda: self.credit_use_wanted.emit(self.row))
        self.related.clicked.connect(lambda: self.related_wanted.emit(self._related_id))

    def show_detail(self, detail: InvoiceDetail) -> None:
        """Show an invoice that was read."""
        row = self.row = detail.row
        self.payments = detail.payments
        draft, payable = row.state == "draft", is_payable(row)
        # The badge of a draft says what it is; whose draft it is stands here.
        self.number.setText(row.number or row.client_name)
        self.badge.show_state(*status_words(row))
        self.line.setText(_dates(row, named=bool(row.number) and not self.alone))
        self.amount.setText(format_money(row.open if payable else row.total))
        settled = payable and not row.open.minor
        self.of.setText(
            _("open of {total}").format(total=format_money(row.total)) if payable else _("total")
        )
        self.bar.setVisible(payable)
        self.bar.show_share(detail.received.minor, row.total.minor)
        self.received.setText(
            _("{amount} received").format(amount=format_money(detail.received)) if payable else ""
        )
        self.late.setText(
            ngettext("{count} day late", "{count} days late", row.days_late).format(
                count=row.days_late
            )
            if row.days_late
            else ""
        )
        self.late.set_ink("bad" if row.days_late else "text2")
        for label in (self.received, self.late):
            label.setVisible(bool(label.text()))
        self._show_credit(detail)
        self._show_related(detail)
        self.main.setVisible(draft)
        # Three buttons are wider than the panel; the menu exports a draft.
        self.export.setVisible(not draft)
        if not payable or settled:
            step_aside(self.form)
        self.form.setVisible(payable and not settled)
        self.rule.setVisible(payable and not settled)
        if payable:
            self.form.show_row(row)
        self.history.show_history(detail.history, self.zone())

    def _show_credit(self, detail: InvoiceDetail) -> None:
        kept = [one.credit for one in detail.payments if one.credit.minor > 0]
        words = " ".join(
            _("{amount} is kept as credit for {client}.").format(
                amount=format_money(credit), client=detail.row.client_name
            )
            for credit in kept
        )
        if detail.cancel_reason:
            words = _("Cancelled: {reason}").format(reason=detail.cancel_reason)
        if detail.cancelled_by_id and detail.received.minor > 0 and detail.client_credit.minor > 0:
            said = _("{client} has {amount} to its credit.").format(
                client=detail.row.client_name, amount=format_money(detail.client_credit)
            )
            words = f"{words}\n{said}".strip()
        self.credit.setText(words)
        self.credit.setVisible(bool(words))
        usable = is_payable(detail.row) and detail.row.open.minor and detail.client_credit.minor
        used = min(detail.client_credit, detail.row.open)
        self.use_credit.setText(_("Use {amount} of credit").format(amount=format_money(used)))
        self.use_credit.setVisible(bool(usable))

    def _show_related(self, detail: InvoiceDetail) -> None:
        """Lead from an invoice to its credit note and back."""
        self._related_id = detail.cancelled_by_id or detail.corrects_invoice_id or ""
        self.related.setText(
            _("Open the credit note") if detail.cancelled_by_id else _("Open the cancelled invoice")
        )
        self.related.setVisible(bool(self._related_id))

    def stand_alone(self) -> None:
        """Leave out what the head of a page of one invoice says, and line up with it."""
        self.alone = True
        for widget in (self.number, self.badge, self.close_panel):
            widget.hide()
        self.top.insertWidget(0, self.line, 1)
        self.holder.column.setContentsMargins(28, 14, 20, 20)

    def start_payment(self) -> None:
        """Go to the amount of the payment."""
        if self.form.isVisibleTo(self):
            self.holder.ensureWidgetVisible(self.form)
            self.form.start()

    def open_menu(self) -> None:
        """Open what else can be done with this invoice."""
        row = self.row
        if row is None:
            return
        menu = QMenu(self)
        menu.setObjectName("invoiceMenu")
        menu.addAction(_("Open invoice"), lambda: self.open_wanted.emit(row))
        if row.state == "draft":
            menu.addAction(_("Export PDF"), lambda: self.export_wanted.emit(row))
        menu.addAction(_("Duplicate as draft"), lambda: self.duplicate_wanted.emit(row))
        if row.state == "draft":
            menu.addAction(_("Delete draft"), lambda: self.delete_wanted.emit(row))
        if is_payable(row):
            words = _("Cancel with a credit note…")
            menu.addAction(words, lambda: self.credit_wanted.emit(row))
        for payment in self.payments:
            words = _("Take back the payment of {amount}").format(
                amount=format_money(payment.amount)
            )
            menu.addAction(words, partial(self.payment_removed.emit, payment))
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


def _dates(row: InvoiceRow, *, named: bool) -> str:
    parts = []
    if row.state != "draft":
        parts.append(_("issued {day}").format(day=format_date(row.issue_on)))
    if row.due_on is not None and row.kind == "invoice":
        parts.append(_("due {day}").format(day=format_date(row.due_on)))
    # A line ends between two facts, not within a date.
    whole = [part.replace(" ", NO_BREAK_SPACE) for part in parts]
    between = f"{NO_BREAK_SPACE * 2}·  "
    return between.join([row.client_name, *whole] if named else whole)


def _row(*widgets: QWidget | None, spacing: int = 6) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget)
    return row
