"""What time is worth: exact, per unit of work read once, silent where no rate holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billops_desktop.domain.money import Money
from billops_desktop.domain.rates import EntryFacts, NoRate, Rate, RateRule, RateTie, Scope
from billops_desktop.services.rates import rate_book
from billops_desktop.services.rates.pricing import RateBook, exact_worth, worth
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.unit_of_work import UnitOfWork
from tests.support.factories import set_rate

FACTS = EntryFacts(project_id="p", local_on=date(2026, 11, 25))


def rule(price: int, **more: Any) -> RateRule:
    values = {
        "id": str(price),
        "scope": Scope.WORKSPACE,
        "price": Decimal(price),
        "currency": "EUR",
    }
    return RateRule(**{**values, **more})


def test_hours_and_days() -> None:
    hourly = Rate(price=Decimal("99.99"), currency="EUR")
    assert worth(hourly, 1) == Money(3, "EUR")
    assert worth(hourly, 3600 * 3) == Money(29997, "EUR")
    daily = Rate(price=Decimal(800), currency="JPY", kind="daily", day_seconds=28_800)
    assert worth(daily, 14_400) == Money(400, "JPY")


def test_a_tie_and_a_missing_rate_show_no_amount_but_speak_when_asked() -> None:
    tied = RateBook([rule(90), rule(100)], "EUR")
    assert tied.value(FACTS, 3600) is None
    with pytest.raises(RateTie):
        tied.resolve(FACTS)
    with pytest.raises(NoRate):
        RateBook([rule(90, scope=Scope.PROJECT, scope_id="q")], "EUR").resolve(FACTS)


def test_a_typed_price_takes_the_base_currency_where_no_project_names_one() -> None:
    typed = EntryFacts(local_on=FACTS.local_on, own_rate=Decimal(7))
    assert RateBook([], "CHF").value(typed, 3600) == Money(700, "CHF")


def test_the_book_is_read_once_and_again_after_a_change(workspace: Workspace) -> None:
    set_rate(workspace, "90")

    def twice(work: UnitOfWork) -> tuple[bool, Money | None]:
        first = RateBook.of(work)
        same = RateBook.of(work) is first
        rate_book.set_rate(work, rate_book.NewRule(price=Decimal(120), currency="EUR"))
        return same, RateBook.of(work).value(FACTS, 3600)

    assert workspace.execute(twice) == (True, Money(12000, "EUR"))


def test_a_stretch_without_a_turn_has_one_price() -> None:
    book = RateBook(
        [
            rule(90, valid_to=date(2026, 6, 30)),
            rule(100, valid_from=date(2026, 7, 1)),
        ],
        "EUR",
    )
    assert book.period(date(2026, 6, 30)) == date.min
    assert book.period(date(2026, 12, 1)) == date(2026, 7, 1)
    for on, price in ((date(2026, 6, 30), 90), (date(2026, 7, 1), 100), (date(2030, 1, 1), 100)):
        rate = book.rate(EntryFacts(local_on=on))
        assert rate is not None
        assert rate.price == price


@given(
    st.integers(0, 10**7),
    st.decimals(0, 10**6, places=6),
    st.sampled_from(["EUR", "JPY", "KWD"]),
    st.sampled_from(["hourly", "daily"]),
)
def test_the_quick_way_is_the_exact_one(
    seconds: int, price: Decimal, currency: str, kind: str
) -> None:
    rate = Rate(price=price, currency=currency, kind=kind)
    assert worth(rate, seconds) == Money.of(exact_worth(rate, seconds), currency)
