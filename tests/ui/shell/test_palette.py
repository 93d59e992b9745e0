"""Tests for the palette: every action, clients, projects and invoices by a few letters."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from billops_desktop.i18n import use_language
from billops_desktop.ui.shell.palette import Hit, Palette, _ranked
from billops_desktop.ui.starting.qt_words import speak_qt
from billops_desktop.ui.widgets.sheet import Sheet
from tests.support.factories import make_client, make_project


@pytest.fixture
def palette(small_window: Any, workspace: Any) -> Palette:
    client_id = make_client(workspace, "Acme GmbH")
    make_project(workspace, "Website relaunch", client_id=client_id)
    small_window.palette_panel.open()
    return small_window.palette_panel  # type: ignore[no-any-return] # the fixture is Any


def words(palette: Palette) -> list[str]:
    return [hit.words for hit in palette.model.lines if hit.run is not None]


def test_every_action_that_can_run_is_offered(palette: Palette, small_window: Any) -> None:
    offered = {
        one.words.rstrip("…") for one in small_window.actions_table.offered() if one.in_palette
    }
    assert set(words(palette)) == offered


def test_letters_find_clients_and_projects(
    palette: Palette, small_window: Any, qtbot: QtBot
) -> None:
    QTest.keyClicks(palette.field, "acme")
    assert words(palette) == ["Acme GmbH", "Website relaunch"]
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert small_window.journey.here == "projects"
    assert not palette.isVisible()


def test_signs_narrow_what_is_searched(palette: Palette, qtbot: QtBot) -> None:
    QTest.keyClicks(palette.field, ">theme")
    assert words(palette)[0] == "Switch theme between light and dark"
    palette.field.setText(">acme gmbh")
    assert words(palette) == []
    palette.field.setText("@web")
    assert words(palette) == ["Website relaunch"]


def test_an_action_runs(palette: Palette, small_window: Any, qtbot: QtBot) -> None:
    QTest.keyClicks(palette.field, "invoices")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert small_window.journey.here == "invoices"


def test_invoices_come_from_the_records(palette: Palette, small_window: Any) -> None:
    palette.field.setText("#0141")
    palette._ask_invoices()
    row = SimpleNamespace(number="2026-0141", title="", client_name="Globex", id="i1")
    palette._on_invoices(("0141", [row]))
    assert words(palette) == ["2026-0141"]
    palette._on_invoices(("other text", []))
    assert words(palette) == ["2026-0141"]


def test_esc_clears_then_closes_and_a_click_beside_closes(palette: Palette, qtbot: QtBot) -> None:
    QTest.keyClicks(palette.field, "zzzz")
    assert "zzzz" in palette.nothing.text()
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert palette.field.text() == ""
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    palette.open()
    assert not palette.grab().isNull()
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton)
    assert not palette.isVisible()


def test_a_draft_says_that_it_is_one(palette: Palette, small_window: Any) -> None:
    rows = [
        SimpleNamespace(id="1", number="", title="Acme GmbH", client_name="Acme GmbH"),
        SimpleNamespace(id="2", number="", title="November", client_name="Acme GmbH"),
        SimpleNamespace(id="3", number="2026-0141", title="", client_name="Acme GmbH"),
    ]
    palette.field.setText("#acme")
    palette._on_invoices(("acme", rows))
    found = [(hit.words, hit.note) for hit in palette.model.lines if hit.run is not None]
    assert found == [
        ("Draft", "Acme GmbH"),
        ("Draft", "Acme GmbH · November"),
        ("2026-0141", "Acme GmbH"),
    ]


def test_what_a_shortcut_does_takes_the_place_of_the_palette(
    palette: Palette, small_window: Any
) -> None:
    small_window.actions_table["go.invoices"].trigger()
    assert small_window.journey.here == "invoices"
    assert not palette.isVisible()
    assert small_window.focusWidget() is small_window.current()
    palette.open()
    small_window.actions_table["app.shortcuts"].trigger()
    assert not palette.isVisible()
    sheet = small_window.findChild(Sheet, "shortcuts")
    assert sheet is not None
    assert sheet.isVisible()
    sheet.reject()
    small_window.actions_table["app.palette"].trigger()
    assert palette.isVisible()


def test_esc_closes_and_gives_the_focus_back(palette: Palette, small_window: Any) -> None:
    QTest.keyClicks(palette.field, "x")
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert palette.isVisible()
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert small_window.focusWidget() is small_window.current()


def test_keys_are_written_as_the_language_writes_them(palette: Palette, qapp: QApplication) -> None:
    use_language("de")
    try:
        assert speak_qt(qapp)
        palette.open()
        assert "Strg+N" in [hit.keys for hit in palette.model.lines if isinstance(hit, Hit)]
    finally:
        use_language("en")
        speak_qt(qapp)


def test_starts_of_words_rank_first(palette: Palette) -> None:
    def names(one: str) -> tuple[str, str]:
        return one, f"{one} Billing"

    found = _ranked(["Abrechnen", "Research", "Rechnungen", "Neue Rechnung"], names, "rech")
    assert found == ["Rechnungen", "Neue Rechnung", "Abrechnen", "Research"]
    assert _ranked(["Theme", "Bill"], names, "bill") == ["Bill", "Theme"]
