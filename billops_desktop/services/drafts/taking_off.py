"""Takes the time off a draft that another invoice bills already: links, quantities, lines."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from sqlalchemy import delete, select

from billops_desktop.domain.billing.invoice import SECONDS_UNIT
from billops_desktop.errors import Refused
from billops_desktop.i18n import _
from billops_desktop.services.books import draft_of
from billops_desktop.services.drafts.amounts import lines_of, recompute
from billops_desktop.services.drafts.draft_rows import derivation_words
from billops_desktop.services.records import change
from billops_desktop.storage.models import InvoiceLine, LineEntry, TimeEntry
from billops_desktop.storage.unit_of_work import UnitOfWork

DAY_UNIT: Final = "DAY"
Link = tuple[LineEntry, TimeEntry]


def take_off_billed(work: UnitOfWork, invoice_id: str) -> int:
    """Take off a draft the entries that another invoice bills; return how many.

    A line bills that much less; a line of time that keeps no entry is removed. A fixed price stays.
    """
    invoice = draft_of(work, invoice_id)
    taken = 0
    for line in lines_of(work, invoice_id):
        links = _links(work, line)
        billed = [link for link in links if link[1].billed_line_id not in {None, line.id}]
        if billed:
            taken += len(billed)
            _take_off(work, line, billed, [link for link in links if link not in billed])
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


def _links(work: UnitOfWork, line: InvoiceLine) -> list[Link]:
    found = work.session.execute(
        select(LineEntry, TimeEntry)
        .join(TimeEntry, TimeEntry.id == LineEntry.entry_id)
        .where(LineEntry.line_id == line.id)
    )
    return [(row, entry) for row, entry in found]


def _take_off(work: UnitOfWork, line: InvoiceLine, billed: list[Link], kept: list[Link]) -> None:
    gone = [entry.id for _row, entry in billed]
    quantity = _quantity(line, billed, kept)
    work.session.execute(
        delete(LineEntry).where(LineEntry.line_id == line.id, LineEntry.entry_id.in_(gone))
    )
    if line.unit in {SECONDS_UNIT, DAY_UNIT} and (not kept or quantity <= 0):
        work.session.execute(delete(LineEntry).where(LineEntry.line_id == line.id))
        work.session.delete(line)
        work.session.flush()
        return
    tracked = sum(row.tracked_seconds for row, _entry in kept)
    seconds = sum(row.billed_seconds for row, _entry in kept)
    _facts, _mark, reason = line.derivation.partition("; ")
    words = derivation_words(len(kept), tracked, seconds, reason=reason)
    change(work, line, {"quantity": quantity, "derivation": words})


def _quantity(line: InvoiceLine, billed: list[Link], kept: list[Link]) -> Decimal:
    """Return what the line bills without what was billed: seconds, or days that are all gone."""
    if line.unit == SECONDS_UNIT:
        return line.quantity - sum(row.billed_seconds for row, _entry in billed)
    if line.unit == DAY_UNIT:
        days = {entry.local_on for _row, entry in billed}
        return line.quantity - len(days - {entry.local_on for _row, entry in kept})
    return line.quantity
