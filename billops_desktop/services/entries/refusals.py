"""Why the timer refuses, in words: alike by the stopwatch and by tracking, without SQLAlchemy."""

from __future__ import annotations

from datetime import date, datetime

from billops_desktop.domain.periods import wall_time
from billops_desktop.errors import Refused
from billops_desktop.i18n import _, format_date, format_time


def not_yet(field: str) -> Refused:
    """Return the refusal of an instant in the future."""
    return Refused(
        _("That time has not come yet."),
        _("Nothing was changed. A timer starts and stops now or in the past."),
        field=field,
    )


def locked(until: date) -> Refused:
    """Return the refusal to write into a period that is closed."""
    return Refused(
        _("Time up to {day} is locked.").format(day=format_date(until)),
        _("Nothing was changed. An owner can move the lock in the settings."),
    )


def stops_before_start(started_at: datetime, ended_at: datetime, zone: str) -> Refused:
    """Return the refusal to stop a timer at an instant before its start."""
    return Refused(
        _("The timer was not stopped: {end} lies before its start at {start}.").format(
            end=wall_words(ended_at, zone), start=wall_words(started_at, zone)
        ),
        _("The entry runs on as it was. Name a later time, or change its start first."),
        field="at",
    )


def wall_words(instant: datetime, zone: str) -> str:
    """Return the time of day of an instant in a zone, as the language writes it."""
    return format_time(wall_time(instant, zone).time())
