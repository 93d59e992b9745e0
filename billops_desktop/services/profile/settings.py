"""Preferences, workspace, company and bank accounts; taxes, series and rounding beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from dataclasses import fields as fields_of
from datetime import date

from sqlalchemy import select

from billops_desktop.config import DECLARED, declared
from billops_desktop.domain.periods import zone_named
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _
from billops_desktop.services import activity, fields, party_fields, records
from billops_desktop.services.books import Unit, book, company_of
from billops_desktop.services.edits import UNCHANGED, Unchanged, changed_fields
from billops_desktop.services.party_fields import PartyEdit
from billops_desktop.services.profile.country_taxes import bring_taxes, tax_notice
from billops_desktop.services.profile.number_series import (
    SeriesRow,
    edit_series,
    next_numbers,
    series,
)
from billops_desktop.services.profile.rounding_policies import (
    NewPolicy,
    PolicyRow,
    add_policy,
    edit_policy,
    policies,
    use_policy,
)
from billops_desktop.services.profile.tax_rates import (
    NewTax,
    TaxRow,
    add_tax,
    archive_tax,
    set_default_tax,
    tax_rates,
)
from billops_desktop.storage.models import BankAccount, Company, Setting
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass

__all__ = [
    "AccountRow",
    "CompanyEdit",
    "CompanyRow",
    "NewPolicy",
    "NewTax",
    "PolicyRow",
    "SeriesRow",
    "TaxRow",
    "WorkspaceEdit",
    "WorkspaceRow",
    "accounts",
    "add_policy",
    "add_tax",
    "archive_tax",
    "company",
    "edit_company",
    "edit_policy",
    "edit_series",
    "edit_workspace",
    "next_numbers",
    "policies",
    "preference",
    "preferences",
    "replace_accounts",
    "series",
    "set_default_tax",
    "set_preference",
    "tax_notice",
    "tax_rates",
    "use_policy",
    "workspace_row",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceRow:
    """The workspace: base currency, zone, and when its weeks and days begin."""

    name: str
    base_currency: str
    zone: str
    first_weekday: int
    day_start_minutes: int
    language: str
    rounding_policy_id: str | None
    locked_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceEdit:
    """What to change of the workspace; ``locked_until`` closes all days up to it."""

    name: str | Unchanged = UNCHANGED
    base_currency: str | Unchanged = UNCHANGED
    zone: str | Unchanged = UNCHANGED
    first_weekday: int | Unchanged = UNCHANGED
    day_start_minutes: int | Unchanged = UNCHANGED
    language: str | Unchanged = UNCHANGED
    locked_until: date | Unchanged | None = UNCHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyRow:
    """The seller as its invoices name it, in the order in which its settings are listed."""

    id: str
    legal_name: str
    trade_name: str
    code: str
    street: str
    street_more: str
    post_code: str
    city: str
    region: str
    country: str
    email: str
    phone: str
    website: str
    vat_id: str
    tax_number: str
    register_id: str
    small_business: bool
    logo_sha256: str | None
    paper: str
    language: str
    currency: str
    terms_days: int
    template: str
    invoice_note: str
    invoice_footer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyEdit(PartyEdit):
    """What to change of the company; issued invoices keep what they say."""

    legal_name: str | Unchanged = UNCHANGED
    trade_name: str | Unchanged = UNCHANGED
    code: str | Unchanged = UNCHANGED
    email: str | Unchanged = UNCHANGED
    phone: str | Unchanged = UNCHANGED
    website: str | Unchanged = UNCHANGED
    register_id: str | Unchanged = UNCHANGED
    small_business: bool | Unchanged = UNCHANGED
    logo_sha256: str | Unchanged | None = UNCHANGED
    paper: str | Unchanged = UNCHANGED
    terms_days: int | Unchanged = UNCHANGED
    invoice_note: str | Unchanged = UNCHANGED
    invoice_footer: str | Unchanged = UNCHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """A bank account that clients pay into."""

    holder: str = ""
    iban: str = ""
    bic: str = ""
    account_number: str = ""
    bank_name: str = ""
    currency: str = ""


COMPANY_CHECKS: Mapping[str, fields.Check] = {
    **party_fields.CHECKS,
    "legal_name": fields.name,
    "trade_name": fields.line,
    "code": fields.short,
    "email": fields.email,
    "phone": fields.short,
    "website": fields.line,
    "register_id": fields.line,
    "small_business": fields.kept,
    "logo_sha256": fields.kept,
    "paper": fields.one_of("A4", "Letter"),
    "invoice_note": fields.prose,
    "invoice_footer": fields.prose,
}


def preference(work: Unit, name: str) -> bool | int | str:
    """Return what a declared setting holds, its default while nobody changed it."""
    declaration = declared(name)
    stored = work.session.scalar(
        select(Setting.value_json).where(Setting.name == name, Setting.deleted_at.is_(None))
    )
    return declaration.default if stored is None else _usable(name, stored)


def preferences(work: Unit) -> dict[str, bool | int | str]:
    """Return all declared settings with what they hold."""
    stored = work.session.execute(
        select(Setting.name, Setting.value_json).where(Setting.deleted_at.is_(None))
    )
    values = {row.name: row.value_json for row in stored}
    return {
        found.name: _usable(found.name, values[found.name])
        if found.name in values
        else found.default
        for found in DECLARED
    }


def set_preference(work: UnitOfWork, name: str, value: bool | int | str) -> None:
    """Keep a value for a declared setting; InvalidInput says what it may hold."""
    text = json.dumps(declared(name).check(value))
    row = work.session.scalar(select(Setting).where(Setting.name == name))
    if row is None:
        records.add(work, Setting(name=name, value_json=text))
    else:
        records.change(work, row, {"value_json": text, "deleted_at": None})


def workspace_row(work: Unit) -> WorkspaceRow:
    """Return the workspace; Refused while nothing is set up."""
    found = book(work)
    names = (field.name for field in fields_of(WorkspaceRow))
    return WorkspaceRow(**{name: getattr(found, name) for name in names})


def edit_workspace(work: UnitOfWork, edit: WorkspaceEdit) -> WorkspaceRow:
    """Change the workspace; a new zone or day start touches no entry that exists."""
    checks: Mapping[str, fields.Check] = {
        "name": fields.name,
        "base_currency": fields.currency,
        "zone": _zone,
        "first_weekday": _within(1, 7),
        "day_start_minutes": _within(0, 1439),
        "language": fields.language,
        "locked_until": fields.kept,
    }
    records.change(work, book(work), fields.checked(checks, changed_fields(edit)))
    return workspace_row(work)


def company(work: Unit, company_id: str | None = None) -> CompanyRow:
    """Return the seller, the first one when none is named."""
    return _company_row(company_of(work, company_id))


def edit_company(
    work: UnitOfWork, edit: CompanyEdit, *, company_id: str | None = None
) -> CompanyRow:
    """Change what new invoices say of the seller; another country brings its taxes along."""
    found = company_of(work, company_id)
    taxed_as = (found.country, found.small_business)
    if records.change(work, found, fields.checked(COMPANY_CHECKS, changed_fields(edit))):
        activity.record(work, "company.updated", "company", found.id)
    if (found.country, found.small_business) != taxed_as:
        bring_taxes(work, found)
    return _company_row(found)


def accounts(work: Unit, company_id: str | None = None) -> tuple[AccountRow, ...]:
    """Return the company's bank accounts in the order they are printed."""
    names = [field.name for field in fields_of(AccountRow)]
    found = _accounts(work, company_of(work, company_id).id)
    return tuple(AccountRow(**{name: getattr(row, name) for name in names}) for row in found)


def replace_accounts(
    work: UnitOfWork, rows: tuple[AccountRow, ...], *, company_id: str | None = None
) -> tuple[AccountRow, ...]:
    """Let the company have exactly these bank accounts, in this order."""
    owner = company_of(work, company_id)
    checks = {**fields.BANK, "currency": _currency_or_none}
    wanted = [fields.checked(checks, asdict(row)) for row in rows]
    existing = _accounts(work, owner.id)
    for position, values in enumerate(wanted, start=1):
        if position <= len(existing):
            records.change(work, existing[position - 1], {**values, "position": position})
        else:
            records.add(work, BankAccount(company_id=owner.id, position=position, **values))
    for row in existing[len(wanted) :]:
        records.remove(work, row)
    return accounts(work, owner.id)


def _accounts(work: Unit, company_id: str) -> list[BankAccount]:
    mine = (BankAccount.company_id == company_id, BankAccount.deleted_at.is_(None))
    return list(
        work.session.scalars(
            select(BankAccount).where(*mine).order_by(BankAccount.position, BankAccount.id)
        )
    )


def _company_row(found: Company) -> CompanyRow:
    return CompanyRow(**{field.name: getattr(found, field.name) for field in fields_of(CompanyRow)})


def _usable(name: str, text: str) -> bool | int | str:
    """Return a stored value; one that an older or newer version left unfit is the default."""
    declaration = declared(name)
    try:
        return declaration.check(json.loads(text))
    except (ValueError, InvalidInput):
        return declaration.default


def _zone(name: str, field: str) -> str:
    return zone_named(name).key


def _currency_or_none(code: str, field: str) -> str:
    return fields.currency(code, field) if code else ""


def _within(low: int, high: int) -> fields.Check:
    def check(value: int, field: str) -> int:
        if not low <= value <= high:
            raise InvalidInput(
                _("{value} does not fit here.").format(value=value),
                _("Use {low} to {high}.").format(low=low, high=high),
                field=field,
            )
        return value

    return check
