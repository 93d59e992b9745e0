"""Tests of billops_desktop.services.entries.spans: ends on the day, in the night, or nowhere."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from billops_desktop.errors import InvalidInput
from billops_desktop.services.entries.spans import end_after, ends_before

ON = date(2026, 11, 24)
START = datetime(2026, 11, 24, 22, 15, tzinfo=UTC)


def test_an_end_is_on_the_day_or_in_the_night_after() -> None:
    def end(hour: int, minute: int) -> str:
        return f"{end_after(START, ON, time(hour, minute), 'Europe/Berlin'):%d %H:%M}"

    assert end(23, 45) == "24 22:45"
    assert end(0, 30) == "24 23:30"
    assert end(11, 15) == "25 10:15"
    for hour, minute in ((11, 16), (23, 0)):
        with pytest.raises(InvalidInput, match="before it starts") as caught:
            end(hour, minute)
        assert caught.value.field == "ended_at"


def test_the_refusal_names_what_differs() -> None:
    def title(end: datetime) -> str:
        return ends_before(START, end, "Europe/Berlin").title

    assert title(START) == "It ends when it starts (23:15)."
    assert title(START.replace(hour=8)) == "Ends at 09:15, before it starts (23:15)."
    assert title(START.replace(day=23)) == (
        "Ends on 23 Nov 2026 at 23:15, before it starts (23:15)."
    )
