"""The draft in hand: what the editor holds between two saves, its sums, its steps back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any, Final

from billops_desktop.domain.billing.invoice import (
    HOUR_SECONDS,
    SECONDS_UNIT,
    Charge,
    InvoiceTotals,
    Line,
    line_net,
    total,
)
from billops_desktop.domain.money import Money
from billops_desktop.domain.tax import Category, TaxGroup
from billops_desktop.errors import InvalidInput
from billops_desktop.services.drafts.drafting import ChargeEdit, DraftEdit, LineEdit
from billops_desktop.services.invoices.invoice_rows import InvoiceDetail, LineRow
from billops_desktop.values import dataclass

STEPS: Final = 200
HEADER: Final = (
    "issue_on",
    "due_on",
    "supply_from",
    "supply_to",
    "language",
    "paper",
    "client_reference",
    "purchase_order",
    "note",
)
_keys = count(1)


@dataclass(frozen=True, slots=True)
class Slip:
    """What was typed into a cell and could not be read: the text stays, nothing is saved."""

    text: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """One line in hand; ``key`` stays the same from the first letter to the last save."""

    edit: LineEdit
    key: int = field(default_factory=lambda: next(_keys))
    entry_count: int = 0
    tracked_seconds: int = 0
    derivation: str = ""
    solved: bool = False
    slips: Mapping[str, Slip] = field(default_factory=dict)

    @property
    def is_time(self) -> bool:
        """Return whether the quantity is kept in seconds and shown in hours."""
        return self.edit.unit == SECONDS_UNIT

    @property
    def is_blank(self) -> bool:
        """Return whether it is a new line that nothing was typed into: it is on no invoice yet."""
        edit = self.edit
        said = edit.description.strip() or edit.details or edit.price or edit.discount_percent
        return edit.id is None and not said and edit.quantity == 1 and not self.slips

    @property
    def hours(self) -> Decimal:
        """Return the quantity as people type it: hours for time, else as it is."""
        return self.edit.quantity / HOUR_SECONDS if self.is_time else self.edit.quantity

    def counted(self) -> Line:
        """Return the line as the domain counts it."""
        edit = self.edit
        return Line(
            description=edit.description,
            quantity=edit.quantity,
            price=edit.price,
            unit=edit.unit,
            base_quantity=edit.base_quantity,
            discount_percent=edit.discount_percent,
            discount=edit.discount,
            group=TaxGroup(Category(edit.tax_category or "S"), edit.tax_percent or Decimal(0)),
            kind=edit.kind,
        )

    def net(self, currency: str) -> Money:
        """Return the amount of the line."""
        return line_net(self.counted(), currency)

    def changed(self, column: str, **values: Any) -> DraftLine:
        """Return the line with other values in a cell that was read well."""
        slips = {name: slip for name, slip in self.slips.items() if name != column}
        return replace(self, edit=replace(self.edit, **values), slips=slips)

    def without_slips(self) -> DraftLine:
        """Return the line as it was read last."""
        return replace(self, slips={}) if self.slips else self

    def slipped(self, column: str, slip: Slip) -> DraftLine:
        """Return the line with a cell that could not be read."""
        return replace(self, slips={**self.slips, column: slip})


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All that the editor may change of one draft."""

    currency: str
    issue_on: date
    due_on: date | None
    supply_from: date | None
    supply_to: date | None
    language: str
    paper: str
    client_reference: str
    purchase_order: str
    note: str
    lines: tuple[DraftLine, ...] = ()
    charges: tuple[ChargeEdit, ...] = ()

    def totals(self) -> InvoiceTotals | None:
        """Return the sums by the very rules that the saved invoice is added up with.

        None while a discount stands on no line at all: there is nothing to take it from.
        """
        try:
            return total(
                [line.counted() for line in self.saved_lines],
                [_counted(charge) for charge in self.saved_charges],
                currency=self.currency,
            )
        except InvalidInput:
            return None

    @property
    def saved_lines(self) -> tuple[DraftLine, ...]:
        """Return the lines that say something: one that was only begun is not on the invoice."""
        return tuple(line for line in self.lines if not line.is_blank)

    @property
    def line_edits(self) -> tuple[LineEdit, ...]:
        """Return the lines as they are saved."""
        return tuple(line.edit for line in self.saved_lines)

    def edit(self, since: Draft) -> DraftEdit:
        """Return what differs from the draft as it was saved last."""
        values: dict[str, Any] = {
            name: getattr(self, name)
            for name in HEADER
            if getattr(self, name) != getattr(since, name)
        }
        if self.line_edits != since.line_edits:
            values["lines"] = self.line_edits
        if self.saved_charges != since.saved_charges:
            values["charges"] = self.saved_charges
        return DraftEdit(**values)

    def says_the_same(self, other: Draft) -> bool:
        """Return whether saving the other would change nothing."""
        return self.edit(other) == DraftEdit()

    def lost(self, stored: Draft) -> tuple[str, ...]:
        """Return the ids of lines in hand that were deleted: a step back brings them back."""
        there = {line.edit.id for line in stored.lines}
        mine = (line.edit.id for line in self.lines)
        return tuple(one for one in mine if one is not None and one not in there)

    @property
    def has_slips(self) -> bool:
        """Return whether a cell could not be read."""
        return any(line.slips for line in self.lines)

    def without_slips(self) -> Draft:
        """Return the draft as it was read last: a step back never brings bad text back."""
        if not self.has_slips:
            return self
        return replace(self, lines=tuple(line.without_slips() for line in self.lines))

    @property
    def saved_charges(self) -> tuple[ChargeEdit, ...]:
        """Return the charges that come to something: what was only begun is not on the invoice."""
        return tuple(one for one in self.charges if comes_to_something(one))

    def with_ids(self, sent: Draft, stored: tuple[LineRow, ...]) -> Draft:
        """Return the draft with the ids that its new lines got when ``sent`` was saved."""
        ids = {line.key: row.id for line, row in zip(sent.saved_lines, stored, strict=False)}
        lines = tuple(
            replace(line, edit=replace(line.edit, id=ids.get(line.key, line.edit.id)))
            for line in self.lines
        )
        return replace(self, lines=lines)


def comes_to_something(charge: ChargeEdit) -> bool:
    """Return whether a discount or charge changes the sums."""
    return bool(charge.percent or (charge.amount and charge.amount.minor))


def _counted(charge: ChargeEdit) -> Charge:
    group = None
    if charge.tax_category is not None:
        group = TaxGroup(Category(charge.tax_category), charge.tax_percent or Decimal(0))
    return Charge(
        kind=charge.kind,
        reason=charge.reason,
        percent=charge.percent,
        amount=charge.amount,
        group=group,
    )


def draft_of(detail: InvoiceDetail, before: Draft | None = None) -> Draft:
    """Return a stored draft in hand; lines that were in hand before keep their keys and slips."""
    charges = tuple(
        ChargeEdit(
            kind=charge.kind,
            reason=charge.reason,
            percent=charge.percent,
            amount=None if charge.percent is not None else charge.amount,
            tax_category=charge.tax_category,
            tax_percent=charge.tax_percent,
        )
        for charge in detail.charges
        if charge.percent or charge.amount.minor
    )
    # A discount that was only begun stays in hand while its amount is typed.
    begun = before is not None and before.saved_charges == charges
    return Draft(
        currency=detail.currency,
        issue_on=detail.row.issue_on,
        due_on=detail.row.due_on,
        supply_from=detail.supply_from,
        supply_to=detail.supply_to,
        language=detail.language,
        paper=detail.paper,
        client_reference=detail.client_reference,
        purchase_order=detail.purchase_order,
        note=detail.note,
        lines=_lines_in_hand(detail.lines, before.lines if before else ()),
        charges=before.charges if before is not None and begun else charges,
    )


def _lines_in_hand(
    rows: tuple[LineRow, ...], before: tuple[DraftLine, ...]
) -> tuple[DraftLine, ...]:
    """Return stored lines, and among them those that were only begun, where they stood."""
    known = {line.edit.id: line for line in before}
    lines = [_line_of(row, known.get(row.id)) for row in rows]
    for place, line in enumerate(before):
        if line.is_blank:
            lines.insert(place, line)
    return tuple(lines)


def _line_of(row: LineRow, known: DraftLine | None) -> DraftLine:
    edit = LineEdit(
        id=row.id,
        description=row.description,
        quantity=row.quantity,
        price=row.price,
        kind=row.kind,
        details=row.details,
        unit=row.unit,
        base_quantity=row.base_quantity,
        discount_percent=row.discount_percent,
        discount=row.discount,
        tax_rate_id=row.tax_rate_id,
        tax_category=row.tax_category,
        tax_percent=row.tax_percent,
    )
    return DraftLine(
        edit=edit,
        key=known.key if known else next(_keys),
        entry_count=row.entry_count,
        tracked_seconds=row.tracked_seconds,
        derivation=row.derivation,
        solved=known.solved if known else False,
        slips=known.slips if known else {},
    )


class Steps:
    """The steps back and forth of one draft: a step is one committed cell or field."""

    def __init__(self) -> None:
        self.done: list[Draft] = []
        self.undone: list[Draft] = []

    def commit(self, before: Draft) -> None:
        """Keep how the draft was before a change; steps taken back until now are forgotten."""
        self.done.append(before.without_slips())
        del self.done[:-STEPS]
        self.undone.clear()

    def back(self, now: Draft) -> Draft | None:
        """Return the draft before the last step, None at the first."""
        return self._move(self.done, self.undone, now)

    def forth(self, now: Draft) -> Draft | None:
        """Return the draft after the step that was taken back last."""
        return self._move(self.undone, self.done, now)

    def with_ids(self, sent: Draft, stored: tuple[LineRow, ...]) -> None:
        """Let earlier drafts know the ids that new lines got."""
        for steps in (self.done, self.undone):
            steps[:] = [draft.with_ids(sent, stored) for draft in steps]

    def clear(self) -> None:
        """Forget all steps: another draft is opened."""
        self.done.clear()
        self.undone.clear()

    def _move(self, source: list[Draft], target: list[Draft], now: Draft) -> Draft | None:
        if not source:
            return None
        target.append(now.without_slips())
        return source.pop()
