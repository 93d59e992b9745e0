"""Gives a draft to another client: what follows from the client changes, what was typed stays."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from billops_desktop.errors import Refused
from billops_desktop.i18n import _, ngettext
from billops_desktop.services.books import client_of, company_of, draft_of
from billops_desktop.services.drafts.amounts import charges_of, lines_of, recompute
from billops_desktop.services.drafts.draft_rows import due_after
from billops_desktop.services.drafts.line_taxes import tax_rate_of
from billops_desktop.services.drafts.line_time import entries_on
from billops_desktop.services.records import change
from billops_desktop.storage.models import Client, Company, Invoice
from billops_desktop.storage.unit_of_work import UnitOfWork


def change_client(work: UnitOfWork, invoice_id: str, client_id: str) -> None:
    """Let a draft be for another client.

    Refused while the present client's time is on it, and where amounts would change currency.
    Language, references, due date and taxes follow the client as far as they came from one.
    """
    invoice = draft_of(work, invoice_id)
    before, client = client_of(work, invoice.client_id), client_of(work, client_id)
    if before.id == client.id:
        return
    _check_time(work, invoice, before, client)
    _check_currency(work, invoice, client)
    company = company_of(work, invoice.company_id)
    _retax(work, invoice, company, (before, client))
    change(work, invoice, _columns(invoice, company, before, client))
    recompute(work, invoice)


def _check_time(work: UnitOfWork, invoice: Invoice, before: Client, client: Client) -> None:
    count = work.session.scalar(select(func.count()).select_from(entries_on(invoice.id).subquery()))
    if count:
        title = ngettext(
            "The client was not changed: {count} entry of {client} is on this draft.",
            "The client was not changed: {count} entries of {client} are on this draft.",
            count,
        )
        raise Refused(
            title.format(count=count, client=before.name),
            _("Draft an invoice for {client}, or delete the lines of time first.").format(
                client=client.name
            ),
            field="client_id",
        )


def _check_currency(work: UnitOfWork, invoice: Invoice, client: Client) -> None:
    if client.currency == invoice.currency:
        return
    priced = any(line.price for line in lines_of(work, invoice.id))
    if priced or charges_of(work, invoice.id) or invoice.prepaid_minor:
        raise Refused(
            _(
                "The client was not changed: {client} is invoiced in {other}, not {currency}."
            ).format(client=client.name, other=client.currency, currency=invoice.currency),
            _("Amounts keep their currency. Start a blank invoice for {client}.").format(
                client=client.name
            ),
            field="client_id",
        )


def _columns(invoice: Invoice, company: Company, before: Client, client: Client) -> dict[str, Any]:
    """Return what follows from the new client; what differs from the old one's was typed."""
    columns: dict[str, Any] = {
        "client_id": client.id,
        "currency": client.currency,
        "sample": client.sample,
    }
    for name, source in (
        ("language", "language"),
        ("client_reference", "buyer_reference"),
        ("purchase_order", "purchase_order"),
    ):
        if getattr(invoice, name) == getattr(before, source):
            columns[name] = getattr(client, source)
    if invoice.due_on == due_after(invoice.issue_on, company, before):
        columns["due_on"] = due_after(invoice.issue_on, company, client)
    return columns


def _retax(
    work: UnitOfWork, invoice: Invoice, company: Company, clients: tuple[Client, Client]
) -> None:
    """Let lines that bear the old client's usual tax bear the new one's."""
    on = invoice.supply_to or invoice.issue_on
    old, new = (tax_rate_of(work, company, one, on) for one in clients)
    for line in lines_of(work, invoice.id):
        if line.tax_rate_id == old.id != new.id:
            columns = {"tax_rate_id": new.id, "tax_category": new.category}
            change(work, line, {**columns, "tax_percent": new.percent})
