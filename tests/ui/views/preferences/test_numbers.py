"""Number series: the next numbers while typing, saved when good, never when the pattern is not."""

from __future__ import annotations

from datetime import date

import pytest

from billops_desktop.errors import InvalidInput
from billops_desktop.services.profile import given_numbers, settings
from billops_desktop.services.profile.number_series import SeriesRow
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage import number_log
from billops_desktop.ui.views.preferences.numbers import NumbersSection, SeriesForm, read_first
from billops_desktop.ui.views.settings import SettingsView
from tests.support import money
from tests.support.window import OpenView


@pytest.fixture
def section(open_view: OpenView) -> NumbersSection:
    view = open_view("settings", SettingsView)
    view.open_section("numbers")
    found = view.sections["numbers"]
    assert isinstance(found, NumbersSection)
    return found


@pytest.fixture
def form(section: NumbersSection) -> SeriesForm:
    return section.forms["invoice"]


def series(workspace: Workspace) -> SeriesRow:
    rows = workspace.read(settings.series, date(2026, 11, 25))
    return next(row for row in rows if row.kind == "invoice")


def test_the_next_number_is_told(form: SeriesForm) -> None:
    assert form.next.text() == "Next: 2026-0001"


def test_numbers_to_come_follow_the_typing_and_are_saved_when_left(
    form: SeriesForm, workspace: Workspace
) -> None:
    form.pattern.setText("RE-{YYYY}-{N:5}")
    assert form.next.text().startswith("Will be: RE-2026-00001, RE-2026-00002")
    assert series(workspace).pattern != "RE-{YYYY}-{N:5}"
    form.pattern.editingFinished.emit()
    assert series(workspace).pattern == "RE-{YYYY}-{N:5}"
    assert form.next.text() == "Next: RE-2026-00001"


@pytest.mark.parametrize("pattern", ["", "no number", "{N:4}{", "{0.__class__}-{N}"])
def test_a_bad_pattern_stays_with_its_reason(
    form: SeriesForm, workspace: Workspace, pattern: str
) -> None:
    before = series(workspace)
    form.pattern.setText(pattern)
    form.pattern.editingFinished.emit()
    assert series(workspace) == before
    assert form.next.text() == ""
    assert form.fields.fields["pattern"].note.ink == "bad"
    assert form.fields.fields["pattern"].note.text()
    assert form.pattern.text() == pattern


def test_reset_and_first_number_are_saved(form: SeriesForm, workspace: Workspace) -> None:
    form.first.setText("17")
    assert form.first.commit()
    assert series(workspace).next_number == "2026-0017"
    form.pattern.setText("{YYYY}{MM}-{N:4}")
    form.reset.choose("month")
    form.reset.chosen.emit("month")
    assert (series(workspace).reset, series(workspace).next_number) == ("month", "202611-0017")


def test_after_the_first_invoice_the_next_one_counts_on(
    section: NumbersSection, form: SeriesForm, workspace: Workspace
) -> None:
    money.issued_item(workspace, money.make_job(workspace))
    section.load()
    assert form.next.text() == "Next: 2026-0002"


@pytest.mark.parametrize("text", ["", "0", "-3", "seven", "1.5"])
def test_a_series_begins_with_a_whole_number(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_first(text)
    assert read_first(" 12 ") == 12


def test_after_a_restore_the_last_number_is_confirmed_here(
    section: NumbersSection, workspace: Workspace
) -> None:
    assert section.question_card.isHidden()
    number_log.mark_unsure(workspace.profile, "restored")
    section.load()
    assert not section.question_card.isHidden()
    assert section.question.text().endswith("Confirm the last number given.")
    section.last.setText("nonsense")
    section.confirm()
    assert workspace.read(given_numbers.are_unsure)
    assert "was not taken as the last number" in section.fields.fields["last"].note.text()
    section.last.setText("2026-0003")
    section.confirm()
    assert section.question_card.isHidden()
    assert section.forms["invoice"].next.text() == "Next: 2026-0004"


def test_many_numbers_are_voided_by_a_button_of_their_own(
    section: NumbersSection, workspace: Workspace
) -> None:
    number_log.mark_unsure(workspace.profile, "restored")
    section.load()
    assert section.voiding.isHidden()
    section.last.setText("2026-0150")
    for _press in range(2):
        section.confirm()
    assert "150 numbers would be void for good" in section.fields.fields["last"].note.text()
    assert (section.voiding.words(), section.voiding.isHidden()) == ("Void 150 numbers", False)
    assert workspace.read(given_numbers.are_unsure)
    section.last.setText("2026-0140")
    assert section.voiding.isHidden()
    section.confirm()
    assert workspace.read(given_numbers.are_unsure)
    section.voiding.click()
    assert section.question_card.isHidden()
    assert section.voiding.isHidden()
    assert section.forms["invoice"].next.text() == "Next: 2026-0141"
