"""Tests for edits: what people type is read when the field is left, and echoed as understood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget
from pytestqt.qtbot import QtBot

from billops_desktop.domain.money import Money
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import use_language
from billops_desktop.ui.widgets.input.edits import (
    DateEdit,
    DecimalEdit,
    DurationEdit,
    MoneyEdit,
    TimeEdit,
    duration_text,
    short_decimal,
    whole,
)

TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def foreign_system() -> Iterator[None]:
    """Let the system speak a third language: no field may ask it."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)
    use_language("en")


def typed(qtbot: QtBot, edit: Any, text: str) -> None:
    edit.clear()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def test_an_amount_is_read_and_echoed(dressed: QApplication, qtbot: QtBot) -> None:
    edit = MoneyEdit("amount", "GBP")
    qtbot.addWidget(edit)
    seen: list[Any] = []
    edit.committed.connect(seen.append)
    typed(qtbot, edit, "1450")
    assert seen == [Money(145_000, "GBP")]
    assert edit.text() == "1,450.00"
    assert edit.value() == Money(145_000, "GBP")
    edit.set_currency("JPY")
    assert edit.value() is None
    typed(qtbot, edit, "1450")
    assert edit.value() == Money(1450, "JPY")
    assert edit.text() == "1,450"


def test_an_amount_of_thousands_is_read_as_the_screen_writes_it(
    dressed: QApplication, qtbot: QtBot
) -> None:
    QLocale.setDefault(QLocale.c())
    use_language("de")
    edit = MoneyEdit("amount", "EUR")
    qtbot.addWidget(edit)
    assert edit.placeholderText() == "1450,00"
    typed(qtbot, edit, "1.749")
    assert edit.value() == Money(174_900, "EUR")
    assert edit.text() == "1.749,00"


def test_what_is_no_amount_stays_typed_and_is_marked(dressed: QApplication, qtbot: QtBot) -> None:
    edit = MoneyEdit("amount", "EUR")
    qtbot.addWidget(edit)
    refused: list[Any] = []
    edit.refused.connect(refused.append)
    typed(qtbot, edit, "1.450,0O")
    assert isinstance(refused[0], InvalidInput)
    assert edit.text() == "1.450,0O"
    assert edit.property("wrong") is True
    with pytest.raises(InvalidInput):
        edit.value()


def test_esc_takes_an_edit_back(dressed: QApplication, qtbot: QtBot) -> None:
    edit = MoneyEdit("amount", "EUR")
    qtbot.addWidget(edit)
    edit.set_value(Money(500, "EUR"))
    QTest.keyClicks(edit, "9")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert edit.value() == Money(500, "EUR")


def test_a_required_field_says_that_it_is_empty(dressed: QApplication, qtbot: QtBot) -> None:
    edit = MoneyEdit("amount", "EUR", required=True)
    qtbot.addWidget(edit)
    with pytest.raises(InvalidInput, match="empty"):
        edit.value()
    optional = MoneyEdit("amount", "EUR")
    qtbot.addWidget(optional)
    assert optional.value() is None


@pytest.mark.parametrize(
    ("text", "seconds", "echo"),
    [("1:30", 5400, "1:30"), ("90m", 5400, "1:30"), ("1,5h", 5400, "1:30"), ("2h", 7200, "2:00")],
)
def test_a_length_of_time_is_read(
    dressed: QApplication, qtbot: QtBot, text: str, seconds: int, echo: str
) -> None:
    edit = DurationEdit("length")
    qtbot.addWidget(edit)
    typed(qtbot, edit, text)
    assert edit.value() == seconds
    assert edit.text() == echo
    assert duration_text(3605) == "1:00:05"


def test_a_time_of_day_and_a_number_are_read(dressed: QApplication, qtbot: QtBot) -> None:
    clock, rate = TimeEdit("at"), DecimalEdit("percent")
    for edit in (clock, rate):
        qtbot.addWidget(edit)
    typed(qtbot, clock, "0915")
    assert clock.value() == time(9, 15)
    typed(qtbot, rate, "7.7 %")
    assert rate.value() == Decimal("7.7")
    assert rate.text() == "7.7"
    assert short_decimal(Decimal(100)) == "100"


def test_a_date_is_typed_or_picked(dressed: QApplication, qtbot: QtBot) -> None:
    edit = DateEdit("due", lambda: TODAY)
    qtbot.addWidget(edit)
    edit.show()
    typed(qtbot, edit, "yesterday")
    assert edit.value() == date(2026, 11, 24)
    edit._on_picked(QDate(2026, 12, 14))
    assert edit.value() == date(2026, 12, 14)
    assert edit.text() == "14/12/2026"


def test_the_example_of_a_date_is_written_as_the_field_writes_it(
    dressed: QApplication, qtbot: QtBot
) -> None:
    edit = DateEdit("due", lambda: TODAY)
    qtbot.addWidget(edit)
    seen: list[InvalidInput] = []
    edit.refused.connect(seen.append)
    typed(qtbot, edit, "soonish")
    assert seen[0].hint == "Type 25/11/2026, 25 nov or yesterday."
    typed(qtbot, edit, "25/11/2026")
    assert edit.value() == TODAY


@pytest.mark.parametrize(
    ("text", "minor", "echo"),
    [("400,50", 40_050, "400,50"), ("1.000", 100_000, "1.000,00"), ("1450", 145_000, "1.450,00")],
)
def test_an_amount_is_written_in_the_language_of_the_screen(
    dressed: QApplication, qtbot: QtBot, text: str, minor: int, echo: str
) -> None:
    use_language("de")
    edit = MoneyEdit("amount", "EUR")
    qtbot.addWidget(edit)
    typed(qtbot, edit, text)
    assert edit.value() == Money(minor, "EUR")
    assert edit.text() == echo
    assert edit.placeholderText() == "1450,00"
    percent = DecimalEdit("percent")
    qtbot.addWidget(percent)
    typed(qtbot, percent, "7,7")
    assert percent.text() == "7,7"
    use_language("en")
    edit.set_value(Money(minor, "EUR"))
    assert edit.text() == f"{minor / 100:,.2f}"


def test_the_calendar_and_dates_speak_the_language_of_the_screen(
    dressed: QApplication, qtbot: QtBot
) -> None:
    use_language("de")
    edit = DateEdit("due", lambda: TODAY)
    qtbot.addWidget(edit)
    edit.show()
    assert edit.placeholderText() == "25.11.2026"
    edit.open_calendar()
    calendar = edit.findChild(QCalendarWidget)
    assert calendar is not None
    assert calendar.locale().language() == QLocale.Language.German
    assert calendar.firstDayOfWeek() == Qt.DayOfWeek.Monday


def test_a_whole_number_is_a_few_plain_digits() -> None:
    assert [whole(text) for text in (" 12 ", "0", "x", "1_0", "٣", "-1", "", "9" * 5_000)] == [
        12, 0, None, None, None, None, None, None,
    ]  # fmt: skip
