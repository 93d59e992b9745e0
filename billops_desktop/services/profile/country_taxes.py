"""The taxes that a country brings to the company, and how they follow when the country changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from billops_desktop.i18n import _
from billops_desktop.services import records
from billops_desktop.services.books import Unit, company_of
from billops_desktop.services.profile.countries import NEUTRAL, Country, CountryTax, country
from billops_desktop.storage.models import Company, Invoice, TaxRate
from billops_desktop.storage.unit_of_work import UnitOfWork


def bring_taxes(work: UnitOfWork, company: Company) -> None:
    """Give the company its country's taxes, and their standard as the default of new lines.

    A small business starts with the tax that says so. What another country brought leaves the
    lists; once an invoice was issued all of it stays as it is, the default too, and
    ``tax_notice`` says so. Taxes that somebody typed are never touched.
    """
    usual = country(company.country)
    before = _stored(work, company)
    mine = {
        tax: _found(before, usual, tax) or records.add(work, _row(company, usual, tax))
        for tax in _all(usual)
    }
    if _has_issued(work, company):
        return
    here = {row.id for row in mine.values()}
    for row in before:
        if row.id in here or _is_brought(row):
            records.change(work, row, {"archived": row.id not in here})
    default = next((row for row in before if row.is_default), None)
    if default is not None and not _is_brought(default):
        return
    chosen = mine[_standard(usual, small_business=company.small_business)]
    for row in _stored(work, company):
        records.change(work, row, {"is_default": row.id == chosen.id})


def tax_notice(work: Unit) -> str:
    """Say that new lines still bear a tax of another country; empty while they do not."""
    company = company_of(work)
    default = next((row for row in _stored(work, company) if row.is_default), None)
    usual = country(company.country)
    if default is None or default.country == _code(usual) or not _is_brought(default):
        return ""
    words = _(
        "New lines still bear {tax}: invoices were issued with it. The taxes of the new country "
        "are in the list; make one of them the default."
    )
    return words.format(tax=default.name)


def _standard(usual: Country, *, small_business: bool) -> CountryTax:
    if small_business and usual.small_business is not None:
        return usual.small_business
    return usual.taxes[0]


def _all(usual: Country) -> tuple[CountryTax, ...]:
    small = usual.small_business
    return usual.taxes if small is None else (*usual.taxes, small)


def _code(usual: Country) -> str:
    return "" if usual.code == NEUTRAL else usual.code


def _stored(work: Unit, company: Company) -> Sequence[TaxRate]:
    return work.session.scalars(
        select(TaxRate)
        .where(TaxRate.company_id == company.id, TaxRate.deleted_at.is_(None))
        .order_by(TaxRate.id)
    ).all()


def _has_issued(work: Unit, company: Company) -> bool:
    """Tell whether a document of the company's own went out; those of the sample do not count."""
    issued = select(Invoice.id).where(
        Invoice.company_id == company.id, Invoice.state != "draft", Invoice.sample.is_(False)
    )
    return work.session.scalar(issued.limit(1)) is not None


def _found(rows: Iterable[TaxRate], usual: Country, tax: CountryTax) -> TaxRate | None:
    for row in rows:
        if row.country == _code(usual) and _is_same(row, tax):
            return row
    return None


def _is_brought(row: TaxRate) -> bool:
    """Tell whether a country brought this tax, rather than somebody who typed it."""
    return any(_is_same(row, tax) for tax in _all(country(row.country or NEUTRAL)))


def _is_same(row: TaxRate, tax: CountryTax) -> bool:
    return (row.name, row.category, row.percent, row.valid_from) == (
        tax.name,
        tax.category,
        tax.percent,
        tax.valid_from,
    )


def _row(company: Company, usual: Country, tax: CountryTax) -> TaxRate:
    return TaxRate(
        company_id=company.id,
        country=_code(usual),
        name=tax.name,
        category=tax.category,
        percent=tax.percent,
        exemption_text=tax.exemption_text,
        exemption_code=tax.exemption_code,
        valid_from=tax.valid_from,
        valid_to=tax.valid_to,
    )
