"""The glance: first rows by plain SQL, nothing heavy loaded, the day that the user is in."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from billops_desktop.clock import FixedClock
from billops_desktop.errors import NewerVersion
from billops_desktop.storage.connection import connect
from billops_desktop.storage.glance import glance
from billops_desktop.storage.models import (
    Client,
    Company,
    Invoice,
    Person,
    Project,
    Setting,
    Task,
    TimeEntry,
    Workspace,
)
from billops_desktop.storage.unit_of_work import UnitOfWork

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"sqlalchemy", "alembic", "babel", "reportlab", "PySide6", "sqlite3"}


@pytest.fixture
def book(unit: Callable[[], UnitOfWork]) -> None:
    with unit() as work:
        now = work.now()
        company = Company(legal_name="Haldane", currency="EUR")
        client = Client(name="Acme", currency="EUR")
        person = Person()
        work.session.add_all([company, client, person])
        work.session.add(
            Workspace(name="H", base_currency="EUR", zone="Europe/Berlin", day_start_minutes=240)
        )
        work.session.add(Setting(name="appearance.theme", value_json='"dark"'))
        work.session.flush()
        project = Project(client_id=client.id, name="Website", colour="teal", currency="EUR")
        work.session.add(project)
        work.session.flush()
        task = Task(project_id=project.id, name="Design")
        work.session.add(task)
        work.session.flush()

        def entry(start: int, minutes: int | None, day: date, **values: object) -> None:
            begun = now - timedelta(minutes=start)
            ended = None if minutes is None else begun + timedelta(minutes=minutes)
            work.session.add(
                TimeEntry(
                    person_id=person.id,
                    started_at=begun,
                    ended_at=ended,
                    zone="Europe/Berlin",
                    local_on=day,
                    **values,
                )
            )

        today = date(2026, 11, 25)
        entry(200, 60, today, project_id=project.id, task_id=task.id, description="Logo")
        entry(100, 30, today, billable=False)
        entry(90, 30, today, deleted_at=now)
        entry(2000, 30, today - timedelta(days=1))
        entry(10, None, today, description="Now")
        for number, due in (("1", today - timedelta(days=1)), ("2", today), (None, None)):
            work.session.add(
                Invoice(
                    company_id=company.id,
                    client_id=client.id,
                    issue_on=today,
                    due_on=due,
                    currency="EUR",
                    due_minor=100,
                    state="issued" if number else "draft",
                    number=number,
                    issued_at=now if number else None,
                )
            )


def test_the_first_rows(book: None, profile: Path, clock: FixedClock) -> None:
    seen = glance(profile / "billops.db", clock)
    assert seen is not None
    assert (seen.set_up, seen.company_name, seen.today) == (True, "Haldane", date(2026, 11, 25))
    assert seen.running is not None
    assert (seen.running.description, seen.running.seconds) == ("Now", None)
    assert [row.description for row in seen.today_rows] == ["Now", "", "Logo"]
    assert seen.today_seconds == 90 * 60
    logo = seen.today_rows[-1]
    assert (logo.project_name, logo.project_colour, logo.client_name, logo.task_name) == (
        "Website", "teal", "Acme", "Design",
    )  # fmt: skip
    assert (logo.billable, logo.billed, logo.zone) == (True, False, "Europe/Berlin")
    assert logo.started_at == clock.now() - timedelta(minutes=200)
    assert logo.ended_at == clock.now() - timedelta(minutes=140)
    assert (seen.draft_count, seen.overdue_count) == (1, 1)
    assert seen.settings == {"appearance.theme": "dark"}


def test_the_day_begins_when_the_workspace_says(book: None, profile: Path) -> None:
    early = FixedClock(datetime(2026, 11, 26, 2, 59, tzinfo=UTC))
    seen = glance(profile / "billops.db", early)
    assert seen is not None
    assert seen.today == date(2026, 11, 25)
    seen = glance(profile / "billops.db", FixedClock(datetime(2026, 11, 26, 3, 0, tzinfo=UTC)))
    assert seen is not None
    assert (seen.today, seen.today_rows) == (date(2026, 11, 26), ())
    assert seen.overdue_count == 2


def test_an_empty_profile_has_an_empty_glance(profile: Path, clock: FixedClock) -> None:
    seen = glance(profile / "billops.db", clock)
    assert seen is not None
    assert (seen.set_up, seen.running, seen.today_rows, seen.company_name) == (False, None, (), "")


def test_without_a_profile_there_is_nothing_to_show(tmp_path: Path, clock: FixedClock) -> None:
    assert glance(tmp_path / "billops.db", clock) is None
    assert list(tmp_path.iterdir()) == []


def test_a_newer_profile_is_refused(profile: Path, clock: FixedClock) -> None:
    connection = connect(profile / "billops.db")
    connection.execute("UPDATE alembic_version SET version_num = 'zzzz'")
    connection.close()
    with pytest.raises(NewerVersion):
        glance(profile / "billops.db", clock)


def test_a_glance_loads_nothing_heavy_and_leaves_one_file(profile: Path) -> None:
    source = (
        "import sys; from pathlib import Path; from billops_desktop.clock import SystemClock;"
        "from billops_desktop.storage.glance import glance;"
        "assert glance(Path(sys.argv[1]), SystemClock());"
        "print(' '.join({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", source, str(profile / "billops.db")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split()) & HEAVY == set()
    assert [path.name for path in profile.iterdir()] == ["billops.db"]
