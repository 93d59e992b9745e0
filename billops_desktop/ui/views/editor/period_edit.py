"""An edit for a span of days, both inclusive: 1 – 30 Nov 2026, or one day alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from PySide6.QtWidgets import QWidget

from billops_desktop.domain.reading import typed
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _, format_period
from billops_desktop.ui.widgets.input.edits import TypedEdit

Period = tuple[date, date]
BETWEEN: Final = re.compile(r"\s*(?:–|—|\.\.\.?|\s-\s|\s(?:to|until|bis)\s)\s*")
DAY_ONLY: Final = re.compile(r"(\d{1,2})\.?")


def read_period(text: str, today: date) -> Period:
    """Read one day or two; the first may leave out the month and year of the second."""
    parts = BETWEEN.split(text.strip())
    if len(parts) > 2:
        raise InvalidInput(
            _("This is not a period."), _("Example: 1 – 30 Nov 2026"), field="supply_from"
        )
    last = typed.read_date(parts[-1], today=today)
    if len(parts) == 1:
        return last, last
    first = _first(parts[0], last)
    if first > last:
        raise InvalidInput(
            _("The period ends before it starts."), _("Turn the days around."), field="supply_to"
        )
    return first, last


def _first(text: str, last: date) -> date:
    match = DAY_ONLY.fullmatch(text)
    if match is None:
        return typed.read_date(text, today=last)
    try:
        return last.replace(day=int(match[1]))
    except ValueError:
        return last.replace(day=1) - timedelta(days=1)


class PeriodEdit(TypedEdit):
    """A service period; its value is the pair of its first and last day."""

    def __init__(self, name: str, today: Callable[[], date], parent: QWidget) -> None:
        self.today = today
        # A real period in grey would read like one that is entered.
        super().__init__(name, (self._read, self._write), parent, placeholder=_("from – to"))

    def example(self) -> str:
        """Return the words that show what may be typed: this month."""
        first, today = self.today().replace(day=1), self.today()
        return _("Example: {example}").format(example=self._write((first, today)))

    def _read(self, text: str) -> Period:
        return read_period(text, self.today())

    def _write(self, value: Period) -> str:
        return format_period(*value, style="medium")
