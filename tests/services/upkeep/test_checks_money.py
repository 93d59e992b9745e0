"""Checks of documents and payments: quiet on drafts, blank profiles and foreign currencies."""

from __future__ import annotations

from billops_desktop.services.upkeep import checks_money
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import Invoice
from tests.support import money

CHECKS = (
    checks_money.totals,
    checks_money.live_lines,
    checks_money.numbers,
    checks_money.hashes,
    checks_money.chain,
    checks_money.allocations,
)


def test_nothing_is_found_where_nothing_is(blank_workspace: Workspace) -> None:
    for check in CHECKS:
        assert blank_workspace.read(lambda work, check=check: list(check(work))) == []


def test_nothing_is_found_on_drafts_that_propose_the_same_time(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    money.log(workspace, job)
    for _n in range(2):
        money.draft(workspace, job)
    for check in CHECKS:
        assert workspace.read(lambda work, check=check: list(check(work))) == []


def test_a_draft_is_named_by_its_id(workspace: Workspace) -> None:
    invoice_id = money.draft_item(workspace, money.make_job(workspace))
    named = workspace.read(
        lambda work: checks_money.label(work.session.get_one(Invoice, invoice_id))
    )
    assert named == f"Draft {invoice_id}"
