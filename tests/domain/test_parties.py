"""Parties: countries, VAT IDs by the form of their country, IBANs by check digits, BICs, e-mail."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billops_desktop.domain.parties import (
    Address,
    Party,
    check_bic,
    check_country,
    check_email,
    check_iban,
    check_vat_id,
)
from billops_desktop.errors import InvalidInput

IBANS = (
    "DE89370400440532013000", "AT611904300234573201", "CH9300762011623852957",
    "GB29NWBK60161331926819", "FR1420041010050500013M02606", "NO9386011117947",
    "MT84MALT011000012345MTLCAST001S",
)  # fmt: skip


def test_a_party_is_frozen_and_needs_only_a_name() -> None:
    party = Party(name="Acme GmbH")
    assert party.address == Address()
    with pytest.raises(dataclasses.FrozenInstanceError):
        party.name = "Other"  # type: ignore[misc]  # the very thing that must fail


def test_countries_are_those_of_iso_3166() -> None:
    assert check_country(" de ") == "DE"
    for wrong in ("", "D", "DEU", "UK", "EU", "ÄÖ"):
        with pytest.raises(InvalidInput, match="country code") as refusal:
            check_country(wrong)
        assert refusal.value.field == "country"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("DE123456789", "DE123456789"),
        ("de 123 456 789", "DE123456789"),
        ("ATU12345678", "ATU12345678"),
        ("CHE-123.456.788 MWST", "CHE123456788MWST"),
        ("GB 999 9999 73", "GB999999973"),
        ("NL123456789B01", "NL123456789B01"),
        ("FR 40 303265045", "FR40303265045"),
        ("EL123456789", "EL123456789"),
        ("IE1234567WA", "IE1234567WA"),
        ("NO 123 456 789 MVA", "NO123456789MVA"),
    ],
)
def test_vat_ids_have_the_form_of_their_country(typed: str, kept: str) -> None:
    assert check_vat_id(typed) == kept


@pytest.mark.parametrize(
    "wrong",
    ["", "123456789", "DE12345678", "DE1234567890", "DE12345678A", "AT12345678", "XX123456789",
     "CHE12345678", "GR123456789", "DE١٢٣٤٥٦٧٨٩"],
)  # fmt: skip
def test_a_vat_id_of_another_form_is_refused(wrong: str) -> None:
    with pytest.raises(InvalidInput, match="not a VAT ID") as refusal:
        check_vat_id(wrong)
    assert refusal.value.field == "vat_id"


@pytest.mark.parametrize("iban", IBANS)
def test_a_right_iban_is_kept_without_blanks(iban: str) -> None:
    spaced = " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))
    assert check_iban(spaced.lower()) == iban


@given(st.sampled_from(IBANS), st.integers(2, 14), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_found(iban: str, at: int, digit: str) -> None:
    wrong = iban[:at] + digit + iban[at + 1 :]
    if iban[at] == digit or iban[at].isalpha():
        return
    with pytest.raises(InvalidInput):
        check_iban(wrong)


@pytest.mark.parametrize(
    "wrong",
    ["", "DE", "DE8937040044053201300", "XX89370400440532013000", "DE89370400440532013001",
     "DE8937040044053201300Ä", "DE٨٩370400440532013000", "12345678901234567890"],
)  # fmt: skip
def test_a_wrong_iban_is_refused(wrong: str) -> None:
    with pytest.raises(InvalidInput, match="not an IBAN") as refusal:
        check_iban(wrong)
    assert refusal.value.field == "iban"


def test_a_bic_has_eight_or_eleven_characters_and_a_country() -> None:
    assert check_bic("cobadeff xxx") == "COBADEFFXXX"
    assert check_bic("NCBVXKPR") == "NCBVXKPR"
    for wrong in ("", "COBADEF", "COBADEFFXX", "COBA99FF", "COBAZZFF"):
        with pytest.raises(InvalidInput, match="not a BIC") as refusal:
            check_bic(wrong)
        assert refusal.value.field == "bic"


@pytest.mark.parametrize(
    "right", ["anna@example.com", "a.b+c@sub.example.co.uk", "müller@exämple.de"]
)
def test_an_e_mail_address_is_kept(right: str) -> None:
    assert check_email(f" {right} ") == right


@pytest.mark.parametrize(
    "wrong",
    ["", "anna", "anna@", "@example.com", "a@b", "a@b@c.de", "a b@c.de", "a@b..de", "a..b@c.de",
     "a@c.de, b@c.de", "a@c.d\nBcc: x@y.de", "a@127.0.0.1",
     "a@" + "bcd." * 63 + "de"],
)  # fmt: skip
def test_what_is_no_e_mail_address_is_refused(wrong: str) -> None:
    with pytest.raises(InvalidInput, match="not an email address") as refusal:
        check_email(wrong)
    assert refusal.value.field == "email"
