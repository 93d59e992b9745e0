"""Profiles for pictures: a company without anything yet, and one with too much of everything."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from billops_desktop.services import tracking
from billops_desktop.services.directory import projects
from billops_desktop.services.profile import onboarding
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.unit_of_work import UnitOfWork
from tests.support import money
from tests.support.profiles import HALDANE

ROWS = 1000
LONG = (
    "Quarterly review of everything that was agreed, changed, postponed and forgotten since the "
    "spring, with notes for those who could not be there"
)
# Long, narrow, right to left, wide, and markup that has to stay letters.
CLIENTS = (
    ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mbH", "EUR"),
    ("A", "USD"),
    ("חברת הדוגמה בעם", "GBP"),
    ("株式会社サンプル商事東京本社営業部", "JPY"),
    ("<b>Bold & Sons</b> 🧾🏳️‍🌈", "KWD"),
)


def only_the_company(workspace: Workspace) -> None:
    """Set up a company that has no client yet."""
    workspace.execute(onboarding.set_up, HALDANE)


def crowded(workspace: Workspace) -> None:
    """Make five clients in five currencies, a thousand entries, drafts and open invoices."""
    only_the_company(workspace)
    jobs = []
    for name, currency in CLIENTS:
        job = money.make_job(workspace, name, currency=currency)
        workspace.execute(
            projects.edit, job.project_id, projects.ProjectEdit(name=f"{name} – {LONG}"[:120])
        )
        jobs.append(job)
    workspace.execute(_thousand_entries, jobs)
    for job in jobs:
        money.draft(workspace, job, to_on=date(2026, 11, 10))
        money.issued_item(workspace, job, "9876543.21", issue_on=date(2026, 9, 1))


def _thousand_entries(work: UnitOfWork, jobs: list[money.Job]) -> None:
    newest = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
    for number in range(ROWS):
        job = jobs[number % len(jobs)]
        started_at = newest - timedelta(minutes=70 * number)
        tracking.add(
            work,
            tracking.NewEntry(
                started_at=started_at,
                ended_at=started_at + timedelta(minutes=65),
                project_id=job.project_id,
                task_id=job.task_id if number % 2 else None,
                description=LONG if number % 3 == 0 else "" if number % 7 == 0 else "Call",
            ),
        )
