"""Tests of billops_desktop.cli.output: widths, visible control characters, tables, JSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from billops_desktop.cli.output import (
    Column,
    Table,
    cut,
    hours,
    json_text,
    pairs,
    pick,
    plain,
    shown_width,
    visible,
)
from billops_desktop.domain.money import Money


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("bell\x07", "bell\\x07"),
        ("gnp.\u202eexe", "gnp.\\u202eexe"),
        ("a\u2028b", "a\\u2028b"),
        ("\ufeffmark", "\\ufeffmark"),
        ("\x85\x9b", "\\x85\\x9b"),
        ("\U000e0001", "\\U000e0001"),
        ("two\nlines", "two ↵ lines"),
        ("a\tb", "a    b"),
        ("Größe İı ẞ 客户 👩\u200d💻", "Größe İı ẞ 客户 👩\u200d💻"),
        ("\ud800", "\\ud800"),
    ],
)
def test_what_steers_a_terminal_is_spelled_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_line_breaks_stay_where_they_are_wanted() -> None:
    assert visible("one\ntwo\r", multiline=True) == "one\ntwo\\x0d"


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("abc", 3),
        ("客户", 4),
        ("e\u0301", 1),
        ("👩\u200d💻", 2),
        ("ｗｉｄｅ", 8),
        ("Zähl", 4),
        ("", 0),
    ],
)
def test_width_is_what_the_terminal_shows(text: str, width: int) -> None:
    assert shown_width(text) == width


def test_columns_line_up_with_wide_characters() -> None:
    table = Table([Column("Client"), Column("Total", right=True), Column("Note")])
    table.add("客户公司", "1.00", "x")
    table.add("Acme", "1,450.00", "y")
    assert table.text().split("\n") == [
        "Client       Total  Note",
        "客户公司      1.00  x",
        "Acme      1,450.00  y",
    ]


def test_the_widest_column_gives_way_to_a_narrow_terminal() -> None:
    table = Table([Column("Description"), Column("h", right=True)])
    table.add("A very long description of work", "1:30")
    shown = table.text(width=24).split("\n")
    assert shown[1] == "A very long descr…  1:30"
    assert all(shown_width(line) <= 24 for line in shown)


def test_a_terminal_too_narrow_still_shows_the_start_of_each_cell() -> None:
    table = Table([Column("Description"), Column("Project")])
    table.add("A very long description of work", "Website relaunch")
    assert table.text(width=5).split("\n")[1] == "A very long…  Website rel…"


def test_cutting_never_splits_a_wide_character() -> None:
    assert cut("客户公司", 6) == "客户…"
    assert cut("客户", 4) == "客户"


def test_labels_and_values_stand_in_two_columns() -> None:
    assert pairs([("Name", "Acme"), ("Währung", "EUR\x1b"), ("", "")]) == (
        "Name     Acme\nWährung  EUR\\x1b\n"
    )


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (59, "0:00"), (3725, "1:02"), (360_000, "100:00"), (-3600, "-1:00")],
)
def test_durations_are_hours_and_minutes(seconds: int, shown: str) -> None:
    assert hours(seconds) == shown


def test_values_of_the_trade_become_json() -> None:
    berlin = timezone(timedelta(hours=1))
    assert plain(
        {
            "money": Money(1234, "EUR"),
            "yen": Money(1234, "JPY"),
            "at": datetime(2026, 11, 25, 10, 0, tzinfo=berlin),
            "on": date(2026, 11, 25),
            "price": Decimal("1E+3"),
            "none": None,
            "list": (True, 1, "x"),
        }
    ) == {
        "money": {"amount": "12.34", "currency": "EUR", "minor": 1234},
        "yen": {"amount": "1234", "currency": "JPY", "minor": 1234},
        "at": "2026-11-25T09:00:00Z",
        "on": "2026-11-25",
        "price": "1000",
        "none": None,
        "list": [True, 1, "x"],
    }


def test_only_the_promised_keys_leave() -> None:
    assert pick(Money(5, "EUR"), ("currency",)) == {"currency": "EUR"}


def test_json_holds_no_character_that_steers_a_terminal() -> None:
    hostile = {"text": "Ü \x1b[0m \x7f \x9b \u202e \u2028 \ud800 客"}
    text = json_text(hostile)
    assert json.loads(text) == hostile
    assert visible(text) == text
    assert "客" in text
    assert "Ü" in text


def test_json_of_instants_is_utc() -> None:
    assert json_text({"at": datetime(2026, 1, 1, tzinfo=UTC)}) == '{"at": "2026-01-01T00:00:00Z"}'
