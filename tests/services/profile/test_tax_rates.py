"""Taxes of the company: dated, one default, checked by their category."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from billops_desktop.errors import InvalidInput
from billops_desktop.services.profile import tax_rates
from billops_desktop.services.workspace import Workspace

TODAY = date(2026, 11, 25)


def test_the_default_comes_first_and_only_what_holds(workspace: Workspace) -> None:
    held = workspace.read(tax_rates.tax_rates, on=TODAY)
    assert (held[0].name, held[0].percent, held[0].is_default) == ("USt 19 %", Decimal(19), True)
    assert Decimal(16) not in {row.percent for row in held}
    of_2020 = workspace.read(tax_rates.tax_rates, on=date(2020, 8, 1))
    assert Decimal(16) in {row.percent for row in of_2020}


def test_another_default_and_an_archived_tax(workspace: Workspace) -> None:
    seven = next(row for row in workspace.read(tax_rates.tax_rates) if row.percent == 7)
    assert workspace.execute(tax_rates.set_default_tax, seven.id).is_default
    assert [row.id for row in workspace.read(tax_rates.tax_rates) if row.is_default] == [seven.id]
    workspace.execute(tax_rates.archive_tax, seven.id)
    assert seven.id not in {row.id for row in workspace.read(tax_rates.tax_rates)}
    workspace.execute(tax_rates.archive_tax, seven.id, archived=False)
    assert seven.id in {row.id for row in workspace.read(tax_rates.tax_rates)}


def test_adding_a_tax(workspace: Workspace) -> None:
    new = tax_rates.NewTax(name="Export", category="G", percent=Decimal(0), exemption_text="§ 4")
    assert workspace.execute(tax_rates.add_tax, new).exemption_text == "§ 4"
    for wrong in (
        tax_rates.NewTax(name="x", category="S", percent=Decimal(0)),
        tax_rates.NewTax(name="x", category="Z", percent=Decimal(5)),
        tax_rates.NewTax(name="", category="S", percent=Decimal(5)),
        tax_rates.NewTax(
            name="x",
            category="S",
            percent=Decimal(5),
            valid_from=date(2026, 2, 1),
            valid_to=date(2026, 1, 1),
        ),
    ):
        with pytest.raises(InvalidInput):
            workspace.execute(tax_rates.add_tax, wrong)
