"""Time entries as CSV cells: readable in a spreadsheet, safe in it, and complete to come back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, select

from billops_desktop.domain.periods import zone_named
from billops_desktop.services.books import Unit
from billops_desktop.services.rates.pricing import RateBook, worth
from billops_desktop.services.transfer.csv_text import guarded
from billops_desktop.storage.models import (
    Client,
    Invoice,
    InvoiceLine,
    Person,
    Project,
    Task,
    TimeEntry,
)

EXPORTED = (
    "id",
    "date",
    "start",
    "end",
    "zone",
    "break_seconds",
    "duration",
    "client",
    "project",
    "task",
    "description",
    "billable",
    "rate",
    "value",
    "currency",
    "invoice",
    "person",
    "source",
    "external_source",
    "external_id",
)
FETCHED = 5_000

_COLUMNS = (
    TimeEntry.id,
    TimeEntry.local_on,
    TimeEntry.started_at,
    TimeEntry.ended_at,
    TimeEntry.zone,
    TimeEntry.break_seconds,
    TimeEntry.seconds,
    Client.name.label("client"),
    Project.name.label("project"),
    Task.name.label("task"),
    TimeEntry.description,
    TimeEntry.billable,
    TimeEntry.rate,
    Invoice.number.label("invoice"),
    Person.email,
    TimeEntry.source,
    TimeEntry.external_source,
    TimeEntry.external_id,
    TimeEntry.person_id,
    TimeEntry.project_id,
    TimeEntry.task_id,
    Project.client_id,
    Project.currency,
)


def exported_rows(
    work: Unit, from_on: date, to_on: date, *, client_id: str | None = None
) -> tuple[int, Iterator[Sequence[str]]]:
    """Return how many stopped entries there are in [from_on, to_on], and their cells in turn."""
    conditions: list[ColumnElement[bool]] = [
        TimeEntry.deleted_at.is_(None),
        TimeEntry.ended_at.is_not(None),
        TimeEntry.local_on.between(from_on, to_on),
    ]
    if client_id is not None:
        conditions.append(Project.client_id == client_id)
    counted = select(func.count()).select_from(TimeEntry)
    total = work.session.scalar(
        counted.outerjoin(Project, TimeEntry.project_id == Project.id).where(*conditions)
    )
    chosen = (
        select(*_COLUMNS)
        .outerjoin_from(TimeEntry, Project, TimeEntry.project_id == Project.id)
        .outerjoin(Client, Project.client_id == Client.id)
        .outerjoin(Task, TimeEntry.task_id == Task.id)
        .outerjoin(Person, TimeEntry.person_id == Person.id)
        .outerjoin(InvoiceLine, TimeEntry.billed_line_id == InvoiceLine.id)
        .outerjoin(Invoice, InvoiceLine.invoice_id == Invoice.id)
        .where(*conditions)
        .order_by(TimeEntry.local_on, TimeEntry.started_at, TimeEntry.id)
        .execution_options(yield_per=FETCHED)
    )
    return total or 0, _cells(RateBook.of(work), work.session.execute(chosen))


def _cells(book: RateBook, found: Any) -> Iterator[Sequence[str]]:
    for row in found:
        rate = book.rate_of(row) if row.billable else None
        value = None if rate is None else worth(rate, row.seconds)
        yield (
            row.id,
            row.local_on.isoformat(),
            _wall(row.started_at, row.zone),
            _wall(row.ended_at, row.zone),
            row.zone,
            str(row.break_seconds),
            _length(row.seconds),
            guarded(row.client or ""),
            guarded(row.project or ""),
            guarded(row.task or ""),
            guarded(row.description),
            "yes" if row.billable else "no",
            "" if row.rate is None else _plain(row.rate),
            "" if value is None else str(value.decimal),
            "" if value is None else value.currency,
            guarded(row.invoice or ""),
            guarded(row.email or ""),
            guarded(row.source),
            guarded(row.external_source),
            guarded(row.external_id),
        )


def _wall(instant: datetime, zone: str) -> str:
    """Return the wall time with its offset, so that no change of clocks makes it two instants."""
    local = instant.astimezone(zone_named(zone))
    # Offsets of long ago have seconds, which other programs do not read.
    exact = local.utcoffset() is not None and not local.strftime("%z")[5:]
    return (local if exact else instant.astimezone(UTC)).isoformat(timespec="seconds")


def _length(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _plain(rate: Decimal) -> str:
    return f"{rate.normalize():f}"
