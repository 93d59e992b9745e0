"""What a changed rate book means for a draft: which lines it prices otherwise, and taking that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from billops_desktop.domain.rates import DAILY, HOURLY, Rate
from billops_desktop.errors import Refused
from billops_desktop.i18n import _
from billops_desktop.services.books import Unit, draft_of
from billops_desktop.services.drafts.amounts import lines_of, recompute
from billops_desktop.services.drafts.draft_rows import derivation_words
from billops_desktop.services.drafts.line_time import (
    BETWEEN,
    BILLABLE_HERE,
    PRICE_BY_HAND,
    QUANTITY_BY_HAND,
    Link,
    bills_time,
    counts_like,
    is_hourly,
    links_of,
    quantity_of,
    rate_of,
    unit_of,
    was_typed,
)
from billops_desktop.services.rates.pricing import RateBook
from billops_desktop.services.records import add, change
from billops_desktop.storage.models import Invoice, InvoiceLine, LineEntry, Project, TimeEntry
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass

# What a line that is divided by rates hands on to its parts.
SAME = (
    "invoice_id",
    "kind",
    "description",
    "details",
    "project_id",
    "discount_percent",
    "tax_rate_id",
    "tax_category",
    "tax_percent",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePriceChange:
    """A line of a draft that the rate book prices otherwise now; several rates divide it."""

    line_id: str
    position: int
    price: Decimal
    kind: str
    rates: tuple[Rate, ...]


def rate_changes(work: Unit, invoice: Invoice) -> tuple[LinePriceChange, ...]:
    """Return the lines that the rate book prices otherwise now, in their order.

    Prices that were typed by hand are left alone, and so is time that has no rate in the currency
    of the draft now: there is nothing to take.
    """
    rates = _rates_now(work, invoice.id)
    return tuple(
        LinePriceChange(
            line_id=line.id,
            position=line.position,
            price=line.price,
            kind=HOURLY if is_hourly(line) else DAILY,
            rates=found,
        )
        for line in _lines_of_time(work, invoice.id)
        if (found := rates.get(line.id)) is not None and _differ(line, found, invoice.currency)
    )


def take_rates(work: UnitOfWork, invoice_id: str) -> int:
    """Price a draft's time by the rate book of now; return how many lines changed.

    A line whose time has several rates now is divided into one line for each.
    """
    invoice = draft_of(work, invoice_id)
    changed = {one.line_id for one in rate_changes(work, invoice)}
    if not changed:
        raise Refused(
            _("No rate was taken: the draft is priced as the rate book says."),
            _("Nothing was changed. Prices that were typed by hand stay."),
            field="lines",
        )
    links = links_of(work, invoice_id)
    lines: list[InvoiceLine] = []
    for line in lines_of(work, invoice_id):
        mine = [link for link in links if link.row.line_id == line.id]
        lines.append(line)
        if line.id in changed:
            lines += _reprice(work, line, mine)
    for position, line in enumerate(lines, start=1):
        change(work, line, {"position": position})
    recompute(work, invoice)
    return len(changed)


def _lines_of_time(work: Unit, invoice_id: str) -> Sequence[Any]:
    """Return what a price is compared with, of each line: whole rows of thousands take long."""
    return work.session.execute(
        select(
            InvoiceLine.id,
            InvoiceLine.position,
            InvoiceLine.price,
            InvoiceLine.unit,
            InvoiceLine.base_quantity,
            InvoiceLine.discount_minor,
            InvoiceLine.derivation,
        )
        .where(
            InvoiceLine.invoice_id == invoice_id,
            InvoiceLine.kind == "time",
            InvoiceLine.deleted_at.is_(None),
        )
        .order_by(InvoiceLine.position, InvoiceLine.id)
    ).all()


def _rates_now(work: Unit, invoice_id: str) -> dict[str, tuple[Rate, ...] | None]:
    """Return the unlike rates of each line's time; None where some of it has no single rate."""
    book = RateBook.of(work)
    found: dict[str, dict[tuple[object, ...], Rate] | None] = {}
    for line_id, *key in work.session.execute(_priced(book, invoice_id)):
        known = found.setdefault(line_id, {})
        rate = book.rate_at(tuple(key))
        if rate is None:
            found[line_id] = None
        elif known is not None:
            known.setdefault(rate.terms, rate)
    return {
        line_id: None if rates is None else tuple(rates.values())
        for line_id, rates in found.items()
    }


def _priced(book: RateBook, invoice_id: str) -> Any:
    """Return the query of all that prices a line's time, each once: many entries share it."""
    stretch = book.period_of(TimeEntry.local_on)
    columns = (
        InvoiceLine.id,
        TimeEntry.person_id,
        Project.client_id,
        TimeEntry.project_id,
        TimeEntry.task_id,
        stretch,
        TimeEntry.rate,
        Project.currency,
    )
    return (
        select(*columns)
        .join(LineEntry, LineEntry.line_id == InvoiceLine.id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .join(TimeEntry, TimeEntry.id == LineEntry.entry_id)
        .join(Project, Project.id == TimeEntry.project_id)
        .where(Invoice.id == invoice_id, InvoiceLine.kind == "time", *BILLABLE_HERE)
        .group_by(*columns)
        .order_by(InvoiceLine.position, func.min(TimeEntry.started_at))
    )


def _differ(line: Any, rates: Sequence[Rate], currency: str) -> bool:
    """Tell whether a line would be priced otherwise by these rates, and may be."""
    if all(_prices(rate, line) for rate in rates):
        return False
    if not bills_time(line) or was_typed(line.derivation, PRICE_BY_HAND):
        return False
    if any(rate.currency != currency for rate in rates):
        return False
    counts_alike = len(rates) == 1 and counts_like(rates[0], line)
    # A quantity that was typed, or a discount in money, cannot be divided or counted otherwise.
    return counts_alike or not (
        was_typed(line.derivation, QUANTITY_BY_HAND) or (line.discount_minor and len(rates) > 1)
    )


def _prices(rate: Rate, line: Any) -> bool:
    return rate.price == line.price and counts_like(rate, line)


def _reprice(work: UnitOfWork, line: InvoiceLine, links: Sequence[Link]) -> list[InvoiceLine]:
    """Price a line by the rates of its entries; return the lines that were added for more."""
    parts = _by_terms(RateBook.of(work), links)
    divided = len(parts) > 1
    planned = [(mine, _columns(line, rate, mine, divided=divided)) for rate, mine in parts]
    shared = {name: getattr(line, name) for name in SAME}
    change(work, line, planned[0][1])
    added = []
    for mine, columns in planned[1:]:
        part = add(work, InvoiceLine(position=line.position, **shared, **columns))
        for link in mine:
            change(work, link.row, {"line_id": part.id})
        added.append(part)
    return added


def _by_terms(book: RateBook, links: Iterable[Link]) -> list[tuple[Rate, list[Link]]]:
    found: dict[tuple[object, ...], tuple[Rate, list[Link]]] = {}
    for link in links:
        link.billed = link.row.billed_seconds
        rate = rate_of(book, link)
        assert rate is not None  # rate_changes names only lines whose time has its rates
        found.setdefault(rate.terms, (rate, []))[1].append(link)
    return list(found.values())


def _columns(
    line: InvoiceLine, rate: Rate, links: Sequence[Link], *, divided: bool
) -> dict[str, Any]:
    unit, base_quantity = unit_of(rate)
    typed = was_typed(line.derivation, QUANTITY_BY_HAND)
    same_count = not divided and counts_like(rate, line)
    reason = BETWEEN.join([rate.reason, _(QUANTITY_BY_HAND)]) if typed else rate.reason
    return {
        "price": rate.price,
        "unit": unit,
        "base_quantity": base_quantity,
        "quantity": line.quantity if same_count else quantity_of(links, rate),
        "derivation": derivation_words(
            len(links),
            sum(link.row.tracked_seconds for link in links),
            sum(link.row.billed_seconds for link in links),
            reason=reason,
        ),
    }
