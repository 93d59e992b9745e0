"""Cash discounts in terms of payment: read where they are plain, never guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from billops_desktop.domain.billing.cash_discount import (
    CashDiscount,
    cash_discounts,
    taken_in_time,
)
from billops_desktop.domain.money import Money

ISSUED = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("terms", "granted"),
    [
        ("2 % discount if paid within 10 days", [("2", 10)]),
        ("Payable in 30 days. 2.5% cash discount within 7 days.", [("2.5", 7)]),
        ("3 % Skonto bei Zahlung in 7 Tagen, 30 Tage netto", [("3", 7)]),
        ("Bei Zahlung innerhalb von 14 Tagen 2,25 % Skonto.", [("2.25", 14)]),
        ("3% Skonto 7 Tage; 2% Skonto 14 Tage\n30 Tage netto", [("3", 7), ("2", 14)]),
        ("1 % d’escompte sous 8 jours", [("1", 8)]),
        ("2/10 net 30", [("2", 10)]),
        ("#SKONTO#TAGE=7#PROZENT=3.00#\n#SKONTO#TAGE=14#PROZENT=2.00#\n", [("3", 7), ("2", 14)]),
        ("", []),
        ("Net 30 days", []),
        ("Pas d’escompte pour paiement sous 10 jours, 10 % de pénalité", []),
        ("No discount of 2 % within 10 days", []),
        ("Ohne Skonto: 2 % in 10 Tagen", []),
        ("9 % late interest after 30 days", []),
        ("Discount 2 % within 10 days or 3 % within 5 days", []),
        ("60 % discount within 10 days", []),
        ("0 % discount within 10 days", []),
        ("discount of 102 % within 10 days", []),
    ],
)
def test_what_terms_grant(terms: str, granted: list[tuple[str, int]]) -> None:
    expected = [CashDiscount(Decimal(percent), days) for percent, days in granted]
    assert [*cash_discounts(terms)] == expected


def test_the_best_term_that_is_kept_counts_to_its_last_day() -> None:
    terms = "3% Skonto 7 Tage; 2% Skonto 14 Tage"
    gross = Money(11_905, "EUR")

    def taken(received_on: date) -> int | None:
        found = taken_in_time(terms, gross, issue_on=ISSUED, received_on=received_on)
        return None if found is None else found.minor

    assert taken(date(2026, 12, 2)) == 357
    assert taken(date(2026, 12, 3)) == 238
    assert taken(date(2026, 12, 9)) == 238
    assert taken(date(2026, 12, 10)) is None
