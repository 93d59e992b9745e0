"""The rules of time entries: what fits, what is locked, and where an entry belongs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from billops_desktop.errors import InvalidInput, Refused
from billops_desktop.i18n import _
from billops_desktop.services import fields, records
from billops_desktop.services.entries.refusals import locked
from billops_desktop.storage.models import (
    Invoice,
    InvoiceLine,
    Project,
    Task,
    TimeEntry,
    Workspace,
)
from billops_desktop.storage.unit_of_work import UnitOfWork

MOST_RATE = Decimal(1_000_000)


def checked_rate(rate: Decimal | None) -> Decimal | None:
    """Return a rate that was typed on an entry; InvalidInput when it is none."""
    if rate is not None and not (rate.is_finite() and 0 <= rate < MOST_RATE):
        raise InvalidInput(
            _("{rate} is not an hourly rate.").format(rate=str(rate)[:40]),
            _("Nothing was written. A rate is 0 or more."),
            field="rate",
        )
    return None if rate is None else fields.exact(rate, "rate")


def check_span(started_at: datetime, ended_at: datetime | None, break_seconds: int) -> None:
    """Refuse an end before the start, and a break that does not fit between them."""
    if ended_at is not None and ended_at < started_at:
        raise InvalidInput(
            _("It ends before it starts."),
            _("Nothing was changed. For work past midnight, end it on the next day."),
            field="ended_at",
        )
    length = None if ended_at is None else (ended_at - started_at) // timedelta(seconds=1)
    all_of_it = length is not None and break_seconds > 0 and length <= break_seconds
    if break_seconds < 0 or all_of_it:
        raise InvalidInput(
            _("The break does not fit into the entry."),
            _("Nothing was changed. A break is shorter than the time around it."),
            field="break_seconds",
        )


def check_free(work: UnitOfWork, row: TimeEntry) -> None:
    """Refuse to touch an entry that an invoice or a closed period holds."""
    if row.billed_line_id is not None:
        number = work.session.scalar(
            select(Invoice.number)
            .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
            .where(InvoiceLine.id == row.billed_line_id)
        )
        raise Refused(
            _("This entry is on invoice {number}, so it is locked.").format(number=number),
            _("Nothing was changed. Cancel the invoice to free its entries."),
        )
    check_open_day(work, row.local_on)


def check_open_day(work: UnitOfWork, day: date) -> None:
    """Refuse to write into a period that is closed."""
    locked_until = work.session.scalar(select(Workspace.locked_until))
    if locked_until is not None and day <= locked_until:
        raise locked(locked_until)


def place(
    work: UnitOfWork, project_id: str | None, task_id: str | None, billable: bool | None
) -> dict[str, Any]:
    """Return project, task and billable of an entry; a task brings its own project along."""
    task = None if task_id is None else records.live(work, Task, task_id, _("task"))
    if task is not None and task.project_id is not None:
        if project_id not in {None, task.project_id}:
            raise InvalidInput(
                _("The task {task} belongs to another project.").format(task=task.name),
                _("Nothing was changed. Choose a task of this project."),
                field="task_id",
            )
        project_id = task.project_id
    project = None if project_id is None else records.live(work, Project, project_id, _("project"))
    if project is not None and project.status == "archived":
        raise Refused(
            _("{project} is archived.").format(project=project.name),
            _("Nothing was changed. Activate the project, or choose another one."),
            field="project_id",
        )
    if billable is None:
        # Without a project there is nobody to charge.
        billable = project is not None and project.billable and (task is None or task.billable)
    return {"project_id": project_id, "task_id": task_id, "billable": billable}


def moved(work: UnitOfWork, row: TimeEntry, fields: dict[str, Any]) -> dict[str, Any]:
    """Return where an edited entry belongs now; another project's own task does not come along."""
    project_id = fields.get("project_id", row.project_id)
    task_id = fields.get("task_id", row.task_id)
    if "task_id" not in fields and task_id is not None:
        task = work.session.get(Task, task_id)
        if task is not None and task.project_id not in {None, project_id}:
            task_id = None
    same_place = (project_id, task_id) == (row.project_id, row.task_id)
    return place(
        work, project_id, task_id, fields.get("billable", row.billable if same_place else None)
    )
