"""Taxes of lines: the client's own before the company's, or the one meant by what is typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select, text

from billops_desktop.errors import InvalidInput, Refused
from billops_desktop.services.books import client_of, company_of
from billops_desktop.services.directory import clients
from billops_desktop.services.drafts.line_taxes import code_of, tax_named, tax_rate_of
from billops_desktop.services.profile import settings
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import TaxRate
from billops_desktop.storage.unit_of_work import ReadingUnit
from tests.support import factories

TODAY = date(2026, 11, 25)


def test_category_and_percent_are_read() -> None:
    assert code_of(" s19,5 % ") == ("S", Decimal("19.5"))
    assert code_of("AE") == ("AE", Decimal(0))
    assert code_of("USt 19 %") is None


def test_a_tax_is_found_by_name_and_by_code(workspace: Workspace) -> None:
    def percent(named: str) -> Decimal:
        return workspace.read(lambda w: tax_named(w, company_of(w).id, named, on=TODAY).percent)

    assert percent("ust 7%") == Decimal(7)
    assert percent("S19") == Decimal(19)
    with pytest.raises(InvalidInput) as refused:
        percent("S99")
    assert refused.value.field == "tax"
    assert "USt 19 %" in refused.value.hint


def test_of_two_with_one_name_the_one_that_holds_counts(workspace: Workspace) -> None:
    for figure, until in (("5", date(2025, 12, 31)), ("6", None)):
        new = settings.NewTax(name="Local", category="S", percent=Decimal(figure), valid_to=until)
        workspace.execute(settings.add_tax, new)
    found = workspace.read(lambda w: tax_named(w, company_of(w).id, "Local", on=TODAY).percent)
    assert found == Decimal(6)


def tax_name(workspace: Workspace, client_id: str) -> tuple[str, Decimal]:
    def found(work: ReadingUnit) -> tuple[str, Decimal]:
        rate = tax_rate_of(work, company_of(work), client_of(work, client_id), TODAY)
        return rate.category, rate.percent

    return workspace.read(found)


def test_the_client_s_tax_goes_before_the_company_s(workspace: Workspace) -> None:
    client_id = factories.make_client(workspace)
    assert tax_name(workspace, client_id) == ("S", Decimal(19))
    reduced = workspace.read(
        lambda work: work.session.scalars(select(TaxRate.id).where(TaxRate.percent == 7)).first()
    )
    workspace.execute(clients.edit, client_id, clients.ClientEdit(tax_rate_id=reduced))
    assert tax_name(workspace, client_id) == ("S", Decimal(7))


def test_without_any_tax_nothing_is_drafted(workspace: Workspace) -> None:
    client_id = factories.make_client(workspace)
    workspace.execute(lambda work: work.session.execute(text("UPDATE tax_rate SET archived = 1")))
    with pytest.raises(Refused, match="tax rate"):
        tax_name(workspace, client_id)
