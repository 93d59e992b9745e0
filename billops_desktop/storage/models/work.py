"""Tables of work: project, task, time entry."""

# Annotations are no text here: SQLAlchemy would read and evaluate each again at every start.
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Computed, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from billops_desktop.storage.record import Record, SyncedRecord, one_of, reference

LIVE = text("deleted_at IS NULL")
UNBILLED = text(
    "billable = 1 AND billed_line_id IS NULL AND ended_at IS NOT NULL AND deleted_at IS NULL"
)


class Project(SyncedRecord, Record):
    """A piece of work for a client; without a client it is internal."""

    __tablename__ = "project"
    __table_args__ = (
        one_of("status", "active", "on_hold", "archived"),
        one_of("budget_period", "lifetime", "monthly"),
        one_of("budget_exceeded", "warn", "ask", "block"),
    )

    client_id: Mapped[str | None] = reference("client.id", nullable=True)
    name: Mapped[str]
    code: Mapped[str] = mapped_column(default="")
    colour: Mapped[str] = mapped_column(default="blue")
    description: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="active")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    currency: Mapped[str]
    billable: Mapped[bool] = mapped_column(default=True)
    budget_seconds: Mapped[int | None]
    budget_minor: Mapped[int | None]
    budget_period: Mapped[str] = mapped_column(default="lifetime")
    budget_exceeded: Mapped[str] = mapped_column(default="warn")
    rounding_policy_id: Mapped[str | None] = reference("rounding_policy.id", nullable=True)
    purchase_order: Mapped[str] = mapped_column(default="")
    pinned: Mapped[bool] = mapped_column(default=False)
    sample: Mapped[bool] = mapped_column(default=False)


class Task(SyncedRecord, Record):
    """A service or activity of one project, or of all when it names none."""

    __tablename__ = "task"

    project_id: Mapped[str | None] = reference("project.id", nullable=True)
    name: Mapped[str]
    billable: Mapped[bool] = mapped_column(default=True)
    colour: Mapped[str] = mapped_column(default="")
    estimate_seconds: Mapped[int | None]
    rounding_policy_id: Mapped[str | None] = reference("rounding_policy.id", nullable=True)
    archived: Mapped[bool] = mapped_column(default=False)


class TimeEntry(SyncedRecord, Record):
    """What happened: a half-open span in UTC with the zone it was lived in. Running = no end.

    ``local_on`` is the local date of the start in the entry's own zone after the workspace's day
    start; lists and reports read it instead of converting zones in SQL. ``billed_line_id`` is the
    live invoice line that carries the entry; while it is set the row is read-only.
    """

    __tablename__ = "time_entry"
    __table_args__ = (
        one_of("source", "timer", "manual", "calendar", "import", "api"),
        one_of("approval", "pending", "approved", "rejected"),
        CheckConstraint("ended_at IS NULL OR ended_at >= started_at", "end_after_start"),
        CheckConstraint("break_seconds >= 0", "break"),
        Index(
            "uq_time_entry_running",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL AND deleted_at IS NULL"),
        ),
        Index(
            "uq_time_entry_external",
            "external_source",
            "external_id",
            unique=True,
            sqlite_where=text("external_id <> ''"),
        ),
        Index("ix_time_entry_day", "local_on", "started_at", sqlite_where=LIVE),
        Index(
            "ix_time_entry_person_start", "person_id", "started_at", "ended_at", sqlite_where=LIVE
        ),
        Index(
            "ix_time_entry_day_cover",
            "local_on",
            "project_id",
            "billable",
            "seconds",
            sqlite_where=LIVE,
        ),
        Index(
            "ix_time_entry_unbilled",
            "project_id",
            "local_on",
            "seconds",
            sqlite_where=UNBILLED,
        ),
        # In the order in which unbilled time is summed and priced.
        Index(
            "ix_time_entry_unbilled_sum",
            "project_id",
            "person_id",
            "task_id",
            "rate",
            "local_on",
            "seconds",
            sqlite_where=UNBILLED,
        ),
        # What has a price of its own, which is little: summed apart from the rest.
        Index(
            "ix_time_entry_unbilled_rated",
            "project_id",
            "person_id",
            "task_id",
            "rate",
            "local_on",
            "seconds",
            sqlite_where=text(f"{UNBILLED.text} AND rate IS NOT NULL"),
        ),
        # Sums the time of projects without a look at the rows. The collation, which changes nothing
        # of an id, keeps it for sums: SQLite would take it where a narrower index is due.
        Index(
            "ix_time_entry_project_time",
            text("project_id COLLATE NOCASE"),
            "seconds",
            sqlite_where=LIVE,
        ),
        # Only of what is billed: else SQLite takes it for the way to a million unbilled entries.
        Index(
            "ix_time_entry_billed_line_id",
            "billed_line_id",
            sqlite_where=text("billed_line_id IS NOT NULL"),
        ),
    )

    person_id: Mapped[str] = reference("person.id", index=False)
    project_id: Mapped[str | None] = reference("project.id", nullable=True)
    task_id: Mapped[str | None] = reference("task.id", nullable=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    zone: Mapped[str]
    local_on: Mapped[date]
    break_seconds: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[int | None] = mapped_column(
        Computed("(ended_at - started_at) / 1000000 - break_seconds", persisted=True)
    )
    description: Mapped[str] = mapped_column(default="")
    billable: Mapped[bool] = mapped_column(default=True)
    rate: Mapped[Decimal | None]
    source: Mapped[str] = mapped_column(default="timer")
    approval: Mapped[str] = mapped_column(default="pending")
    approval_reason: Mapped[str] = mapped_column(default="")
    needs_check: Mapped[bool] = mapped_column(default=False)
    external_source: Mapped[str] = mapped_column(default="")
    external_id: Mapped[str] = mapped_column(default="")
    context_json: Mapped[str] = mapped_column(default="{}")
    billed_line_id: Mapped[str | None] = reference("invoice_line.id", nullable=True, index=False)
