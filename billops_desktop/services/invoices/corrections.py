"""Corrections of issued invoices: cancel by a full credit note, free or keep the entries."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select, update

from billops_desktop.domain.billing.lifecycle import State, check_move
from billops_desktop.domain.reading.typed import check_text
from billops_desktop.errors import InvalidInput, Refused
from billops_desktop.i18n import _
from billops_desktop.services import activity
from billops_desktop.services.books import invoice_of, today
from billops_desktop.services.drafts.amounts import charges_of, lines_of, taxes_of
from billops_desktop.services.invoices import invoice_list
from billops_desktop.services.invoices.composing import stored_document
from billops_desktop.services.invoices.invoice_list import InvoiceRow
from billops_desktop.services.invoices.invoicing import seal
from billops_desktop.services.records import add
from billops_desktop.storage.models import (
    Invoice,
    InvoiceCharge,
    InvoiceLine,
    InvoiceTax,
    LineEntry,
    TimeEntry,
)
from billops_desktop.storage.unit_of_work import UnitOfWork

Part = InvoiceLine | InvoiceCharge | InvoiceTax
# What a credit note takes over from the invoice that it corrects.
HEADER = (
    "company_id",
    "client_id",
    "title",
    "supply_from",
    "supply_to",
    "currency",
    "language",
    "paper",
    "template",
    "client_reference",
    "purchase_order",
    "footer",
    "net_minor",
    "tax_minor",
    "gross_minor",
    "prepaid_minor",
    "rounding_minor",
    "due_minor",
    "base_rate",
    "base_rate_on",
    "base_rate_source",
    "sample",
)
OWN_COLUMNS = frozenset({"id", "created_at", "updated_at", "deleted_at", "_v", "invoice_id"})


def cancel(work: UnitOfWork, invoice_id: str, *, reason: str, release: bool = True) -> InvoiceRow:
    """Cancel an issued invoice by a credit note over all of it; return the credit note.

    ``release`` frees the billed entries for another invoice; otherwise they stay with this one
    until ``release_entries``. What was paid becomes credit of the client.
    """
    invoice = invoice_of(work, invoice_id)
    check_move(State(invoice.state), State.CANCELLED)
    if invoice.kind != "invoice":
        raise Refused(
            _("Only invoices can be cancelled; nothing was changed."),
            _("A credit note stays as it is. Draft a new invoice instead."),
            field="invoice",
        )
    words = check_text(reason, "reason", max_length=500, multiline=False).strip()
    if not words:
        raise InvalidInput(
            _("The invoice was not cancelled: the reason is missing."),
            _("Say why in a few words; the credit note prints them."),
            field="reason",
        )
    original = stored_document(work, invoice)
    note = _credit_note(work, invoice, words)
    seal(work, note, original=original)
    invoice.state, invoice.cancelled_by_id = State.CANCELLED, note.id
    invoice.cancel_reason = words
    work.session.flush()
    activity.record(work, "invoice.cancelled", "invoice", invoice.id, by=note.id)
    activity.record(work, "invoice.credited", "invoice", note.id, of=invoice.id)
    if release:
        _release(work, invoice)
    return invoice_list.row(work, note.id)


def release_entries(work: UnitOfWork, invoice_id: str) -> int:
    """Free the entries that a cancelled invoice still holds; return how many."""
    invoice = invoice_of(work, invoice_id)
    if invoice.state != State.CANCELLED:
        raise Refused(
            _("The entries stay: the invoice is not cancelled."),
            _("Cancel it first; only then can its time go on another invoice."),
            field="invoice",
        )
    return _release(work, invoice)


def _release(work: UnitOfWork, invoice: Invoice) -> int:
    lines = select(InvoiceLine.id).where(InvoiceLine.invoice_id == invoice.id)
    held = (
        LineEntry.line_id.in_(lines),
        LineEntry.claimed_at.is_not(None),
        LineEntry.released_at.is_(None),
    )
    count = work.session.scalar(select(func.count()).select_from(LineEntry).where(*held)) or 0
    if not count:
        return 0
    work.session.execute(
        update(LineEntry)
        .where(*held)
        .values(released_at=work.clock.now())
        .execution_options(synchronize_session=False)
    )
    work.session.execute(
        update(TimeEntry)
        .where(TimeEntry.billed_line_id.in_(lines))
        .values(billed_line_id=None)
        .execution_options(synchronize_session=False)
    )
    activity.record(work, "entry.released", "invoice", invoice.id, entries=count)
    return count


def _credit_note(work: UnitOfWork, invoice: Invoice, reason: str) -> Invoice:
    """Add the draft that mirrors an invoice: the same positive amounts, no due date, no links."""
    note = add(
        work,
        Invoice(
            kind="credit_note",
            state="draft",
            issue_on=max(today(work), invoice.issue_on),
            corrects_invoice_id=invoice.id,
            cancel_reason=reason,
            **{name: getattr(invoice, name) for name in HEADER},
        ),
    )
    rows: list[Part] = [
        *lines_of(work, invoice.id),
        *charges_of(work, invoice.id),
        *taxes_of(work, invoice.id),
    ]
    for row in rows:
        add(work, _copy(row, note.id))
    return note


def _copy(row: Part, invoice_id: str) -> Part:
    """Return a new row that says the same of another document."""
    columns: dict[str, Any] = {
        column.name: getattr(row, column.name)
        for column in row.__table__.columns
        if column.name not in OWN_COLUMNS
    }
    return type(row)(invoice_id=invoice_id, **columns)
