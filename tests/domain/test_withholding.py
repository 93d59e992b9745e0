"""Beside the totals: withholding on the net, tax in a second currency, discount for early pay."""

from __future__ import annotations

from decimal import Decimal

from billops_desktop.domain.money import Money
from billops_desktop.domain.withholding import cash_discount, tax_in_currency, withheld


def test_withholding_is_on_the_net_and_rounded_half_up() -> None:
    assert withheld(Money(100010, "EUR"), Decimal(15)) == Money(15002, "EUR")


def test_tax_in_the_accounting_currency_is_divided_and_rounded_once() -> None:
    assert tax_in_currency(Money(61750, "USD"), Decimal("1.0832"), "EUR") == Money(57007, "EUR")
    assert tax_in_currency(Money(100, "USD"), Decimal("0.0065"), "JPY") == Money(154, "JPY")


def test_discount_and_what_is_paid_are_the_whole() -> None:
    offer = cash_discount(Money(119025, "EUR"), Decimal(2))
    assert offer.discount == Money(2381, "EUR")
    assert offer.pay + offer.discount == Money(119025, "EUR")
