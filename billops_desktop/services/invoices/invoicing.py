"""Issues a draft: checks, number, links to entries and the sealed document, all or nothing."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import func, select, update

from billops_desktop.documents.content import InvoiceDocument
from billops_desktop.domain.billing.findings import Finding
from billops_desktop.domain.billing.lifecycle import State
from billops_desktop.errors import IntegrityFault, Refused
from billops_desktop.i18n import _
from billops_desktop.services import activity
from billops_desktop.services.books import draft_of
from billops_desktop.services.drafts.amounts import recompute
from billops_desktop.services.invoices import invoice_list
from billops_desktop.services.invoices.composing import compose, with_parties_of
from billops_desktop.services.invoices.invoice_list import InvoiceRow
from billops_desktop.services.invoices.review import (
    findings,
    next_number,
    number_after,
    series_of,
    unissued,
)
from billops_desktop.services.profile.given_numbers import note_given, refuse_unsure
from billops_desktop.services.profile.number_series import counter_of
from billops_desktop.services.records import add
from billops_desktop.storage.models import (
    Invoice,
    InvoiceLine,
    LineEntry,
    NumberCounter,
    NumberUsed,
    TimeEntry,
)
from billops_desktop.storage.unit_of_work import UnitOfWork

__all__ = ["NotReady", "findings", "issue", "next_number", "seal"]


class NotReady(Refused):
    """A draft that cannot be issued yet; ``findings`` are all reasons at once, advice included."""

    def __init__(self, found: tuple[Finding, ...]) -> None:
        blocking = [finding for finding in found if finding.blocks]
        super().__init__(
            _("The invoice was not issued; it is still a draft."),
            " ".join(finding.message for finding in blocking),
            field=blocking[0].field,
        )
        self.findings = found


def issue(work: UnitOfWork, invoice_id: str) -> InvoiceRow:
    """Issue a draft: it gets its number and can never be changed again.

    NotReady carries all findings when any of them blocks; then nothing was written.
    """
    invoice = unissued(work, invoice_id)
    recompute(work, invoice)
    found = findings(work, invoice_id)
    if any(finding.blocks for finding in found):
        raise NotReady(found)
    seal(work, invoice)
    return invoice_list.row(work, invoice_id)


def seal(work: UnitOfWork, invoice: Invoice, *, original: InvoiceDocument | None = None) -> None:
    """Number a checked draft, claim its entries and freeze its document.

    A correction keeps the parties of the ``original`` document.
    """
    draft_of(work, invoice.id)
    refuse_unsure(work)
    _claim(work, invoice)
    series = series_of(work, invoice)
    period, count, number = number_after(work, series, invoice)
    _give(work, invoice, period=period, count=count, number=number)
    invoice.number, invoice.series_id, invoice.state = number, series.id, State.ISSUED
    # Not flushed yet: the row turns to issued in one statement, with its document in it.
    with work.session.no_autoflush:
        document = compose(work, invoice)
        if original is not None:
            document = with_parties_of(document, original)
        snapshot = document.to_json()
        previous = chain_head(work, invoice.company_id)
    invoice.snapshot_json = snapshot
    invoice.previous_sha256 = previous
    invoice.content_sha256 = sha256(f"{previous or ''}{snapshot}".encode()).hexdigest()
    invoice.issued_at = invoice.updated_at = work.clock.now()
    work.session.flush()
    activity.record(work, "invoice.issued", "invoice", invoice.id, number=number)


def chain_head(work: UnitOfWork, company_id: str) -> str | None:
    """Return the hash of the company's last sealed document, None before the first."""
    sealed = (Invoice.company_id == company_id, Invoice.state != "draft")
    followed = select(Invoice.previous_sha256).where(*sealed, Invoice.previous_sha256.is_not(None))
    heads = work.session.scalars(
        select(Invoice.content_sha256).where(*sealed, Invoice.content_sha256.not_in(followed))
    ).all()
    if len(heads) > 1:
        raise IntegrityFault(
            _("The chain of issued documents is broken, so this one was not issued."),
            _("Nothing was changed. Run a check, then restore a backup."),
        )
    return heads[0] if heads else None


def _claim(work: UnitOfWork, invoice: Invoice) -> None:
    """Link every proposed entry for good; the database refuses one that is claimed already."""
    lines = select(InvoiceLine.id).where(InvoiceLine.invoice_id == invoice.id)
    at = work.clock.now()
    proposed = work.session.scalar(
        select(func.count()).select_from(LineEntry).where(LineEntry.line_id.in_(lines))
    )
    if not proposed:
        return
    work.session.execute(
        update(LineEntry)
        .where(LineEntry.line_id.in_(lines), LineEntry.claimed_at.is_(None))
        .values(claimed_at=at)
        .execution_options(synchronize_session=False)
    )
    links = (
        select(LineEntry.entry_id, LineEntry.line_id)
        .where(LineEntry.line_id.in_(lines), LineEntry.released_at.is_(None))
        .subquery()
    )
    work.session.execute(
        update(TimeEntry)
        .where(TimeEntry.id == links.c.entry_id, TimeEntry.billed_line_id.is_(None))
        .values(billed_line_id=links.c.line_id)
        .execution_options(synchronize_session=False)
    )
    activity.record(work, "entry.billed", "invoice", invoice.id, entries=proposed)


def _give(work: UnitOfWork, invoice: Invoice, *, period: str, count: int, number: str) -> None:
    """Move the counter on and list the number as given."""
    series = series_of(work, invoice)
    counter = counter_of(work, series, period)
    if counter is None:
        add(work, NumberCounter(series_id=series.id, period=period, last_given=count))
    else:
        counter.last_given = count
        work.session.flush()
    given = add(
        work,
        NumberUsed(
            company_id=invoice.company_id,
            series_id=series.id,
            period=period,
            count=count,
            number=number,
            invoice_id=invoice.id,
        ),
    )
    note_given(work, given, series)
