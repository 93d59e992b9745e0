"""The Settings page: sections by click, arrow and place; each is made when it is first shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from billops_desktop.services.profile import settings
from billops_desktop.services.profile.settings import CompanyEdit
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.settings import SettingsView
from tests.support.hands import Hands
from tests.support.window import OpenView


@pytest.fixture
def view(open_view: OpenView) -> SettingsView:
    return open_view("settings", SettingsView)


def test_it_begins_with_the_company_and_makes_no_other(view: SettingsView) -> None:
    assert view.heading() == "Settings, Company"
    assert list(view.sections) == ["company"]


@pytest.mark.parametrize("key", ["company", "taxes", "numbers", "time", "appearance", "backup"])
def test_a_click_shows_a_section(view: SettingsView, key: str) -> None:
    view.buttons[key].click()
    assert view.stack.currentWidget() is view.sections[key]
    assert [name for name, button in view.buttons.items() if button.isChecked()] == [key]
    assert view.place() == {"section": key}


def test_arrows_walk_round(view: SettingsView, hands: Hands) -> None:
    hands.activate(view.window())
    view.buttons["company"].setFocus()
    QTest.keyClick(view.buttons["company"], Qt.Key.Key_Up)
    assert view.shown == "backup"
    assert view.buttons["backup"].hasFocus()
    QTest.keyClick(view.buttons["backup"], Qt.Key.Key_Down)
    assert view.shown == "company"


def test_a_place_names_its_section_and_an_unknown_one_stays(view: SettingsView) -> None:
    view.open_at({"section": "numbers"})
    view.open_at({"section": "nowhere"})
    assert view.shown == "numbers"


def test_a_change_from_elsewhere_shows(view: SettingsView, workspace: Workspace) -> None:
    workspace.execute(settings.edit_company, CompanyEdit(city="Potsdam"))
    view.reload()
    assert view.sections["company"].lines["city"].text() == "Potsdam"
