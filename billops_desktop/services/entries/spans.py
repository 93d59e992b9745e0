"""Where typed work ends: on its day, in the night after it, or nowhere that makes sense."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from billops_desktop.domain.periods import local_to_utc, wall_time
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _, format_date, format_time

# An end that lies before its start is meant for the next day only where that is a short night.
LONGEST_NIGHT: Final = timedelta(hours=12)


def end_after(started_at: datetime, day: date, end: time, zone: str) -> datetime:
    """Return the instant of an end's time of day: on the day, or in the night after it."""
    ended_at = local_to_utc(day, end, zone)
    if ended_at > started_at:
        return ended_at
    following = local_to_utc(day + timedelta(days=1), end, zone)
    if following - started_at > LONGEST_NIGHT:
        raise ends_before(started_at, ended_at, zone)
    return following


def ends_before(started_at: datetime, ended_at: datetime, zone: str) -> InvalidInput:
    """Return the refusal of an end that does not lie after its start."""
    start, end = wall_time(started_at, zone), wall_time(ended_at, zone)
    titles = {
        "same": _("It ends when it starts ({start})."),
        "day": _("Ends at {end}, before it starts ({start})."),
        "other": _("Ends on {end_on} at {end}, before it starts ({start})."),
    }
    same_day = "day" if start.date() == end.date() else "other"
    return InvalidInput(
        titles["same" if start == end else same_day].format(
            start=format_time(start.time()),
            end=format_time(end.time()),
            end_on=format_date(end.date()),
        ),
        _("For work past midnight type “23:15-00:30”."),
        field="ended_at",
    )
