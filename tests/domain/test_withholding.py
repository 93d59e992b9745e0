"""Beside the totals: withholding on the net, tax in a second currency."""

from __future__ import annotations

from decimal import Decimal

from billops_desktop.domain.money import Money
from billops_desktop.domain.withholding import tax_in_currency, withheld


def test_withholding_is_on_the_net_and_rounded_half_up() -> None:
    assert withheld(Money(100010, "EUR"), Decimal(15)) == Money(15002, "EUR")


def test_tax_in_the_accounting_currency_is_divided_and_rounded_once() -> None:
    assert tax_in_currency(Money(61750, "USD"), Decimal("1.0832"), "EUR") == Money(57007, "EUR")
    assert tax_in_currency(Money(100, "USD"), Decimal("0.0065"), "JPY") == Money(154, "JPY")
