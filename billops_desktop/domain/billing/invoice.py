"""The invoice as a value: lines, discounts, charges, tax and totals, each rounded once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from billops_desktop.domain.money import Money, decimals_of, round_ratio, to_cash
from billops_desktop.domain.quoting import quoted
from billops_desktop.domain.tax import TaxGroup, TaxLine, breakdown, sum_by_group
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _, worded
from billops_desktop.values import dataclass

SECONDS_UNIT = "SEC"
HOUR_SECONDS = 3600
ONE = Decimal(1)
LINE_KINDS = ("time", "item", "expense", "text")
CHARGE_KINDS = ("discount", "charge")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One printed line. Time: quantity in seconds, unit "SEC", base quantity 3600, price an hour.

    The discount in percent is taken from the gross of the line; a fixed one comes on top.
    """

    description: str
    quantity: Decimal
    price: Decimal
    group: TaxGroup
    unit: str = "C62"
    base_quantity: Decimal = ONE
    discount_percent: Decimal | None = None
    discount: Money | None = None
    charge: Money | None = None
    kind: str = "item"


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """A discount or a charge on the whole document: percent or amount, for one tax group or all."""

    kind: str
    reason: str = ""
    percent: Decimal | None = None
    amount: Money | None = None
    group: TaxGroup | None = None


@dataclass(frozen=True, slots=True)
class ChargePart:
    """The share of a document discount or charge in one tax group; the amount is positive."""

    kind: str
    reason: str
    group: TaxGroup
    amount: Money
    position: int

    @property
    def signed(self) -> Money:
        """What the part does to the group's base: a discount takes off, a charge adds."""
        return -self.amount if self.kind == "discount" else self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceTotals:
    """All amounts of a document, in one currency (BT-106 to BT-115 of EN 16931)."""

    currency: str
    line_nets: tuple[Money, ...]
    charges: tuple[ChargePart, ...]
    taxes: tuple[TaxLine, ...]
    sum_lines: Money
    allowance_total: Money
    charge_total: Money
    net: Money
    tax: Money
    gross: Money
    prepaid: Money
    rounding: Money
    due: Money


def _check_line(line: Line) -> None:
    """Refuse a line that no law and no format knows (BR-27: the price is never negative)."""
    if line.kind not in LINE_KINDS:
        raise InvalidInput(
            worded("{text} is not a kind of line.", text=quoted(line.kind)), field="kind"
        )
    if line.price < 0:
        raise InvalidInput(
            _("The price of a line cannot be negative."),
            _("Enter a negative quantity to take something off."),
            field="price",
        )
    if line.base_quantity <= 0:
        raise InvalidInput(_("A price is for at least one unit."), field="base_quantity")
    if line.discount_percent is not None and not 0 <= line.discount_percent <= 100:
        raise InvalidInput(
            worded("A discount of {percent}% is not possible.", percent=line.discount_percent),
            _("Enter a percentage from 0 to 100."),
            field="discount_percent",
        )


def line_net(line: Line, currency: str) -> Money:
    """Return the net of one line: gross rounded once, less discounts, each rounded on its own.

    200 minutes at 165.00 an hour; the quantity is never rounded before it is multiplied:

    >>> from billops_desktop.domain.tax import Category
    >>> group = TaxGroup(Category.STANDARD, Decimal(20))
    >>> line_net(
    ...     Line(description="Overage", quantity=Decimal(12000), unit="SEC",
    ...          base_quantity=Decimal(3600), price=Decimal(165), group=group, kind="time"),
    ...     "EUR",
    ... ).decimal
    Decimal('550.00')
    """
    _check_line(line)
    if line.kind == "text":
        return Money.zero(currency)
    # Whole numbers, not Fractions: an invoice of ten thousand lines is added up here.
    quantity, quantity_parts = line.quantity.as_integer_ratio()
    price, price_parts = line.price.as_integer_ratio()
    base, base_parts = line.base_quantity.as_integer_ratio()
    exact_minor = quantity * price * base_parts * 10 ** decimals_of(currency)
    gross = Money(round_ratio(exact_minor, quantity_parts * price_parts * base), currency)
    net = gross
    if line.discount_percent is not None:
        net -= gross.percent(line.discount_percent)
    if line.discount is not None:
        net -= line.discount
    if line.charge is not None:
        net += line.charge
    return net


def _check_charge(charge: Charge) -> None:
    """Refuse a charge of unknown kind, or with both or neither of percent and amount."""
    if charge.kind not in CHARGE_KINDS:
        raise InvalidInput(
            worded("{text} is neither a discount nor a charge.", text=quoted(charge.kind)),
            field="kind",
        )
    if (charge.percent is None) == (charge.amount is None):
        raise InvalidInput(
            _("A discount or charge is either a percentage or an amount."),
            _("Fill in one of the two."),
            field="amount",
        )
    if charge.percent is not None and charge.percent < 0:
        raise InvalidInput(_("A percentage cannot be negative."), field="percent")
    if charge.kind == "discount" and (charge.percent or 0) > 100:
        raise InvalidInput(_("A discount takes off 100% at most."), field="percent")
    if charge.amount is not None and charge.amount.minor < 0:
        raise InvalidInput(
            _("A discount or charge cannot be negative."),
            _("Choose “charge” instead of “discount”, or the other way round."),
            field="amount",
        )


def _split_charge(
    charge: Charge, position: int, sums: Mapping[TaxGroup, Money]
) -> tuple[ChargePart, ...]:
    """Split one charge over the tax groups: percent per group, fixed by largest remainder.

    A part of nothing is none: it would name a tax that nothing bears.
    """
    _check_charge(charge)
    if charge.group is None and not sums:
        raise InvalidInput(
            _("There is no line that a discount or charge could apply to."),
            _("Add a line first."),
            field="charges",
        )
    groups = tuple(sums) if charge.group is None else (charge.group,)
    if charge.amount is not None:
        weights = [sums[group].minor for group in groups] if charge.group is None else [1]
        parts = charge.amount.allocate(weights if sum(weights) else [1] * len(groups))
    else:
        assert charge.percent is not None
        parts = tuple(sums[group].percent(charge.percent) for group in groups if group in sums)
        groups = tuple(group for group in groups if group in sums)
    return tuple(
        ChargePart(charge.kind, charge.reason, group, amount, position)
        for group, amount in zip(groups, parts, strict=True)
        if amount
    )


def _split_charges(
    charges: Sequence[Charge], sums: Mapping[TaxGroup, Money]
) -> tuple[ChargePart, ...]:
    """Split all discounts and charges, each on the sums of the lines alone."""
    return tuple(
        part
        for position, charge in enumerate(charges)
        for part in _split_charge(charge, position, sums)
    )


def total(
    lines: Sequence[Line],
    charges: Sequence[Charge] = (),
    *,
    currency: str,
    prepaid: Money | None = None,
    cash_step_minor: int | None = None,
) -> InvoiceTotals:
    """Add up a document: lines, discounts, charges, tax once per group, what is left to pay.

    Percent charges are taken from the sum of lines of each tax group. Cash rounding goes into
    ``rounding`` only (BT-114), never into the tax.

    >>> from billops_desktop.domain.tax import Category
    >>> work = Line(description="Work", quantity=Decimal("6.25"), price=Decimal(145),
    ...             group=TaxGroup(Category.STANDARD, Decimal("8.1")))
    >>> totals = total([work], currency="CHF", cash_step_minor=5)
    >>> str(totals.tax), str(totals.gross), str(totals.rounding), str(totals.due)
    ('73.41 CHF', '979.66 CHF', '-0.01 CHF', '979.65 CHF')
    """
    nets = tuple(line_net(line, currency) for line in lines)
    counted = [
        (line.group, net) for line, net in zip(lines, nets, strict=True) if line.kind != "text"
    ]
    parts = _split_charges(charges, sum_by_group(counted))
    taxes = breakdown([*counted, *((part.group, part.signed) for part in parts)])
    discounts = Money.sum((part.amount for part in parts if part.kind == "discount"), currency)
    extra = Money.sum((part.amount for part in parts if part.kind == "charge"), currency)
    sum_lines = Money.sum(nets, currency)
    net = sum_lines - discounts + extra
    tax = Money.sum((line.tax for line in taxes), currency)
    paid = Money.zero(currency) if prepaid is None else prepaid
    unrounded = net + tax - paid
    due = unrounded if cash_step_minor is None else to_cash(unrounded, cash_step_minor)
    return InvoiceTotals(
        currency=currency,
        line_nets=nets,
        charges=parts,
        taxes=taxes,
        sum_lines=sum_lines,
        allowance_total=discounts,
        charge_total=extra,
        net=net,
        tax=tax,
        gross=net + tax,
        prepaid=paid,
        rounding=due - unrounded,
        due=due,
    )
