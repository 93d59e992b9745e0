"""States and status: the moves the law allows, and what money and dates make of an invoice."""

from __future__ import annotations

from datetime import date

import pytest

from billops_desktop.domain.billing.lifecycle import State, Status, check_move, status_of
from billops_desktop.domain.money import Money
from billops_desktop.errors import Refused

DUE = date(2026, 11, 25)


def test_a_draft_is_issued_and_an_issued_one_cancelled() -> None:
    check_move("draft", "issued")
    check_move(State.ISSUED, State.CANCELLED)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("draft", "cancelled", "draft cannot be cancelled"),
        ("draft", "draft", "draft cannot"),
        ("issued", "draft", "issued invoice cannot be changed"),
        ("issued", "issued", "issued invoice cannot be changed"),
        ("cancelled", "draft", "cancelled invoice cannot be changed"),
        ("cancelled", "issued", "cancelled invoice cannot be changed"),
        ("cancelled", "cancelled", "cancelled invoice cannot be changed"),
    ],
)
def test_every_other_move_is_refused_with_the_way_out(old: str, new: str, said: str) -> None:
    with pytest.raises(Refused, match=said) as refusal:
        check_move(old, new)
    assert refusal.value.hint
    assert refusal.value.field == "state"


@pytest.mark.parametrize(
    ("state", "open_minor", "today", "status"),
    [
        ("draft", 11900, date(2027, 1, 1), Status.DRAFT),
        ("cancelled", 0, DUE, Status.CREDITED),
        ("issued", 11900, DUE, Status.ISSUED),
        ("issued", 5000, DUE, Status.PART_PAID),
        ("issued", 0, DUE, Status.PAID),
        ("issued", -100, date(2027, 1, 1), Status.PAID),
        ("issued", 11900, date(2026, 11, 26), Status.OVERDUE),
        ("issued", 1, date(2026, 11, 26), Status.OVERDUE),
    ],
)
def test_the_status_follows_from_state_money_and_dates(
    state: str, open_minor: int, today: date, status: Status
) -> None:
    found = status_of(state, Money(open_minor, "EUR"), Money(11900, "EUR"), DUE, today)
    assert found is status


def test_without_a_due_date_nothing_is_overdue() -> None:
    owed = Money(100, "EUR")
    assert status_of("issued", owed, owed, None, date(2036, 1, 1)) is Status.ISSUED


def test_a_document_below_zero_is_settled_from_the_other_side() -> None:
    gross = Money(-11900, "EUR")
    assert status_of("issued", gross, gross, None, DUE) is Status.ISSUED
    assert status_of("issued", Money(-1900, "EUR"), gross, None, DUE) is Status.PART_PAID
    assert status_of("issued", Money(0, "EUR"), gross, None, DUE) is Status.PAID
