"""Edits that read what people type: money, duration, quantity, percentage, date, time of day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any, Final

from PySide6.QtCore import QDate, QLocale, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCalendarWidget, QWidget

from billops_desktop.domain.money import Money
from billops_desktop.domain.reading import typed
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import (
    _,
    current_language,
    format_date,
    format_decimal,
    format_time,
    number_format,
)
from billops_desktop.ui import fonts, icons, keys
from billops_desktop.ui.widgets.input.fields import TextField

CALENDAR_ROOM: Final = 30
MOST_DIGITS: Final = 9


class TypedEdit(TextField):
    """A line that is read when it is left: a good one is echoed as understood, a bad one stays.

    ``reading`` is a pair: text into a value, or InvalidInput; and the value back into text.
    """

    committed = Signal(object)
    accepted = Signal()
    refused = Signal(object)

    def __init__(
        self,
        name: str,
        reading: tuple[Callable[[str], Any], Callable[[Any], str]],
        parent: QWidget | None = None,
        *,
        placeholder: str = "",
        required: bool = False,
    ) -> None:
        super().__init__(name, parent, placeholder=placeholder)
        self.read, self.write = reading
        self.required = required
        self._value: Any = None

    def value(self) -> Any:
        """Return what was typed as a value, None when empty; InvalidInput when it is none."""
        text = self.text().strip()
        if not text:
            if self.required:
                raise InvalidInput(
                    _("This field is empty."), self.example(), field=self.objectName()
                )
            return None
        if self._value is not None and text == self.write(self._value):
            return self._value
        return self.read(text)

    def set_value(self, value: Any) -> None:
        """Show a value; None empties the field."""
        self._value = value
        self.setText("" if value is None else self.write(value))
        self.mark_wrong(False)

    def example(self) -> str:
        """Return the words that show what may be typed."""
        shown = self.placeholderText()
        return _("Example: {example}").format(example=shown) if shown else ""

    def commit(self) -> bool:
        """Read the line now; return whether it is good."""
        try:
            value = self.value()
        except InvalidInput as error:
            self.mark_wrong(True)
            self.refused.emit(error)
            return False
        different = value != self._value
        self.set_value(value)
        self.accepted.emit()
        if different:
            self.committed.emit(value)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Read the line when it is left, not while typing."""
        super().focusOutEvent(event)
        if event.reason() not in {
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        }:
            self.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read with Enter; go back to the last good value with Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.commit()
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self.set_value(self._value)
            self.accepted.emit()
            return
        super().keyPressEvent(event)


def whole(text: str) -> int | None:
    """Return a whole number of at most nine plain digits, None when it is none.

    Python refuses to read thousands of digits, and reads those of other scripts.
    """
    digits = text.strip()
    plain = digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS
    return int(digits) if plain else None


def right_align(edit: TypedEdit) -> None:
    """Align a figure to the right, in digits of one width."""
    edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    edit.setFont(fonts.font("body", figures=True))


def decimal_mark() -> str:
    """Return the decimal mark of the screen's language: the one that amounts are shown with."""
    return number_format(current_language()).decimal_mark


def short_decimal(value: Decimal, least: int = 0) -> str:
    """Return a number for an edit: all its digits, no thousands marks, the language's mark."""
    text = format(value.normalize(), "f")
    whole, _dot, rest = text.partition(".")
    rest = rest.ljust(least, "0")
    return f"{whole}{decimal_mark()}{rest}" if rest else whole


class MoneyEdit(TypedEdit):
    """An amount in one currency; its value is Money."""

    def __init__(
        self, name: str, currency: str, parent: QWidget | None = None, *, required: bool = False
    ) -> None:
        self.currency = currency
        super().__init__(
            name,
            (self._read, self._write),
            parent,
            placeholder=short_decimal(Decimal(1450), 2),
            required=required,
        )
        right_align(self)

    def set_currency(self, currency: str) -> None:
        """Read further amounts in another currency; what stands there is emptied."""
        if currency != self.currency:
            self.currency = currency
            self.set_value(None)

    def _read(self, text: str) -> Money:
        return typed.read_money(text, self.currency, decimal_mark=decimal_mark())

    def _write(self, value: Money) -> str:
        exponent = value.decimal.as_tuple().exponent
        return format_decimal(value.decimal, places=-int(exponent))


class DecimalEdit(TypedEdit):
    """A plain number: a rate, a percentage."""

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        placeholder: str = "",
        required: bool = False,
        least: int = 0,
    ) -> None:
        self.least = least
        super().__init__(
            name, (self._read, self._write), parent, placeholder=placeholder, required=required
        )
        right_align(self)

    def _read(self, text: str) -> Decimal:
        return typed.read_decimal(text.replace("%", "").strip(), decimal_mark())

    def _write(self, value: Decimal) -> str:
        return short_decimal(value, self.least)


class DurationEdit(TypedEdit):
    """A length of time; its value is whole seconds."""

    def __init__(self, name: str, parent: QWidget | None = None, *, required: bool = False) -> None:
        super().__init__(
            name,
            (typed.read_duration, duration_text),
            parent,
            placeholder="1:30",
            required=required,
        )
        right_align(self)


class TimeEdit(TypedEdit):
    """A time of day."""

    def __init__(self, name: str, parent: QWidget | None = None, *, required: bool = False) -> None:
        super().__init__(
            name, (typed.read_time, self._write), parent, placeholder="9:15", required=required
        )

    def _write(self, value: time) -> str:
        return format_time(value)


class DateEdit(TypedEdit):
    """A calendar date, typed in many ways or picked from a calendar; ``past`` asks for the last."""

    def __init__(
        self,
        name: str,
        today: Callable[[], date],
        parent: QWidget | None = None,
        *,
        required: bool = False,
        past: bool = False,
    ) -> None:
        self.today = today
        self.past = past
        super().__init__(
            name,
            (self._read, self._write),
            parent,
            placeholder=self._write(today()),
            required=required,
        )
        self.setTextMargins(0, 0, CALENDAR_ROOM - 8, 0)
        self._calendar: QCalendarWidget | None = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, then the calendar sign that opens the picker."""
        super().paintEvent(event)
        area = QRectF(self.width() - CALENDAR_ROOM, 0, CALENDAR_ROOM - 4, self.height())
        icons.paint(QPainter(self), area, "calendar", "text2")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the picker with a click on the sign."""
        if event.position().x() > self.width() - CALENDAR_ROOM:
            self.open_calendar()
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the picker with Alt+Down, step days with Up and Down."""
        if keys.pressed(event, "field"):
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Show a small calendar under the field."""
        if self._calendar is None:
            self._calendar = QCalendarWidget(self)
            self._calendar.setObjectName("calendarPopup")
            self._calendar.setWindowFlags(Qt.WindowType.Popup)
            self._calendar.setVerticalHeaderFormat(
                QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader
            )
            # The screen's language, not the system's: names of days, and where a week begins.
            spoken = QLocale(number_format(current_language()).identifier)
            self._calendar.setLocale(spoken)
            self._calendar.setFirstDayOfWeek(spoken.firstDayOfWeek())
            self._calendar.clicked.connect(self._on_picked)
            self._calendar.activated.connect(self._on_picked)
        try:
            day = self.value() or self.today()
        except InvalidInput:
            day = self.today()
        self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._calendar.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._calendar.show()
        self._calendar.setFocus()

    def _on_picked(self, picked: QDate) -> None:
        if self._calendar is not None:
            self._calendar.hide()
        day = date(picked.year(), picked.month(), picked.day())
        self.setText(self._write(day))
        self.commit()

    def _read(self, text: str) -> date:
        try:
            return typed.read_date(
                text, today=self.today(), past=self.past, day_first=self._day_first()
            )
        except InvalidInput as error:
            # The example is written as the field itself writes dates.
            shown = self._write(self.today())
            hint = _("Type {example}, 25 nov or yesterday.").format(example=shown)
            raise InvalidInput(error.title, hint, field=error.field or "date") from error

    def _day_first(self) -> bool:
        """Return whether the field itself writes the day before the month."""
        written = self._write(date(1999, 2, 3))
        return written.index("3") < written.index("2")

    def _write(self, value: date) -> str:
        return format_date(value, style="short")


def duration_text(seconds: int) -> str:
    """Return h:mm as people write a length of time, with seconds only where there are some."""
    minutes, rest = divmod(seconds, 60)
    text = f"{minutes // 60}:{minutes % 60:02d}"
    return f"{text}:{rest:02d}" if rest else text
