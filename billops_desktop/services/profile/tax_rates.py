"""The company's taxes: dated, one of them the default, frozen once an invoice used them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select

from billops_desktop.domain.tax import Category, TaxGroup, validate_group
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _
from billops_desktop.services import fields, records
from billops_desktop.services.books import Unit, company_of
from billops_desktop.storage.models import TaxRate
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRow:
    """One tax of the company; both validity ends are inclusive."""

    id: str
    name: str
    category: str
    percent: Decimal
    exemption_text: str
    exemption_code: str
    country: str
    valid_from: date | None
    valid_to: date | None
    is_default: bool
    archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTax:
    """A tax to be added."""

    name: str
    category: str
    percent: Decimal
    exemption_text: str = ""
    exemption_code: str = ""
    country: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


COLUMNS = (
    TaxRate.id,
    TaxRate.name,
    TaxRate.category,
    TaxRate.percent,
    TaxRate.exemption_text,
    TaxRate.exemption_code,
    TaxRate.country,
    TaxRate.valid_from,
    TaxRate.valid_to,
    TaxRate.is_default,
    TaxRate.archived,
)


def tax_rates(work: Unit, *, on: date | None = None, archived: bool = False) -> tuple[TaxRow, ...]:
    """Return the company's taxes, the default first; ``on`` leaves out what does not hold then."""
    chosen = select(*COLUMNS).where(
        TaxRate.company_id == company_of(work).id, TaxRate.deleted_at.is_(None)
    )
    if not archived:
        chosen = chosen.where(TaxRate.archived.is_(False))
    if on is not None:
        chosen = chosen.where(
            or_(TaxRate.valid_from.is_(None), TaxRate.valid_from <= on),
            or_(TaxRate.valid_to.is_(None), TaxRate.valid_to >= on),
        )
    order = (TaxRate.is_default.desc(), TaxRate.percent.desc(), TaxRate.category, TaxRate.id)
    found = work.session.execute(chosen.order_by(*order))
    return tuple(TaxRow(**row._asdict()) for row in found)


def add_tax(work: UnitOfWork, new: NewTax) -> TaxRow:
    """Add a tax; a category that charges nothing has 0 per cent and a reason."""
    category = fields.one_of(*Category)(new.category, "category")
    validate_group(TaxGroup(Category(category), fields.exact(new.percent, "percent")))
    if new.valid_from and new.valid_to and new.valid_to < new.valid_from:
        raise InvalidInput(
            _("The tax would end before it starts."), _("Nothing was saved."), field="valid_to"
        )
    checks = {
        "name": fields.name,
        "category": fields.kept,
        "percent": fields.kept,
        "exemption_text": fields.prose,
        "exemption_code": fields.short,
        "country": fields.ADDRESS["country"],
        "valid_from": fields.kept,
        "valid_to": fields.kept,
    }
    values = fields.checked(checks, asdict(new))
    row = records.add(work, TaxRate(company_id=company_of(work).id, **values))
    return _row(work, row.id)


def archive_tax(work: UnitOfWork, tax_id: str, *, archived: bool = True) -> TaxRow:
    """Take a tax out of the lists, or back into them; invoices that used it keep it."""
    records.change(work, records.live(work, TaxRate, tax_id, _("tax")), {"archived": archived})
    return _row(work, tax_id)


def set_default_tax(work: UnitOfWork, tax_id: str) -> TaxRow:
    """Let new lines start with this tax."""
    chosen = records.live(work, TaxRate, tax_id, _("tax"))
    others = work.session.scalars(
        select(TaxRate).where(TaxRate.company_id == chosen.company_id, TaxRate.is_default.is_(True))
    )
    for row in others.all():
        records.change(work, row, {"is_default": row.id == tax_id})
    records.change(work, chosen, {"is_default": True})
    return _row(work, tax_id)


def _row(work: Unit, tax_id: str) -> TaxRow:
    return next(row for row in tax_rates(work, archived=True) if row.id == tax_id)
