"""What the words of log mean: when past work started and when it ended."""

from __future__ import annotations

from argparse import Namespace
from datetime import date, datetime, timedelta

from billops_desktop.cli import asking
from billops_desktop.cli.session import Session
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _


def span(session: Session, asked: Namespace) -> tuple[datetime, datetime]:
    """Return start and end of past work: two times, or one of them and a length.

    A time that lies before the start ends a short night: 23:15 to 00:30.
    """
    on = asking.day(session, asked.on, "on", past=True) if asked.on is not None else session.today()
    length = asking.length(asked.duration) if asked.duration is not None else None
    start = _instant(session, asked.start, "from", on)
    if asked.end is not None and start is not None and length is None:
        return start, _end(session, asked.end, start, on)
    end = _instant(session, asked.end, "to", on)
    if length is not None and start is not None and end is None:
        return start, start + timedelta(seconds=length)
    if length is not None and start is None:
        ended = end or (session.clock.now() if not asked.on else None)
        if ended is not None:
            return ended - timedelta(seconds=length), ended
    raise InvalidInput(
        _("Nothing was logged. Two of --from, --to and --duration say when it was."),
        _("For example: --on yesterday --from 9:00 --duration 1h30"),
        field="from",
    )


def _instant(session: Session, text: str | None, field: str, on: date) -> datetime | None:
    return None if text is None else _exact(session, text, field, on)


def _exact(session: Session, text: str, field: str, on: date) -> datetime:
    """Return the instant typed, far enough from the ends of the calendar to count from it."""
    from billops_desktop.domain.periods import whole_second

    return whole_second(asking.instant(session, text, field, on=on), field)


def _end(session: Session, text: str, start: datetime, on: date) -> datetime:
    """Return the end typed: an instant as it is, a time alone on the day or in the night after."""
    from billops_desktop.services.entries.spans import end_after, ends_before

    zone = session.clock.zone()
    with asking.named("to"):
        if asking.is_time_alone(text):
            return end_after(start, on, asking.clock_time(text), zone)
        end = _exact(session, text, "to", on)
        if end <= start:
            raise ends_before(start, end, zone)
    return end
