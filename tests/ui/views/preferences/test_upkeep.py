"""Data and backup: one is made and proved from the page, its time and size are told."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QDesktopServices

from billops_desktop.errors import EnvironmentFault
from billops_desktop.services.upkeep import backups
from billops_desktop.ui.views.settings import SettingsView


@pytest.fixture
def section(open_view):
    view = open_view("settings", SettingsView)
    view.open_section("backup")
    return view.sections["backup"]


def test_without_a_backup_it_warns(section, workspace) -> None:
    assert section.last.text() == "No verified backup yet."
    assert section.last.ink == "warn"
    assert section.place.text() == str(workspace.profile)


def test_a_backup_is_made_proved_and_told(section, workspace) -> None:
    section.make.click()
    (row,) = backups.backups(workspace.profile)
    assert row.verified_at is not None
    assert section.last.text() == "Last verified backup: 25 Nov 2026, 14:00"
    assert section.count.text().startswith("1 backup, ")
    assert section.view.shell.feedback.recent[0].startswith("Backup made and verified")
    assert section.make.isEnabled()
    assert section.progress is None


def test_a_backup_that_fails_says_so_and_can_be_tried_again(section, monkeypatch) -> None:
    def full(*_words, **_more):
        raise EnvironmentFault("No backup was made: the disk is full.", "Free some space.")

    monkeypatch.setattr(backups, "make", full)
    told = []
    monkeypatch.setattr(section.view, "show_error", told.append)
    section.make.click()
    assert [error.title for error in told] == ["No backup was made: the disk is full."]
    assert section.make.isEnabled()


def test_the_folder_is_opened(section, workspace, monkeypatch) -> None:
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    section.open.click()
    assert opened == [str(workspace.profile)]
