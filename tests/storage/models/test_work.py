"""Tables of work: one running entry per person, ends after starts, seconds computed by SQLite."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from billops_desktop.errors import Refused
from billops_desktop.storage.models import Person, TimeEntry
from billops_desktop.storage.unit_of_work import UnitOfWork

Unit = Callable[[], UnitOfWork]
PLAN = "EXPLAIN QUERY PLAN SELECT project_id, local_on, seconds FROM time_entry"
UNBILLED = (
    "project_id = 'p' AND billable = 1 AND billed_line_id IS NULL"
    " AND ended_at IS NOT NULL AND deleted_at IS NULL"
)


def entry(work: UnitOfWork, person: Person, **values: Any) -> TimeEntry:
    made = TimeEntry(
        person_id=person.id,
        **{"started_at": work.now(), "zone": "UTC", "local_on": date(2026, 11, 25)} | values,
    )
    work.session.add(made)
    work.session.flush()
    return made


@pytest.fixture
def person(unit: Unit) -> Person:
    with unit() as work:
        made = Person()
        work.session.add(made)
    return made


def test_seconds_are_the_span_less_the_break(unit: Unit, person: Person) -> None:
    with unit() as work:
        made = entry(work, person, ended_at=work.now() + timedelta(hours=1), break_seconds=60)
        work.session.refresh(made)
        assert made.seconds == 3540
        running = entry(work, person)
        work.session.refresh(running)
        assert running.seconds is None


def test_one_entry_runs_per_person(unit: Unit, person: Person) -> None:
    with unit() as work:
        first = entry(work, person)
    with pytest.raises(Refused, match="already running"), unit() as work:
        entry(work, person)
    with unit() as work:
        work.session.add(first)
        first.deleted_at = work.now()
        work.session.flush()
        entry(work, person)


def test_an_entry_never_ends_before_it_starts(unit: Unit, person: Person) -> None:
    with pytest.raises(IntegrityError, match="end_after_start"), unit() as work:
        entry(work, person, ended_at=work.now() - timedelta(microseconds=1))


def test_an_import_adds_an_entry_once(unit: Unit, person: Person) -> None:
    ended = {"external_source": "csv", "external_id": "7", "source": "import"}
    with unit() as work:
        entry(work, person, ended_at=work.now(), **ended)
    with pytest.raises(Refused, match="already imported"), unit() as work:
        entry(work, person, ended_at=work.now(), **ended)


@pytest.mark.parametrize(
    ("where", "index"),
    [
        ("local_on = '2026-11-25' AND deleted_at IS NULL", "ix_time_entry_day"),
        (
            UNBILLED,
            "ix_time_entry_unbilled",
        ),
        (
            "person_id = 'p' AND started_at BETWEEN 1 AND 2 AND deleted_at IS NULL",
            "ix_time_entry_person_start",
        ),
    ],
)
def test_lists_go_by_their_index(unit: Unit, where: str, index: str) -> None:
    with unit() as work:
        plan = work.session.execute(text(f"{PLAN} WHERE {where}")).all()
    assert index in str(plan)
