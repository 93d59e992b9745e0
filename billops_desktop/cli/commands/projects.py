"""projects: list, add, archive projects, and the tasks within them."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from typing import TYPE_CHECKING, Any

from billops_desktop.cli import asked_records, asking
from billops_desktop.cli.output import Column, Reply, Table, hours, pick, visible
from billops_desktop.cli.parsing import Parser
from billops_desktop.cli.session import Session
from billops_desktop.cli.wording import short_id
from billops_desktop.i18n import _, format_percent

if TYPE_CHECKING:
    from billops_desktop.services.directory.projects import ProjectRow

KEYS = (
    "id",
    "name",
    "code",
    "client_id",
    "client_name",
    "status",
    "billable",
    "currency",
    "tracked_seconds",
    "unbilled_seconds",
    "budget_seconds",
    "used_percent",
    "rate_label",
)
SHOWN_KEYS = "{" + ", ".join(KEYS) + "}"
TASK_KEYS = ("id", "name", "project_id", "billable")


def declare(parser: Parser, _name: str) -> None:
    """Add list, add, archive, activate, task and tasks."""
    listing = parser.verb("list", list_projects, _("List projects with their time and budget"))
    listing.add_argument("--client", metavar="CLIENT", help=_("Only those of this client"))
    listing.add_argument("--archived", action="store_true", help=_("The archived ones"))
    listing.add_argument("--text", default="", help=_("Only what contains these words"))
    listing.examples("billops projects list --client Acme", keys=f"projects[] {SHOWN_KEYS}")
    _declare_add(parser)
    for verb, run, summary in (
        ("archive", archive, _("Take a project out of the lists; its time stays")),
        ("activate", activate, _("Bring an archived project back")),
    ):
        one = parser.verb(verb, run, summary)
        one.add_argument("project", help=_("As Client/Project or its name"))
        one.examples(f"billops projects {verb} Acme/Website", keys=f"project {SHOWN_KEYS}")
    task = parser.verb("task", add_task, _("Add a task to a project"))
    task.add_argument("project", help=_("As Client/Project or its name"))
    task.add_argument("name", help=_("What the task is called"))
    task.add_argument("--no-billable", action="store_true", help=_("Its time is not charged"))
    task.examples(
        "billops projects task Acme/Website Design", keys="task {" + ", ".join(TASK_KEYS) + "}"
    )
    tasks = parser.verb("tasks", list_tasks, _("List the tasks of a project"))
    tasks.add_argument("project", help=_("As Client/Project or its name"))
    tasks.examples("billops projects tasks Acme/Website", keys="tasks[]")


def _declare_add(parser: Parser) -> None:
    adding = parser.verb("add", add, _("Add a project; its client must exist"))
    adding.add_argument("project", help=_("As Client/Project; without a client it is internal"))
    adding.add_argument("--code", default="", help=_("A short code"))
    adding.add_argument("--rate", metavar="PRICE", help=_("Price an hour of this project"))
    adding.add_argument("--budget", metavar="LENGTH", help=_("Hours planned: 40h"))
    adding.add_argument("--no-billable", action="store_true", help=_("Not charged by default"))
    adding.examples("billops projects add Acme/Website --rate 95", keys=f"project {SHOWN_KEYS}")


def list_projects(session: Session, asked: Namespace) -> Reply:
    """List the projects."""
    from billops_desktop.services.directory import projects

    rows = session.workspace.read(
        projects.projects,
        archived=asked.archived,
        client_id=asked_records.chosen_client(session, asked),
        text=asked.text,
    )
    content = {"projects": [pick(row, KEYS) for row in rows]}
    if not rows:
        return Reply(content, _("No projects here. billops projects add makes one."))
    table = Table(
        [
            Column(_("Client")),
            Column(_("Project")),
            Column(_("Code")),
            Column(_("Rate"), right=True),
            Column(_("Tracked"), right=True),
            Column(_("Unbilled"), right=True),
            Column(_("Budget"), right=True),
        ]
    )
    names = Counter((row.client_id, row.name.casefold()) for row in rows)
    for row in rows:
        doubled = names[row.client_id, row.name.casefold()] > 1
        table.add(
            row.client_name or "",
            row.name,
            row.code or (short_id(row.id) if doubled else ""),
            row.rate_label,
            hours(row.tracked_seconds),
            hours(row.unbilled_seconds),
            "" if row.used_percent is None else format_percent(row.used_percent),
        )
    return Reply(content, table.text(session.width()))


def add(session: Session, asked: Namespace) -> Reply:
    """Add a project, with its rate in the same breath."""
    from billops_desktop.services.directory import projects
    from billops_desktop.services.rates import rate_book

    owner, name = session.workspace.read(projects.at_client, asked.project)
    new = projects.NewProject(
        name=name,
        client_id=owner,
        code=asked.code,
        billable=False if asked.no_billable else None,
        budget_seconds=asking.length(asked.budget, "budget") if asked.budget is not None else None,
    )
    price = asking.price(asked.rate, "rate") if asked.rate is not None else None

    def add_with_rate(work: Any) -> ProjectRow:
        row = projects.add(work, new)
        if price is not None:
            rule = rate_book.NewRule(price=price, currency=row.currency, project_id=row.id)
            rate_book.set_rate(work, rule)
        return projects.project(work, row.id)

    row = session.workspace.execute(add_with_rate)
    return _answer(row, _("Added {name}.").format(name=_full_name(row)))


def archive(session: Session, asked: Namespace) -> Reply:
    """Take a project out of the lists."""
    return _set_archived(session, asked, archived=True)


def activate(session: Session, asked: Namespace) -> Reply:
    """Bring a project back into the lists."""
    return _set_archived(session, asked, archived=False)


def _set_archived(session: Session, asked: Namespace, *, archived: bool) -> Reply:
    from billops_desktop.services.directory import projects

    found = asked_records.project_id(session, asked.project)
    session.workspace.execute(projects.archive if archived else projects.activate, found)
    row = session.workspace.read(projects.project, found)
    words = _("Archived {name}.") if archived else _("{name} is back in the lists.")
    return _answer(row, words.format(name=_full_name(row)))


def add_task(session: Session, asked: Namespace) -> Reply:
    """Add a task to a project."""
    from billops_desktop.services.directory import projects

    new = projects.NewTask(
        name=asked.name,
        project_id=asked_records.project_id(session, asked.project),
        billable=not asked.no_billable,
    )
    row = session.workspace.execute(projects.add_task, new)
    return Reply({"task": pick(row, TASK_KEYS)}, _("Added {name}.").format(name=visible(row.name)))


def list_tasks(session: Session, asked: Namespace) -> Reply:
    """List the tasks that time of a project can be put on."""
    from billops_desktop.services.directory import projects

    found = asked_records.project_id(session, asked.project)
    rows = session.workspace.read(projects.tasks, found)
    content = {"tasks": [pick(row, TASK_KEYS) for row in rows]}
    if not rows:
        return Reply(content, _("No tasks here. billops projects task adds one."))
    return Reply(content, "\n".join(visible(row.name) for row in rows))


def _answer(row: ProjectRow, text: str) -> Reply:
    return Reply({"project": pick(row, KEYS)}, text)


def _full_name(row: ProjectRow) -> str:
    return visible("/".join(filter(None, (row.client_name, row.name))))
