"""Setting a fresh profile up: everything in one transaction, or nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from billops_desktop.errors import InvalidInput, Refused
from billops_desktop.services import tracking
from billops_desktop.services.directory import people
from billops_desktop.services.profile import onboarding, settings
from billops_desktop.services.rates import rate_book
from billops_desktop.services.workspace import Workspace
from tests.support.clock import MovableClock
from tests.support.profiles import HALDANE

TODAY = date(2026, 11, 25)


def test_all_that_the_first_run_asks(blank_workspace: Workspace) -> None:
    blank_workspace.execute(onboarding.set_up, HALDANE)
    assert blank_workspace.read(onboarding.is_set_up)
    company = blank_workspace.read(settings.company)
    assert (company.legal_name, company.country, company.paper, company.currency) == (
        "Haldane Consulting",
        "DE",
        "A4",
        "EUR",
    )
    [owner] = blank_workspace.read(people.people)
    assert (owner.first_name, owner.last_name) == ("Mara", "Haldane")
    [account] = blank_workspace.read(settings.accounts)
    assert (account.iban, account.holder) == ("DE89370400440532013000", "Haldane Consulting")
    series = blank_workspace.read(settings.series, TODAY)
    assert {row.next_number for row in series} == {"2026-0001", "CN-2026-0001"}


def test_a_small_business_charges_no_tax_and_says_why(blank_workspace: Workspace) -> None:
    new = onboarding.NewWorkspace(company="Klein", country="de", small_business=True)
    blank_workspace.execute(onboarding.set_up, new)
    [default] = [row for row in blank_workspace.read(settings.tax_rates) if row.is_default]
    assert (default.category, default.percent) == ("E", Decimal(0))
    assert "§ 19 UStG" in default.exemption_text


def test_role_and_rate(blank_workspace: Workspace) -> None:
    new = onboarding.NewWorkspace(name="Jo", country="US", role="office", hourly_rate=Decimal(120))
    blank_workspace.execute(onboarding.set_up, new)
    assert blank_workspace.read(settings.preference, "window.role") == "office"
    [rule] = blank_workspace.read(rate_book.rules)
    assert (rule.price, rule.currency) == (Decimal(120), "USD")
    company = blank_workspace.read(settings.company)
    assert (company.legal_name, company.paper) == ("Jo", "Letter")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"iban": "DE00"}, "iban"),
        ({"currency": "EURO"}, "currency"),
        ({"country": "Germany"}, "country"),
        ({"zone": "Nowhere"}, "zone"),
        ({"language": "xx"}, "language"),
        ({"role": "boss"}, "window.role"),
        ({"company": "a\x00"}, "legal_name"),
    ],
)
def test_one_wrong_field_sets_nothing_up(
    blank_workspace: Workspace, wrong: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        blank_workspace.execute(
            onboarding.set_up,
            onboarding.NewWorkspace(**{"company": "x", **wrong}),  # type: ignore[arg-type]  # wrong on purpose
        )
    assert refused.value.field == field
    assert not blank_workspace.read(onboarding.is_set_up)


def test_neutrally_once_so_that_the_first_timer_just_starts(
    blank_workspace: Workspace, clock: MovableClock
) -> None:
    clock.travel("Europe/Vienna")
    assert blank_workspace.execute(onboarding.set_up_neutrally)
    assert not blank_workspace.execute(onboarding.set_up_neutrally)
    company = blank_workspace.read(settings.company)
    assert (company.legal_name, company.country, company.currency) == ("", "AT", "EUR")
    assert blank_workspace.execute(tracking.start).zone == "Europe/Vienna"


def test_a_profile_is_set_up_once(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="already"):
        workspace.execute(onboarding.set_up, HALDANE)
