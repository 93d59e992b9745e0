"""Tables of people and parties: workspace, person, company, bank account, client, contact."""

# Annotations are no text here: SQLAlchemy would read and evaluate each again at every start.
from datetime import date

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from billops_desktop.storage.record import Record, SyncedRecord, one_of, reference


class PostalAddress:
    """Columns of a postal address, as EN 16931 BG-5 and BG-8 name them."""

    street: Mapped[str] = mapped_column(default="")
    street_more: Mapped[str] = mapped_column(default="")
    post_code: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")


class Workspace(SyncedRecord, Record):
    """The one book of time and money in this profile."""

    __tablename__ = "workspace"
    __table_args__ = (
        CheckConstraint("first_weekday BETWEEN 1 AND 7", "first_weekday"),
        CheckConstraint("day_start_minutes BETWEEN 0 AND 1439", "day_start"),
    )

    name: Mapped[str]
    base_currency: Mapped[str]
    zone: Mapped[str]
    first_weekday: Mapped[int] = mapped_column(default=1)
    day_start_minutes: Mapped[int] = mapped_column(default=0)
    language: Mapped[str] = mapped_column(default="en")
    rounding_policy_id: Mapped[str | None] = reference("rounding_policy.id", nullable=True)
    locked_until: Mapped[date | None]


class Person(SyncedRecord, Record):
    """Someone who tracks time or issues invoices here."""

    __tablename__ = "person"
    __table_args__ = (
        one_of("role", "owner", "admin", "member", "viewer"),
        Index(
            "uq_person_email", text("lower(email)"), unique=True, sqlite_where=text("email <> ''")
        ),
    )

    email: Mapped[str] = mapped_column(default="")
    first_name: Mapped[str] = mapped_column(default="")
    last_name: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="owner")
    active: Mapped[bool] = mapped_column(default=True)
    login: Mapped[str] = mapped_column(default="")


class WorkingTime(SyncedRecord, Record):
    """How many seconds a week a person works, and from when to when that holds."""

    __tablename__ = "working_time"

    person_id: Mapped[str] = reference("person.id")
    seconds_per_week: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Company(SyncedRecord, PostalAddress, Record):
    """A seller: what its invoices say of it, with its own number series and taxes."""

    __tablename__ = "company"
    __table_args__ = (one_of("paper", "A4", "Letter"),)

    legal_name: Mapped[str]
    trade_name: Mapped[str] = mapped_column(default="")
    code: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    vat_id: Mapped[str] = mapped_column(default="")
    tax_number: Mapped[str] = mapped_column(default="")
    register_id: Mapped[str] = mapped_column(default="")
    small_business: Mapped[bool] = mapped_column(default=False)
    logo_sha256: Mapped[str | None]
    paper: Mapped[str] = mapped_column(default="A4")
    language: Mapped[str] = mapped_column(default="en")
    currency: Mapped[str]
    terms_days: Mapped[int] = mapped_column(default=14)
    template: Mapped[str] = mapped_column(default="clean")
    invoice_note: Mapped[str] = mapped_column(default="")
    invoice_footer: Mapped[str] = mapped_column(default="")
    sample: Mapped[bool] = mapped_column(default=False)


class BankAccount(SyncedRecord, Record):
    """An account that clients pay into, printed on invoices in its currency."""

    __tablename__ = "bank_account"

    company_id: Mapped[str] = reference("company.id")
    position: Mapped[int] = mapped_column(default=1)
    holder: Mapped[str] = mapped_column(default="")
    iban: Mapped[str] = mapped_column(default="")
    bic: Mapped[str] = mapped_column(default="")
    account_number: Mapped[str] = mapped_column(default="")
    bank_name: Mapped[str] = mapped_column(default="")
    currency: Mapped[str] = mapped_column(default="")


class Client(SyncedRecord, PostalAddress, Record):
    """Someone we work for and invoice."""

    __tablename__ = "client"
    __table_args__ = (
        Index(
            "uq_client_number",
            "number",
            unique=True,
            sqlite_where=text("number <> '' AND deleted_at IS NULL"),
        ),
    )

    name: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    parent_client_id: Mapped[str | None] = reference("client.id", nullable=True)
    vat_id: Mapped[str] = mapped_column(default="")
    tax_number: Mapped[str] = mapped_column(default="")
    currency: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    terms_days: Mapped[int | None]
    tax_rate_id: Mapped[str | None] = reference("tax_rate.id", nullable=True)
    einvoice_format: Mapped[str] = mapped_column(default="")
    einvoice_endpoint: Mapped[str] = mapped_column(default="")
    buyer_reference: Mapped[str] = mapped_column(default="")
    purchase_order: Mapped[str] = mapped_column(default="")
    template: Mapped[str] = mapped_column(default="")
    rounding_policy_id: Mapped[str | None] = reference("rounding_policy.id", nullable=True)
    notes: Mapped[str] = mapped_column(default="")
    colour: Mapped[str] = mapped_column(default="blue")
    archived: Mapped[bool] = mapped_column(default=False)
    sample: Mapped[bool] = mapped_column(default=False)


class Contact(SyncedRecord, Record):
    """A person at a client; ``receives_invoices`` is "to", "cc" or empty."""

    __tablename__ = "contact"
    __table_args__ = (one_of("receives_invoices", "", "to", "cc"),)

    client_id: Mapped[str] = reference("client.id")
    position: Mapped[int] = mapped_column(default=1)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="")
    receives_invoices: Mapped[str] = mapped_column(default="")
