"""Data and backup: one is made and proved from the page, its time and size are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from billops_desktop.domain.changes import Changes
from billops_desktop.errors import BillOpsError, EnvironmentFault, IntegrityFault
from billops_desktop.services.directory import clients
from billops_desktop.services.profile import onboarding
from billops_desktop.services.samples import sample
from billops_desktop.services.upkeep import backups
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.dialogs.first_run import FirstRun
from billops_desktop.ui.jobs import Jobs
from billops_desktop.ui.main_window import MainWindow
from billops_desktop.ui.views.preferences.upkeep import UpkeepSection
from billops_desktop.ui.views.settings import SettingsView
from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.labels import PlainLabel
from billops_desktop.ui.widgets.panels import Banner
from billops_desktop.ui.widgets.sheet import Sheet
from tests.support import factories
from tests.support.clock import MovableClock
from tests.support.present import child, of_kind, present, window_of
from tests.support.window import OpenView


@pytest.fixture
def section(open_view: OpenView) -> UpkeepSection:
    view = open_view("settings", SettingsView)
    view.open_section("backup")
    found = view.sections["backup"]
    assert isinstance(found, UpkeepSection)
    return found


def test_without_a_backup_it_warns(section: UpkeepSection, workspace: Workspace) -> None:
    assert section.last.text() == "No verified backup yet."
    assert section.last.ink == "warn"
    assert section.place.text() == str(workspace.profile)


def test_a_backup_is_made_proved_and_told(section: UpkeepSection, workspace: Workspace) -> None:
    section.make.click()
    (row,) = backups.backups(workspace.profile)
    assert row.verified_at is not None
    assert section.last.text() == "Last verified backup: today 14:00"
    assert section.count.text().startswith("1 backup, ")
    assert section.view.shell.feedback.recent[0].startswith("Backup made and verified")
    assert section.make.isEnabled()
    assert section.progress is None


def test_a_backup_that_fails_says_so_and_can_be_tried_again(
    section: UpkeepSection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_words: object, **_more: object) -> None:
        raise EnvironmentFault("No backup was made: the disk is full.", "Free some space.")

    monkeypatch.setattr(backups, "make", full)
    told: list[BillOpsError] = []
    monkeypatch.setattr(section.view, "show_error", told.append)
    section.make.click()
    assert [error.title for error in told] == ["No backup was made: the disk is full."]
    assert section.make.isEnabled()


def test_the_folder_is_opened(
    section: UpkeepSection, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    section.open.click()
    assert opened == [str(workspace.profile)]


def test_a_company_of_ones_own_has_no_sample_to_remove(section: UpkeepSection) -> None:
    assert not section.sample_card.isVisibleTo(section)


def test_the_sample_is_removed_after_a_question_and_ones_own_company_set_up(
    blank_workspace: Workspace, clock: MovableClock, dressed: QApplication, qtbot: QtBot
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
    view = of_kind(window.view("settings"), SettingsView)
    section = of_kind(view.sections["backup"], UpkeepSection)
    assert section.sample_card.isVisibleTo(section)
    section.remove.click()
    assert blank_workspace.read(sample.is_sample)
    child(window, Sheet, "question").confirm.click()
    assert not blank_workspace.read(onboarding.is_set_up)
    run = window.findChild(FirstRun)
    assert present(run).isVisible()
    assert window.sidebar.company.text() == "BillOps"
    present(run).reject()
    assert blank_workspace.read(onboarding.is_set_up)
    assert not [banner for banner in window.findChildren(Banner) if banner.tone == "bad"]
    window.hide()
    jobs.closed = True


def test_the_backups_are_listed_with_why_and_what_can_be_done(
    section: UpkeepSection, workspace: Workspace, clock: MovableClock
) -> None:
    for _turn in range(7):
        clock.move(days=1)
        backups.make(workspace, reason="auto")
    clock.move(days=1)
    section.load()
    lines = section.list.lines
    assert len(lines) == 5
    assert [label.text() for label in lines[0].findChildren(PlainLabel)] == [
        "2 Dec 2026, 14:00",
        "automatic, 1 MB, verified",
    ]
    assert section.list.more.words() == "Show 2 older backups"
    section.list.more.click()
    assert len(section.list.lines) == 7
    assert not section.list.more.isVisibleTo(section)


def test_a_backup_is_verified_again(
    section: UpkeepSection, workspace: Workspace, clock: MovableClock
) -> None:
    made = backups.make(workspace)
    clock.move(hours=1)
    section.load()
    present(section.list.lines[0].findChild(Button, "verifyBackup")).click()
    (row,) = backups.backups(workspace.profile)
    assert present(row.verified_at) > present(made.verified_at)
    assert section.view.shell.feedback.recent[0].startswith("The backup is intact")
    assert section.progress is None


def test_a_backup_is_restored_after_a_question_and_shown(
    section: UpkeepSection, workspace: Workspace
) -> None:
    factories.make_client(workspace, "Before")
    backups.make(workspace)
    factories.make_client(workspace, "After")
    section.load()
    jobs = section.view.shell.jobs
    window_of(section).undo_stack.add("Client added", "of the records before")
    present(section.list.lines[0].findChild(Button, "restoreBackup")).click()
    assert jobs.workspace is workspace
    seen: list[Changes] = []
    jobs.changed.connect(seen.append)
    child(section.window(), Sheet, "question").confirm.click()
    assert jobs.workspace is not workspace
    assert [row.name for row in jobs.workspace.read(clients.clients)] == ["Before"]
    assert any(changes.meets({"client"}) for changes in seen)
    assert not window_of(section).actions_table["edit.undo"].isEnabled()
    assert section.view.shell.feedback.recent[0].startswith("Backup restored")
    jobs.workspace.close()


def test_a_restore_that_is_refused_leaves_all_as_it_was(
    section: UpkeepSection, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bad(*_words: object, **_more: object) -> None:
        raise IntegrityFault("The backup cannot be trusted.", "Use another backup.")

    factories.make_client(workspace, "Acme")
    backups.make(workspace)
    section.load()
    monkeypatch.setattr(backups, "restore_backup", bad)
    told: list[BillOpsError] = []
    monkeypatch.setattr(section.view, "show_error", told.append)
    section.restore(section.list.rows[0].name)
    assert [error.title for error in told] == ["The backup cannot be trusted."]
    jobs = section.view.shell.jobs
    assert [row.name for row in jobs.workspace.read(clients.clients)] == ["Acme"]
    jobs.workspace.close()


def test_a_restore_is_stopped_until_the_records_change_places(
    section: UpkeepSection, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.make_client(workspace, "Before")
    backups.make(workspace)
    factories.make_client(workspace, "After")
    section.load()
    told: list[BillOpsError] = []
    monkeypatch.setattr(section.view, "show_error", told.append)
    real = backups.restore_backup

    def stopped_by_its_user(*words: Any, **more: Any) -> object:
        assert not present(section.progress).cancel.isHidden()
        present(section.progress).cancel.click()
        return real(*words, **more)

    monkeypatch.setattr(backups, "restore_backup", stopped_by_its_user)
    section.restore(section.list.rows[0].name)
    assert [error.title for error in told] == ["The restore was stopped."]
    jobs = section.view.shell.jobs
    assert [row.name for row in jobs.workspace.read(clients.clients)] == ["After", "Before"]
    assert section.progress is None
    jobs.workspace.close()


def test_a_restore_that_has_begun_offers_no_stop(
    section: UpkeepSection, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.make_client(workspace, "Before")
    backups.make(workspace)
    section.load()
    real, seen = backups.restore_backup, []

    def watched(*words: Any, begun: Callable[[], object], **more: Any) -> object:
        def look() -> None:
            begun()
            seen.append(present(section.progress).cancel.isHidden())

        return real(*words, begun=look, **more)

    monkeypatch.setattr(backups, "restore_backup", watched)
    section.restore(section.list.rows[0].name)
    assert seen == [True]
    section.view.shell.jobs.workspace.close()
