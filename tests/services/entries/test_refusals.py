"""Tests of billops_desktop.services.entries.refusals: what is said, in the zone it is said of."""

from __future__ import annotations

from datetime import UTC, date, datetime

from billops_desktop.services.entries import refusals

START = datetime(2026, 11, 24, 22, 15, tzinfo=UTC)


def test_a_time_to_come_names_the_field_it_was_typed_in() -> None:
    assert refusals.not_yet("started_at").field == "started_at"


def test_a_closed_period_says_up_to_which_day() -> None:
    assert "30" in refusals.locked(date(2026, 9, 30)).title


def test_a_stop_before_the_start_tells_both_by_the_clock_of_the_entry() -> None:
    refusal = refusals.stops_before_start(START, START.replace(minute=5), "Europe/Berlin")
    assert (refusals.wall_words(START, "Europe/Berlin"), refusal.field) == ("23:15", "at")
    assert "23:05 lies before its start at 23:15" in refusal.title
