"""Tax: categories and rates, and the breakdown that taxes each category and rate once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from billops_desktop.domain.money import Money, round_whole
from billops_desktop.domain.quoting import quoted
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _, worded
from billops_desktop.values import dataclass

ROUNDINGS = ("half_up", "down")


class Category(StrEnum):
    """The UNCL5305 categories that EN 16931 knows."""

    STANDARD = "S"
    ZERO = "Z"
    EXEMPT = "E"
    REVERSE_CHARGE = "AE"
    INTRA_COMMUNITY = "K"
    EXPORT = "G"
    OUTSIDE_SCOPE = "O"
    CANARY = "L"
    CEUTA_MELILLA = "M"

    @property
    def needs_reason(self) -> bool:
        """Whether an invoice must say why no tax is charged (BR-E-10 and its siblings)."""
        return self in {
            Category.EXEMPT,
            Category.REVERSE_CHARGE,
            Category.INTRA_COMMUNITY,
            Category.EXPORT,
            Category.OUTSIDE_SCOPE,
        }


@dataclass(frozen=True, slots=True)
class TaxGroup:
    """One tax category at one rate; amounts of unlike groups are never taxed together."""

    category: Category
    percent: Decimal

    def __post_init__(self) -> None:
        try:
            object.__setattr__(self, "category", Category(self.category))
        except ValueError:
            raise InvalidInput(
                worded("{text} is not a tax category.", text=quoted(self.category)),
                worded("Use one of {categories}.", categories=", ".join(Category)),
                field="tax_category",
            ) from None


@dataclass(frozen=True, slots=True)
class TaxLine:
    """The tax of one group: computed once, on the group's base."""

    group: TaxGroup
    base: Money
    tax: Money


@dataclass(frozen=True, slots=True)
class GrossSplit:
    """Tax-inclusive amounts taken apart: the net of each amount, and the tax per group."""

    nets: tuple[Money, ...]
    taxes: tuple[TaxLine, ...]


def validate_group(group: TaxGroup) -> None:
    """Refuse a rate that its category cannot have: S above 0, L and M 0 or more, all others 0.

    BR-S-05, BR-Z-05, BR-E-05, BR-AE-05, BR-IC-05, BR-G-05, BR-O-05, BR-AF-05, BR-AG-05.
    """
    if not 0 <= group.percent <= 100:
        raise InvalidInput(
            worded("A tax of {percent}% is not possible.", percent=group.percent),
            _("Enter a percentage from 0 to 100."),
            field="tax_percent",
        )
    if group.category is Category.STANDARD and group.percent == 0:
        raise InvalidInput(
            _("The standard category needs a rate above 0%."),
            _("Choose zero rated (Z) or exempt (E) when no tax is due."),
            field="tax_percent",
        )
    may_have_rate = {Category.STANDARD, Category.CANARY, Category.CEUTA_MELILLA}
    if group.category not in may_have_rate and group.percent != 0:
        raise InvalidInput(
            worded(
                "Category {category} is taxed at 0%, not at {percent}%.",
                category=group.category,
                percent=group.percent,
            ),
            _("Set the rate to 0, or choose the standard category (S)."),
            field="tax_percent",
        )


def _rounded(exact_minor: Fraction, rounding: str) -> int:
    """Round a tax to the smallest unit: half up, or towards zero where the law lets one (Japan)."""
    if rounding not in ROUNDINGS:
        raise ValueError(f"Taxes are rounded {' or '.join(ROUNDINGS)}, not {rounding!r}.")
    return round_whole(exact_minor) if rounding == "half_up" else int(exact_minor)


def sum_by_group(amounts: Iterable[tuple[TaxGroup, Money]]) -> dict[TaxGroup, Money]:
    """Add up amounts per tax group, in the order in which the groups first appear."""
    sums: dict[TaxGroup, Money] = {}
    for group, amount in amounts:
        sums[group] = sums[group] + amount if group in sums else amount
    return sums


def breakdown(
    amounts: Iterable[tuple[TaxGroup, Money]], rounding: str = "half_up"
) -> tuple[TaxLine, ...]:
    """Tax net amounts once per category and rate (BR-CO-17), never per line.

    Three lines of 10.03 at 19 %: 30.09 x 19 % = 5.7171. Per line it would be 3 x 1.91 = 5.73.

    >>> group = TaxGroup(Category.STANDARD, Decimal(19))
    >>> [line.tax.minor for line in breakdown([(group, Money(1003, "EUR"))] * 3)]
    [572]
    """
    lines = []
    for group, base in sum_by_group(amounts).items():
        tax = _rounded(Fraction(base.minor) * Fraction(group.percent) / 100, rounding)
        lines.append(TaxLine(group, base, Money(tax, base.currency)))
    return tuple(lines)


def from_gross(amounts: Sequence[tuple[TaxGroup, Money]], rounding: str = "half_up") -> GrossSplit:
    """Take tax out of inclusive amounts: once per group, nets by largest remainder.

    The advertised gross is kept: tax = gross x rate / (100 + rate), net = gross - tax.

    >>> group = TaxGroup(Category.STANDARD, Decimal(19))
    >>> split = from_gross([(group, Money(9999, "EUR")), (group, Money(1, "EUR"))])
    >>> [net.minor for net in split.nets], split.taxes[0].tax.minor
    ([8402, 1], 1597)
    """
    nets = [amount for _, amount in amounts]
    taxes = []
    for group, gross in sum_by_group(amounts).items():
        percent = Fraction(group.percent)
        tax = _rounded(gross.minor * percent / (100 + percent), rounding)
        net = gross - Money(tax, gross.currency)
        taxes.append(TaxLine(group, net, Money(tax, gross.currency)))
        places = [index for index, (own, _) in enumerate(amounts) if own == group]
        if gross:
            parts = net.allocate([amounts[index][1].minor for index in places])
            for index, part in zip(places, parts, strict=True):
                nets[index] = part
    return GrossSplit(tuple(nets), tuple(taxes))
