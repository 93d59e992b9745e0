"""The month of the To invoice page: a step back, a step forth, over the end of a year."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.ui.views.billing.month_switch import MonthSwitch


@pytest.fixture
def switch(holder: QWidget) -> MonthSwitch:
    made = MonthSwitch(holder)
    made.show_month(date(2026, 12, 17))
    made.show()
    return made


def test_any_day_shows_its_whole_month(switch: MonthSwitch) -> None:
    assert (switch.first, switch.last) == (date(2026, 12, 1), date(2026, 12, 31))
    assert switch.words.text() == "December 2026"


def test_steps_cross_the_year_and_say_the_first_day(switch: MonthSwitch, qtbot: QtBot) -> None:
    with qtbot.waitSignal(switch.changed) as forth:
        switch.after.click()
    assert forth.args == [date(2027, 1, 1)]
    assert (switch.words.text(), switch.last) == ("January 2027", date(2027, 1, 31))
    with qtbot.waitSignals([switch.changed, switch.changed]):
        switch.before.click()
        switch.before.click()
    assert switch.first == date(2026, 11, 1)


def test_showing_a_month_asks_for_nothing(switch: MonthSwitch, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(switch.changed):
        switch.show_month(date(2026, 2, 28))
    assert switch.last == date(2026, 2, 28)
