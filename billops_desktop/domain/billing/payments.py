"""Payments: allocation to open invoices, the balance due, days late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from billops_desktop.domain.money import Money
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _
from billops_desktop.values import dataclass


class OpenInvoice(NamedTuple):
    """An invoice that still waits for money."""

    id: str
    due_on: date | None
    balance: Money


@dataclass(frozen=True, slots=True)
class Settlement:
    """Where a payment goes: its parts on invoices, and the rest, which is credit of the client."""

    parts: tuple[tuple[str, Money], ...]
    credit: Money


def balance(gross: Money, allocated: Money, credited: Money) -> Money:
    """Return what is still to be paid: gross - allocations - credits.

    >>> balance(Money(11900, "EUR"), Money(5000, "EUR"), Money(900, "EUR")).minor
    6000
    """
    return gross - allocated - credited


def allocate(
    payment: Money, open_invoices: Iterable[OpenInvoice | tuple[str, date | None, Money]]
) -> Settlement:
    """Settle the oldest due first; what no invoice takes is the client's credit.

    CurrencyMismatch when payment and invoice differ in currency.

    >>> first = OpenInvoice("a", date(2026, 10, 1), Money(6000, "EUR"))
    >>> second = OpenInvoice("b", date(2026, 11, 1), Money(6000, "EUR"))
    >>> settled = allocate(Money(10000, "EUR"), [second, first])
    >>> [(invoice, part.minor) for invoice, part in settled.parts], settled.credit.minor
    ([('a', 6000), ('b', 4000)], 0)
    """
    if payment.minor <= 0:
        raise InvalidInput(
            _("A payment needs an amount above zero."),
            _("Nothing was recorded. Enter what came in."),
            field="amount",
        )
    named = [OpenInvoice(*invoice) for invoice in open_invoices]
    rest = payment
    parts: list[tuple[str, Money]] = []
    for invoice in sorted(named, key=lambda one: (one.due_on or date.max, one.id)):
        part = min(rest, invoice.balance)
        if part.minor > 0:
            parts.append((invoice.id, part))
            rest -= part
    return Settlement(tuple(parts), rest)


def days_late(due_on: date | None, today: date) -> int:
    """Return by how many days the due date has passed; 0 while it has not, or without one.

    >>> days_late(date(2026, 11, 20), date(2026, 11, 25))
    5
    """
    return 0 if due_on is None else max(0, (today - due_on).days)
