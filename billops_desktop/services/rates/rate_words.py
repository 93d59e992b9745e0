"""The price of time in words, alike in every list: €95.00/h, €1,200.00/day."""

from __future__ import annotations

from decimal import Decimal

from billops_desktop.domain.money import Money
from billops_desktop.domain.rates import DAILY
from billops_desktop.i18n import _, format_decimal, format_money


def rate_label(price: Decimal, currency: str, kind: str) -> str:
    """Return the price of an hour or a day as the language writes it; no digit is lost."""
    money = Money.of(price, currency)
    amount = format_money(money)
    if money.decimal != price:
        amount = f"{format_decimal(price)} {currency}"
    words = _("{amount}/day") if kind == DAILY else _("{amount}/h")
    return words.format(amount=amount)
