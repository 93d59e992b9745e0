"""Tests for the words of lengths and amounts."""

from __future__ import annotations

from billops_desktop.domain.money import Money
from billops_desktop.domain.parties import COUNTRIES
from billops_desktop.i18n import use_language
from billops_desktop.ui.widgets.wording import (
    amounts_text,
    by_name,
    clock_text,
    country_choices,
    hours_text,
    language_name,
    short_text,
)


def test_lengths_of_time_are_written_as_people_read_them() -> None:
    assert clock_text(5047) == "1:24:07"
    assert short_text(5047) == "1:24"
    assert hours_text(20_520) == "5 h 42"
    assert clock_text(-5) == "0:00:00"


def test_amounts_of_two_currencies_stand_beside_each_other() -> None:
    text = amounts_text((Money(61200, "EUR"), Money(248_000, "GBP")))
    assert text == "€612.00 + £2,480.00"


def test_every_country_can_be_chosen_by_its_name() -> None:
    choices = country_choices()
    assert choices[0] == ("", "—")
    assert {("SE", "Sweden"), ("DE", "Germany"), ("XI", "Northern Ireland")} <= set(choices)
    assert {code for code, _name in choices[1:]} == set(COUNTRIES)
    assert choices[1:] == by_name(choices[1:])
    assert all(name for _code, name in choices)


def test_countries_and_languages_are_named_in_the_language_of_the_screen() -> None:
    assert (language_name("de"), language_name("en")) == ("German", "English")
    use_language("de_AT")
    try:
        choices = country_choices()
        assert ("DE", "Deutschland") in choices
        assert (language_name("de"), language_name("en")) == ("Deutsch", "Englisch")
    finally:
        use_language("en")
    # Austria stands among the names with O, not after Z.
    names = [name for _code, name in choices]
    assert names.index("Österreich") < names.index("Polen")
    assert language_name("tlh") == "Klingon"
