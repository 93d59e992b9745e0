"""A rate in words: its price with all its digits, and when it holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from billops_desktop.domain.rates import Scope
from billops_desktop.services.rates.rate_book import RuleRow
from billops_desktop.ui.views.directory.rate_lines import price_words, validity_words


def rule(
    price: str = "120",
    kind: str = "hourly",
    start: date | None = None,
    end: date | None = None,
) -> RuleRow:
    return RuleRow(
        id="1",
        scope=Scope.CLIENT,
        scope_name="Acme",
        person_id=None,
        kind=kind,
        price=Decimal(price),
        currency="EUR",
        valid_from=start,
        valid_to=end,
    )


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (rule(), "€120.00 per hour"),
        (rule("800", "daily"), "€800.00 per day"),
        (rule("99.125"), "99.125 EUR per hour"),
    ],
)
def test_prices(made: RuleRow, words: str) -> None:
    assert price_words(made) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, None, "always"),
        (date(2026, 1, 1), None, "since 1 Jan 2026"),
        (None, date(2026, 12, 31), "until 31 Dec 2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "1 Jan 2026 to 31 Dec 2026"),
    ],
)
def test_validity(start: date | None, end: date | None, words: str) -> None:
    assert validity_words(rule(start=start, end=end)) == words
