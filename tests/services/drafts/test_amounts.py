"""Amounts: stored lines counted by the domain; taxes and sums are written when they differ."""

from __future__ import annotations

from decimal import Decimal

from billops_desktop.domain.tax import Category, TaxGroup
from billops_desktop.services.books import draft_of
from billops_desktop.services.drafts import amounts, drafting
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.unit_of_work import UnitOfWork
from tests.support import money


def test_taxes_follow_the_groups_of_the_lines(workspace: Workspace) -> None:
    invoice_id = money.draft_item(workspace, money.make_job(workspace), "10.03")
    three = tuple(drafting.LineEdit(description="Part", price=Decimal("10.03")) for _n in range(3))
    workspace.execute(drafting.save, invoice_id, drafting.DraftEdit(lines=three))

    (tax,) = workspace.read(amounts.taxes_of, invoice_id)
    assert (tax.base_minor, tax.tax_minor) == (3_009, 572)

    exempt = drafting.LineEdit(
        description="Abroad", price=Decimal(5), tax_category="AE", tax_percent=Decimal(0)
    )
    workspace.execute(drafting.save, invoice_id, drafting.DraftEdit(lines=(exempt,)))
    (tax,) = workspace.read(amounts.taxes_of, invoice_id)
    assert (tax.category, tax.base_minor, tax.tax_minor) == ("AE", 500, 0)
    assert tax.exemption_text


def test_computing_twice_writes_once(workspace: Workspace) -> None:
    invoice_id = money.draft_item(workspace, money.make_job(workspace))

    def again(work: UnitOfWork) -> None:
        amounts.recompute(work, draft_of(work, invoice_id))

    assert not workspace.perform(again).changes


def test_stored_groups_are_the_domain_s() -> None:
    assert amounts.group_of("S", Decimal(19)) == TaxGroup(Category.STANDARD, Decimal(19))
