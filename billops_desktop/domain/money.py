"""Money: whole numbers of the smallest unit, half-up rounding, allocation without a lost cent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from billops_desktop.domain.quoting import quoted
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _, worded
from billops_desktop.values import dataclass

# ISO 4217, active codes by their number of decimals.
_BY_DECIMALS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD "
        "CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP "
        "GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD "
        "LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB "
        "PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC "
        "SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW "
        "ZWG"
    ),
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
CURRENCIES: Mapping[str, int] = MappingProxyType(
    {code: decimals for decimals, codes in _BY_DECIMALS.items() for code in codes.split()}
)


class CurrencyMismatch(ValueError):
    """Two amounts of unlike currencies met in one sum or comparison."""


def decimals_of(currency: str) -> int:
    """Return how many decimals a currency has; InvalidInput for a code ISO 4217 does not list.

    >>> decimals_of("EUR"), decimals_of("JPY"), decimals_of("KWD")
    (2, 0, 3)
    """
    try:
        return CURRENCIES[currency]
    except KeyError:
        raise InvalidInput(
            worded("{text} is not a currency code.", text=quoted(currency)),
            _("Use the three letters of ISO 4217, for example EUR."),
            field="currency",
        ) from None


def round_whole(value: Fraction | Decimal) -> int:
    """Round to a whole number, a half away from zero.

    >>> round_whole(Decimal("0.5")), round_whole(Decimal("-0.5")), round_whole(Decimal("1.49"))
    (1, -1, 1)
    """
    return round_ratio(*value.as_integer_ratio())


def round_ratio(numerator: int, denominator: int) -> int:
    """Round a ratio to a whole number, a half away from zero; the denominator is above zero.

    >>> round_ratio(1, 2), round_ratio(-1, 2), round_ratio(149, 100)
    (1, -1, 1)
    """
    whole = (2 * abs(numerator) + denominator) // (2 * denominator)
    return whole if numerator >= 0 else -whole


def round_half_up(value: Fraction | Decimal, places: int) -> Decimal:
    """Round to a number of decimal places, a half away from zero; no digit is lost on the way.

    >>> round_half_up(Decimal("0.125"), 2), round_half_up(Decimal("-0.125"), 2)
    (Decimal('0.13'), Decimal('-0.13'))
    """
    return _scaled(round_whole(Fraction(value) * 10**places), places)


def _scaled(whole: int, places: int) -> Decimal:
    """Return a whole number of the last decimal place as a Decimal; no context rounds it."""
    digits = tuple(int(digit) for digit in str(abs(whole)))
    return Decimal((int(whole < 0), digits, -places))


def allocate_whole(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split a whole number in proportion to weights by largest remainder; the parts add up.

    Weights may be negative (a correction among the lines), their sum may not be zero. Equal
    remainders go to the earlier part. ValueError when there is nothing to weigh by.

    >>> allocate_whole(100, (1, 1, 1))
    (34, 33, 33)
    """
    weight_sum = sum(weights)
    if weight_sum == 0:
        raise ValueError("The weights of an allocation add up to zero.")
    if total < 0:
        return tuple(-part for part in allocate_whole(-total, weights))
    if weight_sum < 0:
        weights, weight_sum = [-weight for weight in weights], -weight_sum
    parts = [total * weight // weight_sum for weight in weights]
    remainders = [total * weight % weight_sum for weight in weights]
    by_remainder = sorted(range(len(parts)), key=lambda index: -remainders[index])
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return tuple(parts)


def _minor_in(currency: str, amount: Money) -> int:
    """Return the whole units of an amount that must be of this currency."""
    if amount.currency != currency:
        raise CurrencyMismatch(f"{currency} and {amount.currency} do not add up.")
    return amount.minor


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the smallest unit of a currency; two currencies never mix.

    >>> Money(1250, "EUR") + Money(50, "EUR")
    Money(minor=1300, currency='EUR')
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        decimals_of(self.currency)
        if not isinstance(self.minor, int):
            raise TypeError(f"Money counts whole units, not {self.minor!r}.")

    @classmethod
    def of(cls, amount: Decimal | Fraction | int, currency: str) -> Money:
        """Return an amount given in main units, rounded half up away from zero.

        >>> Money.of(Decimal("1.005"), "EUR").minor, Money.of(Decimal("437.99875"), "KWD").minor
        (101, 437999)
        """
        return cls(round_whole(Fraction(amount) * 10 ** decimals_of(currency)), currency)

    @classmethod
    def zero(cls, currency: str) -> Money:
        """Return nothing, in a currency."""
        return cls(0, currency)

    @classmethod
    def sum(cls, amounts: Iterable[Money], currency: str) -> Money:
        """Add up amounts of one currency; no amounts are zero of it."""
        return cls(sum(_minor_in(currency, amount) for amount in amounts), currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in main units, with exactly the currency's decimals."""
        return _scaled(self.minor, CURRENCIES[self.currency])

    def allocate(self, weights: Sequence[int]) -> tuple[Money, ...]:
        """Split by weights with the largest remainder method; no cent is lost.

        >>> [part.minor for part in Money(-100, "EUR").allocate((1, 1, 1))]
        [-34, -33, -33]
        """
        return tuple(Money(part, self.currency) for part in allocate_whole(self.minor, weights))

    def percent(self, percent: Decimal) -> Money:
        """Return so many percent of the amount, rounded once, half up.

        >>> Money(148650, "EUR").percent(Decimal(19)).minor
        28244
        """
        return Money(round_whole(Fraction(self.minor) * Fraction(percent) / 100), self.currency)

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + _minor_in(self.currency, other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - _minor_in(self.currency, other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __abs__(self) -> Money:
        return Money(abs(self.minor), self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: Money) -> bool:
        return self.minor < _minor_in(self.currency, other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= _minor_in(self.currency, other)

    def __gt__(self, other: Money) -> bool:
        return self.minor > _minor_in(self.currency, other)

    def __ge__(self, other: Money) -> bool:
        return self.minor >= _minor_in(self.currency, other)

    def __str__(self) -> str:
        return f"{self.decimal} {self.currency}"


def to_cash(money: Money, step_minor: int) -> Money:
    """Round to the smallest coin (5 for CHF 0.05), a half away from zero.

    >>> to_cash(Money(97966, "CHF"), 5).minor
    97965
    """
    if step_minor <= 0:
        raise ValueError("The smallest coin is worth at least one unit.")
    return Money(round_whole(Fraction(money.minor, step_minor)) * step_minor, money.currency)
