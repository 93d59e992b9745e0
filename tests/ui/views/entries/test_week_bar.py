"""The line over the list: which week it is, and the bulk bar in its place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.domain.money import Money
from billops_desktop.ui.views.entries.week_bar import ListHead
from tests.support.present import present

TODAY = date(2026, 11, 25)


@pytest.fixture
def head(dressed: QApplication, qtbot: QtBot) -> Iterator[ListHead]:
    page = QWidget()
    qtbot.addWidget(page)
    made = ListHead(page)
    page.show()
    yield made
    page.hide()


def test_the_year_is_said_only_where_it_is_another_one(head: ListHead) -> None:
    head.week.show_week(date(2026, 11, 23), date(2026, 11, 29), TODAY)
    assert head.week.title.text() == "23–29 November"
    assert not head.week.today.isEnabled()
    head.week.show_week(date(2025, 12, 29), date(2026, 1, 4), TODAY)
    assert "2025" in head.week.title.text()
    assert head.week.today.isEnabled()


def test_currencies_stand_beside_each_other(head: ListHead) -> None:
    head.week.show_sums(3600, (Money(100, "EUR"), Money(200, "GBP")))
    assert head.week.total.text() == "1 h 00"
    assert head.week.value.text() == "€1.00 + £2.00"


def test_the_worth_is_shown_whole_or_not_at_all(head: ListHead) -> None:
    values = (Money(178791, "EUR"), Money(48400, "GBP"), Money(22500, "USD"))
    head.week.show_week(date(2026, 11, 23), date(2026, 11, 29), TODAY)
    head.week.show_sums(80_000, values)
    head.resize(1100, 64)
    assert head.week.value.isVisible()
    head.resize(700, 64)
    assert not head.week.value.isVisible()
    assert "US$225.00" in head.week.total.toolTip()
    head.resize(1100, 64)
    present(head.week.layout()).activate()
    assert head.week.value.isVisible()
    assert head.week.value.width() >= head.week.value.sizeHint().width()


def test_the_bulk_bar_takes_the_place_of_the_week(head: ListHead, qtbot: QtBot) -> None:
    head.show_bulk(True)
    assert head.currentWidget() is head.bulk
    head.bulk.show_selection(2, 5400, all_billable=True)
    assert head.bulk.count.text() == "2 entries selected"
    assert head.bulk.sum.text() == "1 h 30"
    assert head.bulk.billable.text() == "Not billable"
    with qtbot.waitSignal(head.bulk.closed, timeout=500):
        head.bulk.close_button.click()
    head.bulk.grab()


def test_arrows_step_by_a_week(head: ListHead, qtbot: QtBot) -> None:
    for button, step in ((head.week.before, -1), (head.week.after, 1)):
        with qtbot.waitSignal(head.week.moved, timeout=500) as moved:
            button.click()
        assert moved.args == [step]
