"""Projects, clients, badges and the company as the frame of the window shows them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from billops_desktop.i18n import _, format_date, format_time
from billops_desktop.ui.jobs import Jobs
from billops_desktop.values import dataclass

if TYPE_CHECKING:
    from billops_desktop.clock import Clock
    from billops_desktop.domain.changes import Changes
    from billops_desktop.errors import BillOpsError

SHOWS: Final = frozenset({"project", "client", "task", "company", "workspace"})
COUNTED: Final = frozenset(
    {"time_entry", "invoice", "invoice_line", "allocation", "payment", "rate_rule", "project"}
)
LATER_MS: Final = 400
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskItem:
    """A task that time can be booked on; ``of_all`` is one that every project has."""

    id: str
    name: str
    billable: bool = True
    of_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectItem:
    """A project as pickers and the sidebar show it, its own tasks before those of all."""

    id: str
    name: str
    colour: str
    client_name: str
    pinned: bool = False
    billable: bool = True
    tasks: tuple[TaskItem, ...] = ()

    @classmethod
    def of(cls, row: Any, tasks: tuple[TaskItem, ...] = ()) -> ProjectItem:
        """Return what is shown of a project's row."""
        return cls(
            id=row.id,
            name=row.name,
            colour=row.colour,
            client_name=row.client_name or "",
            pinned=row.pinned,
            billable=row.billable,
            tasks=tasks,
        )


class Picked(NamedTuple):
    """Where work belongs: a project and one of its tasks, a project alone, or neither."""

    project: ProjectItem | None = None
    task: TaskItem | None = None

    @property
    def project_id(self) -> str | None:
        """Return the id of the project, None without one."""
        return self.project.id if self.project else None

    @property
    def task_id(self) -> str | None:
        """Return the id of the task, None without one."""
        return self.task.id if self.task else None

    @property
    def name(self) -> str:
        """Return the words for it on one line; empty without a project."""
        project, task = self.project, self.task
        return work_name(project.name if project else "", task.name if task else "")

    @property
    def colour(self) -> str:
        """Return the hue of the project; empty without one."""
        return self.project.colour if self.project else ""

    @property
    def billable(self) -> bool:
        """Return whether such work is charged for unless somebody says otherwise."""
        task_bills = self.task is None or self.task.billable
        return self.project is not None and self.project.billable and task_bills


class NewProject(NamedTuple):
    """A project that shall be made, for a client, a client that is new too, or for nobody."""

    name: str
    client_id: str | None = None
    client_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientItem:
    """A client as the palette shows it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The badges of the sidebar."""

    to_invoice: int = 0
    drafts: int = 0
    overdue: int = 0


def work_name(project: str, task: str) -> str:
    """Return project and task as one name."""
    return " · ".join(filter(None, (project, task)))


class Directory(QObject):
    """Keeps the short lists that are asked for everywhere, and reads them again on changes."""

    changed = Signal()
    did = Signal(str, object)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("directory")
        self.jobs = jobs
        self.company = ""
        self.country = ""
        self.sample = False
        self.projects: tuple[ProjectItem, ...] = ()
        self.clients: tuple[ClientItem, ...] = ()
        self.counts = Counts()
        self.backed_up_at: datetime | None = None
        # Counting what is unbilled reads much: once after a burst of changes is enough.
        self._soon = QTimer(self, singleShot=True, interval=LATER_MS)
        self._soon.timeout.connect(self.count)
        jobs.changed.connect(self._on_changed)
        jobs.opened.connect(self._on_opened)

    def show_glance(self, company: str, counts: Counts) -> None:
        """Show what the first glance knows."""
        self.company, self.counts = company, counts
        self.changed.emit()

    @property
    def pinned(self) -> tuple[ProjectItem, ...]:
        """Return the projects that stand in the sidebar."""
        return tuple(project for project in self.projects if project.pinned)

    def note(self, clock: Clock) -> str:
        """Return the line under the company: whether it is the sample, and the last backup."""
        sample = _("Sample") if self.sample else ""
        return " · ".join(filter(None, (sample, self.backup_note(clock))))

    def backup_note(self, clock: Clock) -> str:
        """Return the words for the last backup; none when there is none."""
        if self.backed_up_at is None:
            return ""
        local = self.backed_up_at.astimezone(ZoneInfo(clock.zone()))
        today = clock.now().astimezone(local.tzinfo).date()
        when = format_time(local.time()) if local.date() == today else format_date(local.date())
        return _("Backed up {when}").format(when=when)

    def add_project(
        self,
        new: NewProject,
        *,
        entry_ids: Sequence[str] = (),
        done: Callable[[ProjectItem], object],
    ) -> None:
        """Add a project and move entries to it, in one step that one Undo takes back."""

        def added(row: Any, changes: Changes) -> None:
            done(ProjectItem.of(row))
            brought = bool(new.client_name) and new.client_id is None
            self.did.emit(_made_words(row, moved=bool(entry_ids), brought=brought), changes)

        self.jobs.run(_add_project, new, tuple(entry_ids), done=added)

    def load(self) -> None:
        """Read company, projects and clients."""
        self.jobs.query(_lists, done=self._on_lists, failed=self._on_failed)

    def count(self) -> None:
        """Read the badges and the time of the last backup."""
        if self.jobs.ready:
            self.jobs.query(_counts, done=self._on_counts, failed=self._on_failed)
            self.jobs.work(
                "backup-time", _last_backup, done=self._on_backup, failed=self._on_failed
            )

    def _on_opened(self, workspace: object) -> None:
        self.load()
        self._soon.start()

    def _on_changed(self, changes: Changes) -> None:
        if changes.meets(SHOWS):
            self.load()
        if changes.meets(COUNTED):
            self._soon.start()

    def _on_lists(self, lists: _Lists) -> None:
        self.company, self.country, self.sample = lists.company, lists.country, lists.sample
        of_project: dict[str | None, tuple[TaskItem, ...]] = {}
        for row in lists.tasks:
            task = TaskItem(
                id=row.id, name=row.name, billable=row.billable, of_all=row.project_id is None
            )
            of_project[row.project_id] = (*of_project.get(row.project_id, ()), task)
        of_all = of_project.get(None, ())
        self.projects = tuple(
            ProjectItem.of(row, of_project.get(row.id, ()) + of_all) for row in lists.projects
        )
        self.clients = tuple(ClientItem(id=row.id, name=row.name) for row in lists.clients)
        self.changed.emit()

    def _on_counts(self, counts: Counts) -> None:
        self.counts = counts
        self.changed.emit()

    def _on_backup(self, made_at: datetime | None) -> None:
        self.backed_up_at = made_at
        self.changed.emit()

    def _on_failed(self, error: BillOpsError) -> None:
        log.warning("The frame of the window could not be read: %s", error)


# These run off the main thread. Services are imported there: the window is painted before them.


class _Lists(NamedTuple):
    """What the frame of the window shows, as one read brings it."""

    company: str = ""
    country: str = ""
    sample: bool = False
    projects: Any = ()
    clients: Any = ()
    tasks: Any = ()


def _lists(work: Any) -> _Lists:
    from billops_desktop.services.directory import clients, projects, tasks
    from billops_desktop.services.profile import onboarding, settings
    from billops_desktop.services.samples import sample

    if not onboarding.is_set_up(work):
        return _Lists()
    company = settings.company(work)
    return _Lists(
        company=company.legal_name,
        country=company.country,
        sample=sample.is_sample(work),
        projects=projects.projects(work),
        clients=clients.clients(work),
        tasks=tasks.tasks_of_all_projects(work),
    )


def _made_words(row: Any, *, moved: bool, brought: bool) -> str:
    """Return what the toast says of a new project: whether its client is new, or missing."""
    if brought:
        words = _("Moved to the new project {name} for the new client {client}")
        words = words if moved else _("Created {name} for the new client {client}")
        return words.format(name=row.name, client=row.client_name)
    if row.client_name:
        words = _("Moved to the new project {name} for {client}")
        words = words if moved else _("Created {name} for {client}")
        return words.format(name=row.name, client=row.client_name)
    words = _("Moved to the new project {name}. No client: this time cannot be invoiced.")
    words = words if moved else _("Created {name}. No client: its time cannot be invoiced.")
    return words.format(name=row.name)


def _add_project(work: Any, new: NewProject, entry_ids: Sequence[str]) -> Any:
    from billops_desktop.services import tracking
    from billops_desktop.services.directory import clients, projects

    client_id = new.client_id
    if client_id is None and new.client_name:
        client_id = clients.add(work, clients.NewClient(name=new.client_name)).id
    row = projects.add(work, projects.NewProject(name=new.name, client_id=client_id))
    for entry_id in entry_ids:
        tracking.edit(work, entry_id, tracking.EntryEdit(project_id=row.id, task_id=None))
    return row


def _counts(work: Any) -> Counts:
    from billops_desktop.services.drafts import unbilled
    from billops_desktop.services.invoices import invoice_rows
    from billops_desktop.services.profile import onboarding

    if not onboarding.is_set_up(work):
        return Counts()
    page = invoice_rows.invoices(work, limit=1, offset=0)
    waiting = unbilled.waiting_clients(work)
    return Counts(to_invoice=waiting, drafts=page.counts["drafts"], overdue=page.counts["overdue"])


def _last_backup(task: Any) -> datetime | None:
    from billops_desktop.services.upkeep import backups

    made = [row.made_at for row in backups.backups(task.workspace.profile)]
    return max(made, default=None)


def set_preference(work: Any, name: str, value: bool | int | str) -> None:
    """Keep a setting; runs on the db lane."""
    from billops_desktop.services.profile import settings

    settings.set_preference(work, name, value)


def unpin(work: Any, project_id: str) -> None:
    """Take a project out of the sidebar; runs on the db lane."""
    from billops_desktop.services.directory import projects

    projects.pin(work, project_id, pinned=False)
