"""The first run: four steps, each skippable, nothing lost when something is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from billops_desktop.services import tracking
from billops_desktop.services.profile import onboarding, settings
from billops_desktop.services.samples import sample
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.dialogs.first_run import FirstRun
from billops_desktop.ui.jobs import Jobs
from billops_desktop.ui.main_window import MainWindow
from billops_desktop.ui.views.tracker import TrackerView
from tests.support.clock import MovableClock
from tests.support.present import of_kind, present


@pytest.fixture
def run(
    blank_workspace: Workspace, clock: MovableClock, dressed: QApplication, qtbot: QtBot
) -> Iterator[FirstRun]:
    jobs = Jobs(inline=True)
    jobs.adopt(blank_workspace)
    window = MainWindow(jobs, clock)
    qtbot.addWidget(window)
    window.show()
    window.start_page("time")
    jobs.opened.emit(blank_workspace)
    sheet = FirstRun(window)
    sheet.open()
    yield sheet
    window.hide()
    jobs.closed = True


def test_four_steps_set_the_company_up(blank_workspace: Workspace, run: FirstRun) -> None:
    assert run.you.country.value() == "DE"
    assert "EUR" in run.you.usual.text()
    QTest.keyClicks(run.you.name, "Mara Haldane")
    QTest.keyClicks(run.you.company, "Haldane Consulting")
    run.confirm.click()
    assert not blank_workspace.read(onboarding.is_set_up)
    run.confirm.click()
    assert blank_workspace.read(settings.company).legal_name == "Haldane Consulting"
    run.living.closing.choose("keep")
    run.living.tray.setChecked(False)
    run.confirm.click()
    preferences = blank_workspace.read(settings.preferences)
    assert preferences["window.close_to_tray"] == "keep"
    assert preferences["tray.shown"] is False
    QTest.keyClicks(run.entry.bar.description, "First work")
    ended = []
    run.accepted.connect(lambda: ended.append(True))
    QTest.keyClick(run.entry.bar.description, Qt.Key.Key_Return)
    assert present(blank_workspace.read(tracking.running)).description == "First work"
    assert ended == [True]


def test_the_country_says_what_it_settles(run: FirstRun) -> None:
    run.you.country.choose("US")
    run.you.country.chosen.emit("US")
    assert "USD" in run.you.usual.text()
    assert "Letter" in run.you.usual.text()


def test_the_sample_company_is_there_to_look_around(
    blank_workspace: Workspace, run: FirstRun
) -> None:
    run.confirm.click()
    run.start.choices.choose("sample")
    run.confirm.click()
    assert blank_workspace.read(sample.is_sample)
    assert run.steps.currentWidget() is run.living
    assert not run.making.isVisible()
    assert run.main.sidebar.company.note.startswith("Sample")


def test_in_the_sample_nothing_is_typed_over_its_running_timer(
    blank_workspace: Workspace, run: FirstRun
) -> None:
    run.confirm.click()
    run.start.choices.choose("sample")
    run.confirm.click()
    before = blank_workspace.read(tracking.running)
    assert run.progress.text() == "Step 3 of 3"
    run.confirm.click()
    assert not run.isVisible()
    assert blank_workspace.read(tracking.running) == before
    assert not of_kind(run.main.view("time"), TrackerView).bar.description.hasFocus()


def test_enter_continues_from_fields_and_choices(run: FirstRun) -> None:
    QTest.keyClick(run.you.company, Qt.Key.Key_Return)
    assert run.steps.currentWidget() is run.start
    assert run.start.choices.cards["empty"].hasFocus()
    QTest.keyClick(run.start.choices.cards["empty"], Qt.Key.Key_Return)
    assert run.steps.currentWidget() is run.living


def test_the_end_leaves_the_focus_in_the_timers_field(run: FirstRun) -> None:
    for _step in range(4):
        run.confirm.click()
    assert run.main.focusWidget() is of_kind(run.main.view("time"), TrackerView).bar.description


def test_skip_all_leaves_a_profile_that_works(blank_workspace: Workspace, run: FirstRun) -> None:
    QTest.keyClick(run, Qt.Key.Key_Escape)
    assert blank_workspace.read(onboarding.is_set_up)
    assert not run.isVisible()


def test_each_step_can_be_skipped(blank_workspace: Workspace, run: FirstRun) -> None:
    for step in (run.start, run.living, run.entry):
        run.skip.click()
        assert run.steps.currentWidget() is step
    assert blank_workspace.read(onboarding.is_set_up)
    assert not run.skip.isVisible()
    run.confirm.click()


def test_a_refused_name_is_told_at_its_field(blank_workspace: Workspace, run: FirstRun) -> None:
    run.you.company.setText("Bad\x07name")
    run.confirm.click()
    run.confirm.click()
    assert run.steps.currentWidget() is run.you
    assert "cannot be kept" in run.fields.fields["company"].note.text()
    assert run.you.company.text() == "Bad\x07name"
    assert not blank_workspace.read(onboarding.is_set_up)


def test_an_office_lands_on_its_invoices(run: FirstRun) -> None:
    run.you.role.choose("office")
    run.confirm.click()
    run.confirm.click()
    assert run.main.journey.here == "invoices"
