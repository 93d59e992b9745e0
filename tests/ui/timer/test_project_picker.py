"""Tests for the project picker: ranking by words, keys while the field keeps the focus."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from billops_desktop.ui.live.directory import ProjectItem
from billops_desktop.ui.timer.project_picker import ProjectPicker
from billops_desktop.ui.widgets.found_list import ITEM_ROLE

PROJECTS = [
    ProjectItem(id="1", name="Website relaunch", colour="blue", client_name="Acme GmbH"),
    ProjectItem(id="2", name="Data platform", colour="teal", client_name="Globex Ltd"),
    ProjectItem(id="3", name="Retainer 2026", colour="indigo", client_name="Northwind"),
    ProjectItem(id="4", name="Internal", colour="slate", client_name=""),
]


@pytest.fixture
def picker(dressed: Any, qtbot: Any) -> ProjectPicker:
    made = ProjectPicker()
    qtbot.addWidget(made)
    made.open_under(made, PROJECTS, ["3"])
    return made


def names(picker: ProjectPicker) -> list[str]:
    return [one.spoken() for one in picker.lines.lines if not one.heading]


def test_without_typing_recent_work_stands_first(picker: ProjectPicker) -> None:
    assert names(picker)[:2] == ["No project", "Retainer 2026, Northwind"]
    headings = [one.heading for one in picker.lines.lines if one.heading]
    assert headings == ["Recent", "Without a client", "Acme GmbH", "Globex Ltd", "Northwind"]


def test_typing_and_enter_picks(picker: ProjectPicker, qtbot: Any) -> None:
    seen: list[Any] = []
    picker.picked.connect(seen.append)
    qtbot.keyClicks(picker.field, "glo")
    assert names(picker) == ["Data platform, Globex Ltd"]
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert seen == [PROJECTS[1]]
    assert not picker.isVisible()


def test_arrows_step_over_headings_and_esc_closes(picker: ProjectPicker, qtbot: Any) -> None:
    qtbot.keyClick(picker.field, Qt.Key.Key_Down)
    assert picker.list.currentIndex().data(ITEM_ROLE).project == PROJECTS[2]
    qtbot.keyClick(picker.field, Qt.Key.Key_Up)
    assert picker.list.currentIndex().data(ITEM_ROLE).project is None
    qtbot.keyClicks(picker.field, "x")
    qtbot.keyClick(picker.field, Qt.Key.Key_Escape)
    assert picker.isVisible()
    qtbot.keyClick(picker.field, Qt.Key.Key_Escape)
    assert not picker.isVisible()


def test_an_unknown_name_can_be_made_where_that_is_offered(
    picker: ProjectPicker, qtbot: Any
) -> None:
    wanted: list[str] = []
    picker.create_wanted.connect(wanted.append)
    picker.can_create = True
    qtbot.keyClicks(picker.field, "New thing")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wanted == ["New thing"]


def test_it_is_painted(picker: ProjectPicker) -> None:
    assert not picker.grab().isNull()


def test_a_single_hit_leaves_no_empty_strip(picker: ProjectPicker, qtbot: Any) -> None:
    qtbot.keyClicks(picker.field, "glo")
    used = picker.list.visualRect(picker.lines.index(picker.lines.rowCount() - 1)).bottom()
    assert picker.list.viewport().height() - used <= 4
