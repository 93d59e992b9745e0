"""The time behind a draft's lines: its entries, the rate of each as it is now, what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache, lru_cache

from sqlalchemy import Select, select

from billops_desktop.domain.billing.grouping import DAY_UNIT, counted
from billops_desktop.domain.billing.invoice import HOUR_SECONDS, SECONDS_UNIT
from billops_desktop.domain.rates import EntryFacts, Rate
from billops_desktop.domain.rounding import UNROUNDED, RoundingPolicy
from billops_desktop.i18n import LANGUAGES, N_, _, translator
from billops_desktop.services.books import Unit
from billops_desktop.services.rates.pricing import RateBook
from billops_desktop.storage.models import Invoice, InvoiceLine, LineEntry, Project, TimeEntry
from billops_desktop.values import dataclass

PRICE_BY_HAND = N_("price typed by hand")
QUANTITY_BY_HAND = N_("quantity typed by hand")
BETWEEN = "; "

# What an entry must be for its invoice to bill it; a query joins entry, project and invoice.
ENDED = (TimeEntry.deleted_at.is_(None), TimeEntry.ended_at.is_not(None))
BILLABLE_HERE = (*ENDED, TimeEntry.billable.is_(True), Project.client_id == Invoice.client_id)


@dataclass(slots=True)
class Link:
    """An entry on a line of a draft, with what prices it.

    ``billed`` is by its time of now and by the rounding policy of now.
    """

    row: LineEntry
    entry: TimeEntry
    client_id: str | None
    currency: str | None
    billed: int = 0
    policy: RoundingPolicy = UNROUNDED

    def bills_to(self, client_id: str) -> bool:
        """Tell whether an invoice to this client may bill the entry as it is now."""
        entry = self.entry
        ended = entry.deleted_at is None and entry.ended_at is not None
        return ended and entry.billable and self.client_id == client_id


def links_of(work: Unit, invoice_id: str, *, gone: bool = False) -> list[Link]:
    """Return the entries behind a draft's lines, oldest first.

    Those that it cannot bill any more (deleted, running, moved away, not billable) only if asked.
    """
    query = (
        select(LineEntry, TimeEntry, Project.client_id, Project.currency)
        .join(InvoiceLine, InvoiceLine.id == LineEntry.line_id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .join(TimeEntry, TimeEntry.id == LineEntry.entry_id)
        .outerjoin(Project, Project.id == TimeEntry.project_id)
        .where(Invoice.id == invoice_id)
        .order_by(TimeEntry.local_on, TimeEntry.started_at, TimeEntry.id)
    )
    if not gone:
        query = query.where(*BILLABLE_HERE)
    return [Link(*row) for row in work.session.execute(query)]


def links_by_line(links: Iterable[Link]) -> dict[str, list[Link]]:
    """Return the links of each line, in their order."""
    found: dict[str, list[Link]] = {}
    for link in links:
        found.setdefault(link.row.line_id, []).append(link)
    return found


def entries_on(invoice_id: str) -> Select[str]:
    """Return the query of the ids of all entries that an invoice's lines bill."""
    return (
        select(LineEntry.entry_id)
        .join(InvoiceLine, InvoiceLine.id == LineEntry.line_id)
        .where(InvoiceLine.invoice_id == invoice_id)
    )


def rate_of(book: RateBook, link: Link) -> Rate | None:
    """Return the rate of an entry as the rate book says it now; None for none or a tie."""
    entry = link.entry
    return book.rate(
        EntryFacts(
            person_id=entry.person_id,
            client_id=link.client_id,
            project_id=entry.project_id,
            task_id=entry.task_id,
            local_on=entry.local_on,
            own_rate=entry.rate,
            own_currency=link.currency,
        )
    )


def quantity_of(links: Iterable[Link], rate: Rate, *, drafted: bool = False) -> Decimal:
    """Return what a line of these entries bills at a rate: by their time of now or as drafted."""
    spans = (
        (
            link.entry.person_id,
            link.entry.local_on,
            link.row.billed_seconds if drafted else link.billed,
        )
        for link in links
    )
    return counted(spans, rate)[0]


def counting_rate(book: RateBook, line: InvoiceLine, links: Sequence[Link]) -> Rate | None:
    """Return the rate by whose rules a line counts its time; None when the book has none such.

    Of the rates that count in the line's unit the one with its price comes first.
    """
    if is_hourly(line):
        return Rate(price=line.price, currency="")
    rates = [rate for link in links if (rate := rate_of(book, link)) is not None]
    fitting = [rate for rate in rates if counts_like(rate, line)]
    return min(fitting, key=lambda rate: rate.price != line.price, default=None)


def is_hourly(line: InvoiceLine) -> bool:
    """Tell whether a line bills time by the hour."""
    return line.unit == SECONDS_UNIT and line.base_quantity == HOUR_SECONDS


def bills_time(line: InvoiceLine) -> bool:
    """Tell whether a line counts time: by the hour, pro rata by the day, or in days."""
    return line.unit in {SECONDS_UNIT, DAY_UNIT}


def counts_like(rate: Rate, line: InvoiceLine) -> bool:
    """Tell whether a rate counts time in the unit of a line."""
    return unit_of(rate) == (line.unit, line.base_quantity)


@lru_cache(maxsize=1024)
def unit_of(rate: Rate) -> tuple[str, Decimal]:
    """Return in what a rate counts time: unit and base quantity."""
    _none, unit, base_quantity = counted((), rate)
    return unit, base_quantity


def marked_by_hand(derivation: str, *, price: bool, quantity: bool) -> str:
    """Return why a line's number is what it is, after its price or its quantity was typed."""
    facts, _mark, reason = derivation.partition(BETWEEN)
    if price:
        kept = [_(QUANTITY_BY_HAND)] if was_typed(derivation, QUANTITY_BY_HAND) else []
        reason = BETWEEN.join([_(PRICE_BY_HAND), *kept])
    if quantity and not was_typed(derivation, QUANTITY_BY_HAND):
        reason = BETWEEN.join(filter(None, [reason, _(QUANTITY_BY_HAND)]))
    return BETWEEN.join([facts, reason])


def reason_of(derivation: str) -> str:
    """Return what a derivation says after its facts: the rate, or what was typed."""
    _facts, _mark, reason = derivation.partition(BETWEEN)
    return reason


def was_typed(derivation: str, what: str) -> bool:
    """Tell whether a derivation says so, in whatever language it was written."""
    return not _in_all_languages(what).isdisjoint(derivation.split(BETWEEN))


@cache
def _in_all_languages(words: str) -> frozenset[str]:
    return frozenset(translator(language).text(words) for language in LANGUAGES)
