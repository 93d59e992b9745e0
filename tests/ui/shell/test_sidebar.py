"""Tests for the sidebar: pages, badges in words, pinned projects, narrow and wide."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.ui import fonts
from billops_desktop.ui.live.directory import ProjectItem
from billops_desktop.ui.shell.pages import declarations
from billops_desktop.ui.shell.sidebar import NARROW, WIDE, SearchButton, Sidebar
from tests.support.present import present

PINNED = [
    ProjectItem(id=str(n), name=f"Project {n}", colour="teal", client_name="Acme", pinned=True)
    for n in range(10)
]


@pytest.fixture
def sidebar(dressed: QApplication, qtbot: QtBot) -> Sidebar:
    made = Sidebar(declarations())
    qtbot.addWidget(made)
    made.resize(WIDE, 800)
    made.show()
    return made


def test_pages_are_asked_for_by_click_and_key(sidebar: Sidebar, qtbot: QtBot) -> None:
    wanted: list[str] = []
    sidebar.page_wanted.connect(wanted.append)
    QTest.mouseClick(sidebar.buttons["clients"], Qt.MouseButton.LeftButton)
    QTest.keyClick(sidebar.buttons["settings"], Qt.Key.Key_Return)
    assert wanted == ["clients", "settings"]
    sidebar.light("clients")
    assert sidebar.buttons["clients"].isChecked()
    assert not sidebar.buttons["settings"].isChecked()


def test_a_badge_is_spoken_too(sidebar: Sidebar) -> None:
    plain = sidebar.buttons["invoices"].grab().toImage()
    sidebar.buttons["invoices"].show_count(3, "bad")
    assert sidebar.buttons["invoices"].accessibleName() == "Invoices, 3"
    assert sidebar.buttons["invoices"].grab().toImage() != plain


def test_eight_projects_are_pinned_at_most(sidebar: Sidebar, qtbot: QtBot) -> None:
    sidebar.show_pinned(PINNED)
    assert len(sidebar.pinned) == 8
    opened: list[str] = []
    started: list[str] = []
    sidebar.project_wanted.connect(opened.append)
    sidebar.start_wanted.connect(started.append)
    button = sidebar.pinned[2]
    button.resize(200, 32)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.play_area().center().toPoint())
    QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert opened == ["2"]
    assert started == ["2", "2"]
    sidebar.show_pinned([])
    assert sidebar.pinned_heading.isHidden()


def test_a_pinned_project_has_a_menu(sidebar: Sidebar, qtbot: QtBot) -> None:
    sidebar.show_pinned(PINNED[:1])
    wanted: list[Any] = []
    sidebar.menu_wanted.connect(lambda project, _where: wanted.append(project))
    present(sidebar.layout()).activate()
    place = sidebar.pinned[0].geometry().center()
    sidebar.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, place))
    assert wanted == [PINNED[0]]


def test_narrow_shows_icons_with_words_in_tooltips(sidebar: Sidebar) -> None:
    sidebar.show_pinned(PINNED[:1])
    sidebar.set_narrow(True)
    assert sidebar.width() == NARROW
    assert "Clients" in sidebar.buttons["clients"].toolTip()
    sidebar.buttons["invoices"].show_count(3, "bad")
    assert not sidebar.grab().isNull()
    sidebar.set_narrow(False)
    assert sidebar.buttons["clients"].toolTip() == ""


def test_the_company_shows_initials_name_and_note(sidebar: Sidebar) -> None:
    sidebar.company.show_company("Haldane Consulting", "Backed up 10:02")
    assert sidebar.company.initials() == "HC"
    assert sidebar.company.accessibleName() == "Haldane Consulting, Backed up 10:02"
    sidebar.company.show_company("", "")
    assert sidebar.company.text() == "BillOps"
    assert not sidebar.grab().isNull()


def test_the_words_of_the_search_stay_whole_beside_its_keys(
    dressed: QApplication, qtbot: QtBot
) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    made = SearchButton(holder)
    made.resize(WIDE - 24, 32)
    holder.show()
    assert all(cap.isVisible() for cap in made.caps)
    assert "".join(cap.text() for cap in made.caps) == "CtrlK"
    made.setText("Suchen oder ausführen…")
    made.resize(WIDE - 25, 32)
    assert not any(cap.isVisible() for cap in made.caps)
    words = fonts.metrics("body_medium").horizontalAdvance(made.text())
    assert 36 + words + made.taken() <= made.width()
