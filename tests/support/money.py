"""Short ways for tests to have priced time, drafts and issued invoices in a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from billops_desktop.domain.money import Money
from billops_desktop.services.drafts import drafting
from billops_desktop.services.invoices import invoicing, payments
from billops_desktop.services.invoices.invoice_rows import InvoiceRow
from billops_desktop.services.workspace import Workspace
from tests.support import factories

TO_ON = date(2026, 11, 30)


@dataclass(frozen=True)
class Job:
    """A client with a project, a task and an hourly rate of 100 EUR."""

    client_id: str
    project_id: str
    task_id: str


def make_job(workspace: Workspace, name: str = "Acme GmbH", **client: Any) -> Job:
    """Add a client with project and task; the first one brings the workspace's rate along."""
    client_id = factories.make_client(workspace, name, **client)
    project_id = factories.make_project(workspace, f"{name} website", client_id=client_id)
    task_id = factories.make_task(workspace, "Development", project_id=project_id)
    currency = client.get("currency", "EUR")
    factories.set_rate(workspace, "100", currency, client_id=client_id)
    return Job(client_id, project_id, task_id)


def log(workspace: Workspace, job: Job, start: str = "2026-11-24 09:00", **more: Any) -> str:
    """Add an hour on a job's task and return the entry's id."""
    usual = {"project_id": job.project_id, "task_id": job.task_id, "description": "Coding"}
    return factories.log(workspace, start, **{**usual, **more}).id


def draft(workspace: Workspace, job: Job, **more: Any) -> str:
    """Draft all unbilled time of a job's client and return the invoice's id."""
    request = drafting.DraftRequest(client_id=job.client_id, **{"to_on": TO_ON, **more})
    return workspace.execute(drafting.draft_from_time, request)


def draft_item(workspace: Workspace, job: Job, price: str = "1000", **more: Any) -> str:
    """Draft one item at a price and return the invoice's id."""
    invoice_id = workspace.execute(drafting.draft_blank, job.client_id)
    line = drafting.LineEdit(description="Workshop", price=Decimal(price))
    edit = drafting.DraftEdit(**{"lines": (line,), "supply_to": date(2026, 11, 25), **more})
    workspace.execute(drafting.save, invoice_id, edit)
    return invoice_id


def issued_item(workspace: Workspace, job: Job, price: str = "1000", **more: Any) -> InvoiceRow:
    """Issue one item at a price (19 % tax on top)."""
    return workspace.execute(invoicing.issue, draft_item(workspace, job, price, **more))


def pay(workspace: Workspace, invoice_id: str, amount: str, **more: Any) -> payments.PaymentRow:
    """Record EUR for an invoice, today; what is more than open is credit."""
    more.setdefault("allow_credit", True)
    money = Money.of(Decimal(amount), more.pop("currency", "EUR"))
    new = payments.NewPayment(invoice_id=invoice_id, amount=money, **more)
    return workspace.execute(payments.record, new)
