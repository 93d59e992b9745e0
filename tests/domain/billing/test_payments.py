"""Payments: oldest first, the rest as credit, never more than payment or invoice hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billops_desktop.domain.billing.payments import (
    OpenInvoice,
    allocate,
    balance,
    days_late,
)
from billops_desktop.domain.money import CurrencyMismatch, Money
from billops_desktop.errors import InvalidInput

DAY = date(2026, 11, 25)


def euro(minor: int) -> Money:
    return Money(minor, "EUR")


def test_the_balance_is_what_neither_money_nor_credit_covers() -> None:
    assert balance(euro(11900), euro(5000), euro(900)) == euro(6000)
    assert balance(euro(100), euro(150), euro(0)) == euro(-50)


def test_the_oldest_due_is_settled_first_and_no_due_date_last() -> None:
    waiting = [
        ("none", None, euro(100)),
        ("new", DAY, euro(100)),
        ("old", DAY - timedelta(days=30), euro(100)),
        ("settled", DAY - timedelta(days=60), euro(0)),
        ("overpaid", DAY - timedelta(days=60), euro(-50)),
    ]
    settled = allocate(euro(250), waiting)
    assert settled.parts == (("old", euro(100)), ("new", euro(100)), ("none", euro(50)))
    assert settled.credit == euro(0)


def test_invoices_of_one_day_are_settled_in_the_order_of_their_ids() -> None:
    waiting = [OpenInvoice("b", DAY, euro(100)), OpenInvoice("a", DAY, euro(100))]
    assert allocate(euro(150), waiting).parts == (("a", euro(100)), ("b", euro(50)))


def test_too_much_is_credit_of_the_client() -> None:
    assert allocate(euro(150), [OpenInvoice("a", DAY, euro(100))]).credit == euro(50)
    assert allocate(euro(150), []).credit == euro(150)


@pytest.mark.parametrize("minor", [0, -1])
def test_a_payment_of_nothing_is_refused(minor: int) -> None:
    with pytest.raises(InvalidInput, match="above zero") as refusal:
        allocate(euro(minor), [])
    assert refusal.value.field == "amount"


def test_another_currency_is_never_allocated() -> None:
    with pytest.raises(CurrencyMismatch):
        allocate(euro(100), [OpenInvoice("a", DAY, Money(100, "USD"))])


@given(
    st.integers(1, 10**7),
    st.lists(
        st.tuples(
            st.uuids().map(str),
            st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
            st.integers(-1000, 10**6).map(euro),
        ),
        max_size=8,
        unique_by=lambda one: one[0],
    ),
)
def test_every_part_is_within_its_payment_and_its_invoice(
    minor: int, waiting: list[tuple[str, date | None, Money]]
) -> None:
    settled = allocate(euro(minor), waiting)
    owed = {name: amount for name, _, amount in waiting}
    assert all(euro(0) < part <= owed[name] for name, part in settled.parts)
    assert Money.sum((part for _, part in settled.parts), "EUR") + settled.credit == euro(minor)
    if settled.credit:
        assert all(
            dict(settled.parts).get(name) == due for name, due in owed.items() if due > euro(0)
        )


@pytest.mark.parametrize(
    ("due_on", "days"),
    [(DAY, 0), (DAY - timedelta(days=1), 1), (DAY + timedelta(days=1), 0), (None, 0)],
)
def test_days_late_count_from_the_day_after_the_due_date(due_on: date | None, days: int) -> None:
    assert days_late(due_on, DAY) == days
