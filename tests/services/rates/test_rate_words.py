"""Tests of billops_desktop.services.rates.rate_words: by locale, by the hour or day, all digits."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from billops_desktop.i18n import use_language
from billops_desktop.services.rates.rate_words import rate_label


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("en")


def test_prices_are_written_as_money_by_locale() -> None:
    assert rate_label(Decimal(115), "EUR", "hourly") == "€115.00/h"
    assert rate_label(Decimal("95.125"), "EUR", "hourly") == "95.125 EUR/h"
    assert rate_label(Decimal(1200), "GBP", "daily") == "£1,200.00/day"
    use_language("de")
    assert rate_label(Decimal("95.5"), "EUR", "hourly").startswith("95,50\xa0€")
