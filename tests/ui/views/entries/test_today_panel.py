"""The panel of today: sum of target, share of projects, gaps to fill."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from billops_desktop.domain.money import Money
from billops_desktop.domain.periods import Span
from billops_desktop.services.tracking import ProjectShare, TodayRow
from billops_desktop.ui.views.entries.today_panel import TodayPanel
from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.labels import PlainLabel
from tests.support.factories import utc
from tests.support.present import child

TODAY = TodayRow(
    day=date(2026, 11, 25),
    seconds=4 * 3600,
    values=(Money(40_000, "EUR"),),
    by_project=(
        ProjectShare(name="Website", colour="blue", seconds=3 * 3600),
        ProjectShare(name=None, colour=None, seconds=3600),
    ),
    gaps=(
        Span(utc("2026-11-25 09:00"), utc("2026-11-25 09:02")),
        Span(utc("2026-11-25 11:00"), utc("2026-11-25 11:50")),
    ),
)


@pytest.fixture
def panel(dressed: QApplication, qtbot: QtBot) -> Iterator[TodayPanel]:
    from PySide6.QtWidgets import QWidget

    page = QWidget()
    qtbot.addWidget(page)
    made = TodayPanel(page)
    made.resize(300, 600)
    page.show()
    made.show_today(TODAY, 28_800, "Europe/Berlin")
    yield made
    page.hide()


def words(panel: TodayPanel) -> set[str]:
    return {label.text() for label in panel.findChildren(PlainLabel) if label.isVisibleTo(panel)}


def test_it_says_how_far_today_is(panel: TodayPanel) -> None:
    assert {"4 h 00", "of 8 h target", "€400.00 billable"} <= words(panel)
    assert {"Website", "3:00", "No project", "1:00"} <= words(panel)


def test_the_bar_shares_out_the_target(panel: TodayPanel) -> None:
    panel.bar.resize(320, 8)
    assert panel.bar.stretches() == [(0.0, 120.0), (120.0, 40.0)]
    panel.bar.show_shares(TODAY.by_project, 0)
    assert panel.bar.stretches() == [(0.0, 240.0), (240.0, 80.0)]
    assert panel.bar.accessibleName() == "Website 3:00, No project 1:00"


def test_a_gap_can_be_filled_a_moment_is_none(panel: TodayPanel, qtbot: QtBot) -> None:
    shown = words(panel)
    assert "12:00 – 12:50" in shown
    assert "10:00 – 10:02" not in shown
    with qtbot.waitSignal(panel.fill_wanted, timeout=500) as asked:
        child(panel, Button, "fillGap").click()
    assert asked.args[0] == TODAY.gaps[1]


def test_several_currencies_get_a_line_of_their_own(panel: TodayPanel) -> None:
    from dataclasses import replace

    both = replace(TODAY, values=(Money(100, "EUR"), Money(200, "GBP")), gaps=())
    panel.show_today(both, 0, "Europe/Berlin")
    assert panel.value.text() == ""
    assert panel.values.text() == "€1.00 + £2.00 billable"
    assert not panel.gaps_title.isVisibleTo(panel)
    assert panel.target.text() == ""


def test_a_gap_is_as_long_as_its_two_times_say(panel: TodayPanel, qtbot: QtBot) -> None:
    from dataclasses import replace

    gap = Span(utc("2026-11-25 22:33:50"), utc("2026-11-25 22:45:20"))
    panel.show_today(replace(TODAY, gaps=(gap,)), 0, "Europe/Berlin")
    # A layout shows what it is given in a later turn of the loop.
    qtbot.waitUntil(lambda: {"23:33 – 23:45", "0:12"} <= words(panel))
