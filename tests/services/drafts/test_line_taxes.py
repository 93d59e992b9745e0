"""Tests of billops_desktop.services.drafts.line_taxes: a tax found by what is typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from billops_desktop.errors import InvalidInput
from billops_desktop.services.books import company_of
from billops_desktop.services.drafts.line_taxes import code_of, tax_named
from billops_desktop.services.profile import settings
from billops_desktop.services.workspace import Workspace

TODAY = date(2026, 11, 25)


def test_category_and_percent_are_read() -> None:
    assert code_of(" s19,5 % ") == ("S", Decimal("19.5"))
    assert code_of("AE") == ("AE", Decimal(0))
    assert code_of("USt 19%") is None


def test_a_tax_is_found_by_name_and_by_code(workspace: Workspace) -> None:
    def percent(named: str) -> Decimal:
        return workspace.read(lambda w: tax_named(w, company_of(w).id, named, on=TODAY).percent)

    assert percent("ust 7%") == Decimal(7)
    assert percent("S19") == Decimal(19)
    with pytest.raises(InvalidInput) as refused:
        percent("S99")
    assert refused.value.field == "tax"
    assert "USt 19%" in refused.value.hint


def test_of_two_with_one_name_the_one_that_holds_counts(workspace: Workspace) -> None:
    for figure, until in (("5", date(2025, 12, 31)), ("6", None)):
        new = settings.NewTax(name="Local", category="S", percent=Decimal(figure), valid_to=until)
        workspace.execute(settings.add_tax, new)
    found = workspace.read(lambda w: tax_named(w, company_of(w).id, "Local", on=TODAY).percent)
    assert found == Decimal(6)
