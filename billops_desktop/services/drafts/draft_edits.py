"""Saves a draft as an editor holds it: header fields, all lines, all charges; totals follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from sqlalchemy import delete

from billops_desktop.domain.billing.invoice import CHARGE_KINDS, LINE_KINDS
from billops_desktop.domain.money import Money
from billops_desktop.domain.reading.typed import check_text
from billops_desktop.domain.tax import Category, TaxGroup, validate_group
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _
from billops_desktop.services import fields
from billops_desktop.services.books import client_of, company_of, draft_of
from billops_desktop.services.drafts.amounts import MOST_MINOR, charges_of, lines_of, recompute
from billops_desktop.services.drafts.draft_rows import due_after
from billops_desktop.services.drafts.line_taxes import tax_named, tax_rate_of
from billops_desktop.services.drafts.line_time import marked_by_hand
from billops_desktop.services.edits import UNCHANGED, Unchanged, changed_fields
from billops_desktop.services.records import add, change
from billops_desktop.storage.models import (
    Invoice,
    InvoiceCharge,
    InvoiceLine,
    LineEntry,
    TaxRate,
)
from billops_desktop.storage.record import MICRO
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass

ONE = Decimal(1)
HUNDRED = Decimal(100)
# Far beyond any invoice, well within what the columns hold.
MOST = Decimal(1_000_000_000)
PAPERS = ("A4", "Letter")
ONE_LINE = ("title", "client_reference", "purchase_order", "template", "base_rate_source")
MANY_LINES = ("terms", "note", "footer")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEdit:
    """One line as it shall be; with the ``id`` of a stored line it keeps that line's entries.

    Time: quantity in seconds, unit "SEC", base quantity 3600, price per hour. A line names a tax
    rate, or category and percent, or neither: then it bears the client's default tax.
    """

    description: str
    quantity: Decimal = ONE
    price: Decimal = Decimal(0)
    id: str | None = None
    kind: str = "item"
    details: str = ""
    unit: str = "C62"
    base_quantity: Decimal = ONE
    discount_percent: Decimal | None = None
    discount: Money | None = None
    tax_rate_id: str | None = None
    tax_category: str | None = None
    tax_percent: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeEdit:
    """A discount or charge on the whole document: a percentage or an amount, never both."""

    kind: str = "discount"
    reason: str = ""
    percent: Decimal | None = None
    amount: Money | None = None
    tax_category: str | None = None
    tax_percent: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftEdit:
    """What an editor changes; a field left out stays, ``lines`` and ``charges`` replace all.

    ``tax`` names one of the company's taxes, by name or as S19, that all lines shall bear.
    """

    title: str | Unchanged = UNCHANGED
    issue_on: date | Unchanged = UNCHANGED
    due_on: date | Unchanged | None = UNCHANGED
    supply_from: date | Unchanged | None = UNCHANGED
    supply_to: date | Unchanged | None = UNCHANGED
    language: str | Unchanged = UNCHANGED
    paper: str | Unchanged = UNCHANGED
    template: str | Unchanged = UNCHANGED
    client_reference: str | Unchanged = UNCHANGED
    purchase_order: str | Unchanged = UNCHANGED
    terms: str | Unchanged = UNCHANGED
    note: str | Unchanged = UNCHANGED
    footer: str | Unchanged = UNCHANGED
    prepaid: Money | Unchanged = UNCHANGED
    base_rate: Decimal | Unchanged | None = UNCHANGED
    base_rate_on: date | Unchanged | None = UNCHANGED
    base_rate_source: str | Unchanged = UNCHANGED
    tax: str | Unchanged = UNCHANGED
    lines: tuple[LineEdit, ...] | Unchanged = UNCHANGED
    charges: tuple[ChargeEdit, ...] | Unchanged = UNCHANGED


def save(work: UnitOfWork, invoice_id: str, edit: DraftEdit) -> None:
    """Save a draft and compute its totals anew; InvalidInput names the field, nothing is written.

    Rows that already say the same are left alone, so that one change is one change record.
    """
    invoice = draft_of(work, invoice_id)
    typed = changed_fields(edit)
    lines, charges = typed.pop("lines", None), typed.pop("charges", None)
    tax = typed.pop("tax", None)
    header = _header(typed, invoice.currency)
    change(work, invoice, {**_due_by_terms(work, invoice, header), **header})
    if lines is not None:
        _save_lines(work, invoice, lines)
    if charges is not None:
        _save_charges(work, invoice, charges)
    if tax is not None:
        _tax_all(work, invoice, tax)
    totals = recompute(work, invoice)
    if header.get("prepaid_minor") and totals.prepaid > totals.gross:
        raise _wrong("prepaid", _("more is prepaid than the total."))


def _due_by_terms(work: UnitOfWork, invoice: Invoice, header: dict[str, Any]) -> dict[str, Any]:
    """Let a due date that follows from the terms go with another date of the invoice."""
    if "issue_on" not in header or "due_on" in header or invoice.due_on is None:
        return {}
    company = company_of(work, invoice.company_id)
    client = client_of(work, invoice.client_id)
    typed = invoice.due_on != due_after(invoice.issue_on, company, client)
    return {} if typed else {"due_on": due_after(header["issue_on"], company, client)}


def _header(typed: dict[str, Any], currency: str) -> dict[str, Any]:
    checked = dict(typed)
    for name in ONE_LINE:
        if name in checked:
            checked[name] = check_text(checked[name], name, max_length=200, multiline=False)
    for name in MANY_LINES:
        if name in checked:
            checked[name] = check_text(checked[name], name)
    if "language" in checked:
        checked["language"] = fields.language(checked["language"], "language")
    if checked.get("paper", "A4") not in PAPERS:
        raise _wrong("paper", _("the paper is A4 or Letter."))
    if "prepaid" in checked:
        prepaid = checked.pop("prepaid")
        checked["prepaid_minor"] = _minor(prepaid, currency, "prepaid")
    if checked.get("base_rate") is not None:
        checked["base_rate"] = exact(checked["base_rate"], "base_rate", least=Decimal("0.000001"))
    return checked


def _save_lines(work: UnitOfWork, invoice: Invoice, lines: Sequence[LineEdit]) -> None:
    stored = {row.id: row for row in lines_of(work, invoice.id)}
    for position, line in enumerate(lines, start=1):
        columns = line_columns(work, invoice, line, path=f"lines[{position - 1}]")
        columns["position"] = position
        row = stored.pop(line.id, None) if line.id else None
        if row is not None:
            change(work, row, {**columns, **_by_hand(row, columns)})
        elif line.id:
            raise _wrong(f"lines[{position - 1}].id", _("this line is not on the draft."))
        else:
            add(work, InvoiceLine(invoice_id=invoice.id, **columns))
    for row in stored.values():
        work.session.execute(delete(LineEntry).where(LineEntry.line_id == row.id))
        work.session.delete(row)
    work.session.flush()


def _by_hand(row: InvoiceLine, columns: dict[str, Any]) -> dict[str, Any]:
    """Let a line of time say that its price or quantity no longer follows from time and rates."""
    price, quantity = (row.price != columns["price"], row.quantity != columns["quantity"])
    if not row.derivation or not (price or quantity):
        return {}
    return {"derivation": marked_by_hand(row.derivation, price=price, quantity=quantity)}


def _tax_all(work: UnitOfWork, invoice: Invoice, named: str) -> None:
    on = invoice.supply_to or invoice.issue_on
    rate = tax_named(work, invoice.company_id, named, on=on)
    for row in lines_of(work, invoice.id):
        change(work, row, _columns_of(rate))


def _columns_of(rate: TaxRate) -> dict[str, Any]:
    return {"tax_rate_id": rate.id, "tax_category": rate.category, "tax_percent": rate.percent}


def _save_charges(work: UnitOfWork, invoice: Invoice, charges: Sequence[ChargeEdit]) -> None:
    stored = list(charges_of(work, invoice.id))
    checked = (
        charge_columns(charge, invoice.currency, path=f"charges[{place}]")
        for place, charge in enumerate(charges)
    )
    # What comes to nothing is not kept: it would print, and name a tax that no line bears.
    counting = [columns for columns in checked if columns["percent"] or columns["amount_minor"]]
    for position, columns in enumerate(counting, start=1):
        columns["position"] = position
        if stored:
            change(work, stored.pop(0), columns)
        else:
            add(work, InvoiceCharge(invoice_id=invoice.id, **columns))
    for row in stored:
        work.session.delete(row)
    work.session.flush()


def line_columns(
    work: UnitOfWork, invoice: Invoice, line: LineEdit, *, path: str
) -> dict[str, Any]:
    """Return the columns of a line, each checked; InvalidInput names the field below ``path``."""
    if line.kind not in LINE_KINDS:
        raise _wrong(f"{path}.kind", _("the kind of line is not known."))
    discount = line.discount_percent
    columns = {
        "kind": line.kind,
        "description": check_text(line.description, f"{path}.description", max_length=2000),
        "details": check_text(line.details, f"{path}.details"),
        "quantity": exact(line.quantity, f"{path}.quantity"),
        "unit": check_text(line.unit, f"{path}.unit", max_length=20, multiline=False) or "C62",
        "price": exact(line.price, f"{path}.price", least=Decimal(0)),
        "base_quantity": exact(line.base_quantity, f"{path}.base_quantity", least=Decimal("0.01")),
        "discount_percent": None
        if discount is None
        else exact(discount, f"{path}.discount_percent", least=Decimal(0), most=HUNDRED),
        "discount_minor": 0
        if line.discount is None
        else _minor(line.discount, invoice.currency, f"{path}.discount"),
        **_tax_columns(work, invoice, line, path),
    }
    _check_discount(line, path)
    return columns


def _check_discount(line: LineEdit, path: str) -> None:
    if line.discount is None or line.kind == "text" or not line.base_quantity:
        return
    worth = abs(line.quantity * line.price / line.base_quantity)
    # A share is taken off first; the amount comes on top of it.
    rest = worth * (HUNDRED - (line.discount_percent or 0)) / HUNDRED
    if line.discount.decimal > rest.quantize(line.discount.decimal, ROUND_HALF_UP):
        raise _wrong(f"{path}.discount", _("the discount is larger than the line."))


def _tax_columns(work: UnitOfWork, invoice: Invoice, line: LineEdit, path: str) -> dict[str, Any]:
    if line.tax_category is not None:
        group = _group(line.tax_category, line.tax_percent or Decimal(0), f"{path}.tax")
        return {
            "tax_rate_id": line.tax_rate_id,
            "tax_category": str(group.category),
            "tax_percent": group.percent,
        }
    if line.tax_rate_id is not None:
        rate = work.session.get(TaxRate, line.tax_rate_id)
        if rate is None or rate.deleted_at is not None or rate.company_id != invoice.company_id:
            raise _wrong(f"{path}.tax", _("this tax rate does not exist."))
    else:
        company = company_of(work, invoice.company_id)
        client = client_of(work, invoice.client_id)
        rate = tax_rate_of(work, company, client, invoice.supply_to or invoice.issue_on)
    return _columns_of(rate)


def charge_columns(charge: ChargeEdit, currency: str, *, path: str) -> dict[str, Any]:
    """Return the columns of a discount or charge on the whole document, each checked."""
    if charge.kind not in CHARGE_KINDS:
        raise _wrong(f"{path}.kind", _("it is neither a discount nor a charge."))
    if (charge.percent is None) == (charge.amount is None):
        raise _wrong(f"{path}.amount", _("give a percentage or an amount, one of the two."))
    percent, minor = None, None
    if charge.percent is not None:
        most = HUNDRED if charge.kind == "discount" else MOST
        percent = exact(charge.percent, f"{path}.percent", least=Decimal(0), most=most)
    if charge.amount is not None:
        minor = _minor(charge.amount, currency, f"{path}.amount")
    group = None
    if charge.tax_category is not None:
        group = _group(charge.tax_category, charge.tax_percent or Decimal(0), f"{path}.tax")
    return {
        "kind": charge.kind,
        "reason": check_text(charge.reason, f"{path}.reason", max_length=200, multiline=False),
        "percent": percent,
        "amount_minor": minor,
        "tax_category": str(group.category) if group else None,
        "tax_percent": group.percent if group else None,
    }


def exact(value: Decimal, field: str, *, least: Decimal = -MOST, most: Decimal = MOST) -> Decimal:
    """Return a number that the tables hold exactly: at most six places, within bounds."""
    try:
        fits = value.is_finite() and least <= value <= most
        places = fits and value * MICRO == (value * MICRO).to_integral_value()
    except InvalidOperation:
        fits, places = False, False
    if not fits:
        raise _out_of_bounds(field, str(value), least, most)
    if not places:
        raise _wrong(field, _("a number has at most six decimal places."))
    return value


def _minor(amount: Money, currency: str, field: str) -> int:
    if amount.currency != currency:
        raise _wrong(field, _("the invoice is in {currency}.").format(currency=currency))
    if not 0 <= amount.minor <= MOST_MINOR:
        most = Money(MOST_MINOR, currency).decimal
        raise _out_of_bounds(field, str(amount.decimal), Decimal(0), most)
    return amount.minor


def _group(category: str, percent: Decimal, field: str) -> TaxGroup:
    percent = exact(percent, field, least=Decimal(0), most=HUNDRED)
    try:
        group = TaxGroup(Category(category), percent)
        validate_group(group)
    except (ValueError, InvalidInput) as refusal:
        reason = refusal.title if isinstance(refusal, InvalidInput) else _("unknown category.")
        raise _wrong(field, reason) from refusal
    return group


def _out_of_bounds(field: str, typed: str, least: Decimal, most: Decimal) -> InvalidInput:
    reason = _("{value} is not between {least} and {most}.")
    return _wrong(field, reason.format(value=typed[:40], least=least, most=most))


def _wrong(field: str, reason: str) -> InvalidInput:
    return InvalidInput(
        _("The draft was not saved: {reason}").format(reason=reason),
        _("Nothing was changed. Look at {field}.").format(field=field),
        field=field,
    )
