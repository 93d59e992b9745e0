"""The drill: a lost profile comes back equal; a trial touches nothing and finds what breaks."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable

import pytest

from billops_desktop.bootstrap import open_workspace
from billops_desktop.errors import IntegrityFault, NotFound
from billops_desktop.paths import BACKUPS_NAME, database_file
from billops_desktop.services.upkeep import backups, checking, drill
from billops_desktop.services.upkeep.dumping import dump_logical
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.backups import verification
from billops_desktop.storage.connection import connect
from billops_desktop.storage.triggers import capture
from tests.support import money


def dump(workspace: Workspace) -> str:
    out = io.StringIO()
    dump_logical(workspace, out)
    return out.getvalue()


def test_a_lost_profile_comes_back_equal_in_two_steps(workspace: Workspace) -> None:
    money.issued_item(workspace, money.make_job(workspace))
    made = backups.make(workspace)
    before = dump(workspace)
    profile = workspace.profile
    workspace.close()

    # All is lost but the backups, and they lie in another place now.
    shutil.copytree(profile / BACKUPS_NAME, profile.parent / "disk")
    shutil.rmtree(profile)
    # One: put the folder of backups into a new profile. Two: restore.
    steps: list[Callable[[], object]] = [
        lambda: shutil.copytree(profile.parent / "disk", profile / BACKUPS_NAME),
        lambda: backups.restore_backup(profile, made.name),
    ]
    for step in steps:
        step()

    again = open_workspace(profile, clock=workspace.clock, create=False)
    assert dump(again) == before
    assert all(result.ok for result in checking.check(again))
    again.close()


def test_a_drill_leaves_the_profile_alone_and_is_remembered(workspace: Workspace) -> None:
    money.issued_item(workspace, money.make_job(workspace))
    made = backups.make(workspace)
    assert made.drilled_at is None
    before = dump(workspace)
    folders = sorted(made.folder.parent.iterdir())
    row = drill.drill(workspace.profile, clock=workspace.clock)
    assert row.drilled_at == row.verified_at == workspace.clock.now()
    assert dump(workspace) == before
    assert sorted(made.folder.parent.iterdir()) == folders


def test_a_trial_finds_books_that_were_wrong_before_the_backup(workspace: Workspace) -> None:
    """Its file is whole and as recorded: only opening and checking it shows what is wrong."""
    money.issued_item(workspace, money.make_job(workspace))
    open_file = connect(database_file(workspace.profile), "write")
    for (name,) in open_file.execute(capture.TRIGGER_NAMES).fetchall():
        open_file.execute(f'DROP TRIGGER "{name}"')
    open_file.execute("UPDATE invoice SET gross_minor = gross_minor + 1")
    open_file.close()
    made = backups.make(workspace)
    assert verification.findings(made.folder) == []
    found = drill.trial(made.folder)
    assert any(finding.startswith("totals: ") for finding in found)
    with pytest.raises(IntegrityFault, match="totals"):
        drill.drill(workspace.profile)


def test_without_a_backup_there_is_nothing_to_try(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        drill.drill(workspace.profile)
