"""Checks of documents and payments: quiet on drafts, blank profiles and foreign currencies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from billops_desktop.documents.content import DocumentCharge, InvoiceDocument
from billops_desktop.domain.money import Money
from billops_desktop.services.directory import clients
from billops_desktop.services.invoices import rendering
from billops_desktop.services.invoices.composing import compose
from billops_desktop.services.upkeep import checks_money
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import Invoice
from billops_desktop.storage.unit_of_work import ReadingUnit, UnitOfWork
from tests.support import money

CHECKS = (
    checks_money.totals,
    checks_money.live_lines,
    checks_money.numbers,
    checks_money.hashes,
    checks_money.chain,
    checks_money.allocations,
)


def found_by(work: ReadingUnit, check: Callable[[ReadingUnit], Iterable[str]]) -> list[str]:
    return list(check(work))


def test_nothing_is_found_where_nothing_is(blank_workspace: Workspace) -> None:
    for check in CHECKS:
        assert blank_workspace.read(found_by, check) == []


def test_nothing_is_found_on_drafts_that_propose_the_same_time(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    money.log(workspace, job)
    for _n in range(2):
        money.draft(workspace, job)
    for check in CHECKS:
        assert workspace.read(found_by, check) == []


def test_a_discount_of_nothing_that_was_printed_once_is_no_difference(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Earlier versions printed such a row; what is sealed stays, and is whole."""
    printed = DocumentCharge(kind="discount", amount=Money(0, "EUR"), reason="", percent=None)

    def as_before(work: UnitOfWork, invoice: Invoice) -> InvoiceDocument:
        return replace(compose(work, invoice), charges=(printed,))

    monkeypatch.setattr("billops_desktop.services.invoices.invoicing.compose", as_before)
    row = money.issued_item(workspace, money.make_job(workspace))
    assert workspace.read(rendering.document, row.id).charges == (printed,)
    assert workspace.read(lambda work: list(checks_money.hashes(work))) == []


def test_a_draft_is_named_by_its_id(workspace: Workspace) -> None:
    invoice_id = money.draft_item(workspace, money.make_job(workspace))
    named = workspace.read(
        lambda work: checks_money.label(work.session.get_one(Invoice, invoice_id))
    )
    assert named == f"Draft {invoice_id}"


def test_a_client_that_is_given_another_number_breaks_no_document(workspace: Workspace) -> None:
    job = money.make_job(workspace, number="C-1")
    money.issued_item(workspace, job)
    workspace.execute(clients.edit, job.client_id, clients.ClientEdit(number="C-2"))
    assert workspace.read(found_by, checks_money.hashes) == []
