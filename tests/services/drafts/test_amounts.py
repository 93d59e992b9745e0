"""Amounts: stored lines counted by the domain; taxes and sums are written when they differ."""

from __future__ import annotations

from decimal import Decimal

from billops_desktop.domain.money import Money
from billops_desktop.domain.tax import Category, TaxGroup
from billops_desktop.services.books import draft_of
from billops_desktop.services.drafts import amounts, drafting
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.unit_of_work import ReadingUnit, UnitOfWork
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


def test_tax_is_told_in_the_currency_of_the_books_once_a_rate_is_known(
    workspace: Workspace,
) -> None:
    job = money.make_job(workspace, currency="USD")
    invoice_id = money.draft_item(workspace, job, "100")

    def in_euro(work: ReadingUnit) -> Money | None:
        return amounts.tax_in_base(work, draft_of(work, invoice_id))

    assert workspace.read(in_euro) is None
    rate = drafting.DraftEdit(base_rate=Decimal("1.0832"))
    workspace.execute(drafting.save, invoice_id, rate)
    assert workspace.read(in_euro) == Money(1_754, "EUR")
