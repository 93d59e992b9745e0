"""Rounding policies: how billed seconds are derived; a change is a new version of the policy."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import select

from billops_desktop.domain.alphabet import name_order
from billops_desktop.domain.rounding import RoundingPolicy as Rule
from billops_desktop.i18n import _
from billops_desktop.services import fields, records
from billops_desktop.services.books import Unit, book
from billops_desktop.storage.models import Client, Project, RoundingPolicy
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRow:
    """One policy and the version that new invoices use."""

    id: str
    name: str
    step_seconds: int
    mode: str
    applies_to: str
    minimum_seconds: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPolicy:
    """A policy to be added, or what an existing one becomes."""

    name: str
    step_seconds: int = 60
    mode: str = "none"
    applies_to: str = "entry"
    minimum_seconds: int = 0


def policies(work: Unit) -> tuple[PolicyRow, ...]:
    """Return all policies by name."""
    found = work.session.execute(
        select(
            RoundingPolicy.id,
            RoundingPolicy.name,
            RoundingPolicy.step_seconds,
            RoundingPolicy.mode,
            RoundingPolicy.applies_to,
            RoundingPolicy.minimum_seconds,
            RoundingPolicy.version,
        )
        .where(RoundingPolicy.deleted_at.is_(None))
        .order_by(RoundingPolicy.id)
    )
    rows = (PolicyRow(**row._asdict()) for row in found)
    return tuple(sorted(rows, key=lambda row: name_order(row.name)))


def add_policy(work: UnitOfWork, new: NewPolicy) -> PolicyRow:
    """Add a policy; nothing uses it until it is chosen somewhere."""
    row = records.add(work, RoundingPolicy(**_checked(new)))
    return next(policy for policy in policies(work) if policy.id == row.id)


def edit_policy(work: UnitOfWork, policy_id: str, new: NewPolicy) -> PolicyRow:
    """Change a policy for what is not billed yet; what is billed names the version it used."""
    row = records.live(work, RoundingPolicy, policy_id, _("rounding policy"))
    values = _checked(new)
    if any(getattr(row, name) != value for name, value in values.items() if name != "name"):
        values["version"] = row.version + 1
    records.change(work, row, values)
    return next(policy for policy in policies(work) if policy.id == policy_id)


def use_policy(
    work: UnitOfWork,
    policy_id: str | None,
    *,
    client_id: str | None = None,
    project_id: str | None = None,
) -> None:
    """Choose the policy of a project, of a client, or without either of the workspace."""
    if policy_id is not None:
        records.live(work, RoundingPolicy, policy_id, _("rounding policy"))
    chosen = {"rounding_policy_id": policy_id}
    if project_id is not None:
        records.change(work, records.live(work, Project, project_id, _("project")), chosen)
    elif client_id is not None:
        records.change(work, records.live(work, Client, client_id, _("client")), chosen)
    else:
        records.change(work, book(work), chosen)


def _checked(new: NewPolicy) -> dict[str, str | int]:
    values = asdict(new)
    values["name"] = fields.name(new.name, "name")
    Rule(**{name: value for name, value in values.items() if name != "name"})
    return values
