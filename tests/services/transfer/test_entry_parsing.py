"""Rows read strictly: no guess about dates, clocks or lengths."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billops_desktop.errors import InvalidInput
from billops_desktop.services.transfer.csv_text import CsvRecord
from billops_desktop.services.transfer.entry_parsing import (
    EntryParser,
    ImportRowProblem,
    ParsedEntry,
    ParsingRules,
    day_comes_first,
)

RULES = ParsingRules(zone="Europe/Berlin", today=date(2026, 11, 25))


def record(*cells: str) -> CsvRecord:
    return CsvRecord(2, ",".join(cells), list(cells))


def parsed(header: str, *cells: str) -> ParsedEntry:
    found = EntryParser(record(*header.split(",")), RULES).parse(record(*cells))
    assert isinstance(found, ParsedEntry), found
    return found


def problem(header: str, *cells: str) -> ImportRowProblem:
    found = EntryParser(record(*header.split(",")), RULES).parse(record(*cells))
    assert isinstance(found, ImportRowProblem), found
    return found


@pytest.mark.parametrize(
    ("header", "cells", "start", "seconds"),
    [
        ("start,end", ("2026-11-25T09:00:00+01:00", "2026-11-25T09:30Z"), "08:00", 5400),
        ("start,end", ("2026-11-25 09:00", "2026-11-25 10:00"), "08:00", 3600),
        ("date,from,to", ("25.11.2026", "9:00", "9:20:30"), "08:00", 1230),
        ("Start date,Start time,Duration", ("2026-11-25", "10:00:00", "1:30:15"), "09:00", 5415),
        ("date,hours", ("25/11/2026", "7,5"), "08:00", 27_000),
        ("date,hours", ("11/25/2026", "0.25"), "08:00", 900),
        ("Datum,Von,Bis", ("25.11.2026", "23:00", "1:00"), "22:00", 7200),
        (
            "start date,start time,end date,end time",
            ("2026-11-25", "23:00", "2026-11-27", "1:00"),
            "22:00",
            93_600,
        ),
    ],
)
def test_ways_to_write_time(header: str, cells: tuple[str, ...], start: str, seconds: int) -> None:
    found = parsed(header, *cells)
    assert f"{found.started_at:%H:%M}" == start
    assert (found.ended_at - found.started_at).total_seconds() == seconds
    assert found.local_on == date(2026, 11, 25)


def test_a_row_without_an_id_is_known_again_and_twins_are_two() -> None:
    parser = EntryParser(record("date", "hours", "start"), RULES)
    rows = [parser.parse(record("2026-11-25", "1", "9:00")) for _time in range(2)]
    again = EntryParser(record("date", "hours", "start"), RULES)
    marks = [row.external_id for row in rows if isinstance(row, ParsedEntry)]
    assert len(set(marks)) == 2
    first = again.parse(record("2026-11-25", "1", "9:00"))
    assert isinstance(first, ParsedEntry)
    assert (first.external_source, first.external_id) == ("csv", marks[0])


def test_other_columns() -> None:
    found = parsed(
        "date,hours,rate,billable,source,zone",
        "2026-11-25",
        "1",
        "95.5",
        "Ja",
        "timer",
        "Asia/Tokyo",
    )
    assert (found.rate, found.billable, found.source) == (Decimal("95.5"), True, "timer")
    assert found.started_at == datetime.fromisoformat("2026-11-25T00:00Z")


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("date,hours", ("2026-11-25", "-1"), "duration"),
        ("date,hours", ("2026-11-25", "1e5"), "duration"),
        ("date,hours", ("2026-11-25", "NaN"), "duration"),
        ("date,hours", ("2026-11-25",), "end"),
        ("date,hours,rate", ("2026-11-25", "1", "1.1234567"), "rate"),
        ("date,hours,rate", ("2026-11-25", "1", "inf"), "rate"),
        ("date,hours,break_seconds", ("2026-11-25", "1", "3601"), "break_seconds"),
        ("date,hours,break_seconds", ("2026-11-25", "1", "١"), "break_seconds"),
        ("date,hours,zone", ("2026-11-25", "1", "Mars"), "zone"),
        ("start,end", ("2026-11-25T99:00", "2026-11-25T10:00"), "start"),
        ("start,end", ("2026-11-25 10:00", "2026-11-25 09:00"), "ended_at"),
        ("date,start,end", ("2026-11-25", "23:59:60", "1:00"), "start"),
        ("date,start,end", ("2026-11-25", "10:00", "9:00"), "end"),
        ("date,hours,client", ("2026-11-25", "1", "x" * 300), "client"),
    ],
)
def test_what_is_not_read(header: str, cells: tuple[str, ...], field: str) -> None:
    assert problem(header, *cells).field == field


def test_a_problem_shows_eighty_visible_characters() -> None:
    found = problem("date,hours,description", "2026-11-25", "1", "\x1b" + "x" * 100)
    assert found.value == "�" + "x" * 79


def test_the_order_of_slashed_dates() -> None:
    assert day_comes_first(["01/02/2026", "25/12/2026"]) is True
    assert day_comes_first(["01/02/2026", "12/25/2026"]) is False
    assert day_comes_first(["01/02/2026", "2026-01-13"]) is None


def test_a_header_names_time_once() -> None:
    for header in (("a", "b"), ("date",), ("start", "begin", "end")):
        with pytest.raises(InvalidInput):
            EntryParser(record(*header), RULES)


@given(st.lists(st.text(max_size=30), max_size=8))
def test_no_row_breaks_the_parser(cells: list[str]) -> None:
    header = record("date", "start", "end", "hours", "rate", "zone", "billable", "description")
    found = EntryParser(header, RULES).parse(record(*cells))
    assert isinstance(found, ParsedEntry | ImportRowProblem)


def test_a_row_with_more_fields_than_the_header_is_rejected() -> None:
    found = problem("date,hours", "2026-11-25", "1", "and more")
    assert (found.field, found.value, found.reason) == (
        "",
        "and more",
        "It has more fields than the first line.",
    )
    assert parsed("date,hours", "2026-11-25", "1", "", " ").description == ""


@pytest.mark.parametrize("typed", ["95,500", "1.500"])
def test_a_rate_that_can_mean_two_amounts_is_asked_for(typed: str) -> None:
    found = problem("date,hours,rate", "2026-11-25", "1", typed)
    assert (found.field, "can mean" in found.reason) == ("rate", True)


def test_our_own_files_write_a_point_before_the_decimals() -> None:
    header = "date,hours,rate,break_seconds,external_source,external_id"
    assert parsed(header, "2026-11-25", "1", "95.500", "", "", "").rate == Decimal("95.5")


def test_decimal_hours_are_rounded_to_the_second() -> None:
    found = parsed("date,hours", "2026-11-25", "0.3333")
    assert (found.ended_at - found.started_at).seconds == 1200


def mark(zone: str, header: str, *cells: str) -> str:
    rules = ParsingRules(zone=zone, today=date(2026, 11, 25))
    found = EntryParser(record(*header.split(",")), rules).parse(record(*cells))
    assert isinstance(found, ParsedEntry)
    return found.external_id


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("date,start,end", ("2026-11-25", "9:00", "10:00")),
        ("start,end", ("2026-11-25 09:00", "2026-11-25 10:00")),
        ("date,hours", ("2026-11-25", "1")),
        ("start,end", ("2026-11-25T09:00+00:00", "2026-11-25T10:00+00:00")),
        ("date,start,end,zone", ("2026-11-25", "9:00", "10:00", "Asia/Tokyo")),
    ],
)
def test_a_row_is_told_again_in_another_zone(header: str, cells: tuple[str, ...]) -> None:
    assert mark("America/New_York", header, *cells) == mark("Europe/Berlin", header, *cells)


def test_rows_of_other_times_are_other_rows() -> None:
    header = "date,start,end"
    ends = ("10:00", "10:01")
    assert len({mark("Europe/Berlin", header, "2026-11-25", "9:00", end) for end in ends}) == 2
