"""The glance: first rows by plain SQL, nothing heavy loaded, the day that the user is in."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

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


TODAY = date(2026, 11, 25)


def parties(work: UnitOfWork) -> tuple[Company, Client, Person]:
    made = (
        Company(legal_name="Haldane", currency="EUR"),
        Client(name="Acme", currency="EUR"),
        Person(),
    )
    work.session.add_all(made)
    work.session.add(
        Workspace(name="H", base_currency="EUR", zone="Europe/Berlin", day_start_minutes=240)
    )
    work.session.add(Setting(name="appearance.theme", value_json='"dark"'))
    work.session.flush()
    return made


def project_task(work: UnitOfWork, client: Client) -> dict[str, str]:
    project = Project(client_id=client.id, name="Website", colour="teal", currency="EUR")
    work.session.add(project)
    work.session.flush()
    task = Task(project_id=project.id, name="Design")
    work.session.add(task)
    work.session.flush()
    return {"project_id": project.id, "task_id": task.id}


def entry(person: Person, begun: datetime, minutes: int | None, **values: Any) -> TimeEntry:
    return TimeEntry(
        person_id=person.id,
        started_at=begun,
        ended_at=None if minutes is None else begun + timedelta(minutes=minutes),
        zone="Europe/Berlin",
        **{"local_on": TODAY} | values,
    )


def invoice(company: Company, client: Client, due: date | None, now: datetime) -> Invoice:
    return Invoice(
        company_id=company.id,
        client_id=client.id,
        issue_on=TODAY,
        due_on=due,
        currency="EUR",
        due_minor=100,
        state="issued" if due else "draft",
        number=f"{due}" if due else None,
        issued_at=now if due else None,
    )


@pytest.fixture
def book(unit: Callable[[], UnitOfWork]) -> None:
    """Fill a day: three entries, one running, one deleted, one of yesterday; three invoices."""
    with unit() as work:
        company, client, person = parties(work)
        website, now = project_task(work, client), work.now()
        yesterday = TODAY - timedelta(days=1)

        def ago(minutes: int) -> datetime:
            return now - timedelta(minutes=minutes)

        work.session.add_all(
            [
                entry(person, ago(200), 60, description="Logo", **website),
                entry(person, ago(100), 30, billable=False),
                entry(person, ago(90), 30, deleted_at=now),
                entry(person, ago(2000), 30, local_on=yesterday),
                entry(person, ago(10), None, description="Now"),
                *(invoice(company, client, due, now) for due in (yesterday, TODAY, None)),
            ]
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
