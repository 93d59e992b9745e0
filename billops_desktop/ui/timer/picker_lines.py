"""The lines of the project picker: projects and their tasks, ranked or grouped; clients for one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from billops_desktop.domain.alphabet import name_order
from billops_desktop.i18n import _
from billops_desktop.ui.live.directory import (
    ClientItem,
    NewProject,
    Picked,
    ProjectItem,
    TaskItem,
)
from billops_desktop.ui.widgets.found_list import fits
from billops_desktop.values import dataclass

RECENT: Final = 5
LONGEST: Final = 100


class ForClient(NamedTuple):
    """Whom the new project is for: a client, one that is new too by its name, or nobody."""

    client_id: str | None
    client_name: str = ""


class WhichClient(NamedTuple):
    """A new project whose client was typed so that several could be meant."""

    name: str
    client_typed: str


Choice = Picked | NewProject | ForClient | WhichClient


@dataclass(frozen=True, slots=True, kw_only=True)
class PickerLine:
    """A line of the list: a heading, or words with a quiet note that stand for a choice.

    The note stands beside the words, or ``below`` them where both are long.
    """

    heading: str = ""
    words: str = ""
    note: str = ""
    hue: str = ""
    icon: str = ""
    within: bool = False
    below: bool = False
    choice: Choice | None = None

    def spoken(self) -> str:
        """Return the line as it is read aloud."""
        return self.heading or ", ".join(filter(None, (self.words, self.note)))


def all_lines(
    projects: Sequence[ProjectItem], recent_ids: Iterable[str], current: str | None
) -> list[PickerLine]:
    """Return every choice: the tasks of the current project, recent work, then by client."""
    by_id = {project.id: project for project in projects}
    recent = [by_id[one] for one in recent_ids if one in by_id][:RECENT]
    lines = _tasks_of(by_id.get(current or ""))
    lines.append(PickerLine(words=_("No project"), icon="x", choice=Picked()))
    if recent:
        lines.append(PickerLine(heading=_("Recent")))
        lines += [_project_line(project) for project in recent]
    client = None
    for project in sorted(projects, key=_by_client):
        if project.client_name != client:
            client = project.client_name
            lines.append(PickerLine(heading=client or _("Without a client")))
        lines.append(_project_line(project))
        lines += [
            PickerLine(words=task.name, within=True, choice=Picked(project, task))
            for task in project.tasks
            if not task.of_all
        ]
    return lines


def typed_lines(
    typed: str,
    projects: Sequence[ProjectItem],
    clients: Sequence[ClientItem],
    recent_ids: Sequence[str],
) -> list[PickerLine]:
    """Return what fits what was typed, then what can be made of it.

    Client/Project that only a riddle of letters fits is new: making it comes first.
    """
    found, offers = _ranked(typed, projects, recent_ids), offer_lines(typed, clients)
    lines = [line for _key, line in found]
    named = not (found and found[0][0][0] == 0)
    return [*offers[:-1], *lines, offers[-1]] if named else [*lines, *offers]


def found_lines(
    typed: str, projects: Sequence[ProjectItem], recent_ids: Sequence[str]
) -> list[PickerLine]:
    """Return the projects that fit what was typed, and the tasks that it names; best first."""
    return [line for _key, line in _ranked(typed, projects, recent_ids)]


def _ranked(
    typed: str, projects: Sequence[ProjectItem], recent_ids: Sequence[str]
) -> list[tuple[tuple[int, int, str], PickerLine]]:
    order = {project_id: place for place, project_id in enumerate(recent_ids)}
    found: list[tuple[tuple[int, int, str], PickerLine]] = []
    for project in projects:
        place = order.get(project.id, len(order))
        named = f"{project.name} {project.client_name}"
        score = fits(typed, named)
        if score is not None:
            found.append(((score, place, project.name), _project_line(project)))
        for task in project.tasks:
            closer = fits(typed, f"{named} {task.name}")
            # A task is meant only where its own name explains what the project's does not.
            if closer is not None and (score is None or closer < score):
                line = _task_line(project, task)
                found.append(((closer, place, line.words), line))
    found.sort(key=lambda one: one[0])
    return found[:LONGEST]


def client_lines(typed: str, clients: Sequence[ClientItem]) -> list[PickerLine]:
    """Return whom a new project may be for: nobody, a client that fits, or one that is new."""
    fitting = [client for client in clients if not typed or fits(typed, client.name) is not None]
    lines = [
        PickerLine(words=client.name, icon="users", choice=ForClient(client.id))
        for client in sorted(fitting, key=lambda client: name_order(client.name))
    ]
    nobody = PickerLine(
        words=_("Without a client"),
        note=_("cannot be invoiced"),
        icon="x",
        choice=ForClient(None),
    )
    if not typed:
        return [nobody, *lines]
    if typed.casefold() not in {client.name.casefold() for client in clients}:
        words = _("Create client “{name}”").format(name=typed)
        lines.append(PickerLine(words=words, icon="plus", choice=ForClient(None, typed)))
    return [*lines, nobody]


def offer_lines(typed: str, clients: Sequence[ClientItem]) -> list[PickerLine]:
    """Return the lines that make a project of what was typed: Client/Project first, as written."""
    lines = []
    for choice in _at_client(typed, clients):
        words = _("Create project “{name}”").format(name=choice.name)
        note = _note_of(choice)
        lines.append(PickerLine(words=words, note=note, icon="plus", below=True, choice=choice))
    words = _("Create project “{name}”").format(name=typed)
    return [*lines, PickerLine(words=words, icon="plus", choice=NewProject(typed))]


def _note_of(choice: NewProject | WhichClient) -> str:
    if isinstance(choice, WhichClient):
        return _("for one of the clients called “{name}”").format(name=choice.client_typed)
    words = _("for {client}") if choice.client_id else _("for the new client {client}")
    return words.format(client=choice.client_name)


def _at_client(typed: str, clients: Sequence[ClientItem]) -> list[NewProject | WhichClient]:
    """Return the projects that "Client/Project" can mean, the likeliest first.

    A client's own name may hold a slash. A word that begins the name of one client means it, as on
    the command line; a client of just that name is made only where that is chosen.
    """
    parts = [part.strip() for part in typed.split("/")]
    if len(parts) < 2 or not all(parts):
        return []
    known = {client.name.casefold(): client for client in clients}
    for count in range(len(parts) - 1, 0, -1):
        client = known.get("/".join(parts[:count]).casefold())
        if client is not None:
            return [NewProject("/".join(parts[count:]), client.id, client.name)]
    head, name = parts[0], "/".join(parts[1:])
    begun = re.compile(rf"(?<!\w){re.escape(head.casefold())}")
    likely = [client for client in clients if begun.search(client.name.casefold())]
    if len(likely) > 1:
        return [WhichClient(name, head)]
    meant: list[NewProject | WhichClient] = [NewProject(name, one.id, one.name) for one in likely]
    return [*meant, NewProject(name, client_name=head)]


def _tasks_of(project: ProjectItem | None) -> list[PickerLine]:
    if project is None or not project.tasks:
        return []
    lines = [PickerLine(heading=project.name), _project_line(project, _("Without a task"))]
    tasks = project.tasks
    return lines + [
        PickerLine(words=task.name, within=True, choice=Picked(project, task)) for task in tasks
    ]


def _project_line(project: ProjectItem, words: str = "") -> PickerLine:
    note = "" if words else project.client_name
    return PickerLine(
        words=words or project.name, note=note, hue=project.colour, choice=Picked(project)
    )


def _task_line(project: ProjectItem, task: TaskItem) -> PickerLine:
    choice = Picked(project, task)
    return PickerLine(
        words=choice.name, note=project.client_name, hue=project.colour, choice=choice
    )


def _by_client(project: ProjectItem) -> tuple[tuple[str, str], ...]:
    return name_order(project.client_name), name_order(project.name)
