"""Tasks: the services that time is booked on, of one project or of all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy import func, or_, select

from billops_desktop.errors import InvalidInput, NotFound
from billops_desktop.i18n import _
from billops_desktop.services import activity, fields, records
from billops_desktop.services.books import Unit
from billops_desktop.storage.models import Project, Task
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """One task; ``project_id`` None is a task of all projects."""

    id: str
    name: str
    project_id: str | None
    billable: bool
    colour: str
    estimate_seconds: int | None
    archived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """A task to be added, or what an existing one becomes."""

    name: str
    project_id: str | None = None
    billable: bool = True
    estimate_seconds: int | None = None


CHECKS: Mapping[str, fields.Check] = {
    "name": fields.name,
    "project_id": fields.kept,
    "billable": fields.kept,
    "estimate_seconds": fields.seconds,
}
COLUMNS = (
    Task.id,
    Task.name,
    Task.project_id,
    Task.billable,
    Task.colour,
    Task.estimate_seconds,
    Task.archived,
)


def tasks(
    work: Unit, project_id: str | None = None, *, archived: bool = False
) -> tuple[TaskRow, ...]:
    """Return the tasks that can be chosen in a project: its own first, then those of all."""
    chosen = select(*COLUMNS).where(
        Task.deleted_at.is_(None),
        or_(Task.project_id.is_(None), Task.project_id == project_id),
    )
    if not archived:
        chosen = chosen.where(Task.archived.is_(False))
    order = (Task.project_id.is_(None), func.lower(Task.name), Task.id)
    return tuple(TaskRow(**row._asdict()) for row in work.session.execute(chosen.order_by(*order)))


def tasks_of_all_projects(work: Unit) -> tuple[TaskRow, ...]:
    """Return every task that can be chosen somewhere, by name."""
    chosen = select(*COLUMNS).where(Task.deleted_at.is_(None), Task.archived.is_(False))
    order = (func.lower(Task.name), Task.id)
    return tuple(TaskRow(**row._asdict()) for row in work.session.execute(chosen.order_by(*order)))


def find_task(work: Unit, name: str, project_id: str | None = None) -> TaskRow:
    """Return the task of this name or id that the project can have; NotFound lists them."""
    wanted = fields.line(name, "task")
    listed = tasks(work, project_id)
    found = [row for row in listed if row.id == wanted or row.name.casefold() == wanted.casefold()]
    if not found:
        raise NotFound(
            _("There is no task {name}.").format(name=wanted[:80]),
            _("The tasks here are: {names}.").format(
                names=", ".join(row.name for row in listed) or _("none")
            ),
            field="task",
        )
    return found[0]


def add_task(work: UnitOfWork, new: NewTask) -> TaskRow:
    """Add a task to a project, or to all."""
    values = fields.checked(CHECKS, asdict(new))
    if new.project_id is not None:
        records.live(work, Project, new.project_id, _("project"))
    _check_free_name(work, values["name"], new.project_id, "")
    row = records.add(work, Task(**values))
    activity.record(work, "task.created", "task", row.id)
    return _row(row)


def edit_task(work: UnitOfWork, task_id: str, new: NewTask) -> TaskRow:
    """Let a task become what ``new`` says; it stays in its project."""
    row = records.live(work, Task, task_id, _("task"))
    values = fields.checked(CHECKS, asdict(new))
    values["project_id"] = row.project_id
    _check_free_name(work, values["name"], row.project_id, task_id)
    if records.change(work, row, values):
        activity.record(work, "task.updated", "task", task_id)
    return _row(row)


def archive_task(work: UnitOfWork, task_id: str, *, archived: bool = True) -> None:
    """Take a task out of the lists, or back into them; its time stays."""
    row = records.live(work, Task, task_id, _("task"))
    if records.change(work, row, {"archived": archived}):
        activity.record(work, "task.updated", "task", task_id)


def _check_free_name(work: Unit, name: str, project_id: str | None, own_id: str) -> None:
    for row in tasks(work, project_id):
        same_place = row.project_id == project_id and row.id != own_id
        if same_place and row.name.casefold() == name.casefold():
            raise InvalidInput(
                _("There is a task {name} here already.").format(name=name[:80]),
                _("Nothing was saved. Choose another name."),
                field="name",
            )


def _row(found: Task) -> TaskRow:
    return TaskRow(
        id=found.id,
        name=found.name,
        project_id=found.project_id,
        billable=found.billable,
        colour=found.colour,
        estimate_seconds=found.estimate_seconds,
        archived=found.archived,
    )
