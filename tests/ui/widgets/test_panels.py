"""Tests for panels: an empty page offers what to do, a banner can be closed, a job be stopped."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.ui.widgets.panels import (
    BANNERS,
    Banner,
    Card,
    EmptyPanel,
    IconTile,
    Line,
    ProgressPanel,
    ScrollColumn,
)


def test_an_empty_page_offers_what_to_do(dressed: QApplication, qtbot: QtBot) -> None:
    panel = EmptyPanel("timer", "No time logged this week", "Start a timer.")
    qtbot.addWidget(panel)
    done: list[str] = []
    panel.offer("Start a timer", lambda: done.append("start"), kind="primary").click()
    panel.offer("Import", lambda: done.append("import"), kind="link").click()
    assert done == ["start", "import"]
    panel.say("No invoices match “acme”.")
    assert panel.line.isHidden()
    assert not panel.grab().isNull()


@pytest.mark.parametrize("tone", BANNERS)
def test_a_banner_says_offers_and_closes(dressed: QApplication, qtbot: QtBot, tone: str) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    banner = Banner(tone, "Not sent.", "The invoice is saved.", holder)
    holder.show()
    done: list[int] = []
    banner.offer("Try again", lambda: done.append(1)).click()
    assert done == [1]
    assert banner.accessibleName() == "Not sent. The invoice is saved."
    assert not banner.grab().isNull()
    closed: list[int] = []
    banner.closed.connect(lambda: closed.append(1))
    QTest.keyClick(banner, Qt.Key.Key_Escape)
    assert closed == [1]
    kept = Banner(tone, "Stays.", "", holder)
    kept.keep_open()
    assert kept.close_button.isHidden()


def test_a_running_job_shows_how_far_it_is_and_can_be_stopped(
    dressed: QApplication, qtbot: QtBot
) -> None:
    panel = ProgressPanel("Exporting 12 invoices")
    qtbot.addWidget(panel)
    panel.report(3, 12, "Exporting invoice 3 of 12")
    assert (panel.bar.value(), panel.bar.maximum()) == (3, 12)
    stopped: list[int] = []
    panel.cancelled.connect(lambda: stopped.append(1))
    panel.cancel.click()
    assert stopped == [1]
    assert not panel.cancel.isEnabled()


def test_cards_lines_tiles_and_columns_are_painted(dressed: QApplication, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    assert Line(holder).maximumHeight() == 1
    assert Line(holder, vertical=True).maximumWidth() == 1
    assert not IconTile("timer", holder).grab().isNull()
    assert Card(holder).column.count() == 0
    assert ScrollColumn(holder).widgetResizable()


def test_the_line_of_an_empty_page_stays_whole_whatever_was_said_before(
    dressed: QApplication, qtbot: QtBot
) -> None:
    panel = EmptyPanel("users", "No clients yet", "A name is enough to begin.")
    qtbot.addWidget(panel)
    for line in ("A name is enough to begin.", "", "A name is enough to begin."):
        panel.say("No clients yet", line)
    metrics = panel.line.fontMetrics()
    assert panel.line.maximumWidth() >= metrics.horizontalAdvance(panel.line.text())
    # Two lines are about as long as each other.
    long = "No billable time up to 30 November 2026 is waiting for an invoice."
    panel.say("Nothing", long)
    assert panel.line.maximumWidth() < 0.7 * metrics.horizontalAdvance(long)
    assert panel.line.minimumHeight() == panel.line.heightForWidth(panel.line.maximumWidth())
