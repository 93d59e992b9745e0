"""What can be invoiced: unbilled time by client, its worth on a draft, and what to check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, TextClause, func, select

from billops_desktop.domain.alphabet import name_order
from billops_desktop.domain.billing.grouping import Grouping, GroupingWords
from billops_desktop.domain.billing.invoice import total
from billops_desktop.domain.money import Money
from billops_desktop.domain.periods import month_of
from billops_desktop.errors import Refused
from billops_desktop.i18n import _, format_span
from billops_desktop.services import fields
from billops_desktop.services.books import Unit, company_of, today
from billops_desktop.services.drafts.billable import (
    Billable,
    Selection,
    billable,
    left_out_words,
    proposals,
    words_in,
)
from billops_desktop.services.drafts.line_taxes import tax_group_of, tax_rate_of
from billops_desktop.services.rates.terms import Surroundings, surroundings
from billops_desktop.services.rates.worked import UNBILLED
from billops_desktop.storage.models import (
    Client,
    Company,
    Invoice,
    InvoiceLine,
    LineEntry,
    Project,
    TimeEntry,
)
from billops_desktop.values import dataclass

# From this day on the present month is looked at, before it the last complete one.
MONTH_ENDS: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class UnbilledRow:
    """The unbilled time of one client; ``net`` and ``total`` are what a draft would come to.

    Time that cannot be priced counts in ``seconds`` and is named in ``checks``;
    ``drafted_seconds`` are those of the period that lie on a draft already.
    """

    client_id: str
    client_name: str
    colour: str
    projects: tuple[str, ...]
    first_on: date
    last_on: date
    entry_count: int
    seconds: int
    net: Money
    total: Money
    values: tuple[Money, ...]
    checks: tuple[str, ...]
    drafted_seconds: int = 0


def unbilled(
    work: Unit,
    *,
    to_on: date | None = None,
    from_on: date | None = None,
    client_id: str | None = None,
    grouping: str = "task",
) -> tuple[UnbilledRow, ...]:
    """Return one row per client with unbilled time in the period (both days inclusive), by name."""
    last = to_on or today(work)
    found = _sums(work, from_on, last, client_id)
    if not found:
        return ()
    words = cache(lambda language: words_in(work, language))
    fields.one_of(*Grouping)(grouping, "grouping")
    page = _Page(company_of(work), surroundings(work), grouping, words)
    rows = []
    for sums in found:
        client = work.session.get_one(Client, sums.client_id)
        chosen = Selection(client_id=client.id, from_on=from_on, to_on=last)
        rows.append(_row(client, sums, _worth(work, client, chosen, page)))
    return tuple(sorted(rows, key=lambda row: name_order(row.client_name)))


def due_month(day: date) -> tuple[date, date]:
    """Return the first and last day of the month that is due: the present one from the 24th on.

    >>> due_month(date(2026, 11, 23))
    (datetime.date(2026, 10, 1), datetime.date(2026, 10, 31))
    """
    first, last = month_of(day)
    return (first, last) if day.day >= MONTH_ENDS else month_of(first - timedelta(days=1))


def waiting_clients(work: Unit) -> int:
    """Return how many clients have unbilled time up to the end of the month that is due."""
    return len(_sums(work, None, due_month(today(work))[1], None))


@dataclass(frozen=True, slots=True)
class _Page:
    """What the rows of all clients share."""

    company: Company
    around: Surroundings
    grouping: str
    words: Callable[[str], GroupingWords]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worth:
    """What a draft of one client's time would come to, and what stands against it."""

    net: Money
    total: Money
    others: tuple[Money, ...]
    checks: tuple[str, ...]
    drafted: int = 0


@dataclass(slots=True)
class _Sums:
    """The unbilled time of one client, added up over its projects."""

    client_id: str
    projects: list[str] = field(default_factory=list)
    count: int = 0
    seconds: int = 0
    first_on: date = date.max
    last_on: date = date.min

    def add(self, project: str, count: int, seconds: int, days: tuple[date, date]) -> None:
        """Add the time of one project, between its first and last day."""
        if project not in self.projects[-1:]:
            self.projects.append(project)
        self.count += count
        self.seconds += seconds
        self.first_on = min(self.first_on, days[0])
        self.last_on = max(self.last_on, days[1])


def _sums(work: Unit, from_on: date | None, to_on: date, client_id: str | None) -> list[_Sums]:
    """Return the sums of each client."""
    query = _by_project(from_on, to_on)
    if client_id is not None:
        query = query.where(Project.client_id == client_id)
    found: dict[str, _Sums] = {}
    for owner, name, count, seconds, first_on, last_on in work.session.execute(query):
        sums = found.setdefault(owner, _Sums(owner))
        sums.add(name, count, seconds, (first_on, last_on))
    return list(found.values())


def _by_project(from_on: date | None, to_on: date) -> Select[*tuple[Any, ...]]:
    """Return client, project, entries, seconds, first and last day of unbilled time.

    Summed per project before anything is joined: SQLite then walks the index of unbilled time,
    else that of days, which holds a million entries long billed.
    """
    chosen: list[ColumnElement[bool] | TextClause] = [
        UNBILLED,
        TimeEntry.local_on <= to_on,
        TimeEntry.seconds > 0,
    ]
    if from_on is not None:
        chosen.append(TimeEntry.local_on >= from_on)
    parts = (
        select(
            TimeEntry.project_id,
            func.count().label("entries"),
            func.sum(TimeEntry.seconds).label("seconds"),
            func.min(TimeEntry.local_on).label("first_on"),
            func.max(TimeEntry.local_on).label("last_on"),
        )
        .where(*chosen)
        .group_by(TimeEntry.project_id)
        .subquery()
    ).c
    return (
        select(
            Project.client_id,
            Project.name,
            parts.entries,
            parts.seconds,
            parts.first_on,
            parts.last_on,
        )
        .join(Project, Project.id == parts.project_id)
        .join(Client, Client.id == Project.client_id)
        .order_by(Client.name, Client.id, Project.name)
    )


def _row(client: Client, sums: _Sums, worth: _Worth) -> UnbilledRow:
    return UnbilledRow(
        client_id=client.id,
        client_name=client.name,
        colour=client.colour,
        projects=tuple(sorted(sums.projects, key=name_order)),
        first_on=sums.first_on,
        last_on=sums.last_on,
        entry_count=sums.count,
        seconds=sums.seconds,
        net=worth.net,
        total=worth.total,
        values=(worth.net, *worth.others),
        checks=worth.checks,
        drafted_seconds=worth.drafted,
    )


def _worth(work: Unit, client: Client, chosen: Selection, page: _Page) -> _Worth:
    nothing = Money.zero(client.currency)
    try:
        rate = tax_rate_of(work, page.company, client, chosen.to_on)
    except Refused as refusal:
        return _Worth(net=nothing, total=nothing, others=(), checks=(refusal.title,))
    tax = tax_group_of(rate)
    ready = billable(work, chosen, currency=client.currency, tax=tax, around=page.around)
    lines = proposals(ready, page.grouping, page.words(client.language))
    sums = total([line.line for line in lines], currency=client.currency)
    drafted = _drafted(work, client, chosen)
    return _Worth(
        net=sums.net,
        total=sums.gross,
        others=ready.others,
        checks=(
            *(left_out_words(left) for left in ready.left_out),
            *_checks(ready, drafted),
        ),
        drafted=drafted,
    )


def _checks(ready: Billable, drafted: int) -> tuple[str, ...]:
    checks = []
    silent = sum(
        entry.seconds for entry in ready.entries if not entry.description and not entry.task_id
    )
    if silent:
        checks.append(_("{time} without description").format(time=format_span(silent)))
    if drafted:
        checks.append(_("{time} is on a draft already").format(time=format_span(drafted)))
    return tuple(checks)


def _drafted(work: Unit, client: Client, chosen: Selection) -> int:
    """Return the seconds of the period that lie on a draft of the client already."""
    on_drafts = (
        select(LineEntry.entry_id)
        .join(InvoiceLine, InvoiceLine.id == LineEntry.line_id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(
            Invoice.client_id == client.id,
            Invoice.state == "draft",
            Invoice.deleted_at.is_(None),
        )
    )
    query = select(func.sum(TimeEntry.seconds)).where(
        UNBILLED, TimeEntry.id.in_(on_drafts), TimeEntry.local_on <= chosen.to_on
    )
    if chosen.from_on is not None:
        query = query.where(TimeEntry.local_on >= chosen.from_on)
    return work.session.scalar(query) or 0
