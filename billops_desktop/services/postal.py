"""Postal addresses as printed: the lines in the order that the country's post wants them."""

from __future__ import annotations

from typing import Protocol

# Town before post code, or town, region and post code on one line; all others: code, then town.
TOWN_THEN_CODE = frozenset({"GB", "IE", "IN", "PK", "JM", "TT", "NG", "KE"})
TOWN_REGION_CODE = frozenset({"US", "CA", "AU", "PR"})


class Addressed(Protocol):
    """What has a postal address: a company, a client."""

    street: str
    street_more: str
    post_code: str
    city: str
    region: str
    country: str


def postal_lines(place: Addressed, home_country: str, language: str) -> tuple[str, ...]:
    """Return the lines of an address; the country's name ends it where the letter goes abroad."""
    lines = [place.street, place.street_more, *_town(place)]
    if place.country and place.country != home_country:
        lines.append(country_name(place.country, language))
    return tuple(line.strip() for line in lines if line.strip())


def _town(place: Addressed) -> tuple[str, ...]:
    if place.country in TOWN_THEN_CODE:
        return place.city, place.region, place.post_code
    if place.country in TOWN_REGION_CODE:
        town = ", ".join(part for part in (place.city, place.region) if part)
        return (f"{town} {place.post_code}",)
    return f"{place.post_code} {place.city}", place.region


def country_name(country: str, language: str) -> str:
    """Return the name of a country ("DE") in a language; an unknown code stays as it is."""
    from babel.core import Locale, UnknownLocaleError

    try:
        territories = Locale.parse(language.replace("-", "_")).territories
    except (UnknownLocaleError, ValueError):
        territories = Locale.parse("en").territories
    return str(territories.get(country, country))
