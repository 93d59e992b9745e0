"""Looks and language are worn at once and kept; a size that is none is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _, use_language
from billops_desktop.services.profile import settings
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui import fonts, theme
from billops_desktop.ui.views.preferences.appearance import AppearanceSection, read_size
from billops_desktop.ui.views.settings import SettingsView
from billops_desktop.ui.widgets.input.fields import Combo
from tests.support.window import OpenView


@pytest.fixture
def section(open_view: OpenView) -> Iterator[AppearanceSection]:
    view = open_view("settings", SettingsView)
    view.open_section("appearance")
    found = view.sections["appearance"]
    assert isinstance(found, AppearanceSection)
    yield found
    use_language("en")


def kept(workspace: Workspace, name: str) -> object:
    return workspace.read(settings.preference, name)


def choose(combo: Combo, value: str) -> None:
    combo.choose(value)
    combo.chosen.emit(value)


def test_the_theme_is_worn_and_kept(section: AppearanceSection, workspace: Workspace) -> None:
    choose(section.theme, "dark")
    assert theme.SWITCH.theme.dark
    assert kept(workspace, "appearance.theme") == "dark"


def test_text_grows_at_once(section: AppearanceSection, workspace: Workspace) -> None:
    before = fonts.metrics("body").height()
    section.text_size.setText("140 %")
    assert section.text_size.commit()
    assert fonts.metrics("body").height() > before
    assert kept(workspace, "appearance.text_size") == 140


@pytest.mark.parametrize("text", ["huge", "20", "900 %", "-5"])
def test_a_size_that_is_none_is_not_kept(
    section: AppearanceSection, workspace: Workspace, text: str
) -> None:
    section.text_size.setText(text)
    assert not section.text_size.commit()
    assert kept(workspace, "appearance.text_size") == 100
    with pytest.raises(InvalidInput):
        read_size(text)


def test_a_language_is_kept_and_spoken(section: AppearanceSection, workspace: Workspace) -> None:
    choose(section.language, "de")
    assert kept(workspace, "appearance.language") == "de"
    assert _("Projects") == "Projekte"


def test_tray_window_and_first_page(section: AppearanceSection, workspace: Workspace) -> None:
    shown = bool(kept(workspace, "tray.shown"))
    section.tray.click()
    choose(section.close_to, "quit")
    choose(section.role, "office")
    assert kept(workspace, "tray.shown") is not shown
    assert kept(workspace, "window.close_to_tray") == "quit"
    assert kept(workspace, "window.role") == "office"
