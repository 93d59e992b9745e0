"""Preferences, workspace, company and bank accounts."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from billops_desktop.config import DECLARED
from billops_desktop.errors import InvalidInput, NotFound, Refused
from billops_desktop.services.profile import settings
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.unit_of_work import UnitOfWork


def test_preferences_hold_their_default_until_changed(workspace: Workspace) -> None:
    assert workspace.read(settings.preference, "appearance.theme") == "system"
    for theme in ("dark", "light"):
        workspace.execute(settings.set_preference, "appearance.theme", theme)
        assert workspace.read(settings.preference, "appearance.theme") == theme
    everything = workspace.read(settings.preferences)
    assert everything.keys() == {found.name for found in DECLARED}
    assert everything["appearance.theme"] == "light"


def test_what_a_preference_cannot_hold(workspace: Workspace) -> None:
    with pytest.raises(InvalidInput):
        workspace.execute(settings.set_preference, "appearance.theme", "pink")
    with pytest.raises(NotFound):
        workspace.execute(settings.set_preference, "no.such", "x")


def test_a_stored_value_that_fits_no_more_is_the_default(workspace: Workspace) -> None:
    workspace.execute(settings.set_preference, "appearance.theme", "dark")

    def spoil(work: UnitOfWork) -> None:
        work.session.execute(
            text("UPDATE setting SET value_json = '\"gone\"' WHERE name = 'appearance.theme'")
        )

    workspace.execute(spoil)
    assert workspace.read(settings.preference, "appearance.theme") == "system"
    assert workspace.read(settings.preferences)["appearance.theme"] == "system"


def test_the_workspace(workspace: Workspace) -> None:
    edit = settings.WorkspaceEdit(zone="America/New_York", locked_until=date(2026, 1, 31))
    row = workspace.execute(settings.edit_workspace, edit)
    assert (row.zone, row.locked_until, row.base_currency) == (
        "America/New_York",
        date(2026, 1, 31),
        "EUR",
    )
    for wrong, field in (
        (settings.WorkspaceEdit(first_weekday=8), "first_weekday"),
        (settings.WorkspaceEdit(day_start_minutes=1440), "day_start_minutes"),
        (settings.WorkspaceEdit(zone="Nowhere"), "zone"),
    ):
        with pytest.raises(InvalidInput) as refused:
            workspace.execute(settings.edit_workspace, wrong)
        assert refused.value.field == field


def test_the_company(workspace: Workspace) -> None:
    edit = settings.CompanyEdit(legal_name="Haldane GmbH", vat_id="", invoice_note="a\nb")
    workspace.execute(settings.edit_company, edit)
    row = workspace.read(settings.company)
    assert (row.legal_name, row.vat_id, row.invoice_note) == ("Haldane GmbH", "", "a\nb")
    assert row.city == "Berlin"
    for wrong, field in (
        (settings.CompanyEdit(legal_name=" "), "legal_name"),
        (settings.CompanyEdit(vat_id="DE1"), "vat_id"),
        (settings.CompanyEdit(paper="A5"), "paper"),
        (settings.CompanyEdit(country="XX"), "country"),
    ):
        with pytest.raises(InvalidInput) as refused:
            workspace.execute(settings.edit_company, wrong)
        assert refused.value.field == field


def test_bank_accounts_are_replaced_as_a_list(workspace: Workspace) -> None:
    [first] = workspace.read(settings.accounts)
    second = settings.AccountRow(iban="GB82 WEST 1234 5698 7654 32", currency="gbp")
    rows = workspace.execute(settings.replace_accounts, (second, first))
    assert [row.iban for row in rows] == ["GB82WEST12345698765432", "DE89370400440532013000"]
    assert rows[0].currency == "GBP"
    assert workspace.execute(settings.replace_accounts, (first,)) == (first,)
    with pytest.raises(InvalidInput) as refused:
        workspace.execute(
            settings.replace_accounts, (settings.AccountRow(iban="DE00370400440532013000"),)
        )
    assert refused.value.field == "iban"
    assert workspace.read(settings.accounts) == (first,)


def test_a_profile_that_is_not_set_up_says_so(blank_workspace: Workspace) -> None:
    for query in (settings.workspace_row, settings.company):
        with pytest.raises(Refused, match="yet"):
            blank_workspace.read(query)
