"""Money that comes in: record a payment, keep what is too much as credit, use it, take it back."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select

from billops_desktop.domain.billing.cash_discount import taken_in_time
from billops_desktop.domain.money import Money
from billops_desktop.domain.reading.typed import check_text
from billops_desktop.errors import InvalidInput, NotFound, Refused
from billops_desktop.i18n import _, format_date, format_money
from billops_desktop.services import activity
from billops_desktop.services.balances import CreditRow, client_credits, free_parts, open_amount
from billops_desktop.services.books import Unit, client_of, invoice_of, today
from billops_desktop.services.records import add
from billops_desktop.storage.models import Allocation, Client, Invoice, Payment
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass

__all__ = [
    "METHODS",
    "AllocationRow",
    "CreditRow",
    "NewPayment",
    "PaymentRow",
    "client_credits",
    "payment",
    "payments",
    "record",
    "remove",
    "use_credit",
]

# Beyond any invoice: a slip of the keyboard.
MOST_MINOR = 10**12
EARLIEST = date(1990, 1, 1)
# What is told of an invoice beside the part that settles it; never its sealed document.
SETTLED = (
    Invoice.id,
    Invoice.number,
    Invoice.currency,
    Invoice.terms,
    Invoice.gross_minor,
    Invoice.issue_on,
)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationRow:
    """The part of a payment that settles one invoice.

    ``cash_discount`` is what the invoice's terms let the client leave off, when the money came
    within their term; None otherwise.
    """

    invoice_id: str
    number: str
    amount: Money
    cash_discount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """One payment; ``credit`` is what it holds beyond its invoices, kept for the client."""

    id: str
    client_id: str
    client_name: str
    received_on: date
    amount: Money
    credit: Money
    allocations: tuple[AllocationRow, ...]
    method: str
    reference: str
    note: str


def method_label(method: str) -> str:
    """Return how money came in, in words."""
    return {
        "bank_transfer": _("bank transfer"),
        "cash": _("cash"),
        "card": _("card"),
        "direct_debit": _("direct debit"),
        "cheque": _("cheque"),
        "online": _("online payment"),
    }.get(method, _("other"))


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


def date_warning(row: PaymentRow, issue_on: date) -> str:
    """Say that the money came in before the invoice was written; empty when it did not."""
    if row.received_on >= issue_on:
        return ""
    return _("It came in before the date of the invoice, {day}.").format(day=format_date(issue_on))


def discount_notice(row: PaymentRow) -> str:
    """Say what the client may leave off for paying early; empty where the terms grant nothing."""
    return " ".join(
        _(
            "It came within the term of the cash discount: {amount} may be left off {number}."
        ).format(amount=format_money(part.cash_discount), number=part.number)
        for part in row.allocations
        if part.cash_discount is not None
    )


def _check_payable(invoice: Invoice) -> None:
    if invoice.kind != "invoice" or invoice.state != "issued":
        reason = {
            "draft": _("it is still a draft. Issue it first."),
            "cancelled": _("it is cancelled. Record the money on another invoice."),
        }.get(invoice.state, _("it is no invoice."))
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


def payment(work: Unit, payment_id: str) -> PaymentRow:
    """Return one payment."""
    found = _rows(work, Payment.id == payment_id)
    if not found:
        raise NotFound(
            _("This payment does not exist."),
            _("Nothing was changed. Look in the list of payments."),
            field="payment",
        )
    return found[0]


def payments(
    work: Unit,
    *,
    client_id: str | None = None,
    invoice_id: str | None = None,
    from_on: date | None = None,
    to_on: date | None = None,
) -> tuple[PaymentRow, ...]:
    """Return payments, newest first: of a client, of an invoice, within two days, or all."""
    conditions = []
    if client_id is not None:
        conditions.append(Payment.client_id == client_id)
    if invoice_id is not None:
        on_it = select(Allocation.payment_id).where(
            Allocation.invoice_id == invoice_id, Allocation.deleted_at.is_(None)
        )
        conditions.append(Payment.id.in_(on_it))
    if from_on is not None:
        conditions.append(Payment.received_on >= from_on)
    if to_on is not None:
        conditions.append(Payment.received_on <= to_on)
    return _rows(work, *conditions)


def _rows(work: Unit, *conditions: ColumnElement[bool]) -> tuple[PaymentRow, ...]:
    found = work.session.execute(
        select(Payment, Client.name)
        .join(Client, Client.id == Payment.client_id)
        .where(Payment.deleted_at.is_(None), *conditions)
        .order_by(Payment.received_on.desc(), Payment.id.desc())
    ).all()
    parts = _parts(work, [row.id for row, _name in found])
    return tuple(_row(row, name, parts.get(row.id, ())) for row, name in found)


def _parts(work: Unit, ids: list[str]) -> dict[str, tuple[AllocationRow, ...]]:
    by_payment: dict[str, tuple[AllocationRow, ...]] = {}
    amount = func.sum(Allocation.amount_minor).label("minor")
    for first in range(0, len(ids), 500):
        rows = work.session.execute(
            select(Allocation.payment_id, Payment.received_on, amount, *SETTLED)
            .join(Invoice, Invoice.id == Allocation.invoice_id)
            .join(Payment, Payment.id == Allocation.payment_id)
            .where(
                Allocation.payment_id.in_(ids[first : first + 500]),
                Allocation.deleted_at.is_(None),
            )
            .group_by(Allocation.payment_id, Invoice.id)
            .order_by(Invoice.number)
        )
        for row in rows:
            if row.minor:
                known = by_payment.get(row.payment_id, ())
                by_payment[row.payment_id] = (*known, _part(row))
    return by_payment


def _part(row: Any) -> AllocationRow:
    return AllocationRow(
        invoice_id=row.id,
        number=row.number or "",
        amount=Money(row.minor, row.currency),
        cash_discount=taken_in_time(
            row.terms,
            Money(row.gross_minor, row.currency),
            issue_on=row.issue_on,
            received_on=row.received_on,
        ),
    )


def _row(row: Payment, client_name: str, parts: tuple[AllocationRow, ...]) -> PaymentRow:
    settled = sum(part.amount.minor for part in parts)
    return PaymentRow(
        id=row.id,
        client_id=row.client_id,
        client_name=client_name,
        received_on=row.received_on,
        amount=Money(row.amount_minor, row.currency),
        credit=Money(row.amount_minor - settled, row.currency),
        allocations=parts,
        method=row.method,
        reference=row.reference,
        note=row.note,
    )


def summary(row: PaymentRow) -> str:
    """Return one line about a payment: "€4,000.00 received, bank transfer"."""
    return _("{amount} received, {method}").format(
        amount=format_money(row.amount), method=method_label(row.method)
    )
