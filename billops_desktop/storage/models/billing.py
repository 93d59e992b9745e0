"""Tables of money: rates, rounding, taxes, number series, invoices, payments."""

# Annotations are no text here: SQLAlchemy would read and evaluate each again at every start.
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from billops_desktop.storage.record import Record, SyncedRecord, one_of, reference

TAX_CATEGORIES = ("S", "Z", "E", "AE", "K", "G", "O", "L", "M")


class RoundingPolicy(SyncedRecord, Record):
    """How billed seconds are derived from what happened; a change is a new ``version``."""

    __tablename__ = "rounding_policy"
    __table_args__ = (
        one_of("mode", "none", "up", "down", "nearest"),
        one_of("applies_to", "entry", "day_task", "line", "total"),
        CheckConstraint("step_seconds > 0", "step"),
    )

    name: Mapped[str]
    step_seconds: Mapped[int] = mapped_column(default=60)
    mode: Mapped[str] = mapped_column(default="none")
    applies_to: Mapped[str] = mapped_column(default="entry")
    minimum_seconds: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)


class BillingRule(SyncedRecord, Record):
    """One dated price of time: nearest scope wins, a named person beats none, a tie is an error.

    ``price`` is per hour for kind "hourly" and per day for kind "daily". ``purpose`` "cost" is
    what an hour costs us, never printed. Both validity ends are inclusive.
    """

    __tablename__ = "billing_rule"
    __table_args__ = (
        one_of("scope", "workspace", "client", "project", "task"),
        one_of("kind", "hourly", "daily", "retainer", "fixed"),
        one_of("purpose", "bill", "cost"),
        CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from", "validity"
        ),
    )

    scope: Mapped[str]
    client_id: Mapped[str | None] = reference("client.id", nullable=True)
    project_id: Mapped[str | None] = reference("project.id", nullable=True)
    task_id: Mapped[str | None] = reference("task.id", nullable=True)
    person_id: Mapped[str | None] = reference("person.id", nullable=True)
    purpose: Mapped[str] = mapped_column(default="bill")
    kind: Mapped[str] = mapped_column(default="hourly")
    currency: Mapped[str]
    price: Mapped[Decimal]
    day_seconds: Mapped[int] = mapped_column(default=28_800)
    half_days: Mapped[bool] = mapped_column(default=False)
    day_cap_seconds: Mapped[int | None]
    pro_rata: Mapped[bool] = mapped_column(default=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class TaxRate(SyncedRecord, Record):
    """A dated tax of a country; frozen once an issued invoice used it."""

    __tablename__ = "tax_rate"
    __table_args__ = (
        one_of("category", *TAX_CATEGORIES),
        CheckConstraint("percent >= 0", "percent"),
    )

    company_id: Mapped[str] = reference("company.id")
    country: Mapped[str]
    name: Mapped[str]
    category: Mapped[str]
    percent: Mapped[Decimal]
    exemption_text: Mapped[str] = mapped_column(default="")
    exemption_code: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    is_default: Mapped[bool] = mapped_column(default=False)
    archived: Mapped[bool] = mapped_column(default=False)


class NumberSeries(SyncedRecord, Record):
    """How documents of one kind of one company are numbered."""

    __tablename__ = "number_series"
    __table_args__ = (
        one_of("kind", "invoice", "credit_note", "quote", "pro_forma"),
        one_of("reset", "never", "year", "month"),
        Index(
            "uq_number_series_kind",
            "company_id",
            "kind",
            unique=True,
            sqlite_where=text("active = 1 AND deleted_at IS NULL"),
        ),
    )

    company_id: Mapped[str] = reference("company.id", index=False)
    kind: Mapped[str]
    pattern: Mapped[str]
    reset: Mapped[str] = mapped_column(default="year")
    first_number: Mapped[int] = mapped_column(default=1)
    active: Mapped[bool] = mapped_column(default=True)


class NumberCounter(SyncedRecord, Record):
    """The last number given in one series and period ("2026", "2026-11" or "")."""

    __tablename__ = "number_counter"
    __table_args__ = (Index("uq_number_counter_period", "series_id", "period", unique=True),)

    series_id: Mapped[str] = reference("number_series.id", index=False)
    period: Mapped[str]
    last_given: Mapped[int]


class NumberUsed(SyncedRecord, Record):
    """Every number ever given, for what document, and why it is void. Insert only."""

    __tablename__ = "number_used"
    __table_args__ = (
        Index("uq_number_used_number", "company_id", "number", unique=True),
        Index("uq_number_used_count", "series_id", "period", "count", unique=True),
    )

    company_id: Mapped[str] = reference("company.id", index=False)
    series_id: Mapped[str] = reference("number_series.id", index=False)
    period: Mapped[str]
    count: Mapped[int]
    number: Mapped[str]
    invoice_id: Mapped[str | None] = reference("invoice.id", nullable=True)
    void_reason: Mapped[str] = mapped_column(default="")


class Invoice(SyncedRecord, Record):
    """A draft, or an issued document that no statement can change.

    Amounts are in the smallest unit of ``currency``; ``snapshot_json`` is the canonical JSON of all
    that is printed, ``content_sha256`` its hash chained to ``previous_sha256``. Totals of a draft
    are derived at each save and never typed.
    """

    __tablename__ = "invoice"
    __table_args__ = (
        one_of("kind", "invoice", "credit_note", "quote", "pro_forma"),
        one_of("state", "draft", "issued", "cancelled"),
        one_of("paper", "A4", "Letter"),
        Index(
            "uq_invoice_number",
            "company_id",
            "number",
            unique=True,
            sqlite_where=text("number IS NOT NULL"),
        ),
        Index("ix_invoice_state_due", "state", "due_on", sqlite_where=text("deleted_at IS NULL")),
        CheckConstraint("(state = 'draft') = (number IS NULL)", "number_iff_issued"),
        CheckConstraint("(state = 'draft') = (issued_at IS NULL)", "issued_at_iff_issued"),
    )

    company_id: Mapped[str] = reference("company.id", index=False)
    client_id: Mapped[str] = reference("client.id")
    kind: Mapped[str] = mapped_column(default="invoice")
    state: Mapped[str] = mapped_column(default="draft")
    title: Mapped[str] = mapped_column(default="")
    series_id: Mapped[str | None] = reference("number_series.id", nullable=True)
    number: Mapped[str | None]
    issued_at: Mapped[datetime | None]
    issue_on: Mapped[date]
    due_on: Mapped[date | None]
    supply_from: Mapped[date | None]
    supply_to: Mapped[date | None]
    currency: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    paper: Mapped[str] = mapped_column(default="A4")
    template: Mapped[str] = mapped_column(default="clean")
    client_reference: Mapped[str] = mapped_column(default="")
    purchase_order: Mapped[str] = mapped_column(default="")
    terms: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    footer: Mapped[str] = mapped_column(default="")
    net_minor: Mapped[int] = mapped_column(default=0)
    tax_minor: Mapped[int] = mapped_column(default=0)
    gross_minor: Mapped[int] = mapped_column(default=0)
    prepaid_minor: Mapped[int] = mapped_column(default=0)
    rounding_minor: Mapped[int] = mapped_column(default=0)
    due_minor: Mapped[int] = mapped_column(default=0)
    base_rate: Mapped[Decimal | None]
    base_rate_on: Mapped[date | None]
    base_rate_source: Mapped[str] = mapped_column(default="")
    corrects_invoice_id: Mapped[str | None] = reference("invoice.id", nullable=True)
    cancelled_by_id: Mapped[str | None] = reference("invoice.id", nullable=True)
    cancel_reason: Mapped[str] = mapped_column(default="")
    snapshot_json: Mapped[str | None]
    content_sha256: Mapped[str | None]
    previous_sha256: Mapped[str | None]
    sample: Mapped[bool] = mapped_column(default=False)


class InvoiceLine(SyncedRecord, Record):
    """One printed line. Time is counted in seconds (unit "SEC", base quantity 3600: price an hour).

    ``net_minor`` is rounded once, half up, from quantity x price / base quantity less the line
    discount; ``derivation`` says in words why this number.
    """

    __tablename__ = "invoice_line"
    __table_args__ = (
        one_of("kind", "time", "item", "expense", "text"),
        one_of("tax_category", *TAX_CATEGORIES),
        Index("ix_invoice_line_position", "invoice_id", "position"),
        CheckConstraint("price >= 0", "price"),
        CheckConstraint("base_quantity > 0", "base_quantity"),
    )

    invoice_id: Mapped[str] = reference("invoice.id", index=False)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(default="item")
    description: Mapped[str] = mapped_column(default="")
    details: Mapped[str] = mapped_column(default="")
    project_id: Mapped[str | None] = reference("project.id", nullable=True)
    quantity: Mapped[Decimal]
    unit: Mapped[str] = mapped_column(default="C62")
    price: Mapped[Decimal]
    base_quantity: Mapped[Decimal]
    discount_percent: Mapped[Decimal | None]
    discount_minor: Mapped[int] = mapped_column(default=0)
    net_minor: Mapped[int] = mapped_column(default=0)
    tax_rate_id: Mapped[str | None] = reference("tax_rate.id", nullable=True)
    tax_category: Mapped[str]
    tax_percent: Mapped[Decimal]
    derivation: Mapped[str] = mapped_column(default="")


class InvoiceCharge(SyncedRecord, Record):
    """A discount or a charge on the whole document, for one tax group or spread over all.

    Exactly one of ``percent`` and ``amount_minor`` is typed; the split over tax groups is derived.
    """

    __tablename__ = "invoice_charge"
    __table_args__ = (
        one_of("kind", "discount", "charge"),
        CheckConstraint("(percent IS NULL) <> (amount_minor IS NULL)", "percent_or_amount"),
    )

    invoice_id: Mapped[str] = reference("invoice.id")
    position: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    percent: Mapped[Decimal | None]
    amount_minor: Mapped[int | None]
    tax_category: Mapped[str | None]
    tax_percent: Mapped[Decimal | None]


class InvoiceTax(SyncedRecord, Record):
    """The tax of one category and rate of an invoice: computed once on the group's base."""

    __tablename__ = "invoice_tax"
    __table_args__ = (
        one_of("category", *TAX_CATEGORIES),
        Index("uq_invoice_tax_group", "invoice_id", "category", "percent", unique=True),
    )

    invoice_id: Mapped[str] = reference("invoice.id", index=False)
    category: Mapped[str]
    percent: Mapped[Decimal]
    base_minor: Mapped[int]
    tax_minor: Mapped[int]
    exemption_text: Mapped[str] = mapped_column(default="")
    exemption_code: Mapped[str] = mapped_column(default="")


class LineEntry(SyncedRecord, Record):
    """Which entry a line bills, for how many seconds, under which rounding policy version.

    A draft only proposes (``claimed_at`` empty); issuing claims; a cancelling credit note may
    release. The partial unique index holds an entry to at most one live line.
    """

    __tablename__ = "line_entry"
    __table_args__ = (
        Index(
            "uq_line_entry_live",
            "entry_id",
            unique=True,
            sqlite_where=text("claimed_at IS NOT NULL AND released_at IS NULL"),
        ),
        CheckConstraint("billed_seconds >= 0", "billed_seconds"),
        CheckConstraint("released_at IS NULL OR claimed_at IS NOT NULL", "release_after_claim"),
    )

    line_id: Mapped[str] = reference("invoice_line.id")
    entry_id: Mapped[str] = reference("time_entry.id")
    tracked_seconds: Mapped[int]
    billed_seconds: Mapped[int]
    rounding_policy_id: Mapped[str | None] = reference(
        "rounding_policy.id", nullable=True, index=False
    )
    rounding_policy_version: Mapped[int | None]
    claimed_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]


class InvoiceFile(SyncedRecord, Record):
    """The bytes a client got, kept by hash: kind "pdf" now, XML later. Insert only."""

    __tablename__ = "invoice_file"
    __table_args__ = (Index("uq_invoice_file_kind", "invoice_id", "kind", "sha256", unique=True),)

    invoice_id: Mapped[str] = reference("invoice.id", index=False)
    kind: Mapped[str] = mapped_column(default="pdf")
    sha256: Mapped[str]
    made_with: Mapped[str] = mapped_column(default="")


class Payment(SyncedRecord, Record):
    """Money that came in (or went out, when negative) from a client."""

    __tablename__ = "payment"
    __table_args__ = (
        one_of(
            "method", "bank_transfer", "cash", "card", "direct_debit", "cheque", "online", "other"
        ),
        CheckConstraint("amount_minor <> 0", "amount"),
    )

    client_id: Mapped[str] = reference("client.id")
    received_on: Mapped[date]
    amount_minor: Mapped[int]
    currency: Mapped[str]
    method: Mapped[str] = mapped_column(default="bank_transfer")
    reference: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    bank_line: Mapped[str] = mapped_column(default="")


class Allocation(SyncedRecord, Record):
    """The part of a payment that settles one invoice; what is left is the client's credit."""

    __tablename__ = "allocation"
    __table_args__ = (CheckConstraint("amount_minor <> 0", "amount"),)

    payment_id: Mapped[str] = reference("payment.id")
    invoice_id: Mapped[str] = reference("invoice.id")
    amount_minor: Mapped[int]
