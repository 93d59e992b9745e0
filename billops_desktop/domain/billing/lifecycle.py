"""States of an invoice: the moves allowed between them, and the status derived from money."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from billops_desktop.domain.money import Money
from billops_desktop.errors import Refused
from billops_desktop.i18n import N_, _


class State(StrEnum):
    """What is stored: a draft, an issued document, or one that a full credit note answers."""

    DRAFT = "draft"
    ISSUED = "issued"
    CANCELLED = "cancelled"


class Status(StrEnum):
    """What is shown: derived from state, payments and dates, never typed."""

    DRAFT = "draft"
    ISSUED = "issued"
    PART_PAID = "part_paid"
    PAID = "paid"
    OVERDUE = "overdue"
    CREDITED = "credited"


MOVES = {
    State.DRAFT: frozenset({State.ISSUED}),
    State.ISSUED: frozenset({State.CANCELLED}),
    State.CANCELLED: frozenset[State](),
}
REFUSALS = {
    State.DRAFT: (N_("A draft cannot be cancelled."), N_("Delete the draft, or issue it first.")),
    State.ISSUED: (
        N_("An issued invoice cannot be changed."),
        N_("It is kept as it was sent. Cancel it with a credit note and issue a new one."),
    ),
    State.CANCELLED: (
        N_("A cancelled invoice cannot be changed."),
        N_("It is kept together with its credit note. Draft a new invoice."),
    ),
}


def check_move(old: State | str, new: State | str) -> None:
    """Refuse a move that the law or the trade forbids; the only way back is a credit note."""
    if State(new) not in MOVES[State(old)]:
        title, hint = REFUSALS[State(old)]
        raise Refused(_(title), _(hint), field="state")


def status_of(
    state: State | str, balance: Money, gross: Money, due_on: date | None, today: date
) -> Status:
    """Return what to show: overdue beats part paid, the due day itself is still in time.

    >>> status_of("issued", Money(5000, "EUR"), Money(11900, "EUR"),
    ...           date(2026, 11, 25), date(2026, 11, 26)).value
    'overdue'
    """
    if State(state) is State.DRAFT:
        return Status.DRAFT
    if State(state) is State.CANCELLED:
        return Status.CREDITED
    # A document that owes us money the other way round (negative gross) is settled at zero too.
    owed, whole = (balance, gross) if gross.minor >= 0 else (-balance, -gross)
    if owed.minor <= 0:
        return Status.PAID
    if due_on is not None and today > due_on:
        return Status.OVERDUE
    return Status.PART_PAID if owed < whole else Status.ISSUED
