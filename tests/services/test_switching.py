"""Tests of billops_desktop.services.switching: what tracking would do, at once, told first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from billops_desktop.bootstrap import open_workspace
from billops_desktop.errors import NotFound, Refused
from billops_desktop.services import switching, tracking
from billops_desktop.services.directory import clients, projects
from billops_desktop.services.profile import onboarding
from billops_desktop.services.upkeep import checking
from billops_desktop.services.workspace import Workspace
from tests.support.clock import MovableClock
from tests.support.present import present
from tests.support.timer_records import changes_of, entries_of, events_of

Step = Callable[..., Any]


def prepared(profile: Path, clock: MovableClock) -> Workspace:
    """Return a set-up workspace with a project, two tasks of it and one of all projects."""
    workspace = open_workspace(profile, clock=clock)
    workspace.execute(onboarding.set_up_neutrally)
    client = workspace.execute(clients.add, clients.NewClient(name="Acme GmbH"))
    new = projects.NewProject(name="Website", client_id=client.id)
    project = workspace.execute(projects.add, new).id
    for name, owner, billable in (
        ("Design", project, True),
        ("Travel", project, False),
        ("Meeting", None, False),
    ):
        task = projects.NewTask(name=name, project_id=owner, billable=billable)
        workspace.execute(projects.add_task, task)
    return workspace


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def opened(tmp_path: Path, clock: MovableClock) -> Iterator[Workspace]:
    workspace = prepared(tmp_path / "quick", clock)
    yield workspace
    workspace.close()


@pytest.fixture
def slow(tmp_path: Path, clock: MovableClock) -> Iterator[Workspace]:
    workspace = prepared(tmp_path / "slow", clock)
    yield workspace
    workspace.close()


@pytest.fixture
def plain_only(opened: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a step that is left to tracking fail."""
    monkeypatch.setattr(opened, "perform_first", lambda *_: pytest.fail("this was plain"))


def done_of(workspace: Workspace, step: Step, *args: Any, **facts: Any) -> Any:
    """Take a step and return what was told of it."""
    told: list[Any] = []
    step(workspace, told.append, *args, **facts)
    (done,) = told
    return done


def place(workspace: Workspace, task: str | None = None) -> dict[str, Any]:
    project = workspace.read(projects.find, "Website").id
    found = task and workspace.read(projects.find_task, task, project).id
    return {"project_id": project, "task_id": found or None}


@pytest.mark.usefixtures("plain_only")
def test_it_leaves_what_tracking_leaves(
    clock: MovableClock, opened: Workspace, slow: Workspace
) -> None:
    for task, facts in (
        ("Travel", {"description": "Mu\u0308ller"}),
        ("Design", {"description": "Draft", "billable": False}),
        ("Meeting", {}),
        (None, {"description": "All of it"}),
    ):
        done_of(opened, switching.start, **place(opened, task), **facts)
        slow.execute(tracking.start, **place(slow, task), **facts)
        clock.move(minutes=7, microseconds=5)
    for quick, ordinary in (
        (switching.stop, tracking.stop),
        (switching.resume_last, tracking.resume_last),
        (switching.start, tracking.start),
        (switching.stop, tracking.stop),
    ):
        done_of(opened, quick)
        slow.execute(ordinary)
        clock.move(minutes=3)
    assert entries_of(opened) == entries_of(slow)
    assert events_of(opened) == events_of(slow)
    assert changes_of(opened) == changes_of(slow)
    assert all(result.ok for result in checking.check(opened))


@pytest.mark.usefixtures("plain_only")
def test_the_row_tells_what_the_window_shows(clock: MovableClock, opened: Workspace) -> None:
    row = done_of(opened, switching.start, **place(opened, "Design"), description="Draft").result
    listed = opened.read(tracking.running)
    assert listed is not None
    for name in row.__dataclass_fields__:
        assert getattr(row, name) == getattr(listed, name), name
    clock.move(minutes=30)
    assert done_of(opened, switching.stop).result.seconds == 1800


@pytest.mark.usefixtures("plain_only")
def test_an_earlier_entry_is_started_again(clock: MovableClock, opened: Workspace) -> None:
    first = done_of(
        opened, switching.start, **place(opened, "Travel"), description="There", billable=True
    ).result
    clock.move(minutes=5)
    done_of(opened, switching.start, description="Between")
    again = done_of(opened, switching.resume, first.id).result
    assert again.id != first.id
    assert (again.description, again.task_name, again.billable) == ("There", "Travel", True)


@pytest.mark.parametrize(
    ("step", "raised"), [(switching.stop, tracking.NothingRuns), (switching.resume, NotFound)]
)
def test_what_is_not_plain_is_refused_as_tracking_refuses_it(
    opened: Workspace, step: Step, raised: type[Exception]
) -> None:
    more = () if step is switching.stop else ("0" * 32,)
    told: list[Any] = []
    with pytest.raises(raised):
        step(opened, told.append, *more)
    assert told == []
    assert entries_of(opened) == []


def test_archived_work_is_not_started(opened: Workspace) -> None:
    where = place(opened)
    opened.execute(projects.archive, where["project_id"])
    with pytest.raises(Refused, match="Website is archived"):
        switching.start(opened, pytest.fail, **where)
    assert entries_of(opened) == []


def test_a_task_brings_its_project_along(opened: Workspace) -> None:
    where = place(opened, "Design")
    row = done_of(opened, switching.start, task_id=where["task_id"]).result
    assert row.project_id == where["project_id"]


def test_what_runs_is_not_started_again(opened: Workspace) -> None:
    row = done_of(opened, switching.start, description="Runs").result
    assert done_of(opened, switching.resume, row.id).result.id == row.id
    assert len(entries_of(opened)) == 1


def test_an_empty_profile_starts_an_empty_entry(opened: Workspace) -> None:
    assert done_of(opened, switching.resume_last).result.description == ""


def test_who_asked_is_told_before_all_others_and_after_the_commit(
    tmp_path: Path, clock: MovableClock, opened: Workspace
) -> None:
    other = open_workspace(tmp_path / "quick", clock=clock)
    order: list[Any] = []
    opened.listeners.append(lambda changes: order.append(changes.kinds))
    switching.start(
        opened, lambda _done: order.append(present(other.read(tracking.running)).description)
    )
    switching.start(opened, lambda done: order.append(done.changes.kinds), task_id=None)
    both = frozenset({"time_entry"})
    assert order == ["", both, both, both]
    assert opened.poll() is None
    other.close()
