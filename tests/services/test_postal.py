"""Postal addresses: the order of the country, its name only where the letter goes abroad."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from billops_desktop.services.postal import country_name, postal_lines


@dataclass
class Place:
    """An address with every line filled."""

    country: str
    street: str = "1 High St"
    street_more: str = "Flat 2"
    post_code: str = "12345"
    city: str = "Town"
    region: str = ""


@pytest.mark.parametrize(
    ("place", "lines"),
    [
        (Place("DE"), ("1 High St", "Flat 2", "12345 Town")),
        (Place("GB", street_more=""), ("1 High St", "Town", "12345", "United Kingdom")),
        (
            Place("US", street_more="", region="CA"),
            ("1 High St", "Town, CA 12345", "United States"),
        ),
        (Place("", street="", street_more="", city=""), ("12345",)),
    ],
)
def test_lines_follow_the_country(place: Place, lines: tuple[str, ...]) -> None:
    assert postal_lines(place, "DE", "en") == lines


def test_countries_are_named_in_the_language_and_unknown_ones_stay() -> None:
    assert country_name("CH", "de") == "Schweiz"
    assert country_name("CH", "xx-nothing") == "Switzerland"
    assert country_name("QQ", "en") == "QQ"
