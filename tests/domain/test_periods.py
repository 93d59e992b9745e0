"""Spans and days: DST gaps refused, folds asked, days without holes, sums kept in every zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billops_desktop.domain.periods import (
    NoSuchTime,
    Span,
    TimeOccursTwice,
    day_span,
    gaps,
    local_day,
    local_to_utc,
    month_of,
    overlaps,
    wall_time,
    week_of,
    whole_second,
    zone_named,
)
from billops_desktop.errors import InvalidInput

ZONES = st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"}))
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds the zone
BERLIN = "Europe/Berlin"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def span(first: str, last: str) -> Span:
    return Span(at(f"2026-11-25T{first}"), at(f"2026-11-25T{last}"))


def test_a_span_is_half_open_and_counts_real_seconds() -> None:
    # From 01:30 to 03:30 on the wall, in the night when the clocks jump: one hour.
    night = Span(at("2026-03-29T00:30"), at("2026-03-29T01:30"))
    assert night.seconds == 3600
    assert night.contains(at("2026-03-29T00:30"))
    assert not night.contains(at("2026-03-29T01:30"))


def test_a_span_keeps_utc_whatever_zone_it_was_given() -> None:
    east = timezone(timedelta(hours=2))
    given_span = Span(datetime(2026, 1, 1, 2, tzinfo=east), datetime(2026, 1, 1, 3, tzinfo=east))
    assert given_span.started_at == at("2026-01-01T00:00")
    assert given_span.started_at.tzinfo is UTC


def test_an_end_before_the_start_and_a_naive_instant_are_refused() -> None:
    with pytest.raises(InvalidInput, match="before the start") as refusal:
        span("10:00", "09:00")
    assert refusal.value.field == "ended_at"
    with pytest.raises(ValueError, match="no zone"):
        Span(datetime(2026, 1, 1), at("2026-01-02"))  # noqa: DTZ001 - the fault under test
    assert span("10:00", "10:00").seconds == 0


def test_a_part_within_another_span() -> None:
    assert span("09:00", "12:00").within(span("10:00", "11:00")) == span("10:00", "11:00")
    assert span("09:00", "10:00").within(span("10:00", "11:00")) is None


@pytest.mark.parametrize("name", ["", "Mars/Base", "../etc/passwd", "Europe/Berlin\0", "/etc"])
def test_an_unknown_zone_is_refused_by_name(name: str) -> None:
    with pytest.raises(InvalidInput, match="not a time zone") as refusal:
        zone_named(name)
    assert refusal.value.field == "zone"


def test_the_day_is_the_local_date_after_the_day_start() -> None:
    late = at("2026-11-25T23:30")
    assert local_day(late, "UTC") == date(2026, 11, 25)
    assert local_day(late, BERLIN) == date(2026, 11, 26)
    assert local_day(late, BERLIN, 240) == date(2026, 11, 25)
    assert local_day(late, "Pacific/Kiritimati") == date(2026, 11, 26)
    assert local_day(at("2026-11-25T02:00"), "America/New_York") == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("zone", "day", "clock", "resumes"),
    [
        (BERLIN, "2026-03-29", "02:30", "03:00"),
        (BERLIN, "2026-03-29", "02:00", "03:00"),
        ("America/New_York", "2026-03-08", "02:59:59", "03:00"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "02:30"),
        ("America/Sao_Paulo", "2018-11-04", "00:30", "01:00"),
        ("Pacific/Apia", "2011-12-30", "12:00", "00:00"),
    ],
)
def test_a_time_that_the_clocks_skip_is_refused_with_the_reason(
    zone: str, day: str, clock: str, resumes: str
) -> None:
    with pytest.raises(NoSuchTime, match=f"{clock[:5]} on .* does not exist") as refusal:
        local_to_utc(date.fromisoformat(day), time.fromisoformat(clock), zone)
    assert f"Enter {resumes} or later" in refusal.value.hint
    before = refusal.value.resumes_at - timedelta(microseconds=1)
    skipped = datetime.fromisoformat(f"{day}T{clock}")
    assert wall_time(before, zone) < skipped < wall_time(refusal.value.resumes_at, zone)


def test_a_time_that_occurs_twice_asks_which() -> None:
    day, clock = date(2026, 10, 25), time(2, 30)
    with pytest.raises(TimeOccursTwice, match="02:30 on 25 Oct 2026 occurs twice") as refusal:
        local_to_utc(day, clock, BERLIN)
    assert refusal.value.first == at("2026-10-25T00:30")
    assert refusal.value.second == at("2026-10-25T01:30")
    assert "00:30 UTC" in refusal.value.hint
    assert "01:30 UTC" in refusal.value.hint
    assert local_to_utc(day, clock, BERLIN, fold=0) == refusal.value.first
    assert local_to_utc(day, clock, BERLIN, fold=1) == refusal.value.second


def test_an_ordinary_time_needs_no_choice() -> None:
    for fold in (None, 0, 1):
        found = local_to_utc(date(2026, 11, 25), time(9), "Asia/Kathmandu", fold=fold)
        assert found == at("2026-11-25T03:15")


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (BERLIN, "2026-03-29", 23),
        (BERLIN, "2026-10-25", 25),
        (BERLIN, "2026-11-25", 24),
        ("Australia/Lord_Howe", "2026-10-04", 23.5),
        ("America/Sao_Paulo", "2018-11-04", 23),
        ("Pacific/Apia", "2011-12-30", 0),
    ],
)
def test_a_day_has_as_many_hours_as_it_has(zone: str, day: str, hours: float) -> None:
    assert day_span(date.fromisoformat(day), zone).seconds == hours * 3600


def test_a_day_starts_when_the_workspace_says() -> None:
    night = day_span(date(2026, 11, 25), BERLIN, 240)
    assert night.started_at == at("2026-11-25T03:00")
    assert night.ended_at == at("2026-11-26T03:00")


@given(ZONES, st.dates(date(1990, 1, 1), date(2036, 12, 30)), st.sampled_from([0, 150, 240]))
def test_days_follow_one_another_without_a_hole(zone: str, day: date, start: int) -> None:
    today, tomorrow = day_span(day, zone, start), day_span(day + timedelta(days=1), zone, start)
    assert today.ended_at == tomorrow.started_at
    assert today.seconds >= 0


@given(ZONES, INSTANTS)
def test_an_instant_is_found_again_by_what_the_wall_clock_shows(
    zone: str, instant: datetime
) -> None:
    wall = wall_time(instant, zone)
    fold = instant.astimezone(zone_named(zone)).fold
    assert local_to_utc(wall.date(), wall.time(), zone, fold=fold) == instant


ENTRIES = st.lists(st.tuples(INSTANTS, st.integers(0, 100_000)), max_size=15)


@given(ENTRIES, ZONES, st.sampled_from([0, 240]), st.integers(1, 7))
def test_sums_by_day_week_and_month_equal_the_sum_of_the_entries(
    entries: list[tuple[datetime, int]], zone: str, start: int, first_weekday: int
) -> None:
    spans = [Span(begin, begin + timedelta(seconds=length)) for begin, length in entries]
    whole = sum(length for _, length in entries)
    by_day: dict[date, int] = {}
    for one in spans:
        day = local_day(one.started_at, zone, start)
        by_day[day] = by_day.get(day, 0) + one.seconds
    by_week: dict[tuple[date, date], int] = {}
    by_month: dict[tuple[date, date], int] = {}
    for day, seconds in by_day.items():
        week, month = week_of(day, first_weekday), month_of(day)
        by_week[week] = by_week.get(week, 0) + seconds
        by_month[month] = by_month.get(month, 0) + seconds
        assert week[0] <= day <= week[1]
        assert month[0] <= day <= month[1]
    assert sum(by_day.values()) == sum(by_week.values()) == sum(by_month.values()) == whole


@given(ZONES, INSTANTS, st.integers(1, 300_000))
def test_a_span_cut_at_local_midnights_keeps_its_length(
    zone: str, begin: datetime, length: int
) -> None:
    begin = begin.replace(microsecond=0)
    whole = Span(begin, begin + timedelta(seconds=length))
    first = local_day(begin, zone) - timedelta(days=2)
    days = [day_span(first + timedelta(days=count), zone) for count in range(9)]
    assert sum(part.seconds for day in days if (part := whole.within(day))) == length


@pytest.mark.parametrize(
    ("first_weekday", "first"),
    [(1, "2026-11-23"), (7, "2026-11-22"), (6, "2026-11-21"), (3, "2026-11-25")],
)
def test_a_week_starts_when_the_workspace_says(first_weekday: int, first: str) -> None:
    begin, end = week_of(date(2026, 11, 25), first_weekday)
    assert str(begin) == first
    assert end - begin == timedelta(days=6)


def test_a_month_ends_on_its_last_day() -> None:
    assert month_of(date(2026, 12, 31)) == (date(2026, 12, 1), date(2026, 12, 31))
    assert month_of(date(2026, 2, 28))[1] == date(2026, 2, 28)


def test_overlaps_name_each_pair_once() -> None:
    spans = [
        span("10:00", "12:00"),
        span("09:00", "10:30"),
        span("11:00", "11:00"),
        span("12:00", "13:00"),
        span("10:15", "12:30"),
    ]
    assert overlaps(spans) == ((0, 1), (0, 4), (1, 4), (3, 4))
    assert overlaps([]) == ()


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20)), max_size=12))
def test_overlaps_are_what_comparing_all_pairs_finds(numbers: list[tuple[int, int]]) -> None:
    zero = at("2026-11-25")
    spans = [
        Span(zero + timedelta(minutes=begin), zero + timedelta(minutes=begin + length))
        for begin, length in numbers
    ]
    expected = tuple(
        (one, other)
        for one in range(len(spans))
        for other in range(one + 1, len(spans))
        if spans[one].meets(spans[other])
    )
    assert overlaps(spans) == expected


def test_gaps_are_what_nothing_covers() -> None:
    spans = [
        span("10:00", "11:00"),
        span("10:30", "10:45"),
        span("08:00", "09:30"),
        span("12:00", "12:00"),
        span("20:00", "21:00"),
    ]
    assert gaps(spans, span("09:00", "13:00")) == (
        span("09:30", "10:00"),
        span("11:00", "13:00"),
    )
    assert gaps([span("08:00", "14:00")], span("09:00", "13:00")) == ()
    assert gaps([], span("09:00", "13:00")) == (span("09:00", "13:00"),)


def test_an_instant_is_a_whole_second_of_utc() -> None:
    tokyo = timezone(timedelta(hours=9))
    instant = datetime(2026, 11, 25, 9, 0, 0, 999_999, tzinfo=tokyo)
    assert whole_second(instant, "at") == datetime(2026, 11, 25, tzinfo=UTC)
    for wrong in (
        datetime(2026, 1, 1),  # noqa: DTZ001 - the point
        datetime(9999, 12, 31, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=tokyo),
    ):
        with pytest.raises(InvalidInput):
            whole_second(wrong, "at")
