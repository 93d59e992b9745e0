"""The Time page under odd conditions: hostile text, long weeks, clicks beside everything."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest

from billops_desktop.services import tracking
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.ui.views.entries.entry_model import Field
from billops_desktop.ui.views.tracker import TrackerView
from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.panels import Banner
from tests.support.factories import log, utc
from tests.support.present import of_kind, present
from tests.support.window import OpenView


@pytest.fixture
def view(open_view: OpenView) -> TrackerView:
    return open_view("time", TrackerView)


def test_hostile_text_is_shown_letter_by_letter(workspace: Workspace, view: TrackerView) -> None:
    log(workspace, "2026-11-25 09:00", description="<b>bold</b> & {x} %s")
    row = view.table.entries.rows()[0]
    assert view.table.entries.words(row, Field.DESCRIPTION) == "<b>bold</b> & {x} %s"
    place = view.table.entries.place_of(row.id)
    tip = view.table.entries.index(place, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in tip
    view.deeds.delete([row])
    view.grab()


def test_five_hundred_rows_stay_one_model(workspace: Workspace, view: TrackerView) -> None:
    start = utc("2026-11-23 05:00")

    def many(work: UnitOfWork) -> None:
        for number in range(500):
            at = start + timedelta(minutes=5 * number)
            new = tracking.NewEntry(started_at=at, ended_at=at + timedelta(minutes=4))
            tracking.add(work, new)

    workspace.execute(many)
    assert len(view.table.entries.rows()) == 500
    # Rows are painted, not widgets: a long week makes no more of them.
    assert len(view.table.viewport().findChildren(QObject)) < 10
    view.table.verticalScrollBar().setValue(3000)
    view.grab()
    assert view.table.rowAt(0) > 10


def test_a_point_beside_everything_changes_nothing(workspace: Workspace, view: TrackerView) -> None:
    log(workspace, "2026-11-25 09:00")
    heading = view.table.row_rect(0).center()
    QTest.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=heading)
    below = QPoint(40, view.table.viewport().height() - 5)
    QTest.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=below)
    assert view.table.editor is None
    assert view.table.entries.selected == set()


def test_an_error_that_belongs_to_no_field_is_a_banner(
    workspace: Workspace, view: TrackerView
) -> None:
    kept = log(workspace, "2026-11-25 09:00")
    view.deeds.delete([kept, kept._replace(id="f" * 32)])
    assert [banner.isVisible() for banner in view.findChildren(Banner)] == [True]
    assert len(view.table.entries.rows()) == 1


def test_an_empty_week_offers_the_timer_and_the_form(view: TrackerView) -> None:
    assert view.pages.currentWidget() is view.empty
    assert view.empty.title.text() == "No time logged this week"
    buttons = [present(view.empty.buttons.itemAt(number)).widget() for number in range(2)]
    assert [of_kind(button, Button).text() for button in buttons] == [
        "Start a timer",
        "Log past time",
    ]
    of_kind(buttons[0], Button).click()
    assert view.bar.description.hasFocus()
    of_kind(buttons[1], Button).click()
    assert view.form.isVisible()


def test_the_panel_hides_in_a_narrow_window_and_by_its_key(view: TrackerView) -> None:
    assert view.panel.isVisible()
    view.window().resize(1100, 800)
    assert not view.panel.isVisible()
    view.shell.actions_table["app.panel"].trigger()
    assert view.panel.isVisible()
