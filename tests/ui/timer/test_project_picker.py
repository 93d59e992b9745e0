"""Tests for the project picker: ranking by words, keys while the field keeps the focus."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from billops_desktop.i18n import use_language
from billops_desktop.ui import fonts
from billops_desktop.ui.live.directory import (
    ClientItem,
    NewProject,
    Picked,
    ProjectItem,
    TaskItem,
)
from billops_desktop.ui.timer.project_picker import ProjectPicker
from billops_desktop.ui.widgets.found_list import ITEM_ROLE

DESIGN = TaskItem(id="t1", name="Design")
TRAVEL = TaskItem(id="t2", name="Travel", billable=False, of_all=True)
PROJECTS = (
    ProjectItem(
        id="1",
        name="Website relaunch",
        colour="blue",
        client_name="Acme GmbH",
        tasks=(DESIGN, TRAVEL),
    ),
    ProjectItem(
        id="2", name="Data platform", colour="teal", client_name="Globex Ltd", tasks=(TRAVEL,)
    ),
    ProjectItem(id="3", name="Retainer 2026", colour="indigo", client_name="Northwind"),
    ProjectItem(id="4", name="Internal", colour="slate", client_name=""),
)
CLIENTS = (ClientItem(id="c1", name="Acme GmbH"), ClientItem(id="c2", name="Globex Ltd"))


@pytest.fixture
def picker(dressed: QApplication, qtbot: QtBot) -> ProjectPicker:
    directory = SimpleNamespace(projects=PROJECTS, clients=CLIENTS)
    made = ProjectPicker(cast(Any, directory))
    qtbot.addWidget(made)
    made.open_under(made, ["3"])
    return made


def names(picker: ProjectPicker) -> list[str]:
    return [one.spoken() for one in picker.lines.lines if not one.heading]


def test_without_typing_recent_work_stands_first(picker: ProjectPicker) -> None:
    assert names(picker)[:2] == ["No project", "Retainer 2026, Northwind"]
    headings = [one.heading for one in picker.lines.lines if one.heading]
    assert headings == ["Recent", "Without a client", "Acme GmbH", "Globex Ltd", "Northwind"]


def test_typing_and_enter_picks(picker: ProjectPicker, qtbot: QtBot) -> None:
    seen: list[Any] = []
    picker.picked.connect(seen.append)
    QTest.keyClicks(picker.field, "glo")
    offer = "Create project “glo”"
    assert names(picker) == ["Data platform, Globex Ltd", offer]
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert seen == [Picked(PROJECTS[1])]
    assert not picker.isVisible()


def test_arrows_step_over_headings_and_esc_closes(picker: ProjectPicker, qtbot: QtBot) -> None:
    QTest.keyClick(picker.field, Qt.Key.Key_Down)
    assert picker.list.currentIndex().data(ITEM_ROLE).choice == Picked(PROJECTS[2])
    QTest.keyClick(picker.field, Qt.Key.Key_Up)
    assert picker.list.currentIndex().data(ITEM_ROLE).choice == Picked()
    QTest.keyClicks(picker.field, "x")
    QTest.keyClick(picker.field, Qt.Key.Key_Escape)
    assert picker.isVisible()
    QTest.keyClick(picker.field, Qt.Key.Key_Escape)
    assert not picker.isVisible()


def test_a_task_is_found_by_client_and_task_together(picker: ProjectPicker, qtbot: QtBot) -> None:
    seen: list[Any] = []
    picker.picked.connect(seen.append)
    QTest.keyClicks(picker.field, "acme design")
    assert names(picker)[0] == "Website relaunch · Design, Acme GmbH"
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert seen == [Picked(PROJECTS[0], DESIGN)]


def test_a_project_that_fits_does_not_bring_its_tasks_along(
    picker: ProjectPicker, qtbot: QtBot
) -> None:
    QTest.keyClicks(picker.field, "website")
    assert names(picker)[:-1] == ["Website relaunch, Acme GmbH"]


def test_the_tasks_of_the_current_project_stand_first(picker: ProjectPicker) -> None:
    picker.open_under(picker, ["3"], standing_on=Picked(PROJECTS[0], DESIGN))
    assert [one.spoken() for one in picker.lines.lines[:4]] == [
        "Website relaunch",
        "Without a task",
        "Design",
        "Travel",
    ]
    assert picker.list.currentIndex().data(ITEM_ROLE).choice == Picked(PROJECTS[0], DESIGN)


def test_a_new_project_asks_whom_it_is_for(picker: ProjectPicker, qtbot: QtBot) -> None:
    wanted: list[Any] = []
    picker.create_wanted.connect(wanted.append)
    QTest.keyClicks(picker.field, "New thing")
    QTest.keyClick(picker.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert names(picker) == [
        "Without a client, cannot be invoiced",
        "Acme GmbH",
        "Globex Ltd",
    ]
    QTest.keyClick(picker.field, Qt.Key.Key_Escape)
    assert picker.field.text() == "New thing"
    QTest.keyClick(picker.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(picker.field, "glob")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert wanted == [NewProject("New thing", "c2")]
    assert not picker.isVisible()


def test_without_clients_a_new_project_can_bring_its_client(
    picker: ProjectPicker, qtbot: QtBot
) -> None:
    wanted: list[Any] = []
    picker.create_wanted.connect(wanted.append)
    cast(Any, picker.directory).clients = ()
    QTest.keyClicks(picker.field, "Zzz")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert names(picker) == ["Without a client, cannot be invoiced"]
    QTest.keyClicks(picker.field, "Initech")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert wanted == [NewProject("Zzz", None, "Initech")]


def test_client_and_project_in_one_line_are_made_at_once(
    picker: ProjectPicker, qtbot: QtBot
) -> None:
    wanted: list[Any] = []
    picker.create_wanted.connect(wanted.append)
    QTest.keyClicks(picker.field, "Globex Ltd/Portal")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert wanted == [NewProject("Portal", "c2", "Globex Ltd")]
    assert not picker.isVisible()


def test_a_client_known_by_its_first_word_is_not_made_twice(
    picker: ProjectPicker, qtbot: QtBot
) -> None:
    wanted: list[Any] = []
    picker.create_wanted.connect(wanted.append)
    QTest.keyClicks(picker.field, "Acme/Neuprojekt")
    QTest.keyClick(picker.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wanted == [NewProject("Neuprojekt", "c1", "Acme GmbH")]


def test_which_of_several_clients_is_asked(picker: ProjectPicker, qtbot: QtBot) -> None:
    wanted: list[Any] = []
    picker.create_wanted.connect(wanted.append)
    cast(Any, picker.directory).clients = (*CLIENTS, ClientItem(id="c9", name="Acme Ltd"))
    QTest.keyClicks(picker.field, "Acme/Neuprojekt")
    QTest.keyClick(picker.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wanted == []
    assert names(picker)[:2] == ["Acme GmbH", "Acme Ltd"]
    QTest.keyClick(picker.field, Qt.Key.Key_Down)
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert wanted == [NewProject("Neuprojekt", "c9")]


@pytest.mark.parametrize("language", ["en", "de"])
def test_whom_a_new_project_is_for_is_read_whole(
    picker: ProjectPicker, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_language(language)
    cut: list[str] = []

    def laid_out(words: str, style: str, width: int, **more: bool) -> Any:
        if fonts.metrics(style).horizontalAdvance(words) > width:
            cut.append(words)
        return whole(words, style, width, **more)

    whole = fonts.laid_out
    monkeypatch.setattr(fonts, "laid_out", laid_out)
    QTest.keyClicks(picker.field, "Acme/Neuprojekt")
    picker.grab()
    use_language("en")
    assert cut == []
    last = picker.list.visualRect(picker.lines.index(picker.lines.rowCount() - 1)).bottom()
    assert last <= picker.list.viewport().height()


def test_letters_typed_on_what_opens_it_begin_the_search(picker: ProjectPicker) -> None:
    picker.open_under(picker, [], typed="d")
    assert picker.field.text() == "d"
    assert names(picker)[0] == "Data platform, Globex Ltd"


def test_it_is_painted(picker: ProjectPicker) -> None:
    assert not picker.grab().isNull()


def test_a_single_hit_leaves_no_empty_strip(picker: ProjectPicker, qtbot: QtBot) -> None:
    QTest.keyClicks(picker.field, "glo")
    used = picker.list.visualRect(picker.lines.index(picker.lines.rowCount() - 1)).bottom()
    assert picker.list.viewport().height() - used <= 4
