"""Tests for the directory: projects, clients, badges, company, the time of the last backup."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from billops_desktop.services.directory import projects
from billops_desktop.services.profile import settings
from billops_desktop.services.upkeep import backups
from billops_desktop.ui.jobs import Jobs
from billops_desktop.ui.live.directory import Counts, Directory, set_preference, unpin
from tests.support.factories import log, make_client, make_project, set_rate


@pytest.fixture
def directory(jobs: Any) -> Directory:
    return Directory(jobs)


def test_it_lists_what_there_is_and_hears_changes(directory: Directory, workspace: Any) -> None:
    directory._on_opened(workspace)
    directory._soon.stop()
    assert directory.company == "Haldane Consulting"
    client_id = make_client(workspace, "Umbra AG")
    project_id = make_project(workspace, "ERP", client_id=client_id)
    assert [one.name for one in directory.clients] == ["Umbra AG"]
    assert [(one.name, one.client_name) for one in directory.projects] == [("ERP", "Umbra AG")]
    workspace.execute(projects.pin, project_id)
    assert [one.id for one in directory.pinned] == [project_id]
    workspace.execute(unpin, project_id)
    assert directory.pinned == ()
    directory._soon.stop()


def test_badges_count_clients_with_unbilled_time(directory: Directory, workspace: Any) -> None:
    set_rate(workspace)
    log(workspace, project_id=make_project(workspace, "Website"))
    assert directory._soon.isActive()
    directory.count()
    assert directory.counts == Counts(to_invoice=1)
    directory._soon.stop()


def test_the_last_backup_is_told(directory: Directory, workspace: Any, clock: Any) -> None:
    assert directory.backup_note(clock) == ""
    backups.make(workspace)
    directory.count()
    assert directory.backup_note(clock) == "Backed up 14:00"
    clock.move(days=2)
    assert directory.backup_note(clock) == "Backed up 25 Nov 2026"


def test_before_the_set_up_there_is_nothing_to_list(blank_workspace: Any, qapp: Any) -> None:
    fresh = Directory(Jobs(blank_workspace, inline=True))
    fresh.load()
    fresh.count()
    assert (fresh.company, fresh.projects, fresh.counts) == ("", (), Counts())


def test_the_first_glance_is_shown(directory: Directory) -> None:
    directory.show_glance("Haldane", Counts(overdue=3))
    assert (directory.company, directory.counts.overdue) == ("Haldane", 3)
    directory.backed_up_at = datetime(2026, 11, 25, 9, 2, tzinfo=UTC)


def test_a_preference_is_kept(workspace: Any) -> None:
    workspace.execute(set_preference, "window.close_to_tray", "keep")
    assert workspace.read(settings.preference, "window.close_to_tray") == "keep"
