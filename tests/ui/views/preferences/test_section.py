"""A section of the settings: fields in two columns, each saved alone, errors where they belong."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from billops_desktop.errors import InvalidInput
from billops_desktop.services.profile import settings
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.preferences.section import Group, Section
from billops_desktop.ui.views.settings import SettingsView
from tests.support.window import OpenView


class OwnSection(Section):
    """Saves a preference by a line, a choice and a switch."""

    id = "own"

    def build(self) -> None:
        group = self.group("Own", "A line.")
        self.line(group, "name", "Name", lambda text: (settings.set_preference, ("x", text)))
        roles = (("consultant", "Time"), ("office", "Invoices"))
        name = "window.role"
        self.role = self.choice(
            group, name, "Role", roles, lambda value: (settings.set_preference, (name, value))
        )
        self.tray = self.check(
            group, "tray.shown", "Tray", lambda on: (settings.set_preference, ("tray.shown", on))
        )


@pytest.fixture
def section(open_view: OpenView) -> OwnSection:
    view = open_view("settings", SettingsView)
    made = OwnSection(view, view.stack)
    made.complete()
    return made


def test_a_group_fills_two_columns_and_a_wide_one_takes_a_row(holder: QWidget) -> None:
    group = Group("Title", "", holder)
    widgets = [QWidget(holder) for _number in range(4)]
    for widget, wide in zip(widgets, (False, True, False, False), strict=True):
        group.add(widget, wide=wide)
    places = [group.grid.getItemPosition(number) for number in range(4)]
    assert places == [(0, 0, 1, 1), (1, 0, 1, 2), (2, 0, 1, 1), (2, 1, 1, 1)]


def test_choice_and_switch_are_saved_at_once(section: OwnSection, workspace: Workspace) -> None:
    section.role.choose("office")
    section.role.chosen.emit("office")
    section.tray.click()
    assert workspace.read(settings.preference, "window.role") == "office"
    assert workspace.read(settings.preference, "tray.shown") is section.tray.isChecked()


def test_what_is_refused_stays_in_its_line(section: OwnSection) -> None:
    line = section.lines["name"]
    line.setText("Typed")
    line.commit()
    assert line.property("wrong")
    assert line.text() == "Typed"
    assert section.fields.fields["name"].note.text()


def test_an_error_of_no_field_is_told_by_the_page(
    section: OwnSection, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(section.view, "show_error", told.append)
    error = InvalidInput("Not saved.")
    section.refused("elsewhere", error)
    assert told == [error]
    section.refused("window.role", InvalidInput("No such role."))
    assert "No such role." in section.fields.fields["window.role"].note.text()
