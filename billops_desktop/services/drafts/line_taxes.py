"""The taxes that lines can bear: the usual one, or the one meant by name, category and percent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from billops_desktop.domain.tax import TaxGroup
from billops_desktop.errors import InvalidInput, Refused
from billops_desktop.i18n import _
from billops_desktop.services.books import Unit
from billops_desktop.services.drafts.amounts import group_of
from billops_desktop.storage.models import Client, Company, TaxRate

TAX_CODE = re.compile(r"(S|Z|E|AE|K|G|O|L|M)\s*([0-9]+(?:[.,][0-9]+)?)?\s*%?")


def taxes_to_choose(work: Unit, company_id: str) -> Sequence[TaxRate]:
    """Return the company's taxes that are in use, the default first."""
    return work.session.scalars(
        select(TaxRate)
        .where(
            TaxRate.company_id == company_id,
            TaxRate.deleted_at.is_(None),
            TaxRate.archived.is_(False),
        )
        .order_by(TaxRate.is_default.desc(), TaxRate.id)
    ).all()


def tax_rate_of(work: Unit, company: Company, client: Client, on: date) -> TaxRate:
    """Return the tax a client's lines bear by default: its own, else the company's of that day."""
    own = client.tax_rate_id and work.session.get(TaxRate, client.tax_rate_id)
    if own and own.deleted_at is None and own.company_id == company.id:
        return own
    held = [rate for rate in taxes_to_choose(work, company.id) if _holds(rate, on)]
    if not held:
        raise Refused(
            _("There is no tax rate to draft with."),
            _("Add one under Settings, Taxes; it may be 0%."),
            field="tax_rate_id",
        )
    return held[0]


def tax_group_of(rate: TaxRate) -> TaxGroup:
    """Return the tax group of a stored rate."""
    return group_of(rate.category, rate.percent)


def code_of(named: str) -> tuple[str, Decimal] | None:
    """Return category and percent of a tax typed as S19 or AE, None for other words."""
    code = TAX_CODE.fullmatch(named.strip().upper())
    return None if code is None else (code[1], Decimal((code[2] or "0").replace(",", ".")))


def as_typed(name: str) -> str:
    """Return what two spellings of a name have in common: "USt 19%" and "ust 19 %"."""
    return "".join(name.split()).casefold()


def matching_tax(rates: Sequence[TaxRate], named: str) -> TaxRate | None:
    """Return the tax of this name, else the one of this category and percent, else None."""
    wanted = as_typed(named)
    for rate in rates:
        if as_typed(rate.name) == wanted:
            return rate
    code = code_of(named)
    return next((rate for rate in rates if (rate.category, rate.percent) == code), None)


def tax_named(work: Unit, company_id: str, named: str, *, on: date) -> TaxRate:
    """Return the company's tax that is meant, one that holds on the day if there are several."""
    rates = taxes_to_choose(work, company_id)
    held = [rate for rate in rates if _holds(rate, on)]
    found = matching_tax(held, named) or matching_tax(rates, named)
    if found is None:
        known = ", ".join(rate.name for rate in held)
        raise InvalidInput(
            _("There is no tax “{name}”; nothing was changed.").format(name=named[:40]),
            _("Choose one of: {names}.").format(names=known),
            field="tax",
        )
    return found


def _holds(rate: TaxRate, on: date) -> bool:
    return (rate.valid_from or on) <= on <= (rate.valid_to or on)
