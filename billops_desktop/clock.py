"""The one clock: every instant and every local zone in the app comes from here."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LOCALTIME = Path("/etc/localtime")
ZONE_FOLDER = "zoneinfo/"


def microseconds_of(instant: datetime) -> int:
    """Return an instant as the tables keep it: whole microseconds since 1970 UTC."""
    return (instant - EPOCH) // MICROSECOND


def instant_of(microseconds: int) -> datetime:
    """Return the instant that the tables keep as whole microseconds since 1970 UTC."""
    return EPOCH + timedelta(0, 0, microseconds)


class Clock(Protocol):
    """Tells the present instant in UTC and the IANA name of the zone the user is in."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...

    def zone(self) -> str:
        """Return the IANA name of the zone the user is in now."""
        ...


class SystemClock:
    """The machine's own clock and zone."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this module is the one that may ask the machine

    def zone(self) -> str:
        """Return the machine's IANA zone: TZ, then /etc/localtime, then the offset's own name."""
        named = os.environ.get("TZ", "").lstrip(":")
        if _is_zone(named):
            return named
        try:
            target = str(LOCALTIME.resolve())
        except OSError:
            target = ""
        if ZONE_FOLDER in target:
            tail = target.split(ZONE_FOLDER, 1)[1]
            if _is_zone(tail):
                return tail
        name = self.now().astimezone().tzname() or "UTC"
        return name if _is_zone(name) else "UTC"


def _is_zone(name: str) -> bool:
    """Tell whether there is such a zone, without the walk over all of them that listing takes."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; "" or outside the folder; a folder's name
        return False
    return True


class FixedClock:
    """A clock that stands still until it is told to move: tests, samples and replays."""

    def __init__(self, at: datetime, zone: str = "Europe/Berlin") -> None:
        self.at = at.astimezone(UTC)
        self.zone_name = ZoneInfo(zone).key

    def now(self) -> datetime:
        """Return the instant the clock stands at, in UTC."""
        return self.at

    def zone(self) -> str:
        """Return the zone the clock was given."""
        return self.zone_name
