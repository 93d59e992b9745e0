"""What is paid beside the invoice's own totals: withholding, tax in a second currency, Skonto."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from billops_desktop.domain.money import Money
from billops_desktop.values import dataclass


@dataclass(frozen=True, slots=True)
class CashDiscount:
    """A discount for early payment: what is paid within the term, and what is saved."""

    pay: Money
    discount: Money


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


def cash_discount(gross: Money, percent: Decimal) -> CashDiscount:
    """Return what is paid within the discount term; no total of the invoice changes (BR-DE-18).

    >>> cash_discount(Money(119000, "EUR"), Decimal(2)).pay.minor
    116620
    """
    discount = gross.percent(percent)
    return CashDiscount(gross - discount, discount)
