"""Tests for the page of the first frame: today's rows and the running timer, from plain values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.services import tracking
from billops_desktop.ui.jobs import Jobs
from billops_desktop.ui.main_window import MainWindow
from billops_desktop.ui.starting.first_page import MOST_ROWS, FirstRows
from billops_desktop.ui.timer.timer_bar import TimerBar
from billops_desktop.ui.views.tracker import TrackerView
from tests.support.present import of_kind, present

START = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def entry(number: int, *, running: bool = False) -> SimpleNamespace:
    return SimpleNamespace(
        id=str(number),
        description=f"Work {number}",
        started_at=START,
        zone="Europe/Berlin",
        ended_at=None if running else START + timedelta(hours=1),
        billable=True,
        seconds=None if running else 3600,
        project_id="p",
        project_name="Website",
        project_colour="blue",
        client_name="Acme GmbH",
        task_name="",
    )


def test_the_first_frame_has_rows_badges_and_the_running_timer(
    dressed: QApplication, qtbot: QtBot, clock: Any
) -> None:
    window = MainWindow(Jobs(), clock)
    qtbot.addWidget(window)
    glance = SimpleNamespace(
        today_rows=(entry(1, running=True), entry(2)),
        today_seconds=3600,
        running=entry(1, running=True),
        draft_count=1,
        overdue_count=3,
        company_name="Haldane Consulting",
    )
    window.show_first(glance)
    window.show()
    rows = present(window.first_page).findChild(FirstRows)
    assert len(present(rows).rows) == 2
    assert not present(rows).grab().isNull()
    assert present(present(window.first_page).findChild(TimerBar)).description.text() == "Work 1"
    assert window.sidebar.company.text() == "Haldane Consulting"
    assert window.sidebar.buttons["invoices"].count == 3


def test_a_day_of_many_entries_is_cut(dressed: QApplication, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    rows = FirstRows([entry(number) for number in range(90)], page)
    assert len(rows.rows) == MOST_ROWS


def test_it_stands_where_the_time_page_will_stand(
    dressed: QApplication, qtbot: QtBot, workspace: Any, clock: Any
) -> None:
    for number in range(14):
        workspace.execute(tracking.start, description=f"Work {number}")
        clock.move(minutes=5)
    jobs = Jobs(inline=True)
    window = MainWindow(jobs, clock)
    qtbot.addWidget(window)
    window.resize(1440, 600)
    glance = SimpleNamespace(
        today_rows=(entry(1),),
        today_seconds=3600,
        running=None,
        draft_count=0,
        overdue_count=0,
        company_name="Haldane Consulting",
    )
    window.show_first(glance)
    window.show()
    before = present(window.first_page).findChild(FirstRows)
    place, width = present(before).mapTo(window, QPoint(0, 1)), present(before).width()
    jobs.adopt(workspace)
    window.view("time").load_ahead()
    window.start_page("time")
    table = of_kind(window.current(), TrackerView).table
    first_row = QPoint(0, table.rowViewportPosition(1))
    assert table.viewport().mapTo(window, first_row) == place
    assert table.row_rect(1).width() == width
