"""A service period as people type it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from billops_desktop.errors import InvalidInput
from billops_desktop.ui.views.editor.period_edit import PeriodEdit, read_period

TODAY = date(2026, 11, 25)
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


@pytest.mark.parametrize(
    "typed",
    ["1 – 30 Nov 2026", "1 Nov - 30 Nov 2026", "1.11.2026 - 30.11.2026", "1 Nov to 30 Nov"],
)
def test_two_days_are_a_period(typed: str) -> None:
    assert read_period(typed, TODAY) == NOVEMBER


def test_one_day_is_a_period_of_itself() -> None:
    assert read_period("today", TODAY) == (TODAY, TODAY)


@pytest.mark.parametrize("typed", ["30 Nov - 1 Nov 2026", "1 - 2 - 3", "sometime"])
def test_what_is_none_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        read_period(typed, TODAY)


def test_the_edit_writes_what_it_reads(holder: QWidget) -> None:
    edit = PeriodEdit("period", lambda: TODAY, holder)
    edit.set_value(NOVEMBER)
    shown = edit.text()
    assert read_period(shown, TODAY) == NOVEMBER
    edit.setText("5 Nov")
    assert edit.commit()
    assert edit.value() == (date(2026, 11, 5), date(2026, 11, 5))
