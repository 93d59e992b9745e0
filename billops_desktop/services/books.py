"""The open book of a unit of work: its company, its today, its documents, rows in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from billops_desktop.domain.periods import local_day
from billops_desktop.errors import NotFound, Refused
from billops_desktop.i18n import _
from billops_desktop.storage.models import Client, Company, Invoice, Workspace
from billops_desktop.storage.record import UtcInstant
from billops_desktop.storage.unit_of_work import ReadingUnit, UnitOfWork

# SQLite takes 32,766 bound values a statement.
MOST_VARIABLES = 10_000

Unit = UnitOfWork | ReadingUnit


def book(work: Unit) -> Workspace:
    """Return the workspace of the profile; Refused while nothing is set up."""
    found = work.session.scalars(select(Workspace).limit(1)).first()
    if found is None:
        raise Refused(
            _("There is no workspace yet."), _("Set up your company first; it takes a minute.")
        )
    return found


def company_of(work: Unit, company_id: str | None = None) -> Company:
    """Return the seller with this id, or the first one; Refused while there is none."""
    query = select(Company).where(Company.deleted_at.is_(None))
    query = query.where(Company.id == company_id) if company_id else query.order_by(Company.id)
    found = work.session.scalars(query.limit(1)).first()
    if found is None:
        raise Refused(
            _("There is no company to invoice from yet."), _("Set up your company first.")
        )
    return found


def profile_of(work: Unit) -> Path:
    """Return the folder of the profile: kept files lie there."""
    database: Path = work.session.info["path"]
    return database.parent


def today(work: Unit) -> date:
    """Return the date of today in the company's zone: due dates and overdue count from it."""
    return local_day(work.clock.now(), book(work).zone)


def client_of(work: Unit, client_id: str) -> Client:
    """Return a client that is not deleted."""
    found = work.session.get(Client, client_id)
    if found is None or found.deleted_at is not None:
        raise NotFound(
            _("This client does not exist."),
            _("Nothing was changed. Look in the list of clients."),
            field="client",
        )
    return found


def invoice_of(work: Unit, invoice_id: str) -> Invoice:
    """Return an invoice that is not deleted."""
    found = work.session.get(Invoice, invoice_id)
    if found is None or found.deleted_at is not None:
        raise NotFound(
            _("This invoice does not exist."),
            _("Nothing was changed. Look in the list of invoices."),
            field="invoice",
        )
    return found


def draft_of(work: Unit, invoice_id: str) -> Invoice:
    """Return a draft; Refused for what is issued, since no one may change that."""
    invoice = invoice_of(work, invoice_id)
    if invoice.state != "draft":
        raise Refused(
            _("Invoice {number} was not changed: it is issued.").format(number=invoice.number),
            _("Cancel it with a credit note, then make a new one."),
            field="state",
        )
    return invoice


def _bound(
    row: tuple[Any, ...], to_bind: Sequence[tuple[int, Callable[[Any], Any]]]
) -> tuple[Any, ...]:
    """Return the row as the driver takes it; most columns hold what it takes already."""
    if not to_bind:
        return row
    values = list(row)
    for place, bind in to_bind:
        values[place] = bind(values[place])
    return tuple(values)


def insert_many(
    work: UnitOfWork, table: Table, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """Insert rows given as tuples in the order of ``columns``, the id first; times are added.

    Ten thousand rows at a time go by here: the session would cost many times the insert itself.
    """
    dialect = work.session.get_bind().dialect
    found = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in columns]
    to_bind = [(place, bind) for place, bind in enumerate(found) if bind is not None]
    now = UtcInstant().process_bind_param(work.clock.now(), dialect)
    stamp = (now, now, 0)
    bound = [_bound(row, to_bind) + stamp for row in rows]
    names = (*columns, "created_at", "updated_at", "_v")
    listed = ", ".join(f'"{name}"' for name in names)
    marks = f"({', '.join('?' for _name in names)})"
    at_once = MOST_VARIABLES // len(names)
    work.session.flush()
    run = work.session.connection().exec_driver_sql
    for first in range(0, len(bound), at_once):
        part = bound[first : first + at_once]
        # Many rows a statement: with triggers each statement opens a journal of its own.
        all_marks = ", ".join([marks] * len(part))
        statement = f'INSERT INTO "{table.name}" ({listed}) VALUES {all_marks}'  # noqa: S608 - names come from the model
        run(statement, tuple(chain.from_iterable(part)))
