"""Projects: add, edit, archive, pin, and find the one that a typed name means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import func, select

from billops_desktop.errors import InvalidInput, NotFound
from billops_desktop.i18n import _
from billops_desktop.services import activity, fields, records
from billops_desktop.services.books import Unit, book
from billops_desktop.services.directory import clients
from billops_desktop.services.directory.project_rows import ProjectRow, project, projects
from billops_desktop.services.directory.tasks import (
    NewTask,
    TaskRow,
    add_task,
    archive_task,
    edit_task,
    find_task,
    tasks,
)
from billops_desktop.services.edits import UNCHANGED, Unchanged, changed_fields
from billops_desktop.storage.models import Client, Project
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass

__all__ = [
    "NewProject",
    "NewTask",
    "ProjectEdit",
    "ProjectRow",
    "TaskRow",
    "activate",
    "add",
    "add_task",
    "archive",
    "archive_task",
    "at_client",
    "edit",
    "edit_task",
    "find",
    "find_task",
    "pin",
    "project",
    "projects",
    "tasks",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject:
    """A project to be added; None takes what its client or the workspace has."""

    name: str
    client_id: str | None = None
    code: str = ""
    colour: str | None = None
    description: str = ""
    currency: str | None = None
    billable: bool | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    budget_seconds: int | None = None
    budget_minor: int | None = None
    budget_period: str = "lifetime"
    budget_exceeded: str = "warn"
    purchase_order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectEdit:
    """What to change of a project."""

    name: str | Unchanged = UNCHANGED
    client_id: str | Unchanged | None = UNCHANGED
    code: str | Unchanged = UNCHANGED
    colour: str | Unchanged = UNCHANGED
    description: str | Unchanged = UNCHANGED
    status: str | Unchanged = UNCHANGED
    currency: str | Unchanged = UNCHANGED
    billable: bool | Unchanged = UNCHANGED
    starts_on: date | Unchanged | None = UNCHANGED
    ends_on: date | Unchanged | None = UNCHANGED
    budget_seconds: int | Unchanged | None = UNCHANGED
    budget_minor: int | Unchanged | None = UNCHANGED
    budget_period: str | Unchanged = UNCHANGED
    budget_exceeded: str | Unchanged = UNCHANGED
    purchase_order: str | Unchanged = UNCHANGED


CHECKS: Mapping[str, fields.Check] = {
    "name": fields.name,
    "client_id": fields.kept,
    "code": fields.short,
    "colour": fields.colour,
    "description": fields.prose,
    "status": fields.one_of("active", "on_hold", "archived"),
    "currency": fields.currency,
    "billable": fields.kept,
    "starts_on": fields.kept,
    "ends_on": fields.kept,
    "budget_seconds": fields.seconds,
    "budget_minor": fields.amount_minor,
    "budget_period": fields.one_of("lifetime", "monthly"),
    "budget_exceeded": fields.one_of("warn", "ask", "block"),
    "purchase_order": fields.line,
}


def find(work: Unit, name: str) -> ProjectRow:
    """Return the project named "Client/Project", "Project", by code or by id.

    An exact name beats a part of one, an active project an archived one; InvalidInput lists the
    candidates when it is still unclear, NotFound says that there is none.
    """
    wanted = fields.line(name, "project")
    listed = work.session.execute(
        select(Project.id, Project.code, Project.name, Client.name.label("client"), Project.status)
        .outerjoin(Client, Project.client_id == Client.id)
        .where(Project.deleted_at.is_(None))
    ).all()
    likely = _likely(listed, wanted) if wanted else []
    likely = [row for row in likely if row.status != "archived"] or likely
    if len(likely) == 1:
        return project(work, likely[0].id)
    if not likely:
        raise NotFound(
            _("There is no project {name}.").format(name=wanted[:80]),
            _("Nothing was changed. Look in the list of projects, or add it."),
            field="project",
        )
    full = [_full_name(row) for row in likely[: clients.NAMED_AT_MOST]]
    marks = [row.code or row.id[-clients.SHORTEST_ID :] for row in likely[: clients.NAMED_AT_MOST]]
    doubled = len(set(full)) < len(full)
    pairs = zip(full, marks, strict=True)
    names = ", ".join(f"{name} ({mark})" if doubled else name for name, mark in pairs)
    raise InvalidInput(
        _("{name} could be more than one project: {names}.").format(name=wanted[:80], names=names),
        _("Nothing was changed. Type what stands in the brackets.")
        if doubled
        else _("Nothing was changed. Type it as Client/Project."),
        field="project",
    )


def add(work: UnitOfWork, new: NewProject) -> ProjectRow:
    """Add a project; without a client it is internal and not billable."""
    typed = {name: value for name, value in asdict(new).items() if value is not None}
    usual: dict[str, Any] = {"billable": new.client_id is not None}
    usual["currency"] = book(work).base_currency
    if new.client_id is not None:
        owner = records.live(work, Client, new.client_id, _("client"))
        usual["currency"] = owner.currency
    if new.colour is None:
        count = work.session.scalar(select(func.count()).select_from(Project)) or 0
        usual["colour"] = fields.COLOURS[count % len(fields.COLOURS)]
    values = fields.checked(CHECKS, {**usual, **typed})
    _check_dates(values)
    _check_name(work, values["name"], values.get("client_id"))
    row = records.add(work, Project(**values))
    activity.record(work, "project.created", "project", row.id)
    return project(work, row.id)


def edit(work: UnitOfWork, project_id: str, changes: ProjectEdit) -> ProjectRow:
    """Change a project; entries that exist keep their own billable mark."""
    row = records.live(work, Project, project_id, _("project"))
    values = fields.checked(CHECKS, changed_fields(changes))
    if values.get("client_id") is not None:
        records.live(work, Client, values["client_id"], _("client"))
    _check_dates({"starts_on": row.starts_on, "ends_on": row.ends_on, **values})
    name, client_id = values.get("name", row.name), values.get("client_id", row.client_id)
    if (name.casefold(), client_id) != (row.name.casefold(), row.client_id):
        _check_name(work, name, client_id)
    if records.change(work, row, values):
        archived = values.get("status") == "archived"
        happened = "project.archived" if archived else "project.updated"
        activity.record(work, happened, "project", project_id)
    return project(work, project_id)


def archive(work: UnitOfWork, project_id: str) -> None:
    """Take a project out of the lists; its time stays, and can still be billed."""
    edit(work, project_id, ProjectEdit(status="archived"))


def activate(work: UnitOfWork, project_id: str) -> None:
    """Bring a project back into the lists."""
    edit(work, project_id, ProjectEdit(status="active"))


def pin(work: UnitOfWork, project_id: str, *, pinned: bool = True) -> None:
    """Keep a project at the head of the lists, or let it go."""
    records.change(work, records.live(work, Project, project_id, _("project")), {"pinned": pinned})


def at_client(work: Unit, text: str) -> tuple[str | None, str]:
    """Return the client's id and the project's name that "Client/Project" means.

    A slash may be part of the client's name: the longest client that there is counts, then the
    one that the part before the first slash is known by. Without a slash there is no client.
    """
    if "/" not in text:
        return None, text
    known = work.session.execute(
        select(Client.id, Client.name).where(Client.deleted_at.is_(None)).order_by(Client.archived)
    ).all()
    by_name = {row.name.casefold(): row.id for row in reversed(known)}
    parts = text.split("/")
    for count in range(len(parts) - 1, 0, -1):
        head = fields.line("/".join(parts[:count]), "client").casefold()
        if head in by_name:
            return by_name[head], "/".join(parts[count:])
    if not parts[0].strip():
        raise InvalidInput(
            _("No client stands before the slash."),
            _("Nothing was changed. Type Client/Project, or for internal work a name alone."),
            field="client",
        )
    return clients.find(work, parts[0]).id, "/".join(parts[1:])


def _check_name(work: UnitOfWork, name: str, client_id: str | None) -> None:
    """Refuse a second project of the same name at one client."""
    same_client = (
        Project.client_id.is_(None) if client_id is None else Project.client_id == client_id
    )
    listed = work.session.execute(
        select(Project.name, Project.status).where(Project.deleted_at.is_(None), same_client)
    )
    for known, status in listed:
        if known.casefold() != name.casefold():
            continue
        if status == "archived":
            title = _("There is an archived project {name}.")
            hint = _("Nothing was saved. Bring that one back, or choose another name.")
        else:
            title = _("There is a project {name} here already.")
            hint = _("Nothing was saved. Use that one, or choose another name.")
        raise InvalidInput(title.format(name=known), hint, field="name")


def _likely(listed: Sequence[Any], wanted: str) -> list[Any]:
    folded = wanted.casefold()
    spaced = "/".join(part.strip() for part in folded.rpartition("/")[::2]).lstrip("/")
    for same in (
        lambda row: wanted in {row.id, row.code},
        lambda row: _full_name(row).casefold() in {folded, spaced},
        lambda row: row.name.casefold() == folded,
        lambda row: len(folded) >= clients.SHORTEST_ID and row.id.endswith(folded),
        lambda row: folded in _full_name(row).casefold(),
    ):
        found = [row for row in listed if same(row)]
        if found:
            return found
    return []


def _full_name(row: Any) -> str:
    return f"{row.client}/{row.name}" if row.client else str(row.name)


def _check_dates(values: Mapping[str, Any]) -> None:
    starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        raise InvalidInput(
            _("The project would end before it starts."), _("Nothing was saved."), field="ends_on"
        )
