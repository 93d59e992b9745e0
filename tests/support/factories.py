"""Short ways for tests to have clients, projects, rates and time in a workspace."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from billops_desktop.services import tracking
from billops_desktop.services.directory import clients, projects
from billops_desktop.services.rates import rate_book
from billops_desktop.services.workspace import Workspace

WEDNESDAY = date(2026, 11, 25)


def utc(text: str) -> datetime:
    """Return the instant that "2026-11-25 09:00" means in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def make_client(workspace: Workspace, name: str = "Acme GmbH", **more: Any) -> str:
    """Add a German client and return its id; fields by their names in NewClient."""
    usual: dict[str, Any] = {
        "street": "Hafenstraße 1",
        "post_code": "20457",
        "city": "Hamburg",
        "country": "DE",
        "currency": "EUR",
        "language": "en",
    }
    return workspace.execute(clients.add, clients.NewClient(name=name, **{**usual, **more})).id


def make_project(workspace: Workspace, name: str = "Website", **more: Any) -> str:
    """Add a project and return its id; without ``client_id`` a client comes along."""
    if "client_id" not in more:
        more["client_id"] = make_client(workspace)
    return workspace.execute(projects.add, projects.NewProject(name=name, **more)).id


def make_task(workspace: Workspace, name: str = "Development", **more: Any) -> str:
    """Add a task and return its id; without ``project_id`` it is one of all projects."""
    return workspace.execute(projects.add_task, projects.NewTask(name=name, **more)).id


def set_rate(workspace: Workspace, price: str = "100", currency: str = "EUR", **more: Any) -> str:
    """Set an hourly rate, for the whole workspace unless a scope is named; return the rule's id."""
    rule = rate_book.NewRule(price=Decimal(price), currency=currency, **more)
    return workspace.execute(rate_book.set_rate, rule).id


def log(
    workspace: Workspace,
    start: str = "2026-11-24 09:00",
    *,
    hours: float = 1,
    **more: Any,
) -> tracking.EntryRow:
    """Add an entry of so many hours from an instant in UTC; fields by their names in NewEntry."""
    started_at = utc(start)
    new = tracking.NewEntry(
        started_at=started_at, ended_at=started_at + timedelta(hours=hours), **more
    )
    return workspace.execute(tracking.add, new)
