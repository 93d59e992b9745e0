"""Findings about a draft: numbers that are taken, dates that have passed, other documents."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from billops_desktop.errors import Refused
from billops_desktop.services.drafts import drafting
from billops_desktop.services.invoices import review
from billops_desktop.services.workspace import Workspace
from tests.support import money


def rules(workspace: Workspace, invoice_id: str) -> dict[str, str]:
    found = workspace.read(review.findings, invoice_id)
    assert list(found) == sorted(found, key=lambda one: not one.blocks)
    return {finding.rule: finding.severity for finding in found}


def test_a_sound_draft_has_no_findings(workspace: Workspace) -> None:
    assert rules(workspace, money.draft_item(workspace, money.make_job(workspace))) == {}


def test_a_number_that_was_given_already_blocks(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    money.issued_item(workspace, job)
    invoice_id = money.draft_item(workspace, job)
    assert "number" not in rules(workspace, invoice_id)
    # As a number that was given after a backup stays given when the backup is restored.
    given = (
        "INSERT INTO number_used (id, company_id, series_id, period, count, number, void_reason,"
        " created_at, updated_at) SELECT 'f' || substr(id, 2), company_id, series_id, period, 9,"
        " '2026-0002', 'given elsewhere', created_at, updated_at FROM number_used"
    )
    workspace.execute(lambda work: work.session.execute(text(given)))
    assert rules(workspace, invoice_id)["number"] == "block"


def test_a_due_date_in_the_past_is_advice(workspace: Workspace) -> None:
    invoice_id = money.draft_item(
        workspace,
        money.make_job(workspace),
        issue_on=date(2026, 11, 1),
        due_on=date(2026, 11, 2),
    )
    assert rules(workspace, invoice_id) == {"due date": "advice"}


def test_two_drafts_with_the_same_time_name_each_other(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    money.log(workspace, job)
    first = money.draft(workspace, job)
    assert "entry drafted" not in rules(workspace, first)
    money.log(workspace, job, "2026-11-24 11:00")
    second = money.draft(workspace, job)
    workspace.execute(drafting.save, second, drafting.DraftEdit(title="November"))

    def said(invoice_id: str) -> list[str]:
        found = workspace.read(review.findings, invoice_id)
        return [one.message for one in found if one.rule == "entry drafted"]

    assert said(first) == [
        (
            "1 entry is also on the draft “November” of 25 Nov 2026 (€238.00). "
            "Only one of the two can bill it."
        )
    ]
    assert said(second) == [
        "1 entry is also on the draft of 25 Nov 2026 (€119.00). Only one of the two can bill it."
    ]
    workspace.execute(drafting.delete_draft, second)
    assert said(first) == []


def test_only_drafts_are_reviewed_and_numbered(workspace: Workspace) -> None:
    row = money.issued_item(workspace, money.make_job(workspace))
    for ask in (review.findings, review.next_number):
        with pytest.raises(Refused):
            workspace.read(ask, row.id)
