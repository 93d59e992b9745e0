"""Automatic backups: due after half an hour with news, before large changes, tried monthly."""

from __future__ import annotations

import pytest

from billops_desktop.errors import IntegrityFault
from billops_desktop.services.upkeep import automatic, backups, drill
from billops_desktop.services.workspace import Workspace
from tests.support import factories
from tests.support.clock import MovableClock


@pytest.fixture
def backed_up(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Return a profile with a verified backup; a drill takes a process, so it is only counted."""
    drilled: list[str] = []

    def count(_profile: object, name: str, **_more: object) -> backups.BackupRow:
        drilled.append(name)
        return backups.find(workspace.profile, name)

    monkeypatch.setattr(drill, "drill", count)
    monkeypatch.setattr(workspace, "drilled", drilled, raising=False)
    assert automatic.make_due(workspace) is not None
    return workspace


def test_the_first_start_backs_up_and_a_second_one_has_nothing_to_do(backed_up: Workspace) -> None:
    (row,) = backups.backups(backed_up.profile)
    assert row.verified_at is not None
    assert row.reason == "auto"
    assert not automatic.has_changed(backed_up)
    assert automatic.make_due(backed_up) is None


def test_a_bare_profile_has_nothing_to_lose(blank_workspace: Workspace) -> None:
    assert automatic.make_due(blank_workspace) is None
    assert automatic.make_before(blank_workspace, "quit") is None


@pytest.mark.parametrize(
    ("minutes", "changed", "due"),
    [(29, True, False), (30, True, True), (300, False, False), (-10, True, True)],
)
def test_a_backup_is_due_after_half_an_hour_with_news(
    backed_up: Workspace, clock: MovableClock, *, minutes: int, changed: bool, due: bool
) -> None:
    if changed:
        factories.make_client(backed_up, "Acme")
    clock.move(minutes=minutes)
    assert automatic.is_due(backed_up) is due
    assert (automatic.make_due(backed_up) is not None) is due


def test_before_a_large_change_the_age_does_not_matter(backed_up: Workspace) -> None:
    assert automatic.make_before(backed_up, "import") is None
    factories.make_client(backed_up, "Acme")
    made = automatic.make_before(backed_up, "import")
    assert made is not None
    assert made.reason == "import"
    assert made.counts["client"] == 1


def test_one_that_was_not_verified_does_not_count(backed_up: Workspace) -> None:
    (row,) = backups.backups(backed_up.profile)
    (row.folder / "proven").unlink()
    assert automatic.is_due(backed_up)


def test_a_backup_is_restored_on_trial_once_a_month(
    backed_up: Workspace, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert automatic.is_drill_due(backed_up)
    (row,) = backups.backups(backed_up.profile)
    monkeypatch.undo()
    assert drill.drill(backed_up.profile, row.name, clock=clock).drilled_at == clock.now()
    assert not automatic.is_drill_due(backed_up)
    clock.move(days=30)
    assert automatic.is_drill_due(backed_up)


def test_a_failure_reaches_the_caller(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_words: object, **_more: object) -> None:
        raise IntegrityFault("The backup cannot be trusted.")

    monkeypatch.setattr(backups, "make", fail)
    with pytest.raises(IntegrityFault):
        automatic.make_due(workspace)
