"""Payments as rows, for faces: what came in, where it went, what may be left off, in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select

from billops_desktop.domain.billing.cash_discount import taken_in_time
from billops_desktop.domain.money import Money
from billops_desktop.errors import NotFound
from billops_desktop.i18n import _, format_date, format_money
from billops_desktop.services.books import Unit
from billops_desktop.storage.models import Allocation, Client, Invoice, Payment
from billops_desktop.values import dataclass

# What is told of an invoice beside the part that settles it; never its sealed document.
INVOICE_COLUMNS = (
    Invoice.id,
    Invoice.number,
    Invoice.state,
    Invoice.currency,
    Invoice.terms,
    Invoice.gross_minor,
    Invoice.issue_on,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationRow:
    """The part of a payment that settles one invoice, or did until that was ``cancelled``.

    ``cash_discount`` is what the invoice's terms let the client leave off, when the money came
    within their term; None otherwise.
    """

    invoice_id: str
    number: str
    amount: Money
    cash_discount: Money | None = None
    cancelled: bool = False


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
            select(Allocation.payment_id, Payment.received_on, amount, *INVOICE_COLUMNS)
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
        cancelled=row.state == "cancelled",
    )


def _row(row: Payment, client_name: str, parts: tuple[AllocationRow, ...]) -> PaymentRow:
    settled = sum(part.amount.minor for part in parts if not part.cancelled)
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
