"""Grouping: every entry on one line, seconds kept, unlike rates, currencies and taxes apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billops_desktop.domain.billing.grouping import BillableEntry, Grouping, GroupingWords, group
from billops_desktop.domain.billing.invoice import line_net
from billops_desktop.domain.money import Money
from billops_desktop.domain.rates import Rate
from billops_desktop.domain.tax import Category, TaxGroup

S19 = TaxGroup(Category.STANDARD, Decimal(19))
AE = TaxGroup(Category.REVERSE_CHARGE, Decimal(0))
HOURLY = Rate(price=Decimal(100), currency="EUR")
NAMES = {"a": "Anna", "b": "Ben", "web": "Website", "app": "App", "dev": "Development", "": ""}


def an_entry(name: str, day: int = 25, seconds: int = 1200, **more: Any) -> BillableEntry:
    told: dict[str, Any] = {
        "id": name,
        "local_on": date(2026, 11, day),
        "seconds": seconds,
        "rate": HOURLY,
        "group": S19,
        "person_id": "a",
        "project_id": "web",
        "task_id": "dev",
    }
    told |= more
    for kind in ("person", "project", "task"):
        told[f"{kind}_name"] = NAMES[told[f"{kind}_id"] or ""]
    return BillableEntry(**told)


ENTRIES = [
    an_entry("1", 25, description="Login"),
    an_entry("2", 24, person_id="b", description="Login"),
    an_entry("3", 26, project_id="app", description="Icons"),
    an_entry("4", 30, task_id=None),
]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("entry", [("Login", "2"), ("Login", "1"), ("Icons", "3"), ("Website", "4")]),
        ("task", [("App – Development", "3"), ("Website", "4"), ("Website – Development", "12")]),
        ("project", [("App", "3"), ("Website", "124")]),
        ("person", [("Anna", "134"), ("Ben", "2")]),
        ("day", [("2026-11-24", "2"), ("2026-11-25", "1"), ("2026-11-26", "3"),
                 ("2026-11-30", "4")]),
        ("week", [("2026-11-23 – 2026-11-29", "123"), ("2026-11-30 – 2026-12-06", "4")]),
        ("month", [("2026-11", "1234")]),
        ("project_person", [("App, Anna", "3"), ("Website, Anna", "14"), ("Website, Ben", "2")]),
        ("task_person", [("App – Development, Anna", "3"), ("Website, Anna", "4"),
                         ("Website – Development, Anna", "1"),
                         ("Website – Development, Ben", "2")]),
        ("all", [("Services", "1234")]),
    ],
)  # fmt: skip
def test_lines_of_each_grouping(by: str, expected: list[tuple[str, str]]) -> None:
    lines = group(ENTRIES, by)
    assert [(line.description, "".join(line.entry_ids)) for line in lines] == expected


def test_details_tell_what_was_done_once_each_and_the_day_of_a_single_entry() -> None:
    assert group(ENTRIES, "all")[0].details == "Login; Icons"
    assert group(ENTRIES, "entry")[0].details == "2026-11-24"
    many = [an_entry(str(number), description=f"Step {number}") for number in range(20)]
    assert group(many, "all")[0].details.split("; ")[-2:] == ["Step 11", "…"]


def test_an_entry_without_any_name_is_still_worded() -> None:
    bare = an_entry("1", person_id="", project_id=None, task_id=None)
    assert [
        group([bare], by)[0].description for by in Grouping if by not in {"day", "week", "month"}
    ] == ["Services"] * 7


def test_the_words_are_those_of_the_invoice() -> None:
    words = GroupingWords(
        day=lambda day: f"{day:%d.%m.%Y}",
        week=lambda first, _last: f"KW {first.isocalendar().week}",
        month=lambda first: f"{first:%m/%Y}",
        everything="Leistungen",
        first_weekday=7,
    )
    assert group(ENTRIES, "day", words)[0].description == "24.11.2026"
    assert [line.description for line in group(ENTRIES, "week", words)] == ["KW 47", "KW 48"]
    assert group(ENTRIES, "month", words)[0].description == "11/2026"
    assert group(ENTRIES, "all", words)[0].description == "Leistungen"


def test_unlike_rates_currencies_and_taxes_never_merge() -> None:
    entries = [
        an_entry("1"),
        an_entry("2", rate=Rate(price=Decimal(120), currency="EUR")),
        an_entry("3", rate=Rate(price=Decimal(100), currency="USD")),
        an_entry("4", group=AE),
        an_entry("5", rate=Rate(price=Decimal("100.00"), currency="EUR", rule_id="another")),
    ]
    for by in Grouping:
        lines = group(entries, by)
        assert len(lines) == (5 if by == "entry" else 4)
        for line in lines:
            members = [one for one in entries if one.id in line.entry_ids]
            assert {(one.rate.terms, one.group) for one in members} == {
                (line.rate.terms, line.group)
            }


def test_a_line_of_one_project_names_it() -> None:
    assert group(ENTRIES, "project")[1].project_id == "web"
    assert group(ENTRIES, "all")[0].project_id is None


def test_three_times_twenty_minutes_are_an_hour_on_one_line() -> None:
    entries = [an_entry(name) for name in "123"]
    assert sum(line_net(one.line, "EUR").minor for one in group(entries, "entry")) == 9999
    assert line_net(group(entries, "all")[0].line, "EUR") == Money(10000, "EUR")


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({}, (Decimal(43_200), "SEC", Decimal(28_800))),
        ({"day_cap_seconds": 28_800}, (Decimal(36_000), "SEC", Decimal(28_800))),
        ({"half_days": True}, (Decimal(2), "DAY", Decimal(1))),
        ({"pro_rata": False}, (Decimal(3), "DAY", Decimal(1))),
    ],
)
def test_daily_prices_count_each_persons_days(
    terms: dict[str, Any], expected: tuple[Decimal, str, Decimal]
) -> None:
    daily = Rate(price=Decimal(800), currency="EUR", kind="daily", **terms)
    entries = [
        an_entry("1", 24, 18_000, rate=daily),
        an_entry("2", 24, 18_000, rate=daily),
        an_entry("3", 25, 7_200, rate=daily),
    ]
    line = group(entries, "all")[0]
    assert (line.quantity, line.unit, line.base_quantity) == expected
    assert line.seconds == 43_200
    assert line.line.unit == expected[1]


def test_the_days_of_two_people_are_not_one_day() -> None:
    daily = Rate(
        price=Decimal(800), currency="EUR", kind="daily", day_cap_seconds=28_800, pro_rata=False
    )
    entries = [an_entry(name, 24, 18_000, rate=daily, person_id=name) for name in "ab"]
    assert group(entries, "all")[0].quantity == 2


@given(
    st.lists(
        st.builds(
            an_entry,
            st.uuids().map(str),
            st.integers(1, 30),
            st.integers(0, 40_000),
            person_id=st.sampled_from("ab"),
            project_id=st.sampled_from(["web", "app", None]),
            task_id=st.sampled_from(["dev", None]),
            rate=st.sampled_from([HOURLY, Rate(price=Decimal(90), currency="EUR")]),
            group=st.sampled_from([S19, AE]),
        ),
        max_size=15,
        unique_by=lambda entry: entry.id,
    ),
    st.sampled_from(Grouping),
)
def test_grouping_preserves_the_billed_seconds(entries: list[BillableEntry], by: Grouping) -> None:
    lines = group(entries, by)
    assert sum(line.seconds for line in lines) == sum(entry.seconds for entry in entries)
    told = [name for line in lines for name in line.entry_ids]
    assert sorted(told) == sorted(entry.id for entry in entries)
    assert all(line.quantity == line.seconds for line in lines)
    assert lines == group(entries, by)
