"""Tests for the keeper of backups: it looks, makes what is due, tells a failure, and ends last."""

from __future__ import annotations

from typing import Any

import pytest

from billops_desktop.errors import EnvironmentFault
from billops_desktop.services.upkeep import automatic, backups, drill
from billops_desktop.ui.live.keeper import BackupKeeper
from tests.support import factories


@pytest.fixture
def keeper(jobs: Any, monkeypatch: pytest.MonkeyPatch) -> BackupKeeper:
    monkeypatch.setattr(drill, "drill", lambda _profile, _name, **_more: "drilled")
    return BackupKeeper(jobs)


def test_it_looks_soon_after_the_start_and_then_again_and_again(keeper: BackupKeeper) -> None:
    assert not keeper._looks.isActive()
    keeper.start()
    assert keeper._first.isActive()
    assert keeper._looks.isActive()
    assert keeper._looks.interval() < automatic.EVERY.total_seconds() * 1000
    keeper.finish(lambda: None)
    assert not keeper._first.isActive()


def test_it_makes_what_is_due_and_nothing_else(keeper: BackupKeeper, workspace: Any) -> None:
    made: list[Any] = []
    keeper.made.connect(made.append)
    keeper.look()
    keeper.look()
    assert len(made) == 1
    assert len(backups.backups(workspace.profile)) == 1


def test_a_failure_is_told_and_the_next_look_tries_again(
    keeper: BackupKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_words: Any, **_more: Any) -> None:
        raise EnvironmentFault("No backup was made: the disk is full.")

    told: list[Any] = []
    keeper.trouble.connect(told.append)
    with monkeypatch.context() as broken:
        broken.setattr(backups, "make", full)
        keeper.look()
    assert [error.title for error in told] == ["No backup was made: the disk is full."]
    keeper.look()
    assert told[1:] == [None]
    assert keeper.failure is None


def test_the_end_waits_for_what_is_not_backed_up(keeper: BackupKeeper, workspace: Any) -> None:
    ended: list[int] = []
    keeper.start()
    keeper.finish(lambda: ended.append(len(backups.backups(workspace.profile))))
    assert ended == [0]
    assert not keeper._looks.isActive()
    factories.make_client(workspace, "Acme")
    keeper.finish(lambda: ended.append(len(backups.backups(workspace.profile))))
    assert ended == [0, 1]
    assert backups.backups(workspace.profile)[0].reason == "quit"


def test_the_end_comes_also_when_the_last_backup_fails(
    keeper: BackupKeeper, workspace: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_words: Any, **_more: Any) -> None:
        raise EnvironmentFault("No backup was made: the disk is full.")

    ended: list[bool] = []
    factories.make_client(workspace, "Acme")
    monkeypatch.setattr(backups, "make", full)
    keeper.finish(lambda: ended.append(True))
    assert ended == [True]
