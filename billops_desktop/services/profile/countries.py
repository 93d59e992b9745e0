"""What a country brings to a new workspace: currency, paper, language and dated taxes."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal

from billops_desktop.values import dataclass

ENGLISH_REVERSE = "Reverse charge"
EU_REVERSE = "VATEX-EU-AE"
NEUTRAL = "ZZ"
GERMAN_VAT = "USt"
SMALL_IN_GERMAN = "Kleinunternehmer"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryTax:
    """A tax that holds from ``valid_from`` to ``valid_to``, both inclusive, None open."""

    name: str
    category: str
    percent: Decimal = Decimal(0)
    valid_from: date | None = None
    valid_to: date | None = None
    exemption_text: str = ""
    exemption_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """What is usual in one country; the first of ``taxes`` that holds is its standard rate."""

    code: str
    currency: str
    language: str = "en"
    paper: str = "A4"
    first_weekday: int = 1
    zones: tuple[str, ...] = ()
    taxes: tuple[CountryTax, ...]
    small_business: CountryTax | None = None


def country(code: str) -> Country:
    """Return what is usual in a country; for one that is not listed, a neutral default."""
    return _BY_CODE.get(code.upper(), _BY_CODE[NEUTRAL])


def countries() -> tuple[Country, ...]:
    """Return all listed countries, by code; the neutral default is none of them."""
    return tuple(_BY_CODE[code] for code in sorted(_BY_CODE) if code != NEUTRAL)


def likely_country(zone: str) -> str:
    """Return the code of the country that a machine's zone, else its locale, speaks for."""
    for known in countries():
        if zone in known.zones:
            return known.code
    for name in ("LC_ALL", "LC_MONETARY", "LANG"):
        region = os.environ.get(name, "").split(".")[0].rpartition("_")[2]
        if region in _BY_CODE:
            return region
    return NEUTRAL


def _rates(name: str, since: str, *percents: str) -> tuple[CountryTax, ...]:
    """Return standard and reduced rates; a rate may name its own start: "13@2016-01-01".

    A start may be followed by the last day, inclusive: "2018-01-01/2023-12-31".
    """
    taxes = []
    for percent in percents:
        figure, _at, start = percent.partition("@")
        begins, _to, ends = (start or since).partition("/")
        taxes.append(
            CountryTax(
                name=f"{name} {figure}{' ' if name == GERMAN_VAT else ''}%",
                category="S",
                percent=Decimal(figure),
                valid_from=date.fromisoformat(begins),
                valid_to=date.fromisoformat(ends) if ends else None,
            )
        )
    return tuple(taxes)


def _eu(reverse: str) -> tuple[CountryTax, ...]:
    """Return the categories without tax that all members of the union know."""
    words = reverse if ENGLISH_REVERSE in reverse else f"{reverse} ({ENGLISH_REVERSE})"
    return (
        CountryTax(name="0%", category="Z"),
        CountryTax(
            name=ENGLISH_REVERSE, category="AE", exemption_text=words, exemption_code=EU_REVERSE
        ),
        CountryTax(
            name="Intra-community supply",
            category="K",
            exemption_text="Intra-community supply, exempt from VAT",
            exemption_code="VATEX-EU-IC",
        ),
        CountryTax(
            name="Export",
            category="G",
            exemption_text="Export outside the EU, exempt from VAT",
            exemption_code="VATEX-EU-G",
        ),
        CountryTax(
            name="Not taxable",
            category="O",
            exemption_text="Not subject to VAT",
            exemption_code="VATEX-EU-O",
        ),
    )


def _german(reverse: str) -> tuple[CountryTax, ...]:
    """Return the categories without tax in the words of German law, with English for abroad."""
    return (
        CountryTax(name="0 %", category="Z"),
        CountryTax(
            name="Reverse Charge",
            category="AE",
            exemption_text=f"{reverse} ({ENGLISH_REVERSE})",
            exemption_code=EU_REVERSE,
        ),
        CountryTax(
            name="Innergem. Lieferung",
            category="K",
            exemption_text="Steuerfreie innergemeinschaftliche Lieferung (intra-Community supply)",
            exemption_code="VATEX-EU-IC",
        ),
        CountryTax(
            name="Ausfuhrlieferung",
            category="G",
            exemption_text="Steuerfreie Ausfuhrlieferung (export, exempt from VAT)",
            exemption_code="VATEX-EU-G",
        ),
        CountryTax(
            name="Nicht steuerbar",
            category="O",
            exemption_text="Nicht steuerbar (not subject to VAT)",
            exemption_code="VATEX-EU-O",
        ),
    )


def _small(text: str, name: str = "Small business") -> CountryTax:
    return CountryTax(name=name, category="E", exemption_text=text)


_UNTAXED = (
    CountryTax(name="No tax", category="O", exemption_text="Not subject to tax"),
    CountryTax(name="Exempt", category="E", exemption_text="Exempt from tax"),
)

# Rates in force in November 2026, and those before them where an invoice of 2023 may need them.
_ALL = (
    Country(
        code="DE",
        currency="EUR",
        language="de",
        zones=("Europe/Berlin", "Europe/Busingen"),
        taxes=(
            *_rates(GERMAN_VAT, "2021-01-01", "19", "7"),
            *_rates(GERMAN_VAT, "2020-07-01/2020-12-31", "16", "5"),
            *_german("Steuerschuldnerschaft des Leistungsempfängers"),
        ),
        # § 34a UStDV wants the exemption itself named, since 2025.
        small_business=_small(
            "Steuerfrei nach § 19 UStG (Steuerbefreiung für Kleinunternehmer).", SMALL_IN_GERMAN
        ),
    ),
    Country(
        code="AT",
        currency="EUR",
        language="de",
        zones=("Europe/Vienna",),
        taxes=(
            *_rates(GERMAN_VAT, "1995-01-01", "20", "13@2016-01-01", "10"),
            *_german("Übergang der Steuerschuld auf den Leistungsempfänger"),
        ),
        small_business=_small(
            "Umsatzsteuerfrei aufgrund der Kleinunternehmerregelung (§ 6 Abs. 1 Z 27 UStG).",
            SMALL_IN_GERMAN,
        ),
    ),
    Country(
        code="CH",
        currency="CHF",
        language="de",
        zones=("Europe/Zurich",),
        taxes=(
            *_rates("MWST", "2024-01-01", "8.1", "2.6", "3.8"),
            *_rates("MWST", "2018-01-01/2023-12-31", "7.7", "2.5", "3.7"),
            CountryTax(name="0%", category="Z"),
            CountryTax(
                name="Ausfuhr", category="G", exemption_text="Steuerbefreit (Art. 23 MWSTG)"
            ),
            CountryTax(name="Nicht steuerbar", category="O", exemption_text="Nicht steuerbar"),
        ),
        small_business=CountryTax(
            name="Nicht MWST-pflichtig", category="O", exemption_text="Nicht MWST-pflichtig"
        ),
    ),
    Country(
        code="GB",
        currency="GBP",
        zones=("Europe/London", "Europe/Belfast"),
        taxes=(
            *_rates("VAT", "2011-01-04", "20", "5"),
            CountryTax(name="Zero rated", category="Z"),
            CountryTax(name="Exempt", category="E", exemption_text="Exempt from VAT"),
            CountryTax(
                name=ENGLISH_REVERSE,
                category="AE",
                exemption_text="Reverse charge: the customer accounts for the VAT to HMRC",
            ),
            CountryTax(
                name="Outside the scope",
                category="O",
                exemption_text="Outside the scope of UK VAT",
            ),
        ),
        small_business=CountryTax(
            name="Not registered", category="O", exemption_text="Not registered for VAT"
        ),
    ),
    Country(
        code="US",
        currency="USD",
        paper="Letter",
        first_weekday=7,
        zones=(
            "America/New_York",
            "America/Detroit",
            "America/Chicago",
            "America/Denver",
            "America/Phoenix",
            "America/Los_Angeles",
            "America/Anchorage",
            "Pacific/Honolulu",
        ),
        taxes=_UNTAXED,
    ),
    Country(
        code="FR",
        currency="EUR",
        zones=("Europe/Paris",),
        taxes=(*_rates("TVA", "2014-01-01", "20", "10", "5.5", "2.1"), *_eu("Autoliquidation")),
        small_business=_small("TVA non applicable, art. 293 B du CGI"),
    ),
    Country(
        code="ES",
        currency="EUR",
        zones=("Europe/Madrid", "Atlantic/Canary", "Africa/Ceuta"),
        taxes=(
            *_rates("IVA", "2012-09-01", "21", "10", "4"),
            *_eu("Inversión del sujeto pasivo"),
        ),
        small_business=_small("Exento de IVA (Ley 37/1992)"),
    ),
    Country(
        code="IT",
        currency="EUR",
        zones=("Europe/Rome",),
        taxes=(
            *_rates("IVA", "2013-10-01", "22", "10", "5@2016-01-01", "4"),
            *_eu("Inversione contabile"),
        ),
        small_business=_small(
            "Operazione in franchigia da IVA (art. 1, commi 54-89, legge 190/2014)"
        ),
    ),
    Country(
        code="NL",
        currency="EUR",
        zones=("Europe/Amsterdam",),
        taxes=(*_rates("Btw", "2012-10-01", "21", "9@2019-01-01"), *_eu("Btw verlegd")),
        small_business=_small("Vrijgesteld van btw (kleineondernemersregeling, art. 25 Wet OB)"),
    ),
    Country(
        code="BE",
        currency="EUR",
        zones=("Europe/Brussels",),
        taxes=(
            *_rates("Btw", "1996-01-01", "21", "12", "6"),
            *_eu("Btw verlegd / Autoliquidation"),
        ),
        small_business=_small(
            "Kleine onderneming onderworpen aan de vrijstellingsregeling van belasting"
        ),
    ),
    Country(
        code="LU",
        currency="EUR",
        zones=("Europe/Luxembourg",),
        taxes=(
            *_rates("TVA", "2024-01-01", "17", "14", "8", "3"),
            *_rates("TVA", "2023-01-01/2023-12-31", "16", "13", "7"),
            *_eu("Autoliquidation"),
        ),
        small_business=_small("TVA non applicable, régime de la franchise"),
    ),
    Country(
        code="IE",
        currency="EUR",
        zones=("Europe/Dublin",),
        taxes=(
            *_rates("VAT", "2021-03-01", "23", "13.5", "9", "4.8"),
            *_eu(ENGLISH_REVERSE),
        ),
        small_business=CountryTax(
            name="Not registered", category="O", exemption_text="Not registered for VAT"
        ),
    ),
    Country(
        code="PL",
        currency="PLN",
        zones=("Europe/Warsaw",),
        taxes=(*_rates("VAT", "2011-01-01", "23", "8", "5"), *_eu("Odwrotne obciążenie")),
        small_business=_small("Zwolnienie z VAT (art. 113 ust. 1 ustawy o VAT)"),
    ),
    Country(
        code="SE",
        currency="SEK",
        zones=("Europe/Stockholm",),
        taxes=(
            *_rates("Moms", "1996-01-01", "25", "12", "6"),
            *_eu("Omvänd betalningsskyldighet"),
        ),
        small_business=_small("Undantagen från skatteplikt (mervärdesskattelagen)"),
    ),
    Country(
        code="DK",
        currency="DKK",
        zones=("Europe/Copenhagen",),
        taxes=(*_rates("Moms", "1992-01-01", "25"), *_eu("Omvendt betalingspligt")),
        small_business=_small("Ikke momsregistreret"),
    ),
    Country(
        code="JP",
        currency="JPY",
        first_weekday=7,
        zones=("Asia/Tokyo",),
        taxes=(*_rates("消費税", "2019-10-01", "10", "8"), *_UNTAXED),
        small_business=_small("免税事業者"),
    ),
    Country(code=NEUTRAL, currency="EUR", taxes=_UNTAXED),
)
_BY_CODE = {known.code: known for known in _ALL}
