"""What each country brings: taxes that are possible, dated, with a reason where none is due."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from billops_desktop.domain.money import decimals_of
from billops_desktop.domain.periods import zone_named
from billops_desktop.domain.tax import Category, TaxGroup, validate_group
from billops_desktop.services.profile import countries

TODAY = date(2026, 11, 25)
STANDARD = {
    "DE": "19", "AT": "20", "CH": "8.1", "GB": "20", "FR": "20", "ES": "21", "IT": "22",
    "NL": "21", "BE": "21", "LU": "17", "IE": "23", "PL": "23", "SE": "25", "DK": "25", "JP": "10",
}  # fmt: skip


@pytest.mark.parametrize("known", countries.countries(), ids=lambda known: known.code)
def test_every_tax_of_a_country_is_possible(known: countries.Country) -> None:
    decimals_of(known.currency)
    for zone in known.zones:
        zone_named(zone)
    taxes = [*known.taxes, *([known.small_business] if known.small_business else [])]
    for tax in taxes:
        validate_group(TaxGroup(Category(tax.category), tax.percent))
        assert tax.exemption_text or not Category(tax.category).needs_reason
        assert tax.valid_to is None or tax.valid_from is None or tax.valid_from <= tax.valid_to
    held = [(tax.name, tax.category) for tax in taxes if tax.valid_to is None]
    assert len(held) == len(set(held))


@pytest.mark.parametrize(("code", "percent"), STANDARD.items())
def test_the_standard_rate_comes_first(code: str, percent: str) -> None:
    first = countries.country(code).taxes[0]
    assert (first.category, first.percent) == ("S", Decimal(percent))
    assert first.valid_from is not None
    assert first.valid_from <= TODAY
    assert first.valid_to is None


def test_members_of_the_union_know_reverse_charge_and_small_businesses() -> None:
    for code in ("DE", "AT", "FR", "ES", "IT", "NL", "BE", "LU", "IE", "PL", "SE", "DK"):
        known = countries.country(code)
        assert "AE" in {tax.category for tax in known.taxes}
        assert known.small_business is not None


@pytest.mark.parametrize("code", ["DE", "AT"])
def test_what_is_printed_without_tax_is_german_law_and_readable_abroad(code: str) -> None:
    known = countries.country(code)
    texts = {tax.category: tax.exemption_text for tax in known.taxes if tax.category != "S"}
    assert "auf den Leistungsempfänger" in texts["AE"] or "des Leistungsempfängers" in texts["AE"]
    assert texts["K"].startswith("Steuerfreie innergemeinschaftliche Lieferung")
    assert texts["G"].startswith("Steuerfreie Ausfuhrlieferung")
    assert all("(" in texts[category] for category in "KGO")
    assert known.small_business is not None
    assert known.small_business.name == "Kleinunternehmer"
    assert known.small_business.exemption_text.startswith(("Steuerfrei", "Umsatzsteuerfrei"))


def test_a_country_that_is_not_listed_is_neutral() -> None:
    assert countries.country("BR").taxes[0].category == "O"
    assert countries.country("us").paper == "Letter"


def test_the_machine_speaks_for_a_country(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_AT.UTF-8")
    assert countries.likely_country("Europe/Zurich") == "CH"
    assert countries.likely_country("UTC") == "AT"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("LC_MONETARY", raising=False)
    monkeypatch.setenv("LANG", "C")
    assert countries.likely_country("UTC") == countries.NEUTRAL
