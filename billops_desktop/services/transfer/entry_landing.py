"""Parsed entries become rows: names looked up or added, what is there passed over, all at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from billops_desktop.clock import microseconds_of
from billops_desktop.i18n import LANGUAGES, N_, _, translator
from billops_desktop.services import activity
from billops_desktop.services.books import Unit
from billops_desktop.services.directory import clients, projects
from billops_desktop.services.transfer.entry_parsing import ParsedEntry
from billops_desktop.storage.models import Client, Person, Project, Task, TimeEntry
from billops_desktop.storage.record import MICRO
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass

GENERAL = N_("General")
ASKED_AT_ONCE = 10_000
INSERTED_AT_ONCE = 2_000
WRITTEN = (
    "id",
    "created_at",
    "updated_at",
    "_v",
    "person_id",
    "project_id",
    "task_id",
    "started_at",
    "ended_at",
    "zone",
    "local_on",
    "break_seconds",
    "description",
    "billable",
    "rate",
    "source",
    "approval",
    "approval_reason",
    "needs_check",
    "external_source",
    "external_id",
    "context_json",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Landed:
    """How many rows an import added, of each kind."""

    added: int
    clients: int
    projects: int
    tasks: int


def new_ones(work: Unit, entries: Sequence[ParsedEntry]) -> list[ParsedEntry]:
    """Return the entries that are not there yet: by their own id, or by source and foreign id."""
    ids = _present(work, TimeEntry.id, [entry.id for entry in entries if entry.id])
    marks = [entry.external_id for entry in entries if entry.external_id]
    known = {
        (source, mark)
        for chunk in _chunks(marks)
        for source, mark in work.session.execute(
            select(TimeEntry.external_source, TimeEntry.external_id).where(
                TimeEntry.external_id.in_(chunk)
            )
        )
    }
    fresh = []
    for entry in entries:
        mark = (entry.external_source, entry.external_id)
        if entry.id in ids or (entry.external_id and mark in known):
            continue
        # The same row twice in one file is one row, as it would be in two files.
        if entry.id:
            ids.add(entry.id)
        if entry.external_id:
            known.add(mark)
        fresh.append(entry)
    return fresh


def land(
    work: UnitOfWork, entries: Sequence[ParsedEntry], step: Callable[[int, int], None]
) -> Landed:
    """Insert the entries that are new, in one transaction with what they need."""
    fresh = new_ones(work, entries)
    places = _Places(work)
    people = {
        email.casefold(): person_id
        for email, person_id in work.session.execute(
            select(Person.email, Person.id).where(Person.email != "")
        )
    }
    rows = []
    for entry in fresh:
        place = places.of(entry)
        rows.append(_row(work, entry, place, people.get(entry.email.casefold())))
    names = ", ".join(f'"{name}"' for name in WRITTEN)
    marks = ", ".join("?" for _name in WRITTEN)
    statement = f"INSERT INTO time_entry ({names}) VALUES ({marks})"  # noqa: S608 - our own names
    work.session.flush()
    connection = work.session.connection()
    for start in range(0, len(rows), INSERTED_AT_ONCE):
        step(start, len(rows))
        connection.exec_driver_sql(statement, rows[start : start + INSERTED_AT_ONCE])
    if fresh:
        activity.record(work, "entry.created", "time_entry", "", imported=len(fresh))
    return Landed(
        added=len(fresh), clients=places.clients, projects=places.projects, tasks=places.tasks
    )


class _Places:
    """Clients, projects and tasks by the names that the file gives them; missing ones are added."""

    def __init__(self, work: UnitOfWork) -> None:
        self.work = work
        self.clients = self.projects = self.tasks = 0
        session = work.session
        self._clients = {
            name.casefold(): client_id
            for name, client_id in session.execute(
                select(Client.name, Client.id).where(Client.deleted_at.is_(None))
            )
        }
        self._projects = {
            (client_id, name.casefold()): project_id
            for client_id, name, project_id in session.execute(
                select(Project.client_id, Project.name, Project.id).where(
                    Project.deleted_at.is_(None)
                )
            )
        }
        self._tasks = {
            (project_id, name.casefold()): task_id
            for project_id, name, task_id in session.execute(
                select(Task.project_id, Task.name, Task.id).where(Task.deleted_at.is_(None))
            )
        }
        self._unbilled_tasks = set(session.scalars(select(Task.id).where(Task.billable.is_(False))))
        billable = session.execute(select(Project.id, Project.billable))
        self._billable = {row.id: row.billable for row in billable}

    def of(self, entry: ParsedEntry) -> tuple[str | None, str | None, bool]:
        """Return project, task and the default of billable for an entry."""
        if not entry.project and not entry.client:
            return None, None, False
        client_id = self._client(entry.client) if entry.client else None
        project_id = self._project(client_id, entry.project or self._general(client_id))
        task_id = self._task(project_id, entry.task) if entry.task else None
        billable = self._billable[project_id] and task_id not in self._unbilled_tasks
        return project_id, task_id, billable

    def _general(self, client_id: str | None) -> str:
        """Return the name of a client's project for rows that name none, in whatever language."""
        for language in LANGUAGES:
            name = translator(language).text(GENERAL)
            if (client_id, name.casefold()) in self._projects:
                return name
        return _(GENERAL)

    def _client(self, name: str) -> str:
        key = name.casefold()
        if key not in self._clients:
            self._clients[key] = clients.add(self.work, clients.NewClient(name=name)).id
            self.clients += 1
        return self._clients[key]

    def _project(self, client_id: str | None, name: str) -> str:
        key = (client_id, name.casefold())
        if key not in self._projects:
            new = projects.NewProject(name=name, client_id=client_id)
            added = projects.add(self.work, new)
            self._projects[key] = added.id
            self._billable[added.id] = added.billable
            self.projects += 1
        return self._projects[key]

    def _task(self, project_id: str, name: str) -> str:
        folded = name.casefold()
        for key in ((project_id, folded), (None, folded)):
            if key in self._tasks:
                return self._tasks[key]
        added = projects.add_task(self.work, projects.NewTask(name=name, project_id=project_id))
        self._tasks[project_id, folded] = added.id
        self.tasks += 1
        return added.id


def _row(
    work: UnitOfWork,
    entry: ParsedEntry,
    place: tuple[str | None, str | None, bool],
    person_id: str | None,
) -> tuple[Any, ...]:
    """Return the stored form of an entry, in the order of WRITTEN."""
    project_id, task_id, usual = place
    now = microseconds_of(work.clock.now())
    return (
        entry.id or work.new_id(),
        now,
        now,
        0,
        person_id or work.person_id,
        project_id,
        task_id,
        microseconds_of(entry.started_at),
        microseconds_of(entry.ended_at),
        entry.zone,
        entry.local_on.isoformat(),
        entry.break_seconds,
        entry.description,
        int(usual if entry.billable is None else entry.billable),
        None if entry.rate is None else _millionths(entry.rate),
        entry.source,
        "pending",
        "",
        0,
        entry.external_source,
        entry.external_id,
        "{}",
    )


def _millionths(rate: Decimal) -> int:
    return int(rate * MICRO)


def _present(work: Unit, column: Any, values: Sequence[str]) -> set[str]:
    return {
        found
        for chunk in _chunks(values)
        for found in work.session.scalars(select(column).where(column.in_(chunk)))
    }


def _chunks(values: Sequence[str]) -> list[Sequence[str]]:
    return [values[at : at + ASKED_AT_ONCE] for at in range(0, len(values), ASKED_AT_ONCE)]
