"""The sample company: complete, marked, made of the app's own use cases, and gone in one step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Table, func, select

from billops_desktop.bootstrap import open_workspace
from billops_desktop.errors import Refused
from billops_desktop.i18n import use_language
from billops_desktop.services import tracking
from billops_desktop.services.directory import clients
from billops_desktop.services.entries import entry_rows
from billops_desktop.services.invoices import invoice_rows
from billops_desktop.services.profile import number_series, onboarding
from billops_desktop.services.samples import sample
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import Company, Project
from billops_desktop.storage.triggers.capture import captured_tables
from billops_desktop.storage.unit_of_work import ReadingUnit
from billops_desktop.storage.upgrade import wrong_triggers
from tests.support.clock import AFTERNOON, MovableClock
from tests.support.factories import make_client, make_project
from tests.support.profiles import HALDANE, copy_profile


@pytest.fixture(scope="module")
def sample_template(blank_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    profile = copy_profile(blank_template, tmp_path_factory.mktemp("sample") / "profile")
    opened = open_workspace(profile, clock=MovableClock(AFTERNOON))
    opened.execute(sample.create)
    opened.close()
    return profile


@pytest.fixture
def sampled(sample_template: Path, tmp_path: Path) -> Iterator[Workspace]:
    opened = open_workspace(
        copy_profile(sample_template, tmp_path / "sample"), clock=MovableClock(AFTERNOON)
    )
    yield opened
    opened.close()


def count_of(work: ReadingUnit, table: Table) -> int | None:
    return work.session.scalar(select(func.count()).select_from(table))


def test_clients_and_projects_of_the_story(sampled: Workspace) -> None:
    listed = sampled.read(clients.clients)
    assert [row.name for row in listed] == [
        "Acme GmbH",
        "Globex Ltd",
        "Hooli",
        "Initech",
        "Northwind",
        "Umbra AG",
        "Wayne Partners",
    ]
    assert {row.currency for row in listed} == {"EUR", "GBP", "USD"}
    assert all(row.sample and row.unbilled_seconds for row in listed)
    assert sampled.read(sample.is_sample)
    unmarked = select(func.count()).select_from(Project).where(Project.sample.is_(False))
    assert sampled.read(lambda work: work.session.scalar(unmarked)) == 0


def test_time_runs_up_to_now_and_a_timer_runs(sampled: Workspace) -> None:
    running = sampled.read(tracking.running)
    assert running is not None
    assert running.started_at == AFTERNOON - timedelta(minutes=84)
    rows = sampled.read(entry_rows.entries, from_on=date(2026, 1, 1), to_on=date(2026, 12, 31))
    assert len(rows) > 150
    assert all(row.ended_at is None or row.ended_at <= AFTERNOON for row in rows)
    assert not any(row.overlaps for row in rows)
    assert all(row.value for row in rows if row.billable and row.seconds)


def test_invoices_in_every_state_and_three_currencies(sampled: Workspace) -> None:
    page = sampled.read(invoice_rows.invoices)
    states = {(row.client_name, str(row.status)) for row in page.rows if row.kind == "invoice"}
    assert {status for _name, status in states} >= {"draft", "issued", "overdue", "paid"}
    assert ("Globex Ltd", "overdue") in states or ("Globex Ltd", "part_paid") in states
    assert {row.total.currency for row in page.rows} == {"EUR", "GBP", "USD"}
    assert all(row.days_late == 0 or row.open for row in page.rows)


def test_removing_leaves_a_fresh_profile(sampled: Workspace) -> None:
    changes = sampled.perform(sample.remove).changes
    assert {"time_entry", "client", "project", "invoice", "company"} <= changes.kinds
    assert not sampled.read(onboarding.is_set_up)
    for table in captured_tables():
        count = sampled.read(count_of, table)
        assert count == (1 if table.name == "person" else 0), table.name
    assert wrong_triggers(sampled.database.path) == []
    sampled.execute(onboarding.set_up, HALDANE)
    named = select(Company.legal_name, Company.sample)
    [company] = sampled.read(lambda work: work.session.execute(named).all())
    assert tuple(company) == ("Haldane Consulting", False)


def test_what_was_added_beside_the_sample_is_not_taken_along(sampled: Workspace) -> None:
    mine = make_client(sampled, "Mine")
    make_project(sampled, "Website", client_id=mine)
    with pytest.raises(Refused, match="Mine, Website is not part"):
        sampled.execute(sample.remove)
    assert len(sampled.read(clients.clients)) == 8


def test_the_sample_never_mixes_with_a_company(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="has a company"):
        workspace.execute(sample.create)
    with pytest.raises(Refused, match="no sample"):
        workspace.execute(sample.remove)


def test_the_sample_speaks_the_language_of_the_screen(blank_template: Path, tmp_path: Path) -> None:
    opened = open_workspace(
        copy_profile(blank_template, tmp_path / "german"), clock=MovableClock(AFTERNOON)
    )
    use_language("de")
    try:
        opened.execute(sample.create)
    finally:
        use_language("en")
    languages = {row.name: row.language for row in opened.read(clients.clients)}
    named = opened.read(lambda work: work.session.scalars(select(Project.name)).all())
    patterns = {
        row.kind: row.pattern for row in opened.read(number_series.series, AFTERNOON.date())
    }
    opened.close()
    assert (languages["Acme GmbH"], languages["Globex Ltd"]) == ("de", "en")
    assert {"Datenplattform", "ERP-Umstellung", "Intern"} <= set(named)
    assert patterns["credit_note"] == "RK-{YYYY}-{N:4}"
