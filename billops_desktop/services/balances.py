"""What is still open on each invoice and what credit a client has: derived, never stored."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Subquery, func, select

from billops_desktop.domain.alphabet import name_order
from billops_desktop.domain.billing.payments import balance
from billops_desktop.domain.money import Money
from billops_desktop.services.books import Unit
from billops_desktop.storage.models import Allocation, Client, Invoice, Payment
from billops_desktop.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRow:
    """Money of a client that settles nothing yet."""

    client_id: str
    client_name: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class FreePart:
    """A part of a payment that can settle another invoice.

    ``invoice_id`` names the cancelled invoice that it still lies on; None is the payment's rest.
    """

    payment_id: str
    invoice_id: str | None
    minor: int


def paid_per_invoice() -> Subquery:
    """Return what payments settle, by invoice."""
    return (
        select(Allocation.invoice_id, func.sum(Allocation.amount_minor).label("minor"))
        .join(Payment, Payment.id == Allocation.payment_id)
        .where(Allocation.deleted_at.is_(None), Payment.deleted_at.is_(None))
        .group_by(Allocation.invoice_id)
        .subquery("paid")
    )


def credited_per_invoice() -> Subquery:
    """Return what issued credit notes take back, by the invoice they correct."""
    return (
        select(
            Invoice.corrects_invoice_id.label("invoice_id"),
            func.sum(Invoice.due_minor).label("minor"),
        )
        .where(Invoice.kind == "credit_note", Invoice.state == "issued")
        .group_by(Invoice.corrects_invoice_id)
        .subquery("credited")
    )


def open_minor(paid: Subquery, credited: Subquery) -> ColumnElement[int]:
    """Return the expression of the open amount over the two sums, joined by the caller."""
    return Invoice.due_minor - func.coalesce(paid.c.minor, 0) - func.coalesce(credited.c.minor, 0)


def open_amount(work: Unit, invoice: Invoice) -> Money:
    """Return what is open on one invoice: payable - allocations - credits; negative is credit."""
    paid, credited = paid_per_invoice(), credited_per_invoice()
    sums = work.session.execute(
        select(
            select(paid.c.minor).where(paid.c.invoice_id == invoice.id).scalar_subquery(),
            select(credited.c.minor).where(credited.c.invoice_id == invoice.id).scalar_subquery(),
        )
    ).one()
    received, taken_back = (Money(minor or 0, invoice.currency) for minor in sums)
    return balance(Money(invoice.due_minor, invoice.currency), received, taken_back)


def free_parts(work: Unit, client_id: str, currency: str) -> tuple[FreePart, ...]:
    """Return the parts of a client's payments that settle nothing, oldest payment first."""
    used = (
        select(Allocation.payment_id, func.sum(Allocation.amount_minor).label("minor"))
        .where(Allocation.deleted_at.is_(None))
        .group_by(Allocation.payment_id)
        .subquery()
    )
    rest = Payment.amount_minor - func.coalesce(used.c.minor, 0)
    mine = (
        Payment.client_id == client_id,
        Payment.currency == currency,
        Payment.deleted_at.is_(None),
    )
    rests = work.session.execute(
        select(Payment.received_on, Payment.id, rest)
        .outerjoin(used, used.c.payment_id == Payment.id)
        .where(*mine, rest > 0)
    )
    on_cancelled = func.sum(Allocation.amount_minor)
    stuck = work.session.execute(
        select(Payment.received_on, Payment.id, Allocation.invoice_id, on_cancelled)
        .join(Allocation, Allocation.payment_id == Payment.id)
        .join(Invoice, Invoice.id == Allocation.invoice_id)
        .where(*mine, Invoice.state == "cancelled", Allocation.deleted_at.is_(None))
        .group_by(Payment.id, Allocation.invoice_id)
        .having(on_cancelled > 0)
    )
    found = [
        (on, FreePart(payment_id=id_, invoice_id=None, minor=minor)) for on, id_, minor in rests
    ]
    found += [
        (on, FreePart(payment_id=id_, invoice_id=invoice_id, minor=minor))
        for on, id_, invoice_id, minor in stuck
    ]
    found.sort(key=lambda pair: (pair[0], pair[1].payment_id, pair[1].invoice_id or ""))
    return tuple(part for _on, part in found)


def client_credits(work: Unit, client_id: str | None = None) -> tuple[CreditRow, ...]:
    """Return the credit of each client (or of one) per currency; clients without are left out."""
    query = (
        select(Client.id, Client.name, Payment.currency)
        .join(Payment, Payment.client_id == Client.id)
        .where(Payment.deleted_at.is_(None))
        .distinct()
        .order_by(Client.id, Payment.currency)
    )
    if client_id is not None:
        query = query.where(Client.id == client_id)
    rows = []
    for id_, name, currency in work.session.execute(query).all():
        minor = sum(part.minor for part in free_parts(work, id_, currency))
        if minor:
            rows.append(CreditRow(client_id=id_, client_name=name, amount=Money(minor, currency)))
    return tuple(sorted(rows, key=lambda row: name_order(row.client_name)))
