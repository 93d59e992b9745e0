"""Reads what is typed into the fields of an entry and says what of the entry it changes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

from billops_desktop.domain import periods
from billops_desktop.domain.reading import typed
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _, current_language, format_time
from billops_desktop.services.entries.spans import end_after
from billops_desktop.services.tracking import EntryEdit, EntryRow
from billops_desktop.ui.widgets.wording import short_text
from billops_desktop.values import dataclass

BETWEEN: Final = re.compile(r"\s*(?:[-–—]|\bto\b|\bbis\b)\s*", re.IGNORECASE)
NOW_WORDS: Final = frozenset({"", "now", "jetzt"})
# "09:00 – 15:00 +1": the end lies a day later.
LATER_DAY: Final = re.compile(r"\s*\+\s*(?P<days>[1-9])\s*$")


@dataclass(frozen=True, slots=True)
class Ends:
    """Where an entry starts and ends; ``ended_at`` is None while it runs."""

    started_at: datetime
    ended_at: datetime | None


def wall(instant: datetime, zone: str) -> str:
    """Return the time of day that a zone's clock shows at an instant."""
    return format_time(periods.wall_time(instant, zone).time())


def range_text(row: EntryRow) -> str:
    """Return the span of an entry as a list shows it and as it may be typed.

    An end on a later day carries the number of days: "09:00 – 15:00 +1".
    """
    if row.ended_at is None:
        return f"{wall(row.started_at, row.zone)} – {_('now')}"
    return _span_text(row.started_at, row.ended_at, row.zone, current_language())


@lru_cache(maxsize=4096)
def _span_text(started_at: datetime, ended_at: datetime, zone: str, language: str) -> str:
    """Return the words of a span: lists ask for the same ones at each paint."""
    began, ended = (periods.wall_time(at, zone) for at in (started_at, ended_at))
    later = (ended.date() - began.date()).days
    first, last = (format_time(wall.time(), language) for wall in (began, ended))
    return f"{first} – {last}{f' +{later}' if later else ''}"


def read_range(text: str, day: date, zone: str) -> Ends:
    """Return the ends that "9:15-10:30" names on a day; the end may lie after midnight.

    One time alone, or an end that says "now", leaves the end open.
    """
    first, *rest = BETWEEN.split(text.strip(), maxsplit=1)
    start = typed.read_time(first)
    started_at = periods.local_to_utc(day, start, zone)
    second = rest[0].strip().casefold() if rest else ""
    if second in NOW_WORDS or second == _("now").casefold():
        return Ends(started_at, None)
    if later := LATER_DAY.search(second):
        end = typed.read_time(second[: later.start()])
        end_day = day + timedelta(days=int(later["days"]))
        return Ends(started_at, periods.local_to_utc(end_day, end, zone))
    return Ends(started_at, end_after(started_at, day, typed.read_time(second), zone))


def edit_of_description(row: EntryRow, text: str) -> EntryEdit | None:
    """Return the edit that a typed description asks for; None when nothing changed."""
    words = typed.check_text(text.strip(), "description")
    return None if words == row.description else EntryEdit(description=words)


def edit_of_range(row: EntryRow, text: str) -> EntryEdit | None:
    """Return the edit that a typed span asks for; an end that reads the same keeps its seconds."""
    if text.strip() == range_text(row):
        return None
    day = periods.wall_time(row.started_at, row.zone).date()
    read = read_range(text, day, row.zone)
    started_at = _kept(row.started_at, read.started_at)
    if row.ended_at is None:
        if read.ended_at is not None:
            raise InvalidInput(
                _("This entry is running."),
                _("Type its start only, or stop the timer first."),
                field="ended_at",
            )
        return None if started_at == row.started_at else EntryEdit(started_at=started_at)
    if read.ended_at is None:
        raise InvalidInput(
            _("The end is missing."), _("Example: {example}").format(example="9:15-10:30")
        )
    ended_at = _kept(row.ended_at, read.ended_at)
    if (started_at, ended_at) == (row.started_at, row.ended_at):
        return None
    return EntryEdit(started_at=started_at, ended_at=ended_at)


def edit_of_duration(row: EntryRow, text: str, *, moves_start: bool) -> EntryEdit | None:
    """Return the edit that a typed length asks for: it moves the end, or the start."""
    if text.strip() == short_text(row.seconds or 0):
        return None
    length = timedelta(seconds=typed.read_duration(text) + row.break_seconds)
    if row.ended_at is None:
        raise InvalidInput(
            _("This entry is running."),
            _("Change when it started, or stop the timer first."),
            field="ended_at",
        )
    if moves_start:
        return EntryEdit(started_at=row.ended_at - length)
    return EntryEdit(ended_at=row.started_at + length)


def duration_hint(row: EntryRow, text: str, *, moves_start: bool) -> str:
    """Say which end a typed length moves, and to when; empty while it cannot be read."""
    try:
        edit = edit_of_duration(row, text, moves_start=moves_start)
    except InvalidInput:
        return ""
    if edit is None:
        return _("Moves the end. Hold Alt to move the start.")
    if moves_start and isinstance(edit.started_at, datetime):
        return _("Starts at {time}").format(time=wall(edit.started_at, row.zone))
    if isinstance(edit.ended_at, datetime):
        return _("Ends at {time}. Alt moves the start.").format(time=wall(edit.ended_at, row.zone))
    return ""


def _kept(old: datetime, new: datetime) -> datetime:
    """Return the old instant where the new one names the same minute: its seconds were not seen."""
    whole = old.astimezone(UTC).replace(second=0, microsecond=0)
    return old if whole == new else new
