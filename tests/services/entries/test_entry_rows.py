"""Lists of entries: right rows, worth, overlaps and sums, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event

from billops_desktop.domain.money import Money
from billops_desktop.errors import NotFound
from billops_desktop.paths import database_file
from billops_desktop.services import reports, tracking
from billops_desktop.services.directory import people, projects
from billops_desktop.services.entries import entry_rows
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.glance import glance
from billops_desktop.storage.models import TimeEntry
from billops_desktop.storage.unit_of_work import UnitOfWork
from tests.support.clock import AFTERNOON, MovableClock
from tests.support.factories import log, make_client, make_project, make_task, set_rate

MONDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 25)


def listed(workspace: Workspace, **more: Any) -> list[str]:
    chosen = {"from_on": MONDAY, "to_on": WEDNESDAY, **more}
    return [row.description for row in workspace.read(entry_rows.entries, **chosen)]


def queries(workspace: Workspace, query: Callable[..., object], *args: Any, **more: Any) -> int:
    """Return how many statements a read sends."""
    count = 0

    def counted(*_args: object) -> None:
        nonlocal count
        count += 1

    event.listen(workspace.database.engine, "before_cursor_execute", counted)
    try:
        workspace.read(query, *args, **more)
    finally:
        event.remove(workspace.database.engine, "before_cursor_execute", counted)
    return count


def test_newest_first_within_the_days_asked_for(workspace: Workspace) -> None:
    for start in ("2026-11-22 09:00", "2026-11-23 09:00", "2026-11-24 09:00", "2026-11-24 11:00"):
        log(workspace, start, description=start)
    assert listed(workspace) == ["2026-11-24 11:00", "2026-11-24 09:00", "2026-11-23 09:00"]
    assert listed(workspace, limit=1) == ["2026-11-24 11:00"]
    assert listed(workspace, to_on=MONDAY) == ["2026-11-23 09:00"]


def test_filters(workspace: Workspace) -> None:
    acme = make_client(workspace, "Acme")
    site = make_project(workspace, "Über-Site", client_id=acme)
    other = make_project(workspace, "Other", client_id=make_client(workspace, "Globex"))
    log(workspace, description="a 100% \\ done", project_id=site)
    log(workspace, description="b", project_id=other, task_id=make_task(workspace, "Design"))
    log(workspace, description="c")
    assert listed(workspace, client_id=acme) == listed(workspace, project_id=site)
    assert listed(workspace, project_id=other) == ["b"]
    for typed, found in (
        ("ACME", ["a 100% \\ done"]),
        ("über", ["a 100% \\ done"]),
        ("U\u0308BER", ["a 100% \\ done"]),
        ("100%", ["a 100% \\ done"]),
        ("\\", ["a 100% \\ done"]),
        ("%", ["a 100% \\ done"]),
        ("_", []),
        ("design globex", ["b"]),
        ("", ["c", "b", "a 100% \\ done"]),
    ):
        assert sorted(listed(workspace, text=typed)) == sorted(found), typed


def test_a_list_costs_the_same_queries_however_long_it_is(workspace: Workspace) -> None:
    set_rate(workspace)
    span: dict[str, Any] = {"from_on": MONDAY, "to_on": WEDNESDAY}
    log(workspace, project_id=make_project(workspace))
    few = queries(workspace, entry_rows.entries, **span)
    for number in range(20):
        log(workspace, project_id=make_project(workspace, str(number), client_id=None))
    assert queries(workspace, entry_rows.entries, **span) == few <= 4


def test_worth_is_exact_seconds_times_the_rate(workspace: Workspace, clock: MovableClock) -> None:
    set_rate(workspace, "100")
    project_id = make_project(workspace)
    row = log(workspace, hours=1 / 3, project_id=project_id)
    assert (row.seconds, row.value) == (1200, Money(3333, "EUR"))
    assert log(workspace, project_id=project_id, billable=False).value is None
    assert log(workspace).value is None
    typed = log(workspace, project_id=project_id, rate=Decimal("12.5"))
    assert typed.value == Money(1250, "EUR")
    running = workspace.execute(tracking.start, project_id=project_id)
    assert running.value is None
    assert running.seconds_at(AFTERNOON + timedelta(seconds=90)) == 90


def test_overlaps_are_marked_on_both_and_beyond_the_filter(workspace: Workspace) -> None:
    other = make_project(workspace)
    log(workspace, "2026-11-23 08:00", hours=10, description="long")
    log(workspace, "2026-11-23 09:00", hours=1, description="inside")
    log(workspace, "2026-11-23 17:30", hours=1, description="tail", project_id=other)
    log(workspace, "2026-11-23 18:30", hours=1, description="touching")
    log(workspace, "2026-11-23 23:30", hours=2, description="night")
    log(workspace, "2026-11-25 00:30", hours=1, description="late")
    span: dict[str, Any] = {"from_on": MONDAY, "to_on": WEDNESDAY}
    rows = workspace.read(entry_rows.entries, **span)
    assert {row.description for row in rows if row.overlaps} == {"long", "inside", "tail"}
    [tail] = workspace.read(entry_rows.entries, **span, project_id=other)
    assert tail.overlaps
    log(workspace, "2026-11-25 00:00", hours=0.75, description="next")
    [*_rest] = rows = workspace.read(entry_rows.entries, from_on=WEDNESDAY, to_on=WEDNESDAY)
    assert {row.description for row in rows if row.overlaps} == {"late", "next"}


def test_what_runs_overlaps_what_was_logged_over_it(
    workspace: Workspace, clock: MovableClock
) -> None:
    running = workspace.execute(tracking.start)
    clock.move(hours=2)
    log(workspace, "2026-11-25 14:00", hours=0.5)
    assert workspace.read(entry_rows.entry, running.id).overlaps


def test_two_people_at_once_do_not_overlap(workspace: Workspace) -> None:
    row = log(workspace)
    other = workspace.execute(people.add, people.NewPerson(first_name="Jonas"))

    def as_other(work: UnitOfWork) -> None:
        work.session.add(
            TimeEntry(
                person_id=other.id,
                started_at=row.started_at,
                ended_at=row.ended_at,
                zone=row.zone,
                local_on=row.local_on,
            )
        )

    workspace.execute(as_other)
    assert not workspace.read(entry_rows.entry, row.id).overlaps


def test_day_groups_count_what_runs(workspace: Workspace, clock: MovableClock) -> None:
    set_rate(workspace, "60")
    project_id = make_project(workspace)
    log(workspace, "2026-11-24 09:00", hours=1, project_id=project_id)
    log(workspace, "2026-11-24 11:00", hours=0.5, project_id=project_id)
    log(workspace, "2026-11-23 11:00", hours=2)
    workspace.execute(tracking.start, project_id=project_id)
    clock.move(hours=2)
    groups = workspace.read(entry_rows.day_groups, MONDAY, WEDNESDAY)
    assert [(group.day.day, group.seconds, group.value) for group in groups] == [
        (25, 7200, (Money(12000, "EUR"),)),
        (24, 5400, (Money(9000, "EUR"),)),
        (23, 7200, ()),
    ]
    assert [len(group.entries) for group in groups] == [1, 2, 1]


def test_recents_name_each_work_once_and_leave_archived_projects_out(workspace: Workspace) -> None:
    gone = make_project(workspace, "Gone", client_id=None)
    log(workspace, "2026-11-20 09:00", description="Gone", project_id=gone)
    workspace.execute(projects.archive, gone)
    site = make_project(workspace)
    for day in (23, 24):
        log(workspace, f"2026-11-{day} 09:00", description="Plan", project_id=site)
        log(workspace, f"2026-11-{day} 10:00", description="Plan")
    recents = workspace.read(entry_rows.recents)
    assert [(row.description, row.project_name, row.billable) for row in recents] == [
        ("Plan", None, False),
        ("Plan", "Website", True),
    ]
    assert len(workspace.read(entry_rows.recents, limit=1)) == 1


def test_today_counts_what_runs_up_to_now(workspace: Workspace, clock: MovableClock) -> None:
    set_rate(workspace, "60")
    site = make_project(workspace)
    log(workspace, "2026-11-25 08:00", hours=1, project_id=site)
    log(workspace, "2026-11-25 10:00", hours=0.5)
    log(workspace, "2026-11-24 10:00", hours=8)
    workspace.execute(tracking.start, project_id=site)
    clock.move(minutes=30)
    today = workspace.read(entry_rows.today)
    assert (today.day, today.seconds, today.values) == (WEDNESDAY, 7200, (Money(9000, "EUR"),))
    assert [(share.name, share.seconds) for share in today.by_project] == [
        ("Website", 5400),
        (None, 1800),
    ]
    assert [(f"{gap.started_at:%H:%M}", gap.seconds) for gap in today.gaps] == [
        ("09:00", 3600),
        ("10:30", 9000),
    ]


def test_today_is_where_the_user_is(workspace: Workspace, clock: MovableClock) -> None:
    clock.travel("Pacific/Auckland")
    assert workspace.read(entry_rows.today).day == date(2026, 11, 26)


def test_an_unknown_entry(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        workspace.read(entry_rows.entry, "nowhere")


def test_what_runs_past_midnight_counts_on_the_day_it_started(
    workspace: Workspace, clock: MovableClock
) -> None:
    set_rate(workspace, "60")
    site = make_project(workspace)
    clock.move(hours=9)  # 22:00 in Berlin
    started = workspace.execute(tracking.start, project_id=site, description="Late")
    workspace.execute(tracking.edit, started.id, tracking.EntryEdit(break_seconds=600))
    clock.move(hours=4)  # 02:00 on the next day
    now, first, second = clock.now(), date(2026, 11, 25), date(2026, 11, 26)
    tracked, value = 4 * 3600 - 600, (Money(23_000, "EUR"),)

    (day,) = workspace.read(tracking.day_groups, first, second)
    assert (day.day, day.seconds, day.value) == (first, tracked, value)
    today = workspace.read(tracking.today)
    assert (today.day, today.seconds, today.values) == (second, 0, ())
    seen = glance(database_file(workspace.profile), clock)
    assert seen is not None
    assert seen.running is not None
    assert (seen.today, seen.today_rows, seen.today_seconds) == (second, (), 0)
    assert seen.running.seconds_at(now) == tracked
    assert workspace.read(reports.report, from_on=first, to_on=first).seconds == 0

    workspace.execute(tracking.stop)
    (day,) = workspace.read(tracking.day_groups, first, second)
    assert (day.day, day.seconds, day.value) == (first, tracked, value)
    for on, seconds, values in ((first, tracked, value), (second, 0, ())):
        report = workspace.read(reports.report, from_on=on, to_on=on)
        assert (report.seconds, report.values) == (seconds, values)
