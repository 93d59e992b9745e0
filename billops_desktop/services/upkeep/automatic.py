"""Backups that nobody has to think of: when one is due, and what is done before a large change."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from billops_desktop.services.profile import onboarding
from billops_desktop.services.upkeep import backups, drill
from billops_desktop.services.upkeep.backups import BackupRow, Cancelled, Progress
from billops_desktop.storage.models import ChangeRecord

if TYPE_CHECKING:
    from billops_desktop.services.books import Unit
    from billops_desktop.services.workspace import Workspace

EVERY = timedelta(minutes=30)
DRILL_EVERY = timedelta(days=30)


def has_changed(workspace: Workspace) -> bool:
    """Tell whether anything was recorded since the last verified backup; never by the clock."""
    newest = backups.last_verified(workspace.profile)
    return workspace.read(_has_grown, -1 if newest is None else newest.counts["change_record"])


def is_due(workspace: Workspace) -> bool:
    """Tell whether half an hour has passed since the last verified backup, and there is news."""
    newest = backups.last_verified(workspace.profile)
    # A backup from the future is one of a clock that was wrong: it puts nothing off.
    age = EVERY if newest is None else workspace.clock.now() - newest.made_at
    return not timedelta(0) <= age < EVERY and has_changed(workspace)


def make_due(
    workspace: Workspace,
    *,
    reason: str = "auto",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> BackupRow | None:
    """Make a backup if one is due; once a month restore it on trial. None when none was due."""
    if workspace.read_only_reason is not None or not is_due(workspace):
        return None
    made = backups.make(workspace, reason=reason, progress=progress, cancelled=cancelled)
    if is_drill_due(workspace) and not (cancelled is not None and cancelled()):
        made = drill.drill(workspace.profile, made.name, clock=workspace.clock)
    return made


def make_before(
    workspace: Workspace,
    reason: str,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> BackupRow | None:
    """Make a backup before a large change, or at the end, unless the last one holds everything."""
    if workspace.read_only_reason is not None or not has_changed(workspace):
        return None
    return backups.make(workspace, reason=reason, progress=progress, cancelled=cancelled)


def is_drill_due(workspace: Workspace) -> bool:
    """Tell whether no backup was restored on trial for a month."""
    drilled = [row.drilled_at for row in backups.backups(workspace.profile) if row.drilled_at]
    return not drilled or workspace.clock.now() - max(drilled) >= DRILL_EVERY


def _has_grown(work: Unit, known: int) -> bool:
    """Tell whether the change records are not those counted; a bare profile holds nothing yet."""
    if not onboarding.is_set_up(work):
        return False
    return work.session.scalar(select(func.count()).select_from(ChangeRecord)) != known
