"""Takes the time off a draft that another invoice bills already: links, quantities, lines."""

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
    links_of,
    quantity_of,
    reason_of,
)
from billops_desktop.services.rates.pricing import RateBook
from billops_desktop.services.records import change
from billops_desktop.storage.models import InvoiceLine, LineEntry
from billops_desktop.storage.unit_of_work import UnitOfWork


def take_off_billed(work: UnitOfWork, invoice_id: str) -> int:
    """Take off a draft the entries that another invoice bills; return how many.

    A line bills that much less; a line of time that keeps no entry is removed. A fixed price stays.
    """
    invoice = draft_of(work, invoice_id)
    links = links_of(work, invoice_id, gone=True)
    taken = 0
    for line in lines_of(work, invoice_id):
        mine = [link for link in links if link.row.line_id == line.id]
        billed = [link for link in mine if link.entry.billed_line_id not in {None, line.id}]
        if billed:
            taken += len(billed)
            _take_off(work, line, billed, [link for link in mine if link not in billed])
    if not taken:
        raise Refused(
            _("No time was taken off: no other invoice bills time of this draft."),
            _("Nothing was changed."),
            field="lines",
        )
    for position, line in enumerate(lines_of(work, invoice_id), start=1):
        change(work, line, {"position": position})
    recompute(work, invoice)
    return taken


def _take_off(work: UnitOfWork, line: InvoiceLine, billed: list[Link], kept: list[Link]) -> None:
    gone = [link.entry.id for link in billed]
    quantity = _quantity(work, line, billed, kept)
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


def _quantity(work: UnitOfWork, line: InvoiceLine, billed: list[Link], kept: list[Link]) -> Decimal:
    """Return what the line bills without what was billed elsewhere: by its rate, as drafted."""
    if not bills_time(line):
        return line.quantity
    rate = counting_rate(RateBook.of(work), line, [*billed, *kept])
    if rate is not None:
        with_all = quantity_of([*billed, *kept], rate, drafted=True)
        return line.quantity - with_all + quantity_of(kept, rate, drafted=True)
    if line.unit == SECONDS_UNIT:
        return line.quantity - sum(link.row.billed_seconds for link in billed)
    # The rate is gone from the rate book: whole days of a person that are billed elsewhere go.
    return line.quantity - len(_days(billed) - _days(kept))


def _days(links: list[Link]) -> set[tuple[str, date]]:
    return {(link.entry.person_id, link.entry.local_on) for link in links}
