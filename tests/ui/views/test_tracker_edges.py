"""The Time page under odd conditions: hostile text, long weeks, clicks beside everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from billops_desktop.services import tracking
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.view import View
from billops_desktop.ui.views.entries.entry_model import Field
from billops_desktop.ui.views.tracker import TrackerView
from tests.support.factories import log, utc


@pytest.fixture
def view(open_view: Callable[[str, Callable[[Any], View]], View]) -> TrackerView:
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

    def many(work) -> None:
        for number in range(500):
            at = start + timedelta(minutes=5 * number)
            new = tracking.NewEntry(started_at=at, ended_at=at + timedelta(minutes=4))
            tracking.add(work, new)

    workspace.execute(many)
    assert len(view.table.entries.rows()) == 500
    # Rows are painted, not widgets: a long week makes no more of them.
    assert len(view.table.viewport().findChildren(object)) < 10
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
