"""Guards: what is issued, given, billed or logged refuses every change, whoever writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.dialects import sqlite

from billops_desktop.errors import Refused
from billops_desktop.storage.models import (
    Allocation,
    Client,
    Company,
    Event,
    Invoice,
    InvoiceCharge,
    InvoiceFile,
    InvoiceLine,
    InvoiceTax,
    LineEntry,
    NumberCounter,
    NumberSeries,
    NumberUsed,
    Payment,
    Person,
    Record,
    TaxRate,
    TimeEntry,
)
from billops_desktop.storage.triggers import guards
from billops_desktop.storage.unit_of_work import UnitOfWork

Unit = Callable[[], UnitOfWork]
DAY = date(2026, 11, 25)


@dataclass
class Book:
    """An issued invoice over one entry, and a draft beside it."""

    company: Company
    client: Client
    tax: TaxRate
    invoice: Invoice
    line: InvoiceLine
    charge: InvoiceCharge
    group: InvoiceTax
    entry: TimeEntry
    claim: LineEntry
    file: InvoiceFile
    used: NumberUsed
    counter: NumberCounter
    event: Event
    draft: Invoice


@contextmanager
def refused(match: str | None = None) -> Iterator[None]:
    with pytest.raises(Refused, match=match):
        yield


def an_invoice(work: UnitOfWork, company: Company, client: Client) -> Invoice:
    invoice = Invoice(
        company_id=company.id, client_id=client.id, issue_on=DAY, currency="EUR", gross_minor=11900
    )
    work.session.add(invoice)
    work.session.flush()
    return invoice


def a_line(work: UnitOfWork, invoice: Invoice, tax: TaxRate) -> InvoiceLine:
    line = InvoiceLine(
        invoice_id=invoice.id,
        position=1,
        quantity=Decimal(3600),
        price=Decimal(100),
        base_quantity=Decimal(3600),
        tax_category="S",
        tax_percent=Decimal(19),
        tax_rate_id=tax.id,
    )
    work.session.add(line)
    work.session.flush()
    return line


def an_entry(work: UnitOfWork) -> TimeEntry:
    person = Person()
    work.session.add(person)
    work.session.flush()
    entry = TimeEntry(
        person_id=person.id,
        started_at=work.now() - timedelta(hours=1),
        ended_at=work.now(),
        zone="Europe/Berlin",
        local_on=DAY,
    )
    work.session.add(entry)
    work.session.flush()
    return entry


def issue(work: UnitOfWork, invoice: Invoice, number: str) -> None:
    invoice.state, invoice.number, invoice.issued_at = "issued", number, work.now()
    work.session.flush()


@pytest.fixture
def book(unit: Unit) -> Book:
    with unit() as work:
        company, client = (
            Company(legal_name="Haldane", currency="EUR"),
            Client(name="Acme", currency="EUR"),
        )
        work.session.add_all([company, client])
        work.session.flush()
        tax = TaxRate(
            company_id=company.id, country="DE", name="VAT", category="S", percent=Decimal(19)
        )
        series = NumberSeries(company_id=company.id, kind="invoice", pattern="{YYYY}-{N}")
        work.session.add_all([tax, series])
        work.session.flush()
        counter = NumberCounter(series_id=series.id, period="2026", last_given=1)
        work.session.add(counter)
        invoice = an_invoice(work, company, client)
        line = a_line(work, invoice, tax)
        charge = InvoiceCharge(invoice_id=invoice.id, kind="discount", amount_minor=100)
        group = InvoiceTax(
            invoice_id=invoice.id, category="S", percent=Decimal(19), base_minor=1, tax_minor=1
        )
        entry = an_entry(work)
        claim = LineEntry(
            line_id=line.id,
            entry_id=entry.id,
            tracked_seconds=3600,
            billed_seconds=3600,
            claimed_at=work.now(),
        )
        work.session.add_all([charge, group, claim])
        entry.billed_line_id = line.id
        work.session.flush()
        issue(work, invoice, "2026-1")
        used = NumberUsed(
            company_id=company.id,
            series_id=series.id,
            period="2026",
            count=1,
            number="2026-1",
            invoice_id=invoice.id,
        )
        file = InvoiceFile(invoice_id=invoice.id, sha256="ab")
        event = Event(at=work.now(), kind="invoice.issued")
        draft = an_invoice(work, company, client)
        work.session.add_all([used, file, event])
    return Book(
        company, client, tax, invoice, line, charge, group, entry, claim, file, used, counter,
        event, draft,
    )  # fmt: skip


FROZEN = ("invoice", "line", "charge", "group", "claim", "file", "used", "event")
COLUMNS = [
    (part, column.name)
    for part, record in zip(
        FROZEN,
        (
            Invoice,
            InvoiceLine,
            InvoiceCharge,
            InvoiceTax,
            LineEntry,
            InvoiceFile,
            NumberUsed,
            Event,
        ),
        strict=True,
    )
    for column in record.__table__.columns
    if column.name != "sequence"  # the row's place in the file: SQLite's own
]


def test_no_column_of_what_is_issued_can_be_changed(unit: Unit, book: Book) -> None:
    changed = []
    for part, column in COLUMNS:
        row = getattr(book, part)
        key = "sequence" if part == "event" else "id"
        # Two values that the column can hold: one of them differs from what it holds.
        kind = row.__table__.columns[column].type.compile(dialect=sqlite.dialect())
        for value in ("NULL", "7" if kind == "INTEGER" else "'x'"):
            statement = f'UPDATE {row.__tablename__} SET "{column}" = {value} WHERE {key} = :id'
            try:
                with unit() as work:
                    work.session.execute(text(statement), {"id": getattr(row, key)})
            except Refused:
                continue
            changed.append((part, column, value))
    assert changed == []


@pytest.mark.parametrize("part", FROZEN)
def test_what_is_issued_cannot_be_deleted(unit: Unit, book: Book, part: str) -> None:
    row: Record = getattr(book, part)
    with refused(), unit() as work:
        work.session.delete(row)


def test_an_issued_invoice_takes_no_more_lines(unit: Unit, book: Book) -> None:
    with refused("issued document"), unit() as work:
        a_line(work, book.invoice, book.tax)
    with refused("issued document"), unit() as work:
        work.session.add(
            InvoiceTax(
                invoice_id=book.invoice.id,
                category="Z",
                percent=Decimal(0),
                base_minor=0,
                tax_minor=0,
            )
        )


def test_a_line_cannot_be_moved_onto_an_issued_invoice(unit: Unit, book: Book) -> None:
    with refused(), unit() as work:
        line = a_line(work, book.draft, book.tax)
        line.invoice_id = book.invoice.id


def test_a_draft_changes_freely(unit: Unit, book: Book) -> None:
    with unit() as work:
        work.session.add(book.draft)
        line = a_line(work, book.draft, book.tax)
        line.description = "more"
        book.draft.note = "thanks"
        work.session.flush()
        work.session.delete(line)
        work.session.flush()
        work.session.delete(book.draft)


def credit(work: UnitOfWork, book: Book) -> Invoice:
    note = an_invoice(work, book.company, book.client)
    note.kind, note.corrects_invoice_id = "credit_note", book.invoice.id
    work.session.flush()
    issue(work, note, "CN-1")
    return note


def test_a_credit_note_cancels_and_frees_the_entry(unit: Unit, book: Book) -> None:
    with unit() as work:
        work.session.add_all([book.invoice, book.claim, book.entry])
        note = credit(work, book)
        book.invoice.state, book.invoice.cancelled_by_id = "cancelled", note.id
        book.invoice.cancel_reason = "wrong client"
        book.claim.released_at = work.now()
        book.entry.billed_line_id = None
    with unit() as work:
        work.session.add(book.entry)
        book.entry.description = "free again"
    with refused(), unit() as work:
        work.session.execute(update(Invoice).where(Invoice.state == "cancelled").values(note="x"))
    with refused(), unit() as work:
        work.session.execute(update(LineEntry).values(released_at=work.now()))


def test_an_invoice_is_cancelled_only_by_its_own_credit_note(unit: Unit, book: Book) -> None:
    with refused(), unit() as work:
        other = an_invoice(work, book.company, book.client)
        work.session.execute(
            update(Invoice)
            .where(Invoice.id == book.invoice.id)
            .values(state="cancelled", cancelled_by_id=other.id)
        )
    with refused(), unit() as work:
        note = credit(work, book)
        work.session.execute(
            update(Invoice)
            .where(Invoice.id == book.invoice.id)
            .values(state="cancelled", cancelled_by_id=note.id, gross_minor=1)
        )


def test_a_claim_is_not_released_while_its_invoice_stands(unit: Unit, book: Book) -> None:
    with refused(), unit() as work:
        work.session.execute(update(LineEntry).values(released_at=work.now()))
    with refused("on an issued invoice"), unit() as work:
        work.session.execute(update(TimeEntry).values(billed_line_id=None))


def test_an_entry_is_billed_once(unit: Unit, book: Book) -> None:
    with refused("is on an issued invoice"), unit() as work:
        line = a_line(work, book.draft, book.tax)
        work.session.add(
            LineEntry(
                line_id=line.id,
                entry_id=book.entry.id,
                tracked_seconds=1,
                billed_seconds=1,
                claimed_at=work.now(),
            )
        )


@pytest.mark.parametrize("values", [{"description": "x"}, {"billable": False}, {"zone": "UTC"}])
def test_a_billed_entry_is_read_only(unit: Unit, book: Book, values: dict[str, object]) -> None:
    with refused("entry is on an issued invoice"), unit() as work:
        work.session.execute(update(TimeEntry).where(TimeEntry.id == book.entry.id).values(values))
    with refused(), unit() as work:
        work.session.execute(delete(TimeEntry))


def test_a_counter_never_goes_back(unit: Unit, book: Book) -> None:
    with unit() as work:
        work.session.execute(update(NumberCounter).values(last_given=2))
    for values in ({"last_given": 1}, {"period": "2027"}):
        with refused("stay given"), unit() as work:
            work.session.execute(update(NumberCounter).values(values))
    with refused("stay given"), unit() as work:
        work.session.execute(delete(NumberCounter))


def pay(work: UnitOfWork, book: Book, amount: int, currency: str = "EUR") -> Payment:
    payment = Payment(
        client_id=book.client.id, received_on=DAY, amount_minor=amount, currency=currency
    )
    work.session.add(payment)
    work.session.flush()
    return payment


def allocate(work: UnitOfWork, payment: Payment, invoice: Invoice, amount: int) -> Allocation:
    part = Allocation(payment_id=payment.id, invoice_id=invoice.id, amount_minor=amount)
    work.session.add(part)
    work.session.flush()
    return part


def test_parts_stay_within_payment_and_invoice(unit: Unit, book: Book) -> None:
    with unit() as work:
        payment = pay(work, book, 10000)
        part = allocate(work, payment, book.invoice, 6000)
        allocate(work, payment, book.invoice, 4000)
    with refused("parts of a payment"), unit() as work:
        allocate(work, payment, book.invoice, 1)
    with refused("parts of a payment"), unit() as work:
        allocate(work, pay(work, book, 5000), book.invoice, 1901)
    with refused("parts of a payment"), unit() as work:
        work.session.execute(update(Allocation).values(amount_minor=9000))
    with refused("parts of a payment"), unit() as work:
        work.session.execute(update(Payment).values(amount_minor=9999))
    with refused("does not fit"), unit() as work:
        work.session.execute(update(Payment).values(currency="USD"))
    with unit() as work:
        work.session.execute(
            update(Allocation).where(Allocation.id == part.id).values(deleted_at=work.now())
        )
        allocate(work, pay(work, book, 5000), book.invoice, 5000)


def test_a_part_needs_an_issued_invoice_in_its_currency(unit: Unit, book: Book) -> None:
    with refused("does not fit"), unit() as work:
        allocate(work, pay(work, book, 100), book.draft, 100)
    with refused("does not fit"), unit() as work:
        allocate(work, pay(work, book, 100, "USD"), book.invoice, 100)


def test_a_tax_in_use_only_ends(unit: Unit, book: Book) -> None:
    for values in ({"percent": Decimal(20)}, {"name": "other"}, {"category": "Z"}):
        with refused("tax is on an issued invoice"), unit() as work:
            work.session.execute(update(TaxRate).values(values))
    with unit() as work:
        work.session.execute(update(TaxRate).values(valid_to=DAY, archived=True))


def test_what_is_referred_to_is_not_deleted(unit: Unit, book: Book) -> None:
    with refused("refer to this one"), unit() as work:
        work.session.delete(book.client)


def test_the_log_of_changes_cannot_be_edited(unit: Unit, book: Book) -> None:
    for statement in ("UPDATE change_record SET new_json = '{}'", "DELETE FROM change_record"):
        with refused("past changes"), unit() as work:
            work.session.execute(text(statement))


def test_without_its_guard_an_issued_invoice_would_change(unit: Unit, book: Book) -> None:
    """The control: the guards are what refuses, and nothing else."""
    with unit() as work:
        for name in guards.triggers():
            work.session.execute(text(f"DROP TRIGGER {name}"))
        work.session.execute(text("UPDATE invoice SET gross_minor = 1"))
        assert work.session.execute(text("SELECT min(gross_minor) FROM invoice")).scalar() == 1
