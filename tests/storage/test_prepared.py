"""Prepared statements: values go in as the columns keep them, rows come out as SQLite has them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, select

from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import TimeEntry
from billops_desktop.storage.prepared import Prepared
from billops_desktop.storage.unit_of_work import UnitOfWork
from tests.support.factories import log

OF_DAY = Prepared(
    select(TimeEntry.local_on, TimeEntry.billable, TimeEntry.seconds).where(
        TimeEntry.local_on == bindparam("day"), TimeEntry.source == "manual"
    )
)


def test_values_are_bound_and_rows_stay_as_they_are_stored(workspace: Workspace) -> None:
    day = log(workspace, hours=1, billable=False).local_on
    assert workspace.read(lambda work: OF_DAY.rows(work.session, day=day)) == [
        (day.isoformat(), 0, 3600)
    ]
    other = date(2001, 1, 1)
    assert workspace.read(lambda work: OF_DAY.rows(work.session, day=other)) == []


def test_what_waits_in_the_session_is_seen(workspace: Workspace) -> None:
    row = log(workspace, hours=1)

    def changed(work: UnitOfWork) -> int:
        work.session.get_one(TimeEntry, row.id).break_seconds = 600
        return int(OF_DAY.rows(work.session, day=row.local_on)[0][2])

    assert workspace.execute(changed) == 3000
