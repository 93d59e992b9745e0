"""What stands in the cells of an invoice line, and what typed text makes of the line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from billops_desktop.domain.billing.invoice import HOUR_SECONDS, SECONDS_UNIT
from billops_desktop.domain.money import Money, round_half_up
from billops_desktop.domain.reading import typed
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _, format_decimal, format_hours, format_percent
from billops_desktop.services.drafts.drafting import LineEdit
from billops_desktop.services.profile.settings import TaxRow
from billops_desktop.ui.views.editor.draft import DraftLine, Slip
from billops_desktop.ui.widgets.input.edits import decimal_mark, short_decimal

COLUMNS: Final = ("grip", "description", "quantity", "rate", "tax", "amount")
TYPED: Final = ("description", "quantity", "rate", "tax", "amount")
PLACES: Final = 6
PIECE: Final = "C62"
# Units as people write them after a number, with the code that documents print them by.
UNITS: Final[dict[str, str]] = {
    "h": SECONDS_UNIT,
    "hour": SECONDS_UNIT,
    "hours": SECONDS_UNIT,
    "std": SECONDS_UNIT,
    "d": "DAY",
    "day": "DAY",
    "days": "DAY",
    "tag": "DAY",
    "tage": "DAY",
    "km": "KMT",
    "pcs": PIECE,
    "stk": PIECE,
}
SHORT: Final = {"DAY": "d", "KMT": "km", "MON": "mo", "HUR": "h"}
WITH_UNIT: Final = re.compile(r"(.*?[\d)])\s*([^\W\d_]+)\.?\s*", re.DOTALL)


def cell_text(line: DraftLine, column: str, currency: str) -> str:
    """Return the words of a cell; a cell with a slip shows what was typed."""
    slip = line.slips.get(column)
    if slip is not None:
        return slip.text
    writers: dict[str, Callable[[], str]] = {
        "description": lambda: line.edit.description,
        "quantity": lambda: quantity_text(line),
        "rate": lambda: rate_text(line.edit.price),
        "tax": lambda: tax_text(line.edit.tax_category or "S", line.edit.tax_percent or Decimal(0)),
        "amount": lambda: amount_text(line.net(currency)),
    }
    writer = writers.get(column)
    return writer() if writer is not None else ""


def amount_text(amount: Money) -> str:
    """Return an amount without its sign, with its currency's own decimals."""
    return format_decimal(amount.decimal, places=-int(amount.decimal.as_tuple().exponent))


def quantity_text(line: DraftLine) -> str:
    """Return a quantity with its unit: 38.50 h, 2 d, 1."""
    if line.is_time and line.edit.quantity == line.edit.quantity.to_integral_value():
        return format_hours(int(line.edit.quantity))
    number = short_decimal(round_half_up(line.hours, PLACES))
    unit = "h" if line.is_time else SHORT.get(line.edit.unit, "")
    if not unit and line.edit.unit != PIECE:
        unit = line.edit.unit
    return f"{number} {unit}".strip()


def rate_text(price: Decimal) -> str:
    """Return a price with at least two decimals and all that it has."""
    exponent = -int(price.normalize().as_tuple().exponent)
    return format_decimal(price, places=max(2, exponent))


def tax_text(category: str, percent: Decimal) -> str:
    """Return a tax as it stands in a narrow column: 19%, or the category that charges nothing."""
    return format_percent(percent) if category in {"S", "L", "M"} else f"{category} 0"


def read_number(text: str) -> Decimal:
    """Read a number by the user's own mark, else by what can only be meant one way."""
    try:
        return typed.read_decimal(text, decimal_mark())
    except InvalidInput:
        return typed.read_decimal(text, None)


def _worked_out(text: str) -> Decimal:
    return typed.read_quantity(text.strip(), decimal_mark(), field="rate")


def read_quantity(line: DraftLine, text: str) -> DraftLine:
    """Return the line with a quantity: a number, 38:30, =12*95, with or without a unit."""
    number, unit = text.strip(), line.edit.unit
    match = WITH_UNIT.fullmatch(number)
    if match and not number.startswith("="):
        number = match[1]
        unit = UNITS.get(match[2].casefold(), match[2][:20])
    elif ":" in number:
        unit = SECONDS_UNIT
    try:
        value = typed.read_quantity(number, decimal_mark())
    except InvalidInput:
        value = typed.read_quantity(number, None)
    if unit == SECONDS_UNIT:
        seconds = round_half_up(value * HOUR_SECONDS, 0)
        base = Decimal(HOUR_SECONDS)
        return line.changed("quantity", quantity=seconds, unit=unit, base_quantity=base)
    base = Decimal(1) if line.is_time else line.edit.base_quantity
    return line.changed("quantity", quantity=value, unit=unit, base_quantity=base)


def read_rate(line: DraftLine, text: str) -> DraftLine:
    """Return the line with a price; typing it confirms a price that was solved."""
    price = read_number(text) if not text.strip().startswith("=") else _worked_out(text)
    if price < 0:
        raise InvalidInput(
            _("A price cannot be below zero."),
            _("Use a negative quantity to take something off."),
            field="rate",
        )
    return replace(line.changed("rate", price=round_half_up(price, PLACES)), solved=False)


def read_amount(line: DraftLine, text: str, currency: str) -> DraftLine:
    """Return the line with the price that comes to this amount."""
    try:
        amount = typed.read_money(text, currency, decimal_mark=decimal_mark())
    except InvalidInput:
        amount = typed.read_money(text, currency, decimal_mark=None)
    edit = line.edit
    if amount == line.net(currency):
        return line.changed("amount")
    if not edit.quantity or (amount.minor < 0) != (edit.quantity < 0):
        raise InvalidInput(
            _("No rate gives this amount with this quantity."),
            _("Enter the quantity first."),
            field="amount",
        )
    price = round_half_up(amount.decimal * edit.base_quantity / edit.quantity, PLACES)
    return replace(line.changed("amount", price=price), solved=True)


def read_description(line: DraftLine, text: str) -> DraftLine:
    """Return the line with other words."""
    words = typed.check_text(text, "description", max_length=2_000, multiline=False)
    return line.changed("description", description=words.strip())


def read_cell(line: DraftLine, column: str, text: str, currency: str) -> DraftLine:
    """Return what typed text makes of a line; a cell that cannot be read keeps its text."""
    readers: dict[str, Callable[[], DraftLine]] = {
        "description": lambda: read_description(line, text),
        "quantity": lambda: read_quantity(line, text),
        "rate": lambda: read_rate(line, text),
        "amount": lambda: read_amount(line, text, currency),
    }
    try:
        changed = readers[column]()
        changed.net(currency)
    except InvalidInput as error:
        return line.slipped(column, Slip(text, f"{error.title} {error.hint}".strip()))
    return changed


def with_tax(line: DraftLine, tax: TaxRow) -> DraftLine:
    """Return the line with another tax."""
    return line.changed(
        "tax", tax_rate_id=tax.id, tax_category=tax.category, tax_percent=tax.percent
    )


def new_line(taxes: Sequence[TaxRow], before: DraftLine | None = None) -> DraftLine:
    """Return an empty line with the tax of the line before it, else the default tax."""
    if before is not None:
        edit = LineEdit(
            description="",
            tax_rate_id=before.edit.tax_rate_id,
            tax_category=before.edit.tax_category,
            tax_percent=before.edit.tax_percent,
        )
        return DraftLine(edit=edit)
    line = DraftLine(edit=LineEdit(description=""))
    return with_tax(line, taxes[0]) if taxes else line


def copied(line: DraftLine) -> DraftLine:
    """Return a second line that says the same; the time stays with the first."""
    return DraftLine(edit=replace(line.edit, id=None, kind="item"), solved=line.solved)


def pasted(
    text: str, taxes: Sequence[TaxRow], currency: str, before: DraftLine | None
) -> list[DraftLine]:
    """Return the lines of a piece of a spreadsheet: description, quantity, rate, by columns."""
    lines = []
    for row in text.splitlines():
        fields = [cell.strip() for cell in row.split("\t")]
        if not any(fields):
            continue
        line = new_line(taxes, before)
        for column, cell in zip(("description", "quantity", "rate"), fields, strict=False):
            if cell:
                line = read_cell(line, column, cell, currency)
        lines.append(line)
    return lines
