"""Sets a fresh profile up: workspace, owner, company, the country's taxes, number series."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select

from billops_desktop.domain.periods import zone_named
from billops_desktop.errors import Refused
from billops_desktop.i18n import N_, _
from billops_desktop.services import activity, fields, records
from billops_desktop.services.books import Unit
from billops_desktop.services.profile import settings
from billops_desktop.services.profile.countries import (
    NEUTRAL,
    Country,
    country,
    likely_country,
)
from billops_desktop.services.profile.country_taxes import bring_taxes
from billops_desktop.services.rates import rate_book
from billops_desktop.storage.models import (
    BankAccount,
    Company,
    NumberSeries,
    Person,
    Workspace,
)
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass

SERIES = (("invoice", "{YYYY}-{N:4}"), ("credit_note", N_("CN-{YYYY}-{N:4}")))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWorkspace:
    """What the first run asks; None takes what is usual in the country or on this machine."""

    name: str = ""
    company: str = ""
    country: str = ""
    currency: str | None = None
    language: str | None = None
    zone: str | None = None
    role: str = "consultant"
    email: str = ""
    street: str = ""
    post_code: str = ""
    city: str = ""
    vat_id: str = ""
    tax_number: str = ""
    iban: str = ""
    bic: str = ""
    hourly_rate: Decimal | None = None
    small_business: bool = False


def is_set_up(work: Unit) -> bool:
    """Tell whether the profile has its workspace and its company."""
    return work.session.scalar(select(Workspace.id).limit(1)) is not None


def set_up(work: UnitOfWork, new: NewWorkspace) -> str:
    """Make workspace, company, taxes and series in one transaction; return the company's id."""
    if is_set_up(work):
        raise Refused(
            _("This profile is set up already."),
            _("Nothing was changed. Company and taxes are in the settings."),
        )
    usual = country(new.country or likely_country(work.clock.zone()))
    currency = fields.currency(new.currency or usual.currency, "currency")
    language = fields.language(new.language or usual.language, "language")
    company = records.add(work, _company(new, usual, currency=currency, language=language))
    records.add(
        work,
        Workspace(
            name=company.legal_name,
            base_currency=currency,
            zone=zone_named(new.zone or work.clock.zone()).key,
            first_weekday=usual.first_weekday,
            language=language,
        ),
    )
    _name_owner(work, new)
    bring_taxes(work, company)
    for kind, pattern in SERIES:
        records.add(work, NumberSeries(company_id=company.id, kind=kind, pattern=_(pattern)))
    if new.iban:
        records.add(work, _account(new, company, currency))
    if new.hourly_rate is not None:
        rule = rate_book.NewRule(price=new.hourly_rate, currency=currency)
        rate_book.set_rate(work, rule)
    settings.set_preference(work, "window.role", new.role)
    activity.record(work, "person.registered", "person", work.person_id or "")
    return company.id


def set_up_neutrally(work: UnitOfWork) -> bool:
    """Set up what the machine's zone and locale suggest, unless that was done; tell whether now.

    The command line calls this, so that the first ``billops start`` simply starts.
    """
    if is_set_up(work):
        return False
    set_up(work, NewWorkspace())
    return True


def _company(new: NewWorkspace, usual: Country, *, currency: str, language: str) -> Company:
    typed = {
        "legal_name": new.company.strip() or new.name.strip(),
        "email": new.email,
        "street": new.street,
        "post_code": new.post_code,
        "city": new.city,
        "country": new.country or ("" if usual.code == NEUTRAL else usual.code),
        "vat_id": new.vat_id,
        "tax_number": new.tax_number,
    }
    # A name may come later: the first timer must not wait for it.
    checks: Mapping[str, fields.Check] = {**settings.COMPANY_CHECKS, "legal_name": fields.line}
    return Company(
        **fields.checked(checks, typed),
        small_business=new.small_business,
        paper=usual.paper,
        language=language,
        currency=currency,
    )


def _account(new: NewWorkspace, company: Company, currency: str) -> BankAccount:
    typed = {"holder": company.legal_name, "iban": new.iban, "bic": new.bic}
    return BankAccount(
        company_id=company.id, currency=currency, **fields.checked(fields.BANK, typed)
    )


def _name_owner(work: UnitOfWork, new: NewWorkspace) -> None:
    name = fields.line(new.name, "name")
    first, _space, last = name.rpartition(" ")
    owner = work.session.get(Person, work.person_id)
    if owner is not None and name:
        records.change(
            work, owner, {"first_name": first or last, "last_name": last if first else ""}
        )
