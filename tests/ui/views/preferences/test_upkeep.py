"""Data and backup: one is made and proved from the page, its time and size are told."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QDesktopServices

from billops_desktop.errors import EnvironmentFault
from billops_desktop.services.profile import onboarding
from billops_desktop.services.samples import sample
from billops_desktop.services.upkeep import backups
from billops_desktop.ui.dialogs.first_run import FirstRun
from billops_desktop.ui.jobs import Jobs
from billops_desktop.ui.main_window import MainWindow
from billops_desktop.ui.views.settings import SettingsView
from billops_desktop.ui.widgets.panels import Banner
from billops_desktop.ui.widgets.sheet import Sheet


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


def test_a_company_of_ones_own_has_no_sample_to_remove(section) -> None:
    assert not section.sample_card.isVisibleTo(section)


def test_the_sample_is_removed_after_a_question_and_ones_own_company_set_up(
    blank_workspace, clock, dressed, qtbot
) -> None:
    blank_workspace.execute(sample.create)
    jobs = Jobs(inline=True)
    jobs.adopt(blank_workspace)
    window = MainWindow(jobs, clock)
    qtbot.addWidget(window)
    window.show()
    window.start_page("time")
    jobs.opened.emit(blank_workspace)
    window.go("settings", section="backup")
    section = window.view("settings").sections["backup"]
    assert section.sample_card.isVisibleTo(section)
    section.remove.click()
    assert blank_workspace.read(sample.is_sample)
    window.findChild(Sheet, "question").confirm.click()
    assert not blank_workspace.read(onboarding.is_set_up)
    run = window.findChild(FirstRun)
    assert run.isVisible()
    assert window.sidebar.company.text() == "BillOps"
    run.reject()
    assert blank_workspace.read(onboarding.is_set_up)
    assert not [banner for banner in window.findChildren(Banner) if banner.tone == "bad"]
    window.hide()
    jobs.closed = True
