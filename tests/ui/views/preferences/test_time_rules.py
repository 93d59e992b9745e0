"""Rounding and the working day: saved at once, kept together, refused with a reason."""

from __future__ import annotations

import pytest

from billops_desktop.errors import InvalidInput
from billops_desktop.services.profile import settings
from billops_desktop.services.profile.rounding_policies import PolicyRow
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.preferences.time_rules import (
    TimeSection,
    minutes_text,
    read_minutes,
    read_rules,
)
from billops_desktop.ui.views.settings import SettingsView
from billops_desktop.ui.widgets.input.fields import Combo
from tests.support.present import present
from tests.support.window import OpenView


@pytest.fixture
def section(open_view: OpenView) -> TimeSection:
    view = open_view("settings", SettingsView)
    view.open_section("time")
    found = view.sections["time"]
    assert isinstance(found, TimeSection)
    return found


def policy(workspace: Workspace) -> PolicyRow:
    return present(workspace.read(read_rules)[0])


def choose(combo: Combo, value: str) -> None:
    combo.choose(value)
    combo.chosen.emit(value)


def test_rounding_is_off_until_it_is_chosen(section: TimeSection) -> None:
    assert (section.mode.value(), section.applies_to.value()) == ("none", "entry")


def test_each_rule_is_saved_and_the_others_stay(section: TimeSection, workspace: Workspace) -> None:
    section.step.setText("15")
    assert section.step.commit()
    choose(section.mode, "up")
    choose(section.applies_to, "day_task")
    found = policy(workspace)
    assert (found.mode, found.step_seconds, found.applies_to) == ("up", 900, "day_task")
    section.load()
    assert (section.step.text(), section.mode.value()) == ("15 min", "up")


def test_minutes_that_are_none_are_not_saved(section: TimeSection, workspace: Workspace) -> None:
    before = workspace.read(read_rules)[0]
    section.step.setText("a while")
    assert not section.step.commit()
    assert workspace.read(read_rules)[0] == before
    assert section.fields.fields["step_seconds"].note.text()


def test_grouping_and_working_day(section: TimeSection, workspace: Workspace) -> None:
    choose(section.grouping, "day")
    section.target.setText("7:30")
    assert section.target.commit()
    found = workspace.read(settings.preferences)
    assert found["invoicing.grouping"] == "day"
    assert found["tracking.daily_target_seconds"] == 27_000


def test_minutes_are_read_as_they_are_written() -> None:
    assert read_minutes(minutes_text(360)) == 360
    with pytest.raises(InvalidInput):
        read_minutes("-5")
