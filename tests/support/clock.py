"""A clock for tests: it stands at a known instant and moves when the test says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from billops_desktop.clock import FixedClock

# A Wednesday afternoon in Berlin, well inside a month, a week and a day.
AFTERNOON = datetime(2026, 11, 25, 13, 0, tzinfo=UTC)


class MovableClock(FixedClock):
    """A fixed clock that can be moved on or set, and carried to another zone."""

    def __init__(self, at: datetime = AFTERNOON, zone: str = "Europe/Berlin") -> None:
        super().__init__(at, zone)

    def move(self, **delta: float) -> datetime:
        """Move on (or back) by a timedelta's arguments and return the new instant."""
        self.at += timedelta(**delta)
        return self.at

    def travel(self, zone: str) -> None:
        """Carry the clock to another zone."""
        self.zone_name = zone
