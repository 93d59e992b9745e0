"""Invoices as rows for screen and command line: tabs, sums per currency, hints beside each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from billops_desktop.domain.billing.lifecycle import Status, status_of
from billops_desktop.domain.billing.payments import days_late
from billops_desktop.domain.money import Money
from billops_desktop.domain.periods import month_of
from billops_desktop.i18n import _, format_date, ngettext
from billops_desktop.services.balances import credited_per_invoice, open_minor, paid_per_invoice
from billops_desktop.services.books import Unit, book, invoice_of, today
from billops_desktop.services.invoices.payment_rows import method_label
from billops_desktop.services.searching import matching
from billops_desktop.storage.models import Allocation, Client, Invoice, Payment
from billops_desktop.values import dataclass

Tab = Literal["all", "drafts", "open", "overdue", "paid"]
TABS: tuple[Tab, ...] = ("all", "drafts", "open", "overdue", "paid")
SOON = timedelta(days=14)
# The last rank of a list: what is owed no more.
SETTLED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRow:
    """One invoice in a list; ``note`` is the hint beside its due date, ``open`` what is owed."""

    id: str
    kind: str
    state: str
    status: Status
    number: str | None
    client_id: str
    client_name: str
    title: str
    issue_on: date
    due_on: date | None
    days_late: int
    total: Money
    open: Money
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePage:
    """A part of a tab, with the number of invoices in each tab for the same search."""

    rows: tuple[InvoiceRow, ...]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """How many invoices and how much: one amount per currency, the base currency first."""

    count: int
    amounts: tuple[Money, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceMetrics:
    """The tiles over the list; different currencies are never added."""

    overdue: Metric
    due_soon: Metric
    outstanding: Metric
    paid_this_month: Metric


class _Listed:
    """The columns and joins that every list of invoices shares."""

    def __init__(self, day: date) -> None:
        self.paid, self.credited = paid_per_invoice(), credited_per_invoice()
        self.open = open_minor(self.paid, self.credited)
        owed = and_(Invoice.kind == "invoice", Invoice.state == "issued")
        late = and_(Invoice.due_on.is_not(None), Invoice.due_on < day)
        self.tabs: dict[str, ColumnElement[bool]] = {
            "drafts": Invoice.state == "draft",
            "open": and_(owed, self.open > 0, ~func.coalesce(late, 0)),
            "overdue": and_(owed, self.open > 0, late),
            "paid": and_(owed, self.open <= 0),
        }

    def joined(self, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        """Return the query over invoices with their client and their sums."""
        return (
            query.select_from(Invoice)
            .join(Client, Client.id == Invoice.client_id)
            .outerjoin(self.paid, self.paid.c.invoice_id == Invoice.id)
            .outerjoin(self.credited, self.credited.c.invoice_id == Invoice.id)
            .where(Invoice.deleted_at.is_(None))
        )

    def rows(self) -> Select[*tuple[Any, ...]]:
        """Return the query of invoices, each with its client's name, what was paid and is open."""
        return self.joined(select(Invoice, Client.name, self.paid.c.minor, self.open))

    def rank(self) -> ColumnElement[int]:
        """Return what is sorted first: overdue, then due, then drafts, then settled."""
        return case(
            (self.tabs["overdue"], 0),
            (self.tabs["open"], 1),
            (self.tabs["drafts"], 2),
            else_=SETTLED,
        )


def invoices(
    work: Unit, *, tab: Tab = "all", text: str = "", limit: int = 200, offset: int = 0
) -> InvoicePage:
    """Return a page of a tab: overdue first by age, then by due date, drafts, settled newest first.

    ``text`` is looked for in number, client, title and reference.
    """
    day = today(work)
    listed = _Listed(day)
    condition = matching(text, _searched())
    counts = _counts(work, listed, condition)
    rank = listed.rank()
    settled = rank == SETTLED
    query = listed.rows().order_by(
        rank,
        case((settled, None), else_=Invoice.due_on),
        Invoice.issue_on.desc(),
        Invoice.number.desc(),
        Invoice.id,
    )
    if tab != "all":
        query = query.where(listed.tabs[tab])
    if condition is not None:
        query = query.where(condition)
    found = work.session.execute(query.limit(limit).offset(offset)).all()
    return InvoicePage(rows=_rows(work, [tuple(row) for row in found], day), counts=counts)


def newest_of(work: Unit, client_id: str, *, limit: int = 5) -> InvoicePage:
    """Return the newest invoices and drafts of a client, with the numbers of all of theirs."""
    day = today(work)
    listed = _Listed(day)
    theirs = Invoice.client_id == client_id
    query = (
        listed.rows()
        .where(theirs)
        .order_by(
            Invoice.issue_on.desc(),
            Invoice.number.is_(None).desc(),
            Invoice.number.desc(),
            Invoice.id,
        )
    )
    found = work.session.execute(query.limit(limit)).all()
    rows = _rows(work, [tuple(row) for row in found], day)
    return InvoicePage(rows=rows, counts=_counts(work, listed, theirs))


def row(work: Unit, invoice_id: str) -> InvoiceRow:
    """Return one invoice as a row."""
    invoice_of(work, invoice_id)
    day = today(work)
    listed = _Listed(day)
    query = listed.rows().where(Invoice.id == invoice_id)
    found = work.session.execute(query).all()
    return _rows(work, [tuple(one) for one in found], day)[0]


def by_number(work: Unit, number: str) -> InvoiceRow:
    """Return the invoice with this number, or with this id."""
    found = work.session.scalars(
        select(Invoice.id).where(
            or_(Invoice.number == number, Invoice.id == number), Invoice.deleted_at.is_(None)
        )
    ).first()
    return row(work, found or number)


def metrics(work: Unit) -> InvoiceMetrics:
    """Return the tiles: overdue, due within 14 days, outstanding, paid in this month."""
    day = today(work)
    listed = _Listed(day)
    soon = and_(listed.tabs["open"], Invoice.due_on <= day + SOON)
    outstanding = or_(listed.tabs["open"], listed.tabs["overdue"])
    base = book(work).base_currency

    def open_of(condition: ColumnElement[bool]) -> Metric:
        query = listed.joined(select(Invoice.currency, func.count(), func.sum(listed.open)))
        rows = work.session.execute(query.where(condition).group_by(Invoice.currency)).all()
        return _metric([tuple(one) for one in rows], base)

    return InvoiceMetrics(
        overdue=open_of(listed.tabs["overdue"]),
        due_soon=open_of(soon),
        outstanding=open_of(outstanding),
        paid_this_month=_metric(_received(work, day), base),
    )


def _received(work: Unit, day: date) -> list[tuple[Any, ...]]:
    first, last = month_of(day)
    rows = work.session.execute(
        select(Payment.currency, func.count(), func.sum(Payment.amount_minor))
        .where(Payment.deleted_at.is_(None), Payment.received_on.between(first, last))
        .group_by(Payment.currency)
    )
    return [tuple(one) for one in rows]


def _metric(rows: list[tuple[Any, ...]], base: str) -> Metric:
    ordered = sorted(rows, key=lambda one: (one[0] != base, one[0]))
    return Metric(
        count=sum(one[1] for one in ordered),
        amounts=tuple(Money(int(minor), currency) for currency, _count, minor in ordered),
    )


def _searched() -> tuple[ColumnElement[str], ...]:
    return (
        func.coalesce(Invoice.number, ""),
        Client.name.expression,
        Invoice.title.expression,
        Invoice.client_reference.expression,
        Invoice.purchase_order.expression,
    )


def _counts(work: Unit, listed: _Listed, condition: ColumnElement[bool] | None) -> dict[str, int]:
    sums = [func.count(), *(func.sum(case((listed.tabs[tab], 1), else_=0)) for tab in TABS[1:])]
    query = listed.joined(select(*sums))
    if condition is not None:
        query = query.where(condition)
    found = work.session.execute(query).one()
    return {tab: int(count or 0) for tab, count in zip(TABS, found, strict=True)}


def _rows(work: Unit, found: list[tuple[Any, ...]], day: date) -> tuple[InvoiceRow, ...]:
    ids = [invoice.id for invoice, *_rest in found]
    last = _last_payments(work, ids)
    numbers = _credit_numbers(work, ids)
    rows = []
    for invoice, client_name, paid, still_open in found:
        status = _status(invoice, still_open, day)
        late = days_late(invoice.due_on, day) if status is Status.OVERDUE else 0
        rows.append(
            InvoiceRow(
                id=invoice.id,
                kind=invoice.kind,
                state=invoice.state,
                status=status,
                number=invoice.number,
                client_id=invoice.client_id,
                client_name=client_name,
                title=invoice.title or client_name,
                issue_on=invoice.issue_on,
                due_on=invoice.due_on,
                days_late=late,
                total=Money(invoice.gross_minor, invoice.currency),
                open=_owed(invoice, still_open),
                note=_note(status, late, paid, numbers.get(invoice.id) or last.get(invoice.id, "")),
            )
        )
    return tuple(rows)


def _status(invoice: Invoice, still_open: int, day: date) -> Status:
    if invoice.kind == "credit_note" and invoice.state == "issued":
        return Status.CREDITED
    return status_of(
        invoice.state,
        Money(still_open, invoice.currency),
        Money(invoice.due_minor, invoice.currency),
        invoice.due_on,
        day,
    )


def _owed(invoice: Invoice, still_open: int) -> Money:
    """Return the open amount of an issued invoice; nothing is owed on any other document."""
    owed = invoice.kind == "invoice" and invoice.state == "issued"
    return Money(max(still_open, 0) if owed else 0, invoice.currency)


def _note(status: Status, late: int, paid: int | None, settled_by: str) -> str:
    if status is Status.OVERDUE:
        words = ngettext("{count} day late", "{count} days late", late).format(count=late)
        return words + (" · " + _("part paid") if paid else "")
    if status is Status.PART_PAID:
        return _("part paid")
    return settled_by if status in {Status.PAID, Status.CREDITED} else ""


def _last_payments(work: Unit, ids: list[str]) -> dict[str, str]:
    rows = work.session.execute(
        select(Allocation.invoice_id, Payment.received_on, Payment.method)
        .join(Payment, Payment.id == Allocation.payment_id)
        .where(Allocation.invoice_id.in_(ids), Allocation.deleted_at.is_(None))
        .order_by(Payment.received_on)
    )
    return {
        invoice_id: f"{format_date(on)}, {method_label(method)}" for invoice_id, on, method in rows
    }


def _credit_numbers(work: Unit, ids: list[str]) -> dict[str, str]:
    """Return what an invoice was cancelled by, and what a credit note corrects."""
    original = aliased(Invoice)
    rows = work.session.execute(
        select(Invoice.id, Invoice.number, original.id, original.number)
        .join(original, original.id == Invoice.corrects_invoice_id)
        .where(or_(Invoice.id.in_(ids), original.id.in_(ids)), Invoice.state == "issued")
    )
    told = {}
    for note_id, note, original_id, corrected in rows:
        told[original_id] = _("by {number}").format(number=note)
        told[note_id] = _("corrects {number}").format(number=corrected)
    return told
