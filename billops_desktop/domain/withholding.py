"""What is counted beside an invoice's own totals: withholding, tax in a second currency."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from billops_desktop.domain.money import Money


def withheld(net: Money, percent: Decimal) -> Money:
    """Return what the client keeps back for the tax office (IRPF, ritenuta), on the net.

    >>> withheld(Money(100000, "EUR"), Decimal(15)).minor
    15000
    """
    return net.percent(percent)


def tax_in_currency(tax: Money, units_per_one: Decimal, currency: str) -> Money:
    """Return the tax in the accounting currency (BT-111), rounded once from the invoice's tax.

    ``units_per_one`` is how many units of the invoice currency one unit of ``currency`` buys.

    >>> tax_in_currency(Money(61750, "USD"), Decimal("1.0832"), "EUR").minor
    57007
    """
    return Money.of(Fraction(tax.decimal) / Fraction(units_per_one), currency)
