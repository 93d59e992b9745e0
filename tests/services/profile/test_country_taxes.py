"""Tests of billops_desktop.services.profile.country_taxes: taxes follow the company's country."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from billops_desktop.services.invoices import invoicing
from billops_desktop.services.profile import country_taxes, onboarding, settings
from billops_desktop.services.profile.settings import CompanyEdit, NewTax, TaxRow
from billops_desktop.services.workspace import Workspace
from tests.support import money


def default_of(workspace: Workspace) -> TaxRow:
    [found] = [row for row in workspace.read(settings.tax_rates) if row.is_default]
    return found


def names(workspace: Workspace) -> list[str]:
    return [row.name for row in workspace.read(settings.tax_rates)]


def move(workspace: Workspace, country: str) -> None:
    workspace.execute(settings.edit_company, CompanyEdit(country=country))


def test_a_neutral_profile_gets_the_taxes_of_the_country_it_is_given(
    blank_workspace: Workspace,
) -> None:
    blank_workspace.execute(onboarding.set_up, onboarding.NewWorkspace(company="x", country="US"))
    assert default_of(blank_workspace).category == "O"
    move(blank_workspace, "DE")
    default = default_of(blank_workspace)
    assert (default.category, default.percent, default.country) == ("S", Decimal(19), "DE")
    assert default.valid_from == date(2021, 1, 1)
    assert {"USt 19 %", "USt 7 %", "Reverse Charge"} <= set(names(blank_workspace))
    assert "No tax" not in names(blank_workspace)
    assert blank_workspace.read(country_taxes.tax_notice) == ""


def test_going_there_and_back_leaves_each_tax_once(workspace: Workspace) -> None:
    before = names(workspace)
    move(workspace, "AT")
    assert default_of(workspace).percent == Decimal(20)
    assert "USt 19 %" not in names(workspace)
    move(workspace, "DE")
    assert names(workspace) == before
    assert default_of(workspace).percent == Decimal(19)


def test_a_small_business_charges_nothing_from_then_on(workspace: Workspace) -> None:
    workspace.execute(settings.edit_company, CompanyEdit(small_business=True))
    assert default_of(workspace).category == "E"
    workspace.execute(settings.edit_company, CompanyEdit(small_business=False))
    assert default_of(workspace).percent == Decimal(19)


def test_a_tax_that_somebody_typed_stays_the_default(workspace: Workspace) -> None:
    own = NewTax(name="Own", category="S", percent=Decimal("12.5"))
    added = workspace.execute(settings.add_tax, own)
    workspace.execute(settings.set_default_tax, added.id)
    move(workspace, "AT")
    assert default_of(workspace).id == added.id
    assert workspace.read(country_taxes.tax_notice) == ""


def test_after_an_issued_invoice_the_default_stays_and_it_is_said(workspace: Workspace) -> None:
    invoice = money.draft_item(workspace, money.make_job(workspace))
    workspace.execute(invoicing.issue, invoice)
    move(workspace, "AT")
    assert default_of(workspace).percent == Decimal(19)
    assert {"USt 19 %", "USt 20 %"} <= set(names(workspace))
    assert "USt 19 %" in workspace.read(country_taxes.tax_notice)


def test_it_is_said_until_a_tax_of_the_new_country_is_the_default(workspace: Workspace) -> None:
    assert workspace.read(settings.tax_notice) == ""
    workspace.execute(invoicing.issue, money.draft_item(workspace, money.make_job(workspace)))
    move(workspace, "AT")
    [usual] = [row for row in workspace.read(settings.tax_rates) if row.name == "USt 20 %"]
    workspace.execute(settings.set_default_tax, usual.id)
    assert workspace.read(settings.tax_notice) == ""
