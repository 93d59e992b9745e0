"""Rows of a draft: dates from the terms, positions that follow, every line with its reason."""

from __future__ import annotations

from datetime import date

from billops_desktop.services.drafts import draft_rows, drafting
from billops_desktop.services.invoices import invoice_rows
from billops_desktop.services.workspace import Workspace
from tests.support import money


def test_due_follows_the_client_s_terms_before_the_company_s(workspace: Workspace) -> None:
    for terms, due_on in ((None, date(2026, 12, 9)), (0, date(2026, 11, 25))):
        job = money.make_job(workspace, f"Client {terms}", terms_days=terms)
        invoice_id = workspace.execute(drafting.draft_blank, job.client_id)
        assert workspace.read(invoice_rows.row, invoice_id).due_on == due_on


def test_lines_are_numbered_on_and_say_where_they_come_from(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    invoice_id = money.draft_item(workspace, job)
    assert workspace.read(draft_rows.last_position, invoice_id) == 1
    money.log(workspace, job, hours=0.5)
    request = drafting.DraftRequest(client_id=job.client_id, to_on=money.TO_ON)
    workspace.execute(drafting.add_unbilled, invoice_id, request)

    lines = workspace.read(invoice_rows.detail, invoice_id).lines
    assert [line.position for line in lines] == [1, 2]
    assert lines[1].derivation.startswith("1 entry, 0:30 tracked, 0:30 billed; ")


def test_a_draft_without_lines_starts_at_nought(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    invoice_id = workspace.execute(drafting.draft_blank, job.client_id)
    assert workspace.read(draft_rows.last_position, invoice_id) == 0
