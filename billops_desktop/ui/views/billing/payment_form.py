"""The form that records a payment: amount with Full and Half, date, method, reference."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from billops_desktop.domain.money import Money
from billops_desktop.errors import BillOpsError, InvalidInput
from billops_desktop.i18n import _, format_date, format_money
from billops_desktop.services.invoices.invoice_rows import InvoiceRow
from billops_desktop.services.invoices.payments import METHODS, NewPayment, method_label
from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.chips import Choice
from billops_desktop.ui.widgets.edges import RING, flush_row
from billops_desktop.ui.widgets.input.edits import DateEdit, MoneyEdit
from billops_desktop.ui.widgets.input.fields import Combo, FieldSet, FormField, TextField
from billops_desktop.ui.widgets.labels import PlainLabel

# Money of longer ago is entered with its year: a day without one would be guessed.
DAYS_BACK: Final = 183
YEAR: Final = re.compile(r"\d{4}|\d[/.] ?\d{1,2}[/.] ?\d{2}$")


class ReceivedEdit(DateEdit):
    """The day money came in: taken as it is typed; what is yet to come or unclear is refused."""

    def _read(self, text: str) -> date:
        day, today = super()._read(text), self.today()
        if day > today:
            raise InvalidInput(
                _("{day} has not come yet.").format(day=format_date(day)),
                _("Enter the day the money came in."),
                field="received_on",
            )
        if (today - day).days > DAYS_BACK and not names_year(text):
            raise InvalidInput(
                _("The year is missing."),
                _("Type {example} if it was then.").format(example=self._write(day)),
                field="received_on",
            )
        return day


def names_year(text: str) -> bool:
    """Return whether a date says its year: four figures, or a third part of two.

    >>> [names_year(typed) for typed in ("2026-11-25", "25.11.26", "25/11", "25 nov", "friday")]
    [True, True, False, False, False]
    """
    return YEAR.search(text) is not None


class PaymentForm(QWidget):
    """Says ``wanted`` with the payment; the button always carries the amount."""

    wanted = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("paymentForm")
        self.row: InvoiceRow | None = None
        self.today = today
        self._waiting = False
        self.fields = FieldSet()
        self.amount = MoneyEdit("paymentAmount", "EUR", self, required=True)
        self.received_on = ReceivedEdit("paymentDate", today, self, required=True, past=True)
        methods = tuple((name, _sentence(method_label(name))) for name in METHODS)
        self.method = Combo("paymentMethod", self, choices=methods)
        self.reference = TextField("paymentReference", self)
        self.full = Choice(_("Full"), self)
        self.half = Choice(_("Half"), self)
        self.full.setObjectName("paymentFull")
        self.half.setObjectName("paymentHalf")
        self.leaves = PlainLabel("", self, style="small", ink="text3").use_figures()
        self.leaves.setObjectName("paymentLeaves")
        self.leaves.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.leaves.setWordWrap(True)
        self.advice = PlainLabel("", self, style="small", ink="warn", wrap=True)
        self.advice.setObjectName("paymentAdvice")
        self.advice.hide()
        self.record = Button(_("Record"), self, kind="primary", name="recordPayment")
        self.problem = PlainLabel("", self, style="small", ink="bad", wrap=True)
        self.problem.setObjectName("paymentProblem")
        self.problem.hide()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        add = self.fields.add
        self.amount_field = add("amount", FormField(_("Amount"), self.amount, self))
        spec = (
            self.amount_field,
            add("received_on", FormField(_("Received on"), self.received_on, self)),
            add("method", FormField(_("Method"), self.method, self)),
            add("reference", FormField(_("Reference"), self.reference, self)),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        for number, field in enumerate(spec):
            grid.addWidget(field, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        chips = flush_row(self.full, self.half, spacing=2)
        chips.addWidget(self.leaves, 1)
        foot = flush_row(self.record)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        # The panel puts the form into a flush row, so that its own rows have room for rings.
        column.setContentsMargins(RING, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(PlainLabel(_("Record payment"), self, style="body_strong"))
        column.addLayout(grid)
        column.addLayout(chips)
        column.addWidget(self.advice)
        column.addWidget(self.problem)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.full.clicked.connect(lambda: self._take_part(1))
        self.half.clicked.connect(lambda: self._take_part(2))
        self.amount.textChanged.connect(self._say)
        for said in (self.received_on.accepted, self.received_on.refused):
            said.connect(self._advise)
        self.record.clicked.connect(self.submit)

    def show_row(self, row: InvoiceRow) -> None:
        """Show an invoice; the amount is what is open, unless one is being typed for it."""
        same = self.row is not None and self.row.id == row.id
        settled = same and self.row is not None and self.row.open != row.open
        self.row = row
        self.amount_field.label.setText(_("Amount, {currency}").format(currency=row.open.currency))
        if same and not settled:
            return
        self.fields.clear()
        self.problem.hide()
        self.amount.set_currency(row.open.currency)
        self.amount.set_value(row.open)
        self.received_on.set_value(self.today())
        self.reference.setText("")
        self._say()
        self._advise()

    def start(self) -> None:
        """Go to the amount, selected: the first digit replaces it."""
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        self.amount.selectAll()

    def submit(self) -> None:
        """Read the form; what is wrong stands under its field and nothing is recorded."""
        row = self.row
        good = [self.amount.commit(), self.received_on.commit()]
        if row is None or self._waiting or not all(good):
            return
        self.fields.clear()
        self.problem.hide()
        # The button is not held: it has the focus, and the next key goes where it stands.
        self._waiting = True
        self.wanted.emit(
            NewPayment(
                invoice_id=row.id,
                amount=self.amount.value(),
                received_on=self.received_on.value(),
                method=self.method.value(),
                reference=self.reference.text(),
                # The form says "kept as credit" beside the amount before it is recorded.
                allow_credit=True,
            )
        )

    def show_error(self, error: BillOpsError) -> None:
        """Show what was refused; all that was typed stays."""
        self._waiting = False
        if not self.fields.show_error(error):
            self.problem.setText(f"{error.title} {error.hint}".strip())
            self.problem.show()

    def recorded(self) -> None:
        """Be ready for the next payment."""
        self._waiting = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Record with Enter from any field."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.submit()
            return
        super().keyPressEvent(event)

    def _advise(self, *_said: object) -> None:
        """Say that the money came in before the invoice was written: most often a slip."""
        try:
            day = self.received_on.value()
        except InvalidInput:
            day = None
        early = self.row is not None and day is not None and day < self.row.issue_on
        self.advice.setVisible(early)
        if early and self.row is not None:
            words = _("This is before the date of the invoice, {day}.")
            self.advice.setText(words.format(day=format_date(self.row.issue_on)))

    def _take_part(self, parts: int) -> None:
        if self.row is not None:
            self.amount.set_value(self.row.open.allocate([1] * parts)[0])
            self._say()

    def _typed(self) -> Money | None:
        try:
            value = self.amount.value()
        except InvalidInput:
            return None
        return value if isinstance(value, Money) else None

    def _say(self) -> None:
        row, amount = self.row, self._typed()
        if row is None or amount is None or amount.currency != row.open.currency:
            self.record.setText(_("Record"))
            self.leaves.setText("")
            return
        self.record.setText(_("Record {amount}").format(amount=format_money(amount)))
        self.full.setChecked(amount == row.open)
        self.half.setChecked(amount == row.open.allocate([1, 1])[0] and amount != row.open)
        if amount <= row.open:
            words = _("leaves {amount} open").format(amount=format_money(row.open - amount))
            self.leaves.set_ink("text3")
        else:
            words = _("{amount} more than open, kept as credit for {client}").format(
                amount=format_money(amount - row.open), client=row.client_name
            )
            self.leaves.set_ink("warn")
        self.leaves.setText(words)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
