"""Findings about a draft: numbers that are taken, dates that have passed, other documents."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from billops_desktop.errors import Refused
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


def test_only_drafts_are_reviewed_and_numbered(workspace: Workspace) -> None:
    row = money.issued_item(workspace, money.make_job(workspace))
    for ask in (review.findings, review.next_number):
        with pytest.raises(Refused):
            workspace.read(ask, row.id)


@pytest.mark.parametrize(
    ("issue_on", "severity", "said"),
    [
        (date(1, 1, 1), "block", "it lies before 1990."),
        (date(1989, 12, 31), "block", "31 Dec 1989 is no date for an invoice"),
        (date(1990, 1, 1), None, ""),
        (date(2026, 11, 25), None, ""),
        (date(2026, 11, 26), "advice", "The invoice date 26 Nov 2026 has not come yet."),
        (date(2027, 11, 26), "advice", "has not come yet."),
        (date(2027, 11, 27), "block", "it is more than a year ahead."),
        (date(2099, 1, 1), "block", "1 Jan 2099 is no date for an invoice"),
    ],
)
def test_an_invoice_bears_a_date_of_our_days(
    workspace: Workspace, issue_on: date, severity: str | None, said: str
) -> None:
    job = money.make_job(workspace)
    invoice_id = money.draft_item(workspace, job, issue_on=issue_on, due_on=date(2099, 12, 31))
    found = [
        one for one in workspace.read(review.findings, invoice_id) if one.rule == "invoice date"
    ]
    assert [one.severity for one in found] == ([] if severity is None else [severity])
    assert said in "".join(one.message for one in found)
