"""Rates: the nearest scope wins, a named person beats none, a tie names both, reasons are told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billops_desktop.domain.rates import (
    EntryFacts,
    NoRate,
    Rate,
    RateRule,
    RateTie,
    Scope,
    counted_seconds,
    day_units,
    resolve,
)
from billops_desktop.errors import InvalidInput

DAY = date(2026, 11, 25)
FACTS = EntryFacts(person_id="me", client_id="c", project_id="p", task_id="t", local_on=DAY)
IDS = {"workspace": None, "client": "c", "project": "p", "task": "t"}


def a_rule(scope: str, price: str = "100", **more: Any) -> RateRule:
    told: dict[str, Any] = {
        "id": f"{scope}-{price}",
        "scope": Scope(scope),
        "scope_id": IDS[scope],
        "price": Decimal(price),
        "currency": "EUR",
    }
    return RateRule(**(told | more))


def test_the_nearest_scope_wins_and_a_named_person_beats_none() -> None:
    ladder = [
        a_rule(scope, str(10 + 2 * rank + named), person_id="me" if named else None)
        for rank, scope in enumerate(("workspace", "client", "project", "task"))
        for named in (0, 1)
    ]
    while ladder:
        for order in permutations(ladder[-3:]):
            assert resolve([*ladder[:-3], *order], FACTS).rule_id == ladder[-1].id
        ladder.pop()


@pytest.mark.parametrize(
    "elsewhere",
    [
        a_rule("client", scope_id="other"),
        a_rule("project", scope_id="other"),
        a_rule("task", scope_id="other"),
        a_rule("task", person_id="someone else"),
        a_rule("task", valid_from=date(2026, 11, 26)),
        a_rule("task", valid_to=date(2026, 11, 24)),
        a_rule("task", kind="retainer"),
    ],
)
def test_a_rule_of_something_else_is_not_asked(elsewhere: RateRule) -> None:
    assert resolve([elsewhere, a_rule("workspace", "80")], FACTS).price == 80
    with pytest.raises(NoRate, match="No rate covers 25 Nov 2026"):
        resolve([elsewhere], FACTS)


def test_an_entry_without_a_project_takes_the_rate_of_the_workspace() -> None:
    bare = EntryFacts(local_on=DAY)
    assert resolve([a_rule("project"), a_rule("workspace", "80")], bare).price == 80
    with pytest.raises(NoRate):
        resolve([a_rule("project", scope_id=None)], bare)


def test_validity_is_inclusive_at_both_ends() -> None:
    rule = a_rule("project", valid_from=DAY, valid_to=DAY)
    assert resolve([rule], FACTS).rule_id == rule.id


def test_a_tie_is_an_error_that_names_both() -> None:
    first = a_rule("project", "90", name="Old contract", valid_to=date(2026, 12, 31))
    second = a_rule("project", "95", valid_from=date(2026, 1, 1))
    with pytest.raises(RateTie) as tie:
        resolve([first, second, a_rule("client", "70")], FACTS)
    assert tie.value.rules == (first, second)
    assert "Old contract, 90 EUR per hour, valid to 31 Dec 2026" in tie.value.title
    assert "project rate, 95 EUR per hour, valid from 1 Jan 2026" in tie.value.title


def test_a_price_typed_on_the_entry_beats_all_and_says_so() -> None:
    typed = EntryFacts(local_on=DAY, task_id="t", own_rate=Decimal("12.5"), own_currency="USD")
    rate = resolve([a_rule("task")], typed)
    assert (rate.price, rate.currency, rate.rule_id) == (Decimal("12.5"), "USD", None)
    assert rate.reason == "typed on the entry, 12.5 USD per hour"
    free = EntryFacts(local_on=DAY, own_rate=Decimal(0), own_currency="USD")
    assert resolve([a_rule("workspace")], free).price == 0


def test_a_price_typed_without_a_currency_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no currency"):
        resolve([], EntryFacts(local_on=DAY, own_rate=Decimal(1)))


def test_the_reason_tells_scope_price_person_and_validity() -> None:
    rule = a_rule(
        "task", "800", kind="daily", person_id="me", valid_from=DAY, valid_to=DAY, half_days=True,
        day_seconds=27_000, day_cap_seconds=30_000, pro_rata=False,
    )  # fmt: skip
    rate = resolve([rule], FACTS)
    assert rate.reason == (
        "task rate, 800 EUR per day, for this person, valid from 25 Nov 2026 to 25 Nov 2026"
    )
    assert (rate.kind, rate.day_seconds, rate.half_days) == ("daily", 27_000, True)
    assert (rate.day_cap_seconds, rate.pro_rata) == (30_000, False)


@given(st.permutations([a_rule(scope, str(rank)) for rank, scope in enumerate(IDS)]))
def test_the_order_of_the_rules_changes_nothing(rules: list[RateRule]) -> None:
    assert resolve(rules, FACTS).rule_id == "task-3"


def test_terms_tell_which_prices_are_alike() -> None:
    hourly = Rate(price=Decimal(100), currency="EUR")
    assert hourly.terms == Rate(price=Decimal("100.0"), currency="EUR", day_seconds=1).terms
    assert hourly.terms != Rate(price=Decimal(100), currency="USD").terms
    assert hourly.terms != Rate(price=Decimal(101), currency="EUR").terms
    daily = Rate(price=Decimal(100), currency="EUR", kind="daily")
    half = Rate(price=Decimal(100), currency="EUR", kind="daily", half_days=True)
    assert len({hourly.terms, daily.terms, half.terms}) == 3


def test_days_count_up_to_their_cap() -> None:
    rate = Rate(price=Decimal(800), currency="EUR", kind="daily", day_cap_seconds=28_800)
    assert counted_seconds([36_000, 7_200], rate) == 36_000
    uncapped = Rate(price=Decimal(800), currency="EUR", kind="daily")
    assert counted_seconds([36_000, 7_200], uncapped) == 43_200


@pytest.mark.parametrize(
    ("half_days", "seconds", "units"),
    [
        (True, [1], "0.5"), (True, [14_400], "0.5"), (True, [14_401], "1"), (True, [28_800], "1"),
        (True, [36_000, 3_600], "1.5"), (False, [1], "1"), (False, [28_800, 1], "2"),
        (True, [], "0"),
    ],
)  # fmt: skip
def test_whole_and_half_days_round_each_day_up(
    half_days: bool, seconds: list[int], units: str
) -> None:
    rate = Rate(
        price=Decimal(800), currency="EUR", kind="daily", half_days=half_days, pro_rata=False,
        day_cap_seconds=28_800,
    )  # fmt: skip
    assert day_units(seconds, rate) == Decimal(units)
