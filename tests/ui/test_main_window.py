"""Tests for the window: pages made when first shown, the way back, letters, badges, narrowness."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.services import tracking
from billops_desktop.services.directory import projects
from billops_desktop.ui import theme
from billops_desktop.ui.live.directory import ProjectItem
from tests.support.factories import make_project


def test_pages_are_made_when_they_are_first_shown(small_window: Any) -> None:
    assert set(small_window.views) == {"time"}
    small_window.actions_table["go.invoices"].trigger()
    assert set(small_window.views) == {"time", "invoices"}
    assert small_window.windowTitle() == "Invoices – BillOps"
    assert small_window.sidebar.buttons["invoices"].isChecked()


def test_back_and_forward_keep_the_place(small_window: Any, qtbot: QtBot) -> None:
    small_window.go("invoices", tab="overdue")
    small_window.go("clients")
    back = QMouseEvent(
        QEvent.Type.MouseButtonPress,
        QPointF(5, 5),
        QPointF(5, 5),
        Qt.MouseButton.BackButton,
        Qt.MouseButton.BackButton,
        Qt.KeyboardModifier.NoModifier,
    )
    small_window.mousePressEvent(back)
    assert small_window.journey.here == "invoices"
    assert small_window.current().at == {"tab": "overdue"}
    small_window.actions_table["go.forward"].trigger()
    assert small_window.journey.here == "clients"
    assert not small_window.actions_table["go.forward"].isEnabled()


def test_single_letters_act_outside_fields_only(
    small_window: Any, qtbot: QtBot, clock: Any
) -> None:
    QTest.keyClick(small_window, Qt.Key.Key_S)
    assert small_window.timer.running is not None
    small_window.timer.edit(description="Review")
    clock.move(minutes=5)
    small_window.jobs.run(tracking.stop)
    QTest.keyClick(small_window, Qt.Key.Key_S)
    assert small_window.timer.running is not None
    QTest.keyClick(small_window, Qt.Key.Key_G)
    QTest.keyClick(small_window, Qt.Key.Key_C)
    assert small_window.journey.here == "clients"
    small_window.activateWindow()
    small_window.on_filter()
    QTest.keyClicks(small_window.focusWidget(), "s")
    assert small_window.current().filter.text() == "s"
    assert small_window.timer.running is not None


def test_letters_typed_astray_start_and_leave_nothing(small_window: Any, qtbot: Any) -> None:
    small_window.go("invoices")
    qtbot.keyClicks(small_window.focusWidget(), "sns")
    assert small_window.timer.running is None
    assert small_window.journey.here == "invoices"
    small_window.actions_table["timer.toggle"].trigger()
    assert small_window.timer.running is not None


def test_stopping_offers_undo(small_window: Any, clock: Any) -> None:
    small_window.timer.start(description="Review")
    clock.move(minutes=5)
    small_window.timer.stop()
    assert "Review" in small_window.feedback.toast.words.text()
    assert small_window.undo_stack.done[-1].words.startswith("Stopped")


def test_a_narrow_window_shows_icons_only(small_window: Any) -> None:
    assert not small_window.sidebar.narrow
    small_window.resize(1000, 700)
    assert small_window.sidebar.narrow
    small_window.actions_table["app.sidebar"].trigger()
    assert not small_window.sidebar.narrow
    small_window.resize(1300, 700)
    assert not small_window.sidebar.narrow


def test_the_chip_stands_on_other_pages_while_a_timer_runs(small_window: Any) -> None:
    small_window.go("clients")
    chip = small_window.current().findChild(QWidget, "timerChip")
    assert chip.isHidden()
    small_window.timer.start(description="Review")
    assert not chip.isHidden()
    assert small_window.view("time").findChild(QWidget, "timerChip") is None


def test_a_pinned_project_starts_and_is_unpinned(small_window: Any, workspace: Any) -> None:
    project_id = make_project(workspace, "Website")
    workspace.execute(projects.pin, project_id)
    assert [one.project.name for one in small_window.sidebar.pinned] == ["Website"]
    small_window.sidebar.pinned[0].start_wanted.emit(project_id)
    assert small_window.timer.running.project_name == "Website"
    item = ProjectItem(id=project_id, name="Website", colour="blue", client_name="")
    small_window._on_pinned_menu(item, small_window.pos())
    menu = small_window.findChild(QWidget, "rowMenu")
    menu.actions()[2].trigger()
    menu.close()
    assert small_window.sidebar.pinned == []


def test_new_entry_goes_to_the_bar_and_f6_walks_on(small_window: Any, qtbot: QtBot) -> None:
    with qtbot.waitActive(small_window):
        small_window.activateWindow()
    small_window.go("clients")
    small_window.actions_table["timer.new"].trigger()
    assert small_window.journey.here == "time"
    assert small_window.focusWidget().objectName() == "timerDescription"
    small_window.actions_table["app.region"].trigger()
    assert small_window.focusWidget().objectName() == "pageFilter"
    small_window.actions_table["app.region"].trigger()
    assert small_window.sidebar.isAncestorOf(small_window.focusWidget())


def test_the_theme_is_switched_and_kept(small_window: Any, workspace: Any) -> None:
    from billops_desktop.services.profile import settings

    small_window.actions_table["app.theme"].trigger()
    assert theme.SWITCH.theme.dark
    assert workspace.read(settings.preference, "appearance.theme") == "dark"


def test_closing_is_for_the_application_to_decide(small_window: Any) -> None:
    asked: list[int] = []
    small_window.may_close = False
    small_window.close_asked.connect(lambda: asked.append(1))
    small_window.close()
    assert asked == [1]
    assert small_window.isVisible()
    small_window.may_close = True


def test_the_company_menu_and_the_shortcut_sheet_open(small_window: Any) -> None:
    small_window.open_menu()
    menu = small_window.findChild(QWidget, "companyMenu")
    assert small_window.actions_table["app.quit"] in menu.actions()
    menu.close()
    small_window.actions_table["app.shortcuts"].trigger()
    sheet = small_window.findChild(QWidget, "shortcuts")
    assert sheet.isVisible()
    sheet.accept()
