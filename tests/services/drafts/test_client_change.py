"""Tests of billops_desktop.services.drafts.client_change: a draft goes to another client."""

from __future__ import annotations

from datetime import date

import pytest

from billops_desktop.errors import InvalidInput, Refused
from billops_desktop.services.drafts import drafting
from billops_desktop.services.drafts.client_change import change_client
from billops_desktop.services.invoices import invoicing
from billops_desktop.services.invoices.invoice_rows import detail
from billops_desktop.services.workspace import Workspace
from tests.support import factories, money


def test_what_came_from_the_client_follows_and_what_was_typed_stays(workspace: Workspace) -> None:
    job = money.make_job(workspace, terms_days=10, purchase_order="A-1")
    globex = factories.make_client(
        workspace, "Globex", language="de", terms_days=30, purchase_order="G-2"
    )
    invoice_id = money.draft_item(workspace, job, client_reference="typed")
    before = workspace.read(detail, invoice_id)
    assert (before.row.due_on, before.purchase_order) == (date(2026, 12, 5), "A-1")
    workspace.execute(change_client, invoice_id, globex)
    after = workspace.read(detail, invoice_id)
    assert after.row.client_name == "Globex"
    assert (after.language, after.purchase_order) == ("de", "G-2")
    assert after.client_reference == "typed"
    assert after.row.due_on == date(2026, 12, 25)
    assert after.row.total == before.row.total
    issued = workspace.execute(invoicing.issue, invoice_id)
    assert issued.client_name == "Globex"


def test_a_typed_due_date_stays(workspace: Workspace) -> None:
    job, globex = money.make_job(workspace), factories.make_client(workspace, "Globex")
    invoice_id = money.draft_item(workspace, job, due_on=date(2027, 1, 1))
    workspace.execute(change_client, invoice_id, globex)
    assert workspace.read(detail, invoice_id).row.due_on == date(2027, 1, 1)


def test_time_of_the_present_client_keeps_the_draft(workspace: Workspace) -> None:
    job, globex = money.make_job(workspace), factories.make_client(workspace, "Globex")
    money.log(workspace, job)
    invoice_id = money.draft(workspace, job)
    with pytest.raises(Refused, match="1 entry of Acme GmbH is on this draft"):
        workspace.execute(change_client, invoice_id, globex)
    assert workspace.read(detail, invoice_id).row.client_name == "Acme GmbH"


def test_amounts_never_change_currency_but_an_empty_draft_may(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    london = factories.make_client(workspace, "London", currency="GBP")
    invoice_id = money.draft_item(workspace, job)
    with pytest.raises(Refused, match="London is invoiced in GBP, not EUR"):
        workspace.execute(change_client, invoice_id, london)
    blank = workspace.execute(drafting.draft_blank, job.client_id)
    workspace.execute(change_client, blank, london)
    assert workspace.read(detail, blank).currency == "GBP"


def test_an_issued_invoice_keeps_its_client(workspace: Workspace) -> None:
    job, globex = money.make_job(workspace), factories.make_client(workspace, "Globex")
    row = money.issued_item(workspace, job)
    with pytest.raises(Refused):
        workspace.execute(change_client, row.id, globex)


def test_a_draft_that_no_due_date_can_follow_keeps_its_client(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    last = date(9999, 12, 31)
    other = factories.make_client(workspace, "Globex", terms_days=30)
    invoice_id = money.draft_item(workspace, job, issue_on=last, due_on=last)
    with pytest.raises(InvalidInput, match="no due date can follow"):
        workspace.execute(change_client, invoice_id, other)
