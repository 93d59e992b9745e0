"""Writes the rows of a draft: its header from the client, its lines in bulk, links to entries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select

from billops_desktop.domain.billing.grouping import LineProposal
from billops_desktop.domain.billing.invoice import total
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _, ngettext
from billops_desktop.services import activity
from billops_desktop.services.books import Unit, insert_many
from billops_desktop.services.drafts.amounts import write_totals
from billops_desktop.services.drafts.billable import Billable
from billops_desktop.services.records import add
from billops_desktop.storage.identifiers import new_ids
from billops_desktop.storage.models import (
    Client,
    Company,
    Invoice,
    InvoiceLine,
    TaxRate,
)
from billops_desktop.storage.record import Record
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass

LINE_COLUMNS = (
    "id",
    "invoice_id",
    "position",
    "kind",
    "description",
    "details",
    "project_id",
    "quantity",
    "unit",
    "price",
    "base_quantity",
    "discount_minor",
    "net_minor",
    "tax_rate_id",
    "tax_category",
    "tax_percent",
    "derivation",
)
LINK_COLUMNS = (
    "id",
    "line_id",
    "entry_id",
    "tracked_seconds",
    "billed_seconds",
    "rounding_policy_id",
    "rounding_policy_version",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The dates of a new draft; a due date that is not given follows from the terms."""

    issue_on: date
    due_on: date | None = None
    supply_from: date | None = None
    supply_to: date | None = None


def write_header(work: UnitOfWork, company: Company, client: Client, header: Header) -> Invoice:
    """Add a draft for a client with all that its record and the company's say of invoices."""
    invoice = add(
        work,
        Invoice(
            company_id=company.id,
            client_id=client.id,
            kind="invoice",
            state="draft",
            issue_on=header.issue_on,
            due_on=header.due_on or due_after(header.issue_on, company, client),
            supply_from=header.supply_from,
            supply_to=header.supply_to,
            currency=client.currency,
            language=client.language,
            paper=company.paper,
            template=client.template or company.template,
            client_reference=client.buyer_reference,
            purchase_order=client.purchase_order,
            note=company.invoice_note,
            footer=company.invoice_footer,
            sample=client.sample,
        ),
    )
    activity.record(work, "invoice.drafted", "invoice", invoice.id)
    return invoice


def due_after(issue_on: date, company: Company, client: Client) -> date:
    """Return when an invoice of this date is due: by the client's terms, else by the company's."""
    days = company.terms_days if client.terms_days is None else client.terms_days
    try:
        return issue_on + timedelta(days=days)
    except OverflowError:
        raise InvalidInput(
            _("The draft was not saved: no due date can follow {day}.").format(
                day=issue_on.isoformat()
            ),
            _("Nothing was changed. Choose another invoice date."),
            field="issue_on",
        ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLines:
    """Lines to be written: what they say, the entries behind them, the tax they name."""

    proposals: Sequence[LineProposal]
    ready: Billable
    tax_rate: TaxRate


def write_first_lines(work: UnitOfWork, invoice: Invoice, new: NewLines) -> None:
    """Write the lines of a draft that has none yet, and its totals, computed once."""
    totals = total([line.line for line in new.proposals], currency=invoice.currency)
    write_lines(work, invoice, new, [net.minor for net in totals.line_nets])
    write_totals(work, invoice, totals)


def write_lines(work: UnitOfWork, invoice: Invoice, new: NewLines, nets: Sequence[int]) -> None:
    """Append lines with their links to entries; the totals are left to the caller."""
    first = last_position(work, invoice.id) + 1
    ids = new_ids(len(new.proposals), work.clock.now())
    numbered = list(zip(ids, new.proposals, strict=True))
    rows = (
        (
            line_id,
            invoice.id,
            position,
            "time",
            line.description,
            line.details,
            line.project_id,
            line.quantity,
            line.unit,
            line.rate.price,
            line.base_quantity,
            0,
            net,
            new.tax_rate.id,
            str(line.group.category),
            line.group.percent,
            derivation(line, new.ready),
        )
        for position, ((line_id, line), net) in enumerate(zip(numbered, nets, strict=True), first)
    )
    insert_many(work, Record.metadata.tables["invoice_line"], LINE_COLUMNS, rows)
    _write_links(work, numbered, new.ready)


def _write_links(
    work: UnitOfWork, lines: Sequence[tuple[str, LineProposal]], ready: Billable
) -> None:
    facts = {
        entry.id: (ready.tracked[entry.id], entry.seconds, policy.id, policy.version)
        for entry, policy in zip(ready.entries, ready.policies, strict=True)
    }
    pairs = [(line_id, entry_id) for line_id, line in lines for entry_id in line.entry_ids]
    ids = new_ids(len(pairs), work.clock.now())
    rows = [
        (link_id, line_id, entry_id, *facts[entry_id])
        for link_id, (line_id, entry_id) in zip(ids, pairs, strict=True)
    ]
    insert_many(work, Record.metadata.tables["line_entry"], LINK_COLUMNS, rows)


def derivation(line: LineProposal, ready: Billable) -> str:
    """Say why a line's number is what it is: its entries, tracked and billed time, the rate."""
    tracked = sum(ready.tracked[entry_id] for entry_id in line.entry_ids)
    return derivation_words(len(line.entry_ids), tracked, line.seconds, reason=line.rate.reason)


def derivation_words(count: int, tracked: int, billed: int, *, reason: str) -> str:
    """Say how many entries a line bills, their tracked and billed seconds, and the rate."""
    words = ngettext(
        "{count} entry, {tracked} tracked, {billed} billed; {reason}",
        "{count} entries, {tracked} tracked, {billed} billed; {reason}",
        count,
    )
    return words.format(
        count=count, tracked=clock_hours(tracked), billed=clock_hours(billed), reason=reason
    )


def clock_hours(seconds: int) -> str:
    """Return seconds as 1:30, with seconds of the minute only where there are any."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02d}" + (f":{rest:02d}" if rest else "")


def last_position(work: Unit, invoice_id: str) -> int:
    """Return the position of the last line, 0 when there is none."""
    found = work.session.scalar(
        select(func.max(InvoiceLine.position)).where(InvoiceLine.invoice_id == invoice_id)
    )
    return found or 0
