"""Money that comes in: record a payment, keep what is too much as credit, use it, take it back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from billops_desktop.domain.money import Money
from billops_desktop.domain.reading.typed import check_text
from billops_desktop.errors import InvalidInput, Refused
from billops_desktop.i18n import _, format_money
from billops_desktop.services import activity
from billops_desktop.services.balances import CreditRow, client_credits, free_parts, open_amount
from billops_desktop.services.books import Unit, client_of, invoice_of, today
from billops_desktop.services.invoices.payment_rows import (
    AllocationRow,
    PaymentRow,
    date_warning,
    discount_notice,
    method_label,
    payment,
    payments,
    summary,
)
from billops_desktop.services.records import add
from billops_desktop.storage.models import Allocation, Invoice, Payment
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass

__all__ = [
    "METHODS",
    "AllocationRow",
    "CreditRow",
    "NewPayment",
    "PaymentRow",
    "client_credits",
    "date_warning",
    "discount_notice",
    "method_label",
    "payment",
    "payments",
    "record",
    "remove",
    "summary",
    "use_credit",
]

# Beyond any invoice: a slip of the keyboard.
MOST_MINOR = 10**12
EARLIEST = date(1990, 1, 1)
METHODS = ("bank_transfer", "cash", "card", "direct_debit", "cheque", "online", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPayment:
    """What came in for one invoice; without a date it came today.

    ``allow_credit`` keeps what is more than open as credit; without it that is refused.
    """

    invoice_id: str
    amount: Money
    received_on: date | None = None
    method: str = "bank_transfer"
    reference: str = ""
    note: str = ""
    allow_credit: bool = False


def record(work: UnitOfWork, new: NewPayment) -> PaymentRow:
    """Record money for an issued invoice; what exceeds the open amount is the client's credit."""
    invoice = invoice_of(work, new.invoice_id)
    _check_payable(invoice)
    _check_amount(new, invoice)
    received_on = new.received_on or today(work)
    if received_on > today(work):
        raise InvalidInput(
            _("The payment was not recorded: its date is in the future."),
            _("Enter the day the money came in."),
            field="received_on",
        )
    if received_on < EARLIEST:
        raise InvalidInput(
            _("The payment was not recorded: its date lies before 1990."),
            _("Enter the day the money came in."),
            field="received_on",
        )
    _check_open(work, new, invoice)
    row = add(
        work,
        Payment(
            client_id=invoice.client_id,
            received_on=received_on,
            amount_minor=new.amount.minor,
            currency=new.amount.currency,
            method=new.method,
            reference=check_text(new.reference, "reference", max_length=200, multiline=False),
            note=check_text(new.note, "note"),
        ),
    )
    activity.record(work, "payment.received", "payment", row.id, invoice=invoice.id)
    _settle(work, row.id, invoice, new.amount)
    return payment(work, row.id)


def _check_open(work: Unit, new: NewPayment, invoice: Invoice) -> None:
    """Ask before money becomes credit: most often the amount is mistyped or came in before."""
    still_open = open_amount(work, invoice)
    if new.allow_credit or new.amount <= still_open:
        return
    more = new.amount - still_open
    raise Refused(
        _("{amount} is {more} more than {client} owes on {number}.").format(
            amount=format_money(new.amount),
            more=format_money(more),
            client=client_of(work, invoice.client_id).name,
            number=invoice.number,
        ),
        _("Nothing was recorded. Keep {more} as credit, or change the amount.").format(
            more=format_money(more)
        ),
        field="amount",
    )


def _check_payable(invoice: Invoice) -> None:
    if invoice.kind != "invoice" or invoice.state != "issued":
        reason = {
            "draft": _("it is still a draft. Issue it first."),
            "cancelled": _("it is cancelled. Record the money on another invoice."),
        }.get(invoice.state, _("it is not an invoice."))
        raise Refused(
            _("The payment was not recorded."),
            _("Nothing was changed: {reason}").format(reason=reason),
            field="invoice_id",
        )


def _check_amount(new: NewPayment, invoice: Invoice) -> None:
    if new.amount.currency != invoice.currency:
        raise InvalidInput(
            _("The payment was not recorded: the invoice is in {currency}.").format(
                currency=invoice.currency
            ),
            _("Enter the amount that arrived in {currency}.").format(currency=invoice.currency),
            field="amount",
        )
    if new.amount.minor <= 0:
        raise InvalidInput(
            _("The payment was not recorded: the amount must be above zero."),
            _("Enter what came in."),
            field="amount",
        )
    if new.amount.minor > MOST_MINOR:
        most = Money(MOST_MINOR, new.amount.currency)
        raise InvalidInput(
            _("The payment was not recorded: {amount} is too large.").format(
                amount=format_money(new.amount)
            ),
            _("Enter what came in, at most {most}.").format(most=format_money(most)),
            field="amount",
        )
    if new.method not in METHODS:
        raise InvalidInput(
            _("The payment was not recorded: the method is not known."),
            _("Choose one of: {methods}.").format(methods=", ".join(METHODS)),
            field="method",
        )


def _settle(work: UnitOfWork, payment_id: str, invoice: Invoice, at_most: Money) -> Money:
    """Allocate what the invoice can still take, and say so when that pays it."""
    still_open = open_amount(work, invoice)
    part = min(still_open, at_most)
    if part.minor <= 0:
        return Money.zero(invoice.currency)
    add(
        work,
        Allocation(payment_id=payment_id, invoice_id=invoice.id, amount_minor=part.minor),
    )
    activity.record(work, "payment.allocated", "payment", payment_id, invoice=invoice.id)
    if part == still_open:
        activity.record(work, "invoice.paid", "invoice", invoice.id)
    return part


def use_credit(work: UnitOfWork, invoice_id: str) -> Money:
    """Settle an invoice from its client's credit, oldest money first; return how much went in."""
    invoice = invoice_of(work, invoice_id)
    _check_payable(invoice)
    used = Money.zero(invoice.currency)
    for part in free_parts(work, invoice.client_id, invoice.currency):
        taken = min(open_amount(work, invoice), Money(part.minor, invoice.currency))
        if taken.minor <= 0:
            break
        if part.invoice_id is not None:
            # What lay on a cancelled invoice leaves it by a counter entry: nothing is rewritten.
            add(
                work,
                Allocation(
                    payment_id=part.payment_id,
                    invoice_id=part.invoice_id,
                    amount_minor=-taken.minor,
                ),
            )
        used += _settle(work, part.payment_id, invoice, taken)
    if not used.minor:
        raise Refused(
            _("Nothing was settled: there is no credit, or nothing is open."),
            _("Record a payment instead."),
            field="invoice_id",
        )
    return used


def remove(work: UnitOfWork, payment_id: str) -> PaymentRow:
    """Take back a payment that was recorded by mistake; its invoices are open again."""
    gone = payment(work, payment_id)
    row = work.session.get_one(Payment, payment_id)
    at = work.clock.now()
    parts = work.session.scalars(
        select(Allocation).where(
            Allocation.payment_id == payment_id, Allocation.deleted_at.is_(None)
        )
    )
    for part in parts:
        part.deleted_at = part.updated_at = at
    # The parts go first: a rule of the database lets no part outlive its payment.
    work.session.flush()
    row.deleted_at = row.updated_at = at
    activity.record(work, "payment.refunded", "payment", payment_id, reason="removed")
    work.session.flush()
    return gone
