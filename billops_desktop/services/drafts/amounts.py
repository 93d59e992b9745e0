"""The amounts of a stored invoice: its lines and charges as the domain counts them, totals back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from billops_desktop.domain.billing.invoice import Charge, InvoiceTotals, Line, total
from billops_desktop.domain.money import Money
from billops_desktop.domain.tax import Category, TaxGroup
from billops_desktop.domain.withholding import tax_in_currency
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _
from billops_desktop.services.books import Unit, book
from billops_desktop.services.records import add, change
from billops_desktop.storage.models import (
    Invoice,
    InvoiceCharge,
    InvoiceLine,
    InvoiceTax,
    TaxRate,
)
from billops_desktop.storage.unit_of_work import UnitOfWork

# Well within what the columns hold.
MOST_MINOR = 10**15


def group_of(category: str, percent: Decimal) -> TaxGroup:
    """Return the tax group of a stored category and rate."""
    return TaxGroup(Category(category), percent)


def lines_of(work: Unit, invoice_id: str) -> Sequence[InvoiceLine]:
    """Return the stored lines of an invoice in their printed order."""
    return work.session.scalars(
        select(InvoiceLine)
        .where(InvoiceLine.invoice_id == invoice_id, InvoiceLine.deleted_at.is_(None))
        .order_by(InvoiceLine.position, InvoiceLine.id)
    ).all()


def charges_of(work: Unit, invoice_id: str) -> Sequence[InvoiceCharge]:
    """Return the stored discounts and charges of the whole document in their order."""
    return work.session.scalars(
        select(InvoiceCharge)
        .where(InvoiceCharge.invoice_id == invoice_id, InvoiceCharge.deleted_at.is_(None))
        .order_by(InvoiceCharge.position, InvoiceCharge.id)
    ).all()


def taxes_of(work: Unit, invoice_id: str) -> Sequence[InvoiceTax]:
    """Return the stored taxes of an invoice, highest rate first."""
    return work.session.scalars(
        select(InvoiceTax)
        .where(InvoiceTax.invoice_id == invoice_id)
        .order_by(InvoiceTax.percent.desc(), InvoiceTax.category)
    ).all()


def as_line(row: InvoiceLine, currency: str) -> Line:
    """Return a stored line as the domain counts it."""
    return Line(
        description=row.description,
        quantity=row.quantity,
        unit=row.unit,
        price=row.price,
        base_quantity=row.base_quantity,
        discount_percent=row.discount_percent,
        discount=Money(row.discount_minor, currency) if row.discount_minor else None,
        group=group_of(row.tax_category, row.tax_percent),
        kind=row.kind,
    )


def as_charge(row: InvoiceCharge, currency: str) -> Charge:
    """Return a stored discount or charge as the domain counts it."""
    group = None
    if row.tax_category is not None and row.tax_percent is not None:
        group = group_of(row.tax_category, row.tax_percent)
    return Charge(
        kind=row.kind,
        reason=row.reason,
        percent=row.percent,
        amount=None if row.amount_minor is None else Money(row.amount_minor, currency),
        group=group,
    )


def totals_of(work: Unit, invoice: Invoice) -> InvoiceTotals:
    """Compute the totals of a stored invoice from its lines and charges, as they stand now."""
    currency = invoice.currency
    return total(
        [as_line(row, currency) for row in lines_of(work, invoice.id)],
        [as_charge(row, currency) for row in charges_of(work, invoice.id)],
        currency=currency,
        prepaid=Money(invoice.prepaid_minor, currency),
    )


def tax_in_base(work: Unit, invoice: Invoice) -> Money | None:
    """Return the tax in the currency of the books; None for an invoice in it, or without a rate."""
    base = book(work).base_currency
    if not invoice.base_rate or base == invoice.currency:
        return None
    return tax_in_currency(Money(invoice.tax_minor, invoice.currency), invoice.base_rate, base)


def recompute(work: UnitOfWork, invoice: Invoice) -> InvoiceTotals:
    """Compute a draft anew from its stored lines and write every amount that differs."""
    totals = totals_of(work, invoice)
    _check_size(totals)
    for row, net in zip(lines_of(work, invoice.id), totals.line_nets, strict=True):
        change(work, row, {"net_minor": net.minor})
    write_totals(work, invoice, totals)
    return totals


def _check_size(totals: InvoiceTotals) -> None:
    """Refuse amounts that no column holds; only a slip of the keyboard gets there."""
    for position, net in enumerate(totals.line_nets):
        if abs(net.minor) > MOST_MINOR:
            raise _too_large(f"lines[{position}].quantity")
    if abs(totals.gross.minor) > MOST_MINOR:
        raise _too_large("lines")


def _too_large(field: str) -> InvalidInput:
    return InvalidInput(
        _("The draft was not saved: its amount is too large."),
        _("Nothing was changed. Look at quantity and price."),
        field=field,
    )


def write_totals(work: UnitOfWork, invoice: Invoice, totals: InvoiceTotals) -> None:
    """Write the sums and the taxes of a draft; rows that already hold them stay untouched."""
    sums = {
        "net_minor": totals.net.minor,
        "tax_minor": totals.tax.minor,
        "gross_minor": totals.gross.minor,
        "prepaid_minor": totals.prepaid.minor,
        "rounding_minor": totals.rounding.minor,
        "due_minor": totals.due.minor,
    }
    change(work, invoice, sums)
    stored = {group_of(row.category, row.percent): row for row in taxes_of(work, invoice.id)}
    texts = exemptions(work, invoice)
    for tax in totals.taxes:
        text, code = texts.get(tax.group, ("", ""))
        columns = {
            "base_minor": tax.base.minor,
            "tax_minor": tax.tax.minor,
            "exemption_text": text,
            "exemption_code": code,
        }
        row = stored.pop(tax.group, None)
        if row is not None:
            change(work, row, columns)
            continue
        group = {"category": str(tax.group.category), "percent": tax.group.percent}
        add(work, InvoiceTax(invoice_id=invoice.id, **group, **columns))
    for row in stored.values():
        work.session.delete(row)
    work.session.flush()


def exemptions(work: Unit, invoice: Invoice) -> dict[TaxGroup, tuple[str, str]]:
    """Return text and code that say why a group bears no tax, as the company worded them."""
    rates = work.session.scalars(
        select(TaxRate)
        .where(TaxRate.company_id == invoice.company_id, TaxRate.deleted_at.is_(None))
        .order_by(TaxRate.archived, TaxRate.id)
    )
    used = set(
        work.session.scalars(
            select(InvoiceLine.tax_rate_id).where(InvoiceLine.invoice_id == invoice.id).distinct()
        )
    )
    texts: dict[TaxGroup, tuple[str, str]] = {}
    for rate in sorted(rates, key=lambda one: one.id not in used):
        # The rate that a line names speaks first; any other of the same group fills in.
        texts.setdefault(
            group_of(rate.category, rate.percent), (rate.exemption_text, rate.exemption_code)
        )
    return texts
