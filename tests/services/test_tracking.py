"""The running timer and the entries: every rule of tracking against a real database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import select, text, update

from billops_desktop.errors import InvalidInput, NotFound, Refused
from billops_desktop.services import tracking
from billops_desktop.services.directory import projects
from billops_desktop.services.profile import settings
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import Event, TimeEntry
from billops_desktop.storage.unit_of_work import UnitOfWork
from tests.support.clock import AFTERNOON, MovableClock
from tests.support.factories import log, make_client, make_project, make_task, utc


def events(workspace: Workspace) -> list[str]:
    query = select(Event.kind).where(Event.record_table == "time_entry").order_by(Event.sequence)
    return list(workspace.read(lambda work: work.session.scalars(query).all()))


def test_start_and_stop(workspace: Workspace, clock: MovableClock) -> None:
    started = workspace.execute(tracking.start, description="Plan")
    assert (started.started_at, started.ended_at, started.seconds) == (AFTERNOON, None, None)
    assert workspace.read(tracking.running) == started
    clock.move(minutes=90)
    ended = workspace.execute(tracking.stop)
    assert (ended.id, ended.seconds, ended.source) == (started.id, 5400, "timer")
    assert workspace.read(tracking.running) is None
    assert events(workspace) == ["entry.started", "entry.stopped"]


def test_a_start_counts_whole_seconds(workspace: Workspace, clock: MovableClock) -> None:
    clock.at = AFTERNOON.replace(microsecond=999_999)
    assert workspace.execute(tracking.start).started_at == AFTERNOON
    clock.move(seconds=59, milliseconds=500)
    assert workspace.execute(tracking.stop).seconds == 60


def test_a_switch_ends_the_running_entry_in_the_same_second(
    workspace: Workspace, clock: MovableClock
) -> None:
    first = workspace.execute(tracking.start, description="First")
    clock.move(minutes=5)
    second = workspace.execute(tracking.start, description="Second")
    assert workspace.read(tracking.entry, first.id).ended_at == second.started_at
    assert events(workspace) == ["entry.started", "entry.stopped", "entry.started"]


def test_a_switch_in_the_past_ends_the_running_entry_there(
    workspace: Workspace, clock: MovableClock
) -> None:
    first = workspace.execute(tracking.start)
    clock.move(minutes=30)
    at = AFTERNOON + timedelta(minutes=10)
    assert workspace.execute(tracking.start, at=at).started_at == at
    assert workspace.read(tracking.entry, first.id).seconds == 600


def test_a_switch_before_the_running_start_is_refused(
    workspace: Workspace, clock: MovableClock
) -> None:
    first = workspace.execute(tracking.start)
    with pytest.raises(Refused, match="before its start at 14:00") as refused:
        workspace.execute(tracking.start, at=AFTERNOON - timedelta(minutes=1))
    assert refused.value.field == "at"
    assert workspace.read(tracking.running) == first


def test_a_timer_neither_starts_nor_stops_in_the_future(workspace: Workspace) -> None:
    later = AFTERNOON + timedelta(hours=1)
    with pytest.raises(Refused, match="not come yet"):
        workspace.execute(tracking.start, at=later)
    workspace.execute(tracking.start)
    with pytest.raises(Refused, match="not come yet"):
        workspace.execute(tracking.stop, at=later)


def test_a_stop_before_the_start_is_refused_and_the_entry_runs_on(workspace: Workspace) -> None:
    started = workspace.execute(tracking.start)
    with pytest.raises(Refused, match="was not stopped"):
        workspace.execute(tracking.stop, at=AFTERNOON - timedelta(seconds=1))
    assert workspace.read(tracking.running) == started


def test_a_clock_that_was_set_back_ends_the_entry_at_its_start_to_be_checked(
    workspace: Workspace, clock: MovableClock
) -> None:
    first = workspace.execute(tracking.start, description="Ahead")
    clock.move(hours=-2)
    ended = workspace.execute(tracking.stop)
    assert (ended.id, ended.seconds, ended.needs_check) == (first.id, 0, True)
    clock.move(hours=2)
    second = workspace.execute(tracking.start)
    clock.move(hours=-2)
    assert workspace.execute(tracking.start).started_at == clock.now().replace(microsecond=0)
    assert workspace.read(tracking.entry, second.id).needs_check


def test_stop_without_a_timer(workspace: Workspace) -> None:
    with pytest.raises(tracking.NothingRuns):
        workspace.execute(tracking.stop)


def test_an_instant_without_a_zone_is_refused(workspace: Workspace) -> None:
    with pytest.raises(InvalidInput, match="no time zone"):
        workspace.execute(tracking.start, at=datetime(2026, 11, 25, 9))  # noqa: DTZ001 - the point


def test_resume_starts_the_same_work_anew(workspace: Workspace, clock: MovableClock) -> None:
    project_id = make_project(workspace)
    task_id = make_task(workspace, project_id=project_id)
    earlier = log(workspace, description="Plan", project_id=project_id, task_id=task_id)
    resumed = workspace.execute(tracking.resume, earlier.id)
    assert (resumed.description, resumed.project_id, resumed.task_id) == (
        "Plan",
        project_id,
        task_id,
    )
    assert (resumed.started_at, resumed.ended_at) == (AFTERNOON, None)
    assert workspace.read(tracking.entry, earlier.id) == earlier
    assert workspace.execute(tracking.resume, resumed.id) == resumed


def test_resume_last_takes_the_latest_work(workspace: Workspace) -> None:
    with pytest.raises(tracking.NothingRuns):
        workspace.execute(tracking.resume_last)
    log(workspace, "2026-11-24 09:00", description="Old")
    log(workspace, "2026-11-25 09:00", description="Latest")
    assert workspace.execute(tracking.resume_last).description == "Latest"


def test_add_keeps_instants_in_utc_and_the_local_day(workspace: Workspace) -> None:
    tokyo = timezone(timedelta(hours=9))
    new = tracking.NewEntry(
        started_at=datetime(2026, 11, 25, 0, 30, tzinfo=tokyo),
        ended_at=datetime(2026, 11, 25, 2, 0, tzinfo=tokyo),
        zone="Asia/Tokyo",
        break_seconds=600,
    )
    row = workspace.execute(tracking.add, new)
    assert row.started_at == datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
    assert (row.local_on, row.seconds) == (date(2026, 11, 25), 4800)


def test_the_day_starts_when_the_workspace_says(workspace: Workspace) -> None:
    workspace.execute(settings.edit_workspace, settings.WorkspaceEdit(day_start_minutes=240))
    assert log(workspace, "2026-11-25 02:30").local_on == date(2026, 11, 24)


def test_durations_come_from_utc_across_a_change_of_clocks(workspace: Workspace) -> None:
    assert log(workspace, "2026-10-24 23:30", hours=3).seconds == 10_800


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ended_at": utc("2026-11-25 08:00")}, "ended_at"),
        ({"break_seconds": 3600}, "break_seconds"),
        ({"break_seconds": -1}, "break_seconds"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"description": "bell \x07"}, "description"),
        ({"rate": Decimal(-1)}, "rate"),
        ({"rate": Decimal("NaN")}, "rate"),
        ({"started_at": datetime(1, 1, 1, tzinfo=UTC)}, "started_at"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    workspace: Workspace, change: dict[str, object], field: str
) -> None:
    usual: dict[str, object] = {
        "started_at": utc("2026-11-25 09:00"),
        "ended_at": utc("2026-11-25 10:00"),
    }
    with pytest.raises(InvalidInput) as refused:
        workspace.execute(tracking.add, tracking.NewEntry(**{**usual, **change}))  # type: ignore[arg-type]  # wrong on purpose
    assert refused.value.field == field
    assert events(workspace) == []


def test_billable_follows_project_and_task_unless_it_is_said(workspace: Workspace) -> None:
    paid = make_project(workspace, "Paid")
    free_task = make_task(workspace, billable=False)
    assert log(workspace).billable is False
    assert log(workspace, project_id=paid).billable is True
    assert log(workspace, project_id=paid, task_id=free_task).billable is False
    assert log(workspace, project_id=paid, billable=False).billable is False


def test_a_task_brings_its_project_and_another_one_is_refused(workspace: Workspace) -> None:
    client_id = make_client(workspace)
    first, second = (
        make_project(workspace, name, client_id=client_id) for name in ("First", "Second")
    )
    task_id = make_task(workspace, project_id=first)
    assert log(workspace, task_id=task_id).project_id == first
    with pytest.raises(InvalidInput, match="another project"):
        log(workspace, task_id=task_id, project_id=second)


def test_no_timer_on_an_archived_project(workspace: Workspace) -> None:
    project_id = make_project(workspace)
    workspace.execute(projects.archive, project_id)
    with pytest.raises(Refused, match="archived"):
        workspace.execute(tracking.start, project_id=project_id)


def test_editing_one_end_never_moves_the_other(workspace: Workspace) -> None:
    row = log(workspace, "2026-11-24 09:00", hours=2)
    later = row.started_at + timedelta(minutes=30)
    moved = workspace.execute(tracking.edit, row.id, tracking.EntryEdit(started_at=later))
    assert (moved.started_at, moved.ended_at, moved.seconds) == (later, row.ended_at, 5400)
    shorter = row.ended_at - timedelta(minutes=45) if row.ended_at else later
    moved = workspace.execute(tracking.edit, row.id, tracking.EntryEdit(ended_at=shorter))
    assert (moved.started_at, moved.ended_at) == (later, shorter)
    with pytest.raises(InvalidInput, match="ends before it starts"):
        workspace.execute(
            tracking.edit, row.id, tracking.EntryEdit(ended_at=later - timedelta(minutes=1))
        )


def test_an_edited_start_moves_the_entry_to_its_day(workspace: Workspace) -> None:
    row = log(workspace, "2026-11-24 09:00")
    edit = tracking.EntryEdit(started_at=utc("2026-11-23 09:00"))
    assert workspace.execute(tracking.edit, row.id, edit).local_on == date(2026, 11, 23)


def test_an_entry_takes_the_default_of_the_project_it_moves_to(workspace: Workspace) -> None:
    row = log(workspace, description="Plan")
    project_id = make_project(workspace)
    task_id = make_task(workspace, project_id=project_id)
    edit = tracking.EntryEdit(project_id=project_id, task_id=task_id)
    moved = workspace.execute(tracking.edit, row.id, edit)
    assert (moved.billable, moved.description) == (True, "Plan")
    other = make_project(workspace, "Other", client_id=None)
    moved = workspace.execute(tracking.edit, row.id, tracking.EntryEdit(project_id=other))
    assert (moved.task_id, moved.billable) == (None, False)


def test_an_edit_to_the_same_writes_nothing(workspace: Workspace) -> None:
    row = log(workspace, description="Plan")
    same = tracking.EntryEdit(description="Plan", started_at=row.started_at)
    assert not workspace.perform(tracking.edit, row.id, same).changes
    assert events(workspace) == ["entry.created"]


def test_the_end_of_a_running_entry_is_set_by_stop_alone(workspace: Workspace) -> None:
    row = workspace.execute(tracking.start)
    with pytest.raises(Refused, match="is running"):
        workspace.execute(tracking.edit, row.id, tracking.EntryEdit(ended_at=AFTERNOON))
    earlier = tracking.EntryEdit(started_at=AFTERNOON - timedelta(minutes=10))
    assert workspace.execute(tracking.edit, row.id, earlier).ended_at is None
    later = tracking.EntryEdit(started_at=AFTERNOON + timedelta(minutes=10))
    with pytest.raises(Refused, match="not come yet"):
        workspace.execute(tracking.edit, row.id, later)


def test_delete_is_all_or_none_and_keeps_the_row(workspace: Workspace) -> None:
    first, second = log(workspace), log(workspace)
    with pytest.raises(NotFound):
        workspace.execute(tracking.delete, [first.id, "nowhere"])
    assert workspace.read(tracking.entry, first.id) == workspace.read(tracking.entry, first.id)
    assert workspace.execute(tracking.delete, [first.id, second.id, first.id]) == 2
    with pytest.raises(NotFound):
        workspace.read(tracking.entry, first.id)
    kept = workspace.read(lambda work: work.session.get(TimeEntry, first.id))
    assert kept is not None
    assert kept.deleted_at == AFTERNOON


def test_a_running_entry_can_be_thrown_away(workspace: Workspace) -> None:
    row = workspace.execute(tracking.start)
    workspace.execute(tracking.delete, [row.id])
    assert workspace.read(tracking.running) is None
    workspace.execute(tracking.start)


def test_a_closed_period_takes_no_entry_and_gives_none(workspace: Workspace) -> None:
    row = log(workspace, "2026-11-20 09:00")
    later = log(workspace, "2026-11-24 09:00")
    lock = settings.WorkspaceEdit(locked_until=date(2026, 11, 20))
    workspace.execute(settings.edit_workspace, lock)
    back = tracking.EntryEdit(started_at=utc("2026-11-20 10:00"))
    for refused in (
        lambda: log(workspace, "2026-11-19 09:00"),
        lambda: workspace.execute(tracking.delete, [row.id]),
        lambda: workspace.execute(tracking.edit, row.id, tracking.EntryEdit(description="x")),
        lambda: workspace.execute(tracking.edit, later.id, back),
    ):
        with pytest.raises(Refused, match="is locked"):
            refused()


def test_at_most_one_entry_runs_whatever_writes(workspace: Workspace) -> None:
    workspace.execute(tracking.start)
    other = log(workspace)

    def reopen(work: UnitOfWork) -> None:
        work.session.execute(
            update(TimeEntry).where(TimeEntry.id == other.id).values(ended_at=None)
        )

    with pytest.raises(Refused, match="already running"):
        workspace.execute(reopen)


def test_warnings_say_what_looks_odd(workspace: Workspace) -> None:
    log(workspace, "2026-11-24 09:00", hours=2, description="Board")

    def warned(start: str, hours: float) -> list[str]:
        started_at = utc(start)
        new = tracking.NewEntry(started_at=started_at, ended_at=started_at + timedelta(hours=hours))
        return workspace.read(tracking.warnings, new)

    assert warned("2026-11-24 11:00", 1) == []
    assert warned("2026-11-24 10:30", 1) == ["It overlaps “Board” (10:00–12:00) by 30 min."]
    assert warned("2026-11-26 09:00", 1) == ["It starts in the future."]
    assert warned("2026-11-25 12:00", 2) == ["It ends in the future."]
    assert warned("2026-11-20 09:00", 25) == ["It is longer than 24 hours."]
    assert warned("2026-11-20 09:00", 13) == ["It is longer than 12:00 hours."]
    workspace.execute(settings.set_preference, "tracking.shift_limit_seconds", 27_000)
    assert warned("2026-11-20 09:00", 8) == ["It is longer than 7:30 hours."]
    assert warned("2026-11-20 09:00", 7) == []
    row = log(workspace, "2026-11-23 09:00")
    assert workspace.read(tracking.warnings, row) == []


def test_a_timer_survives_a_process_that_dies(workspace: Workspace, clock: MovableClock) -> None:
    started = workspace.execute(tracking.start)
    again = Workspace(
        type(workspace.database)(workspace.database.path),
        clock=clock,
        profile=workspace.profile,
        person_id=workspace.person_id,
        device_id="other",
    )
    assert again.read(tracking.running) == started
    assert again.execute(tracking.stop).id == started.id
    again.close()
    changes = workspace.poll()
    assert changes is not None
    assert changes.ids == {"time_entry": frozenset({started.id})}


def test_raw_statements_are_captured_too(workspace: Workspace) -> None:
    row = log(workspace)

    def retitle(work: UnitOfWork) -> None:
        work.session.execute(text("UPDATE time_entry SET description = 'raw'"))

    assert workspace.perform(retitle).changes.ids == {"time_entry": frozenset({row.id})}
