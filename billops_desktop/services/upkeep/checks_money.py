"""What must hold of documents and payments: sums, live lines, numbers, hashes, allocations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy import func, or_, select

from billops_desktop.domain.billing.invoice import InvoiceTotals
from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import _
from billops_desktop.services.books import Unit
from billops_desktop.services.drafts.amounts import group_of, lines_of, taxes_of, totals_of
from billops_desktop.services.invoices.composing import compose
from billops_desktop.storage.models import (
    Allocation,
    Invoice,
    InvoiceLine,
    LineEntry,
    NumberCounter,
    NumberUsed,
    Payment,
    TimeEntry,
)

SUMS = ("net", "tax", "gross", "prepaid", "rounding", "due")
# Facts of other records (names, addresses, accounts) live in the sealed document only.
FOREIGN_PARTS = frozenset({"seller", "buyer", "banks", "logo_sha256", "accent", "schema"})


def label(invoice: Invoice) -> str:
    """Name a document for a finding: by its number, a draft by its id."""
    if invoice.number:
        return _("Invoice {number}").format(number=invoice.number)
    return _("Draft {id}").format(id=invoice.id)


def totals(work: Unit) -> Iterator[str]:
    """Every amount follows from the lines: line nets, one tax per category and rate, the sums."""
    for invoice in _documents(work, issued_only=False):
        try:
            computed = totals_of(work, invoice)
        except (BillOpsError, ValueError) as error:
            yield f"{label(invoice)}: {error}"
            continue
        yield from _line_findings(work, invoice, computed)
        yield from _tax_findings(work, invoice, computed)
        for name in SUMS:
            stored, wanted = getattr(invoice, f"{name}_minor"), getattr(computed, name).minor
            if stored != wanted:
                yield _differs(invoice, f"{name}_minor", stored, wanted)


def _line_findings(work: Unit, invoice: Invoice, computed: InvoiceTotals) -> Iterator[str]:
    for row, net in zip(lines_of(work, invoice.id), computed.line_nets, strict=True):
        if row.net_minor != net.minor:
            yield _differs(invoice, f"lines[{row.position}].net_minor", row.net_minor, net.minor)


def _tax_findings(work: Unit, invoice: Invoice, computed: InvoiceTotals) -> Iterator[str]:
    stored = {
        group_of(row.category, row.percent): (row.base_minor, row.tax_minor)
        for row in taxes_of(work, invoice.id)
    }
    wanted = {tax.group: (tax.base.minor, tax.tax.minor) for tax in computed.taxes}
    for group in stored.keys() | wanted.keys():
        if stored.get(group) != wanted.get(group):
            field = f"taxes[{group.category} {group.percent}]"
            yield _differs(invoice, field, stored.get(group), wanted.get(group))


def live_lines(work: Unit) -> Iterator[str]:
    """An entry is on at most one live line, and says which; cancelling let go what issue took."""
    live = (LineEntry.claimed_at.is_not(None), LineEntry.released_at.is_(None))
    twice = work.session.execute(
        select(LineEntry.entry_id, func.count())
        .where(*live)
        .group_by(LineEntry.entry_id)
        .having(func.count() > 1)
    )
    for entry_id, count in twice:
        yield _("Entry {id} is on {count} live lines.").format(id=entry_id, count=count)
    claimed = select(LineEntry.entry_id, LineEntry.line_id).where(*live).subquery()
    astray = work.session.execute(
        select(TimeEntry.id)
        .outerjoin(claimed, claimed.c.entry_id == TimeEntry.id)
        .where(TimeEntry.billed_line_id.is_distinct_from(claimed.c.line_id))
    )
    for (entry_id,) in astray:
        yield _("Entry {id} does not say on which line it is billed.").format(id=entry_id)
    loose = work.session.execute(
        select(Invoice, func.count())
        .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
        .join(LineEntry, LineEntry.line_id == InvoiceLine.id)
        .where(
            or_(
                (Invoice.state == "draft") & LineEntry.claimed_at.is_not(None),
                (Invoice.state != "draft") & LineEntry.claimed_at.is_(None),
                (Invoice.state == "issued") & LineEntry.released_at.is_not(None),
            )
        )
        .group_by(Invoice.id)
    )
    for invoice, count in loose:
        yield _("{invoice}: {count} entries are linked in a way its state does not allow.").format(
            invoice=label(invoice), count=count
        )


def numbers(work: Unit) -> Iterator[str]:
    """Numbers run 1..n without a hole per series and period; each has its document or a reason."""
    counters = {
        (row.series_id, row.period): row.last_given
        for row in work.session.scalars(select(NumberCounter))
    }
    given: dict[tuple[str, str], list[int]] = {}
    for row in work.session.scalars(select(NumberUsed).order_by(NumberUsed.count)):
        given.setdefault((row.series_id, row.period), []).append(row.count)
        if row.invoice_id is None and not row.void_reason:
            yield _("Number {number} has neither a document nor a reason.").format(
                number=row.number
            )
    for key in given.keys() | counters.keys():
        counts = given.get(key, [])
        first = counts[0] if counts else 1
        holes = sorted(set(range(first, counters.get(key, 0) + 1)) ^ set(counts))
        if holes:
            yield _(
                "Series {series}, period “{period}”: these counts do not fit: {counts}."
            ).format(series=key[0], period=key[1], counts=", ".join(map(str, holes[:20])))
    unlisted = work.session.scalars(
        select(Invoice)
        .outerjoin(
            NumberUsed,
            (NumberUsed.invoice_id == Invoice.id) & (NumberUsed.number == Invoice.number),
        )
        .where(Invoice.state != "draft", NumberUsed.id.is_(None))
    )
    for invoice in unlisted:
        yield _("{invoice}: its number is not in the list of given numbers.").format(
            invoice=label(invoice)
        )


def hashes(work: Unit) -> Iterator[str]:
    """No issued document differs from its hash, and its rows say what the document says."""
    for invoice in _documents(work, issued_only=True):
        content = f"{invoice.previous_sha256 or ''}{invoice.snapshot_json or ''}"
        if sha256(content.encode()).hexdigest() != invoice.content_sha256:
            yield _("{invoice}: content_sha256 is not the hash of its document.").format(
                invoice=label(invoice)
            )
        try:
            sealed = _own_parts(json.loads(invoice.snapshot_json or ""))
            composed = _own_parts(json.loads(compose(work, invoice, logo=False).to_json()))
        except (BillOpsError, ValueError, TypeError, LookupError, ArithmeticError) as error:
            yield f"{label(invoice)}: {error}"
            continue
        for path in _differences(sealed, composed):
            yield _("{invoice}: {field} differs from the sealed document.").format(
                invoice=label(invoice), field=path
            )


def _own_parts(document: dict[str, Any]) -> dict[str, Any]:
    """Return what a document must go on saying, whatever becomes of its client.

    Charges of zero are left out: earlier versions printed them, none does now. So is the number of
    the client, which may be given another one like its name and address.
    """
    charges = [one for one in document["charges"] if one["amount"]["minor"]]
    references = [one for one in document["references"] if one["label"] != "client_number"]
    return {**document, "charges": charges, "references": references}


def _differences(sealed: dict[str, Any], composed: dict[str, Any]) -> Iterator[str]:
    for name in sorted((sealed.keys() | composed.keys()) - FOREIGN_PARTS):
        yield from _paths(name, sealed.get(name), composed.get(name))


def _paths(path: str, sealed: Any, composed: Any) -> Iterator[str]:
    """Return the paths at which two JSON values differ."""
    if isinstance(sealed, dict) and isinstance(composed, dict):
        for name in sorted(sealed.keys() | composed.keys()):
            yield from _paths(f"{path}.{name}", sealed.get(name), composed.get(name))
    elif isinstance(sealed, list) and isinstance(composed, list) and len(sealed) == len(composed):
        for index, (one, other) in enumerate(zip(sealed, composed, strict=True)):
            yield from _paths(f"{path}[{index}]", one, other)
    elif sealed != composed:
        yield path


def chain(work: Unit) -> Iterator[str]:
    """The hashes of each company's documents form one whole chain from the first to the last."""
    by_company: dict[str, list[Invoice]] = {}
    for invoice in _documents(work, issued_only=True):
        by_company.setdefault(invoice.company_id, []).append(invoice)
    for invoices in by_company.values():
        following: dict[str | None, list[Invoice]] = {}
        for invoice in invoices:
            following.setdefault(invoice.previous_sha256, []).append(invoice)
        link, reached = None, set()
        while len(following.get(link, [])) == 1:
            (invoice,) = following[link]
            if invoice.id in reached:
                break
            reached.add(invoice.id)
            link = invoice.content_sha256
        for invoice in invoices:
            if invoice.id not in reached:
                yield _("{invoice}: previous_sha256 breaks the chain of documents.").format(
                    invoice=label(invoice)
                )


def allocations(work: Unit) -> Iterator[str]:
    """Every allocation is within its payment and its invoice, of one client and currency."""
    amount = func.sum(Allocation.amount_minor)
    kept = (Allocation.deleted_at.is_(None),)
    over = work.session.execute(
        select(Payment, amount)
        .join(Allocation, Allocation.payment_id == Payment.id)
        .where(*kept)
        .group_by(Payment.id)
    )
    for payment, minor in over:
        if payment.deleted_at is not None or not 0 <= minor <= max(payment.amount_minor, 0):
            yield _("Payment {id}: its parts do not fit its amount.").format(id=payment.id)
    settled = work.session.execute(
        select(Invoice, amount)
        .join(Allocation, Allocation.invoice_id == Invoice.id)
        .where(*kept)
        .group_by(Invoice.id)
    )
    for invoice, minor in settled:
        if not 0 <= minor <= invoice.due_minor:
            yield _("{invoice}: more is allocated than it asks for.").format(invoice=label(invoice))
    unlike = work.session.execute(
        select(Payment.id, Invoice)
        .join(Allocation, Allocation.payment_id == Payment.id)
        .join(Invoice, Invoice.id == Allocation.invoice_id)
        .where(
            *kept,
            (Payment.currency != Invoice.currency)
            | (Payment.client_id != Invoice.client_id)
            | (Invoice.state == "draft"),
        )
    )
    for payment_id, invoice in unlike:
        yield _("Payment {id} does not fit {invoice}.").format(
            id=payment_id, invoice=label(invoice)
        )


def _documents(work: Unit, *, issued_only: bool) -> list[Invoice]:
    query = select(Invoice).where(Invoice.deleted_at.is_(None)).order_by(Invoice.id)
    if issued_only:
        query = select(Invoice).where(Invoice.state != "draft").order_by(Invoice.id)
    return list(work.session.scalars(query))


def _differs(invoice: Invoice, field: str, stored: object, wanted: object) -> str:
    return _("{invoice}: {field} is {stored}, its lines give {wanted}.").format(
        invoice=label(invoice), field=field, stored=_plain(stored), wanted=_plain(wanted)
    )


def _plain(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)
