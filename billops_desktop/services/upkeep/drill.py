"""Restores a backup on trial: in a folder of its own, opened, every check run, thrown away."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from billops_desktop.clock import SystemClock
from billops_desktop.paths import database_file
from billops_desktop.services.upkeep import backups, checking
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.backups import backup, restore, verification
from billops_desktop.storage.revision import HEAD, revision_of
from billops_desktop.storage.upgrade import open_database, upgrade

if TYPE_CHECKING:
    from billops_desktop.clock import Clock


def drill(profile: Path, name: str = "", *, clock: Clock | None = None) -> backups.BackupRow:
    """Restore a backup (the newest without a name) on trial, in a process of its own.

    The profile itself is not touched. IntegrityFault when the backup cannot be restored, or when
    what it brings back breaks an invariant.
    """
    folder = backups.find(profile, name).folder
    verification.prove_apart(trial, folder)
    backup.mark_backup(folder, backup.PROVEN_NAME, clock=clock)
    backup.mark_backup(folder, backup.DRILLED_NAME, clock=clock)
    return backups.find(profile, folder.name)


def trial(folder: Path) -> list[str]:
    """Return what is wrong with the backup in ``folder`` once it is restored, [] when nothing."""
    found = verification.findings(folder)
    if found:
        return found
    clock = SystemClock()
    # Beside the backups: the same disk, and a trial that is killed is swept away with half backups.
    prefix = f"{clock.now():{backup.STAMP}}-drill-"
    with tempfile.TemporaryDirectory(prefix=prefix, dir=folder.parent) as place:
        profile = Path(place)
        restore.put_in_place(profile, folder, clock=clock)
        path = database_file(profile)
        if (revision := revision_of(path)) != HEAD:
            upgrade(path, revision=revision, back_up=False)
        workspace = Workspace(
            open_database(path), clock=clock, profile=profile, person_id="", device_id=""
        )
        try:
            results = checking.check(workspace)
        finally:
            workspace.close()
    return [
        f"{result.name}: {finding}"
        for result in results
        if not result.ok
        for finding in result.findings
    ]
