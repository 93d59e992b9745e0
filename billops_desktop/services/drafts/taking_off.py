"""Takes the time off a draft that it cannot bill any more: links, quantities, lines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import delete

from billops_desktop.domain.billing.invoice import SECONDS_UNIT
from billops_desktop.errors import Refused
from billops_desktop.i18n import _
from billops_desktop.services.books import draft_of
from billops_desktop.services.drafts.amounts import lines_of, recompute
from billops_desktop.services.drafts.draft_rows import derivation_words
from billops_desktop.services.drafts.line_time import (
    Link,
    bills_time,
    counting_rate,
    links_by_line,
    links_of,
    quantity_of,
    reason_of,
)
from billops_desktop.services.rates.pricing import RateBook
from billops_desktop.services.records import change
from billops_desktop.storage.models import Invoice, InvoiceLine, LineEntry
from billops_desktop.storage.unit_of_work import UnitOfWork


def take_off(work: UnitOfWork, invoice_id: str) -> int:
    """Take off a draft the entries that it cannot bill any more; return how many.

    Another invoice bills them, or they were deleted, run again, went to another client or are not
    billable. A line bills that much less; a line of time that keeps no entry is removed. A fixed
    price stays.
    """
    invoice = draft_of(work, invoice_id)
    taken = take_off_lines(work, invoice)
    if not taken:
        raise Refused(
            _("No time was taken off: this draft can bill all time that is on it."),
            _("Nothing was changed."),
            field="lines",
        )
    recompute(work, invoice)
    return sum(taken.values())


def take_off_lines(work: UnitOfWork, invoice: Invoice) -> dict[str, int]:
    """Take off what cannot be billed; return how many entries left each line that lost any.

    The totals are left to the caller.
    """
    by_line = links_by_line(links_of(work, invoice.id, gone=True))
    taken: dict[str, int] = {}
    for line in lines_of(work, invoice.id):
        mine = by_line.get(line.id, [])
        kept = [link for link in mine if _stays(link, line, invoice)]
        gone = [link for link in mine if not _stays(link, line, invoice)]
        if gone:
            taken[line.id] = len(gone)
            _take_off(work, line, gone, kept)
    if taken:
        for position, line in enumerate(lines_of(work, invoice.id), start=1):
            change(work, line, {"position": position})
    return taken


def _stays(link: Link, line: InvoiceLine, invoice: Invoice) -> bool:
    return link.entry.billed_line_id in {None, line.id} and link.bills_to(invoice.client_id)


def _take_off(work: UnitOfWork, line: InvoiceLine, off: list[Link], kept: list[Link]) -> None:
    gone = [link.entry.id for link in off]
    quantity = _quantity(work, line, off, kept)
    work.session.execute(
        delete(LineEntry).where(LineEntry.line_id == line.id, LineEntry.entry_id.in_(gone))
    )
    if bills_time(line) and (not kept or quantity <= 0):
        work.session.execute(delete(LineEntry).where(LineEntry.line_id == line.id))
        work.session.delete(line)
        work.session.flush()
        return
    tracked = sum(link.row.tracked_seconds for link in kept)
    seconds = sum(link.row.billed_seconds for link in kept)
    words = derivation_words(len(kept), tracked, seconds, reason=reason_of(line.derivation))
    change(work, line, {"quantity": quantity, "derivation": words})


def _quantity(work: UnitOfWork, line: InvoiceLine, off: list[Link], kept: list[Link]) -> Decimal:
    """Return what the line bills without what was taken off: by its rate, as drafted."""
    if not bills_time(line):
        return line.quantity
    rate = counting_rate(RateBook.of(work), line, [*off, *kept])
    if rate is not None:
        with_all = quantity_of([*off, *kept], rate, drafted=True)
        return line.quantity - with_all + quantity_of(kept, rate, drafted=True)
    if line.unit == SECONDS_UNIT:
        return line.quantity - sum(link.row.billed_seconds for link in off)
    # The rate is gone from the rate book: whole days of a person that were taken off go.
    return line.quantity - len(_days(off) - _days(kept))


def _days(links: list[Link]) -> set[tuple[str, date]]:
    return {(link.entry.person_id, link.entry.local_on) for link in links}
