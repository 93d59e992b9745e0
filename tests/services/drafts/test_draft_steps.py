"""Several steps on a draft: all in one transaction, or none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from billops_desktop.domain.money import Money
from billops_desktop.errors import InvalidInput
from billops_desktop.services.drafts.draft_edits import ChargeEdit, DraftEdit
from billops_desktop.services.drafts.draft_steps import DraftSteps, take_steps
from billops_desktop.services.invoices.invoice_rows import detail
from billops_desktop.services.workspace import Workspace
from tests.support import factories, money

LOYAL = ChargeEdit(reason="Loyal", percent=Decimal(10))


def test_rates_then_charges_then_the_header(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    money.log(workspace, job)
    invoice_id = money.draft(workspace, job)
    factories.set_rate(workspace, "200", project_id=job.project_id)
    steps = DraftSteps(take_rates=True, charges=(LOYAL,), edit=DraftEdit(note="Thanks"))
    done = workspace.perform(take_steps, invoice_id, steps)
    shown = workspace.read(detail, invoice_id)
    assert (shown.totals.net.minor, shown.note) == (18_000, "Thanks")
    assert done.changes.transaction
    courier = ChargeEdit(kind="charge", amount=Money(500, "EUR"))
    workspace.execute(take_steps, invoice_id, DraftSteps(charges=(courier,), charge_tax="S19"))
    first, second = workspace.read(detail, invoice_id).charges
    assert (first.reason, first.percent, first.tax_percent) == ("Loyal", Decimal(10), None)
    assert (second.amount.minor, second.tax_percent) == (500, Decimal(19))


def test_one_refused_step_undoes_those_before_it(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    money.log(workspace, job)
    invoice_id = money.draft(workspace, job)
    factories.set_rate(workspace, "200", project_id=job.project_id)
    before = workspace.read(detail, invoice_id)
    steps = DraftSteps(take_rates=True, edit=DraftEdit(paper="A3"))
    with pytest.raises(InvalidInput):
        workspace.execute(take_steps, invoice_id, steps)
    assert workspace.read(detail, invoice_id) == before
