"""Profiles of a known size: a company, clients, projects, a rate, and any number of entries."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from billops_desktop.bootstrap import open_workspace
from billops_desktop.paths import database_file
from billops_desktop.services.directory import clients, projects
from billops_desktop.services.profile import onboarding
from billops_desktop.services.rates import rate_book
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.connection import connect
from tests.support.clock import MovableClock
from tests.support.profiles import HALDANE

CLIENTS = 40
PROJECTS = 120
YEARS = 10

# Written by SQL alone, with capture told to keep still: 1 M entries through the use cases would
# take an hour, and what is measured are lists and sums, not how the rows came there.
ENTRIES = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count),
     projects AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM project),
     moments AS (
       SELECT i, :last - (i * :step) AS started FROM n
     )
INSERT INTO time_entry (id, created_at, updated_at, person_id, project_id, started_at, ended_at,
    zone, local_on, break_seconds, description, billable, source, approval, approval_reason,
    needs_check, external_source, external_id, context_json)
SELECT printf('0199%028x', i), started * 1000000, started * 1000000, :person, projects.id,
    started * 1000000, (started + 900 + (i * 7919) % 9000) * 1000000, 'Europe/Berlin',
    date(started + 3600, 'unixepoch'), 0, 'Work number ' || (i % 997), i < :unbilled, 'manual',
    'approved', '', 0, '', '', '{}'
FROM moments JOIN projects ON projects.place = (moments.i * 31) % :projects
"""


@dataclass(frozen=True, slots=True)
class Seeded:
    """An open workspace and the client whose projects hold most entries."""

    workspace: Workspace
    client_ids: tuple[str, ...]


def seed(profile: Path, entries: int, *, one_client: bool = False) -> Seeded:
    """Make a profile with this many entries spread evenly over ten years."""
    workspace = open_workspace(profile, clock=MovableClock())
    workspace.execute(onboarding.set_up, HALDANE)
    ids = []
    for number in range(1 if one_client else CLIENTS):
        client = workspace.execute(clients.add, clients.NewClient(name=f"Client {number:02}"))
        ids.append(client.id)
    count = 10 if one_client else PROJECTS
    for number in range(count):
        owner = ids[number % len(ids)]
        workspace.execute(
            projects.add, projects.NewProject(name=f"Project {number:03}", client_id=owner)
        )
    workspace.execute(rate_book.set_rate, rate_book.NewRule(price=Decimal(95), currency="EUR"))
    fill(workspace, entries, count)
    return Seeded(workspace, tuple(ids))


def fill(workspace: Workspace, entries: int, project_count: int) -> None:
    """Write the entries in one transaction, unseen by capture."""
    last = int(workspace.clock.now().timestamp()) - 20_000
    values = {
        "count": entries,
        # An office bills as it goes: of a million entries some ten thousand wait for an invoice.
        "unbilled": max(entries // 50, 10_000),
        "last": last,
        "step": max(1, YEARS * 365 * 86_400 // max(entries, 1)),
        "person": workspace.person_id,
        "projects": project_count,
    }
    connection = connect(database_file(workspace.profile))
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE capture_context SET applying = 1 WHERE id = 1")
        connection.execute(ENTRIES, values)
        connection.execute("UPDATE capture_context SET applying = 0 WHERE id = 1")
        connection.execute("COMMIT")
    finally:
        connection.close()
