"""One invoice in detail: header, lines, charges, totals, payments and what happened to it."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from sqlalchemy import func, select

from billops_desktop.domain.billing.findings import Finding
from billops_desktop.domain.billing.invoice import ChargePart, InvoiceTotals
from billops_desktop.domain.money import Money
from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import _
from billops_desktop.services.books import Unit, invoice_of
from billops_desktop.services.drafts.amounts import charges_of, lines_of, totals_of
from billops_desktop.services.invoices.invoice_list import InvoiceRow, row
from billops_desktop.services.invoices.payments import (
    PaymentRow,
    client_credits,
    payments,
    summary,
)
from billops_desktop.services.invoices.review import findings, next_number
from billops_desktop.services.invoices.review_time import seconds_left
from billops_desktop.storage.models import (
    Event,
    Invoice,
    InvoiceCharge,
    InvoiceLine,
    LineEntry,
    Project,
    TimeEntry,
)
from billops_desktop.values import dataclass

HistoryKind = Literal["drafted", "issued", "payment", "paid", "cancelled", "released"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """One line as an editor shows it; ``tracked_seconds`` is what its entries really took."""

    id: str
    position: int
    kind: str
    description: str
    details: str
    quantity: Decimal
    unit: str
    price: Decimal
    base_quantity: Decimal
    discount_percent: Decimal | None
    discount: Money | None
    net: Money
    tax_rate_id: str | None
    tax_category: str
    tax_percent: Decimal
    derivation: str
    entry_count: int
    tracked_seconds: int
    billed_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEntryRow:
    """One entry behind a line: when, what, tracked and billed."""

    entry_id: str
    local_on: date
    project_name: str
    description: str
    tracked_seconds: int
    billed_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeShare:
    """What a discount or charge takes off, or puts on, the base of one tax."""

    tax_category: str
    tax_percent: Decimal
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeRow:
    """A discount or charge on the whole document, with the amount that it comes to.

    ``tax_category`` and ``tax_percent`` are the tax that it was given for; None is spread over
    all taxes of the lines. ``shares`` are the taxes that it falls under, either way.
    """

    kind: str
    reason: str
    percent: Decimal | None
    amount: Money
    tax_category: str | None = None
    tax_percent: Decimal | None = None
    shares: tuple[ChargeShare, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One thing that happened to an invoice."""

    at: datetime
    text: str
    kind: HistoryKind


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceDetail:
    """All of one invoice; ``findings`` and ``next_number`` only while it is a draft."""

    row: InvoiceRow
    supply_from: date | None
    supply_to: date | None
    language: str
    paper: str
    template: str
    client_reference: str
    purchase_order: str
    terms: str
    note: str
    footer: str
    currency: str
    corrects_invoice_id: str | None
    cancelled_by_id: str | None
    cancel_reason: str
    updated_at: datetime
    lines: tuple[LineRow, ...]
    charges: tuple[ChargeRow, ...]
    totals: InvoiceTotals
    received: Money
    payments: tuple[PaymentRow, ...]
    history: tuple[HistoryRow, ...]
    findings: tuple[Finding, ...]
    next_number: str | None
    unbilled_seconds: int
    client_credit: Money


def detail(work: Unit, invoice_id: str) -> InvoiceDetail:
    """Return one invoice with all that a panel or an editor shows of it."""
    invoice = invoice_of(work, invoice_id)
    draft = invoice.state == "draft"
    totals = totals_of(work, invoice)
    received = payments(work, invoice_id=invoice_id)
    parts = [
        part.amount for one in received for part in one.allocations if part.invoice_id == invoice_id
    ]
    return InvoiceDetail(
        row=row(work, invoice_id),
        supply_from=invoice.supply_from,
        supply_to=invoice.supply_to,
        language=invoice.language,
        paper=invoice.paper,
        template=invoice.template,
        client_reference=invoice.client_reference,
        purchase_order=invoice.purchase_order,
        terms=invoice.terms,
        note=invoice.note,
        footer=invoice.footer,
        currency=invoice.currency,
        corrects_invoice_id=invoice.corrects_invoice_id,
        cancelled_by_id=invoice.cancelled_by_id,
        cancel_reason=invoice.cancel_reason,
        updated_at=invoice.updated_at,
        lines=_lines(work, invoice),
        charges=_charges(work, invoice, totals),
        totals=totals,
        received=Money.sum(parts, invoice.currency),
        payments=received,
        history=_history(work, invoice, received),
        findings=findings(work, invoice_id) if draft else (),
        next_number=_next_number(work, invoice_id) if draft else None,
        unbilled_seconds=seconds_left(work, invoice) if draft else 0,
        client_credit=_client_credit(work, invoice),
    )


def _client_credit(work: Unit, invoice: Invoice) -> Money:
    """Return what the client has to its credit in the currency of the invoice."""
    found = [
        one.amount
        for one in client_credits(work, invoice.client_id)
        if one.amount.currency == invoice.currency
    ]
    return Money.sum(found, invoice.currency)


def entries_of_line(work: Unit, line_id: str) -> tuple[LineEntryRow, ...]:
    """Return the entries behind one line, oldest first."""
    found = work.session.execute(
        select(
            TimeEntry.id,
            TimeEntry.local_on,
            func.coalesce(Project.name, ""),
            TimeEntry.description,
            LineEntry.tracked_seconds,
            LineEntry.billed_seconds,
        )
        .join(LineEntry, LineEntry.entry_id == TimeEntry.id)
        .outerjoin(Project, Project.id == TimeEntry.project_id)
        .where(LineEntry.line_id == line_id)
        .order_by(TimeEntry.local_on, TimeEntry.started_at, TimeEntry.id)
    )
    return tuple(
        LineEntryRow(
            entry_id=id_,
            local_on=local_on,
            project_name=project,
            description=description,
            tracked_seconds=tracked,
            billed_seconds=billed,
        )
        for id_, local_on, project, description, tracked, billed in found
    )


def _next_number(work: Unit, invoice_id: str) -> str | None:
    try:
        return next_number(work, invoice_id)
    except BillOpsError:
        return None  # the reason stands among the findings


def _lines(work: Unit, invoice: Invoice) -> tuple[LineRow, ...]:
    linked = {
        line_id: (count, tracked, billed)
        for line_id, count, tracked, billed in work.session.execute(
            select(
                LineEntry.line_id,
                func.count(),
                func.sum(LineEntry.tracked_seconds),
                func.sum(LineEntry.billed_seconds),
            )
            .join(InvoiceLine, InvoiceLine.id == LineEntry.line_id)
            .where(InvoiceLine.invoice_id == invoice.id)
            .group_by(LineEntry.line_id)
        )
    }
    return tuple(
        _line(line, invoice.currency, linked.get(line.id, (0, 0, 0)))
        for line in lines_of(work, invoice.id)
    )


def _line(line: InvoiceLine, currency: str, linked: tuple[int, int, int]) -> LineRow:
    count, tracked, billed = linked
    return LineRow(
        id=line.id,
        position=line.position,
        kind=line.kind,
        description=line.description,
        details=line.details,
        quantity=line.quantity,
        unit=line.unit,
        price=line.price,
        base_quantity=line.base_quantity,
        discount_percent=line.discount_percent,
        discount=Money(line.discount_minor, currency) if line.discount_minor else None,
        net=Money(line.net_minor, currency),
        tax_rate_id=line.tax_rate_id,
        tax_category=line.tax_category,
        tax_percent=line.tax_percent,
        derivation=line.derivation,
        entry_count=count,
        tracked_seconds=tracked,
        billed_seconds=billed,
    )


def _charges(work: Unit, invoice: Invoice, totals: InvoiceTotals) -> tuple[ChargeRow, ...]:
    return tuple(
        _charge(charge, tuple(part for part in totals.charges if part.position == place), invoice)
        for place, charge in enumerate(charges_of(work, invoice.id))
    )


def _charge(charge: InvoiceCharge, parts: tuple[ChargePart, ...], invoice: Invoice) -> ChargeRow:
    return ChargeRow(
        kind=charge.kind,
        reason=charge.reason,
        percent=charge.percent,
        amount=Money.sum((part.amount for part in parts), invoice.currency),
        tax_category=charge.tax_category,
        tax_percent=charge.tax_percent,
        shares=tuple(
            ChargeShare(
                tax_category=str(part.group.category),
                tax_percent=part.group.percent,
                amount=part.amount,
            )
            for part in parts
        ),
    )


def _history(
    work: Unit, invoice: Invoice, received: tuple[PaymentRow, ...]
) -> tuple[HistoryRow, ...]:
    events = work.session.scalars(
        select(Event)
        .where(Event.record_table == "invoice", Event.record_id == invoice.id)
        .order_by(Event.sequence)
    ).all()
    ids = [one.id for one in received]
    firsts = work.session.execute(
        select(Event.record_id, func.min(Event.at))
        .where(Event.kind == "payment.received", Event.record_id.in_(ids))
        .group_by(Event.record_id)
    )
    recorded: dict[str, datetime] = {one[0]: one[1] for one in firsts}
    rows = [told for event in events if (told := _told(event)) is not None]
    rows += [
        HistoryRow(at=recorded[one.id], text=summary(one), kind="payment")
        for one in received
        if one.id in recorded
    ]
    return tuple(sorted(rows, key=lambda one: one.at, reverse=True))


def _told(event: Event) -> HistoryRow | None:
    payload = json.loads(event.payload_json)
    rows: dict[str, tuple[HistoryKind, str]] = {
        "invoice.drafted": ("drafted", _("Drafted")),
        "invoice.issued": (
            "issued",
            _("Issued, number {number}").format(number=payload.get("number", "")),
        ),
        "invoice.paid": ("paid", _("Paid in full")),
        "invoice.cancelled": ("cancelled", _("Cancelled by a credit note")),
        "entry.released": (
            "released",
            _("{count} entries freed").format(count=payload.get("entries", 0)),
        ),
    }
    found = rows.get(event.kind)
    return None if found is None else HistoryRow(at=event.at, text=found[1], kind=found[0])
