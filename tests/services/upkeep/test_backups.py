"""Backups for faces: made while in use and proven, found by name, restored beside the old."""

from __future__ import annotations

import pytest

from billops_desktop.bootstrap import open_workspace
from billops_desktop.errors import IntegrityFault, NotFound
from billops_desktop.services.directory import clients
from billops_desktop.services.upkeep import backups
from billops_desktop.services.workspace import Workspace
from tests.support import factories


def test_a_backup_is_made_proven_listed_and_restored(workspace: Workspace) -> None:
    factories.make_client(workspace, "Before")
    made = backups.make(workspace, reason="test")
    factories.make_client(workspace, "After")

    assert made.verified_at == workspace.clock.now()
    assert [row.name for row in backups.backups(workspace.profile)] == [made.name]
    assert backups.last_verified(workspace.profile) == made
    assert backups.verify(workspace.profile, clock=workspace.clock).name == made.name

    workspace.close()
    restored = backups.restore_backup(workspace.profile, made.name, clock=workspace.clock)
    assert restored.kept is not None
    assert restored.kept.exists()
    again = open_workspace(workspace.profile, clock=workspace.clock)
    assert [row.name for row in again.read(clients.clients)] == ["Before"]
    again.close()


def test_an_altered_backup_is_not_restored(workspace: Workspace) -> None:
    made = backups.make(workspace)
    copy = max(made.folder.iterdir(), key=lambda path: path.stat().st_size)
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    copy.chmod(0o600)
    copy.write_bytes(content)
    workspace.close()
    with pytest.raises(IntegrityFault):
        backups.restore_backup(workspace.profile, made.name)


def test_an_unknown_name_and_an_empty_profile_are_said_in_words(workspace: Workspace) -> None:
    with pytest.raises(NotFound, match="no backup in this profile"):
        backups.verify(workspace.profile)
    assert backups.last_verified(workspace.profile) is None
    backups.make(workspace)
    with pytest.raises(NotFound, match="no backup called"):
        backups.verify(workspace.profile, "yesterday")
