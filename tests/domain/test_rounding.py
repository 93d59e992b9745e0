"""Rounding policies: each way of rounding, what is rounded together, sums kept to the second."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billops_desktop.domain.rounding import (
    APPLIES_TO,
    MODES,
    UNROUNDED,
    RoundingPolicy,
    TrackedTime,
    bill,
    billed_seconds,
    round_seconds,
)
from billops_desktop.errors import InvalidInput

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("seconds", "mode", "rounded"),
    [
        (0, "up", 0), (1, "up", 900), (900, "up", 900), (901, "up", 1800),
        (899, "down", 0), (900, "down", 900),
        (449, "nearest", 0), (450, "nearest", 900), (1349, "nearest", 900), (1350, "nearest", 1800),
        (451, "none", 451),
    ],
)  # fmt: skip
def test_seconds_are_rounded_to_the_step(seconds: int, mode: str, rounded: int) -> None:
    assert round_seconds(seconds, 900, mode) == rounded


def test_without_a_policy_every_second_counts_as_tracked() -> None:
    assert billed_seconds(1234, UNROUNDED) == 1234


@pytest.mark.parametrize(
    ("seconds", "policy", "billed"),
    [
        (180, RoundingPolicy(900, "up", minimum_seconds=600), 900),
        (180, RoundingPolicy(900, "none", minimum_seconds=600), 600),
        (180, RoundingPolicy(3600, "down", minimum_seconds=600), 600),
        (1200, RoundingPolicy(900, "up", minimum_seconds=600), 1800),
        (0, RoundingPolicy(900, "up", minimum_seconds=600), 0),
    ],
)
def test_the_minimum_holds_for_an_entry_that_lasted(
    seconds: int, policy: RoundingPolicy, billed: int
) -> None:
    assert billed_seconds(seconds, policy) == billed


def tracked(seconds: int, day: int = 0, task: str = "t", line: str = "") -> TrackedTime:
    return TrackedTime(seconds, MONDAY + timedelta(days=day), "p", "project", task, line)


def test_rounding_each_entry_bills_each_alone() -> None:
    policy = RoundingPolicy(900, "up", "entry")
    assert bill([tracked(60), tracked(60)], policy) == (900, 900)


def test_rounding_by_day_and_task_rounds_their_sum() -> None:
    entries = [tracked(300), tracked(300), tracked(300, day=1), tracked(300, task="other")]
    assert bill(entries, RoundingPolicy(900, "up", "day_task")) == (450, 450, 900, 900)


def test_rounding_by_line_and_total_rounds_their_sums() -> None:
    entries = [tracked(300, line="a"), tracked(600, day=1, line="a"), tracked(300, line="b")]
    assert bill(entries, RoundingPolicy(3600, "up", "line")) == (1200, 2400, 3600)
    assert bill(entries, RoundingPolicy(3600, "up", "total")) == (900, 1800, 900)


def test_entries_of_no_length_bill_nothing() -> None:
    policy = RoundingPolicy(900, "up", "total", minimum_seconds=600)
    assert bill([tracked(0), tracked(0)], policy) == (0, 0)
    assert bill([], policy) == ()


@given(
    st.lists(
        st.builds(
            tracked,
            st.integers(0, 30_000),
            st.integers(0, 2),
            st.sampled_from("ab"),
            st.sampled_from("xy"),
        ),
        max_size=12,
    ),
    st.builds(
        RoundingPolicy,
        st.sampled_from([1, 60, 360, 900, 3600]),
        st.sampled_from(MODES),
        st.sampled_from(APPLIES_TO),
        st.sampled_from([0, 300]),
    ),
)
def test_the_parts_are_exactly_the_rounded_sum(
    entries: list[TrackedTime], policy: RoundingPolicy
) -> None:
    billed = bill(entries, policy)
    assert len(billed) == len(entries)
    assert all(part >= 0 for part in billed)
    assert billed == bill(entries, policy)
    if policy.applies_to == "total" and not policy.minimum_seconds:
        whole = sum(entry.seconds for entry in entries)
        assert sum(billed) == round_seconds(whole, policy.step_seconds, policy.mode)
    if policy.applies_to == "entry":
        assert billed == tuple(billed_seconds(entry.seconds, policy) for entry in entries)
    if policy.mode == "none" and not policy.minimum_seconds:
        assert billed == tuple(entry.seconds for entry in entries)


@given(st.integers(0, 100_000), st.sampled_from([60, 900]), st.sampled_from(MODES))
def test_rounding_twice_is_rounding_once(seconds: int, step: int, mode: str) -> None:
    once = round_seconds(seconds, step, mode)
    assert round_seconds(once, step, mode) == once
    assert abs(once - seconds) < step


@pytest.mark.parametrize(
    ("given_policy", "field"),
    [
        ({"mode": "sideways"}, "mode"),
        ({"applies_to": "year"}, "applies_to"),
        ({"step_seconds": 0}, "step_seconds"),
        ({"minimum_seconds": -1}, "minimum_seconds"),
    ],
)
def test_a_policy_that_cannot_be_is_refused(given_policy: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        RoundingPolicy(**given_policy)  # type: ignore[arg-type]  # one wrong argument at a time
    assert refusal.value.field == field
