"""Tests of billops_desktop.cli.asked_span: times, a length, nights, swapped ends."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from billops_desktop.cli.asked_span import span
from billops_desktop.cli.session import Session
from billops_desktop.errors import InvalidInput
from tests.support.clock import MovableClock


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = Session(tmp_path / "profile", clock=MovableClock())
    yield made
    made.close()


def asked(**words: str) -> Namespace:
    return Namespace(**{"on": None, "start": None, "end": None, "duration": None, **words})


def test_an_end_before_the_start_is_that_of_a_short_night_only(session: Session) -> None:
    start, end = span(session, asked(on="24/11", start="22:00", end="10:00"))
    assert (start.astimezone(UTC), end - start) == (
        datetime(2026, 11, 24, 21, 0, tzinfo=UTC),
        timedelta(hours=12),
    )
    for start_typed, end_typed in (("22:00", "10:01"), ("10:00", "9:00"), ("9:00", "9:00")):
        with pytest.raises(InvalidInput, match=start_typed) as caught:
            span(session, asked(on="24/11", start=start_typed, end=end_typed))
        assert caught.value.field == "to"


def test_an_end_with_its_own_day_is_not_moved(session: Session) -> None:
    start, end = span(session, asked(start="yesterday 9:00", end="today 9:00"))
    assert end - start == timedelta(hours=24)
    with pytest.raises(InvalidInput, match="24"):
        span(session, asked(start="23:00", end="yesterday 23:30"))
    with pytest.raises(InvalidInput, match="before it starts"):
        span(session, asked(start="2:30+01:00", end="2:30+02:00"))


@pytest.mark.parametrize("year", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"])
def test_a_time_at_the_end_of_the_calendar_has_no_length_counted_from_it(
    session: Session, year: str
) -> None:
    for field, words in (("from", {"start": year}), ("to", {"end": year})):
        with pytest.raises(InvalidInput, match="cannot be kept") as caught:
            span(session, asked(**words, duration="1:00"))
        assert caught.value.field == field
    with pytest.raises(InvalidInput, match="cannot be kept"):
        span(session, asked(start="7:00", end=year))


def test_one_time_and_a_length(session: Session) -> None:
    start, end = span(session, asked(end="11:00", duration="1:30"))
    assert (end - start, f"{start.astimezone(UTC):%H:%M}") == (timedelta(minutes=90), "08:30")
    with pytest.raises(InvalidInput, match="above zero"):
        span(session, asked(end="11:00", duration="0"))
