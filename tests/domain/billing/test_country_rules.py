"""Country rules: what the law of the seller's country asks, and when the short form will do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billops_desktop.domain.billing.country_rules import EU_COUNTRIES, check_country
from billops_desktop.domain.billing.invoice import Line, total
from billops_desktop.domain.billing.invoice_facts import InvoiceFacts
from billops_desktop.domain.money import Money
from billops_desktop.domain.parties import COUNTRIES, Address, Party
from billops_desktop.domain.tax import Category, TaxGroup

DAY = date(2026, 11, 25)
S20 = TaxGroup(Category.STANDARD, Decimal(20))


def a_party(country: str, **more: str) -> Party:
    address = Address(street="High Street 1", post_code="1234", city="Town", country=country)
    return Party(name="Somebody", address=address, **more)


def facts_in(
    country: str, *, net: str = "1000", group: TaxGroup = S20, currency: str = "EUR", **more: Any
) -> InvoiceFacts:
    work = Line(description="Work", quantity=Decimal(1), price=Decimal(net), group=group)
    complete = InvoiceFacts(
        seller=a_party(country, vat_id="CHE1", tax_number="12/345", register_id="123456789"),
        buyer=a_party("DE", vat_id="DE123456789"),
        issue_on=DAY,
        due_on=DAY,
        terms="14 days",
        supply_from=DAY,
        lines=(work,),
        totals=total([work], currency=currency),
    )
    return replace(complete, **more)


def found(facts: InvoiceFacts) -> list[tuple[str, str]]:
    return [(finding.severity, finding.field) for finding in check_country(facts)]


def test_the_union_has_27_members() -> None:
    assert len(EU_COUNTRIES) == 27
    assert EU_COUNTRIES < COUNTRIES


@pytest.mark.parametrize("country", ["DE", "AT", "CH", "LI", "FR", "US", "NL", ""])
def test_a_complete_invoice_is_found_right(country: str) -> None:
    assert found(facts_in(country)) == []


@pytest.mark.parametrize("country", ["GB", "XI"])
def test_a_complete_british_invoice_is_found_right(country: str) -> None:
    assert found(facts_in(country, currency="GBP")) == []


NO_ADDRESS = Party(name="Somebody", address=Address(city="Town"))
BARE = {country: replace(NO_ADDRESS, address=Address(country=country)) for country in
        ("DE", "AT", "GB", "CH", "FR", "ES")}  # fmt: skip


@pytest.mark.parametrize(
    ("country", "currency", "fields"),
    [
        ("DE", "EUR", ["seller.address", "buyer.address", "seller.tax_number", "supply_from"]),
        ("AT", "EUR", ["seller.address", "buyer.address", "seller.vat_id", "supply_from"]),
        ("GB", "GBP", ["seller.address", "buyer.address", "seller.vat_id", "supply_from"]),
        ("CH", "CHF", ["seller.address", "buyer.address", "seller.vat_id", "supply_from"]),
        ("FR", "EUR", ["seller.address", "buyer.address", "seller.register_id", "seller.vat_id"]),
        ("ES", "EUR", ["seller.address", "buyer.address", "seller.tax_number", "buyer.tax_number"]),
    ],
)
def test_everything_that_is_missing_is_found_at_once(
    country: str, currency: str, fields: list[str]
) -> None:
    facts = facts_in(
        country, currency=currency, seller=BARE[country], buyer=NO_ADDRESS, supply_from=None
    )
    assert [field for severity, field in found(facts) if severity == "block"] == fields


@pytest.mark.parametrize(
    ("country", "currency", "net", "short"),
    [
        ("DE", "EUR", "208.33", True), ("DE", "EUR", "208.34", False), ("DE", "USD", "10", False),
        ("AT", "EUR", "333.33", True), ("AT", "EUR", "333.34", False),
        ("GB", "GBP", "208.33", True), ("GB", "GBP", "208.34", False),
        ("CH", "CHF", "333.33", True), ("CH", "CHF", "333.34", False),
    ],
)  # fmt: skip
def test_a_small_amount_may_be_a_short_form(
    country: str, currency: str, net: str, short: bool
) -> None:
    facts = facts_in(country, net=net, currency=currency, buyer=NO_ADDRESS, supply_from=None)
    severity = "advice" if short else "block"
    assert found(facts) == [(severity, "buyer.address"), (severity, "supply_from")]


def test_across_the_border_there_is_no_short_form() -> None:
    reverse = TaxGroup(Category.REVERSE_CHARGE, Decimal(0))
    facts = facts_in("DE", net="100", group=reverse, supply_from=None)
    assert found(facts) == [("block", "supply_from")]


def test_a_german_small_business_shows_no_tax() -> None:
    assert found(facts_in("DE", small_business=True)) == [("block", "lines")]
    exempt = TaxGroup(Category.EXEMPT, Decimal(0))
    assert found(facts_in("DE", group=exempt, small_business=True)) == []


def test_a_large_austrian_invoice_names_the_buyers_vat_id() -> None:
    nameless = a_party("AT")
    assert found(facts_in("AT", net="8333.34", buyer=nameless)) == [("block", "buyer.vat_id")]
    assert found(facts_in("AT", net="8333.33", buyer=nameless)) == []
    assert found(facts_in("AT", net="9000", currency="USD", buyer=nameless)) == []


def test_british_tax_is_shown_in_pounds_too() -> None:
    assert found(facts_in("GB", currency="USD")) == [("block", "base_rate")]
    assert found(facts_in("GB", currency="USD", tax_in_local=Money(15800, "GBP"))) == []


@pytest.mark.parametrize("country", ["GB", "CH", "AT"])
def test_who_charges_no_tax_needs_no_vat_id(country: str) -> None:
    outside = TaxGroup(Category.OUTSIDE_SCOPE, Decimal(0))
    assert found(facts_in(country, group=outside, seller=a_party(country))) == []


def test_a_swiss_vat_number_starts_with_che() -> None:
    facts = facts_in("CH", seller=a_party("CH", vat_id="DE123456789"))
    assert found(facts) == [("block", "seller.vat_id")]


def test_french_terms_and_american_due_dates_are_advised() -> None:
    assert found(facts_in("FR", terms="")) == [("advice", "terms")]
    assert found(facts_in("US", terms="", due_on=None)) == [("advice", "due_on")]
    assert found(facts_in("US", terms="", due_on=DAY)) == []


@pytest.mark.parametrize("country", ["IT", "PL", "HU", "RO", "PT", "GR", "HR", "ES"])
def test_where_the_legal_invoice_is_made_elsewhere_it_is_said(country: str) -> None:
    assert found(facts_in(country)) == [("advice", "seller.country")]
