"""Discounts, charges and the sums of a draft, added up by the same rules as the saved invoice."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from billops_desktop.domain.billing.invoice import InvoiceTotals
from billops_desktop.domain.money import Money
from billops_desktop.domain.reading import typed
from billops_desktop.errors import BillOpsError, InvalidInput
from billops_desktop.i18n import _, format_money, format_percent
from billops_desktop.services.drafts.drafting import ChargeEdit
from billops_desktop.ui.views.editor.draft import Draft, comes_to_something
from billops_desktop.ui.views.editor.lines.cells import read_number
from billops_desktop.ui.widgets.buttons import Button, IconButton
from billops_desktop.ui.widgets.edges import RING, flush_row
from billops_desktop.ui.widgets.input.edits import (
    TypedEdit,
    decimal_mark,
    right_align,
)
from billops_desktop.ui.widgets.input.fields import TextField
from billops_desktop.ui.widgets.input.floating import Bubble
from billops_desktop.ui.widgets.input.staying import in_order, step_aside
from billops_desktop.ui.widgets.labels import ElidedLabel, PlainLabel, set_tooltip
from billops_desktop.ui.widgets.panels import Line

HUNDRED: Final = 100


def read_charge(text: str, currency: str) -> ChargeEdit:
    """Read a discount or charge: 10 % or an amount."""
    if text.strip().endswith("%"):
        percent = read_number(text.strip().removesuffix("%").strip())
        if not 0 <= percent <= HUNDRED:
            raise InvalidInput(
                _("A percentage lies between 0 and 100."), _("Example: 10%"), field="charge"
            )
        return ChargeEdit(percent=percent)
    amount = typed.read_money(text, currency, decimal_mark=decimal_mark())
    if amount.minor < 0:
        raise InvalidInput(
            _("The amount is below zero."), _("Enter it without a minus."), field="charge"
        )
    return ChargeEdit(amount=amount)


def charge_text(charge: ChargeEdit) -> str:
    """Return what was typed for a discount or charge."""
    if charge.percent is not None:
        return format_percent(charge.percent)
    return format_money(charge.amount, symbol=False) if charge.amount is not None else ""


class ChargeRow(QWidget):
    """One discount or charge: its reason, its percentage or amount, a way to take it off."""

    changed = Signal(object)
    removed = Signal()

    def __init__(self, charge: ChargeEdit, currency: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.charge, self.currency = charge, currency
        kind = _("Discount") if charge.kind == "discount" else _("Surcharge")
        self.reason = TextField("chargeReason", self, placeholder=kind)
        self.value = TypedEdit(
            "chargeValue",
            (partial(read_charge, currency=currency), charge_text),
            self,
            placeholder=format_percent(10),
            required=True,
        )
        self.value.setAccessibleName(_("{kind}, percentage or amount").format(kind=kind))
        right_align(self.value)
        self.value.setFixedWidth(104)
        self.problem = Bubble(self)
        self.remove = IconButton("x", _("Remove {kind}").format(kind=kind), self, size=26)
        self.remove.clicked.connect(self.removed)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.reason, 1)
        row.addWidget(self.value)
        row.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        self.reason.editingFinished.connect(self.read_reason)
        self.value.committed.connect(self._on_value)
        self.value.refused.connect(self.show_error)
        self.value.accepted.connect(lambda: self.problem.say(""))
        self.show_charge(charge)

    def show_charge(self, charge: ChargeEdit) -> None:
        """Show another charge of the same kind, as undo does."""
        self.charge = charge
        self.reason.setText(charge.reason)
        self.value.set_value(charge)

    def stand_at(self, number: int, before: QWidget) -> QWidget:
        """Be the row of a number, after a part in the order of Tab; return its last part."""
        self.setObjectName(f"charge{number}")
        self.reason.setObjectName(f"chargeReason{number}")
        self.value.setObjectName(f"chargeValue{number}")
        self.remove.setObjectName(f"chargeRemove{number}")
        in_order(before, self.reason, self.value, self.remove)
        return self.remove

    def read_reason(self) -> None:
        """Take the reason; one that cannot be kept stays, with what is wrong with it."""
        words = self.reason.text().strip()
        try:
            words = typed.check_text(words, "reason", max_length=200, multiline=False)
        except InvalidInput as error:
            self.reason.mark_wrong(True)
            self.show_error(error)
            return
        self.reason.mark_wrong(False)
        self.problem.say("")
        if words != self.charge.reason:
            self.charge = replace(self.charge, reason=words)
            self.changed.emit(self.charge)

    @property
    def is_nothing(self) -> bool:
        """Return whether it comes to nothing: neither an amount nor a bad one stands there."""
        return not (comes_to_something(self.charge) or self.value.property("wrong"))

    def _on_value(self, read: ChargeEdit) -> None:
        self.charge = replace(self.charge, percent=read.percent, amount=read.amount)
        self.changed.emit(self.charge)

    def show_error(self, error: BillOpsError) -> None:
        """Say under the row what could not be read or saved."""
        self.problem.say(f"{error.title} {error.hint}".strip())


class Totals(QWidget):
    """The sums at the right, discounts and charges at the left; ``edited`` carries all charges."""

    edited = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("totals")
        self.draft: Draft | None = None
        self.totals: InvoiceTotals | None = None
        self._sum_rows = 0
        self._rows: list[ChargeRow] = []
        self.discount = Button(_("Add discount"), self, kind="link", name="addDiscount")
        self.surcharge = Button(_("Add surcharge"), self, kind="link", name="addSurcharge")
        self.discount.clicked.connect(lambda: self._add("discount"))
        self.surcharge.clicked.connect(lambda: self._add("charge"))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        self.charges = QVBoxLayout()
        self.charges.setSpacing(6)
        links = flush_row(self.discount, self.surcharge, spacing=16)
        links.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(links)
        left.addLayout(self.charges)
        left.addStretch(1)
        self.sums = QGridLayout()
        self.sums.setContentsMargins(0, 4, 17, 0)
        self.sums.setVerticalSpacing(9)
        self.sums.setColumnMinimumWidth(0, 120)
        self.sums.setColumnStretch(1, 1)
        holder = QWidget(self)
        holder.setLayout(self.sums)
        holder.setFixedWidth(310)
        row = QHBoxLayout(self)
        # The form puts this into a flush row, so that the links have room for rings.
        row.setContentsMargins(RING, 0, 0, 0)
        row.setSpacing(24)
        row.addLayout(left, 1)
        row.addWidget(holder, 0, Qt.AlignmentFlag.AlignTop)

    def show_draft(self, draft: Draft) -> None:
        """Show the sums of a draft as it stands."""
        before, self.draft = self.draft, draft
        if before is None or before.charges != draft.charges or not self._same_rows(draft):
            self._show_charges(draft)
        totals = draft.totals()
        if totals is not None:
            self.show_totals(totals)

    def _same_rows(self, draft: Draft) -> bool:
        return [row.charge for row in self._rows] == list(draft.charges)

    def _show_charges(self, draft: Draft) -> None:
        if self._same_rows(draft):
            return
        # Rows that stay keep what is typed into them and the focus.
        left = list(self._rows)
        self._rows = [self._row_for(charge, draft.currency, left) for charge in draft.charges]
        for old in left:
            step_aside(old)
            self.charges.removeWidget(old)
            old.hide()
            old.deleteLater()
        before: QWidget = self.surcharge
        for number, row in enumerate(self._rows):
            self.charges.insertWidget(number, row)
            row.show()
            before = row.stand_at(number, before)

    def _row_for(self, charge: ChargeEdit, currency: str, left: list[ChargeRow]) -> ChargeRow:
        """Return the row of a charge: its own, one of its kind that is left, or a new one."""
        wanted = self.draft.charges if self.draft else ()
        like = [r for r in left if (r.charge.kind, r.currency) == (charge.kind, currency)]
        same = (row for row in like if row.charge == charge)
        found = next(same, None) or next((r for r in like if r.charge not in wanted), None)
        if found is not None:
            left.remove(found)
            if found.charge != charge:
                found.show_charge(charge)
            return found
        made = ChargeRow(charge, currency, self)
        made.changed.connect(lambda charge: self._on_changed(self._rows.index(made), charge))
        made.removed.connect(lambda: self._on_removed(self._rows.index(made)))
        return made

    def show_totals(self, totals: InvoiceTotals) -> None:
        """Show the sums, a tax per rate, the total large."""
        self.totals = totals
        while (item := self.sums.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._sum_rows = 0
        self._sum(_("Subtotal"), totals.sum_lines)
        for part in totals.charges:
            kind = _("Discount") if part.kind == "discount" else _("Surcharge")
            self._sum(part.reason or kind, part.signed)
        if totals.charges:
            self._sum(_("Net"), totals.net)
        for tax in totals.taxes:
            words = _("VAT {percent}").format(percent=format_percent(tax.group.percent))
            self._sum(words, tax.tax, hint=_("Rounded half up, once per rate"))
        line = Line(self)
        self.sums.addWidget(line, self._next_row(), 0, 1, 2)
        self._sum(_("Total"), totals.gross, large=True)
        if totals.prepaid.minor:
            self._sum(_("Deposit"), -totals.prepaid)
            self._sum(_("To pay"), totals.due)

    def _sum(self, words: str, amount: Money, *, large: bool = False, hint: str = "") -> None:
        row = self._next_row()
        style = "title" if large else "body"
        label: PlainLabel = (
            PlainLabel(words, self, style="subtitle")
            if large
            else ElidedLabel(words, self, ink="text2")
        )
        figure = PlainLabel(format_money(amount), self, style=style).use_figures()
        figure.setObjectName("total" if large else "sum")
        figure.setAccessibleName(f"{words} {format_money(amount)}")
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if hint:
            set_tooltip(label, hint)
        self.sums.addWidget(label, row, 0)
        self.sums.addWidget(figure, row, 1)

    def show_error(self, error: BillOpsError) -> None:
        """Put an error of saving under the charge that it is about."""
        number = next((int(part) for part in re.findall(r"\d+", error.field or "")), 0)
        if number < len(self._rows):
            self._rows[number].show_error(error)

    def go_to(self, number: int) -> None:
        """Go to the amount of a discount or charge, counted from 1."""
        if 0 < number <= len(self._rows):
            self._rows[number - 1].value.setFocus(Qt.FocusReason.OtherFocusReason)

    def field_of(self, focused: QWidget) -> str:
        """Return the name of the discount or charge that a widget belongs to."""
        for number, row in enumerate(self._rows, start=1):
            if row.isAncestorOf(focused):
                return f"charges.{number}"
        return ""

    def _next_row(self) -> int:
        self._sum_rows += 1
        return self._sum_rows - 1

    def _add(self, kind: str) -> None:
        if self.draft is None:
            return
        charge = ChargeEdit(kind=kind, amount=Money.zero(self.draft.currency))
        self._emit(lambda charges: [*charges, charge])
        if self._rows:
            self._rows[-1].value.setFocus(Qt.FocusReason.OtherFocusReason)
            self._rows[-1].value.selectAll()

    def _on_changed(self, number: int, charge: ChargeEdit) -> None:
        self._emit(lambda charges: [*charges[:number], charge, *charges[number + 1 :]])

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        """Take a discount off that was left at nothing; another window in front leaves it."""
        if old is None or new is None:
            return
        for number, row in enumerate(self._rows):
            if row.isAncestorOf(old) and not row.isAncestorOf(new) and row.is_nothing:
                self._on_removed(number)
                return

    def _on_removed(self, number: int) -> None:
        self._emit(lambda charges: [*charges[:number], *charges[number + 1 :]])

    def _emit(self, change: Callable[[list[ChargeEdit]], list[ChargeEdit]]) -> None:
        if self.draft is not None:
            self.edited.emit(tuple(change(list(self.draft.charges))))
