"""What clients and the company have alike is checked in one way and named by both."""

from __future__ import annotations

from dataclasses import fields as fields_of

import pytest

from billops_desktop.errors import InvalidInput
from billops_desktop.services import party_fields
from billops_desktop.services.directory import clients
from billops_desktop.services.edits import changed_fields
from billops_desktop.services.profile import settings


def names(record: type) -> set[str]:
    return {field.name for field in fields_of(record)}


@pytest.mark.parametrize("record", [clients.ClientEdit, settings.CompanyEdit])
def test_both_edits_change_all_that_is_alike(record: type) -> None:
    assert names(party_fields.PartyEdit) < names(record)
    assert changed_fields(record(city="Hamburg")) == {"city": "Hamburg"}


@pytest.mark.parametrize("record", [clients.NewClient, clients.ClientDetails, settings.CompanyRow])
def test_both_rows_say_where_a_party_is(record: type) -> None:
    assert names(party_fields.PartyFields) < names(record)


@pytest.mark.parametrize("checks", [clients.CHECKS, settings.COMPANY_CHECKS])
def test_every_field_that_is_alike_has_its_check(checks: dict[str, object]) -> None:
    assert (names(party_fields.PartyFields) | names(party_fields.PartyEdit)) <= set(checks)
    assert set(party_fields.CHECKS) <= set(checks)


@pytest.mark.parametrize(
    ("field", "typed"), [("vat_id", "DE1"), ("country", "XX"), ("city", "a\0"), ("language", "xx")]
)
def test_what_does_not_fit_is_refused(field: str, typed: str) -> None:
    with pytest.raises(InvalidInput):
        party_fields.CHECKS[field](typed, field)
