"""Payments as rows: filtered, newest first, with what early money lets a client leave off."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from billops_desktop.domain.money import Money
from billops_desktop.errors import NotFound
from billops_desktop.services.invoices import payment_rows
from billops_desktop.services.workspace import Workspace
from tests.support import money
from tests.support.clock import MovableClock

TERMS = "2 % discount if paid within 10 days, else 30 days net"


def test_rows_are_filtered_and_the_newest_comes_first(workspace: Workspace) -> None:
    acme, globex = money.make_job(workspace), money.make_job(workspace, "Globex Ltd")
    first = money.issued_item(workspace, acme)
    second = money.issued_item(workspace, globex)
    old = money.pay(workspace, first.id, "100", received_on=date(2026, 11, 20))
    new = money.pay(workspace, second.id, "200")

    def found(**asked: Any) -> list[str]:
        return [row.id for row in workspace.read(payment_rows.payments, **asked)]

    assert found() == [new.id, old.id]
    assert found(client_id=acme.client_id) == [old.id]
    assert found(invoice_id=second.id) == [new.id]
    assert found(from_on=date(2026, 11, 21)) == [new.id]
    assert found(to_on=date(2026, 11, 20)) == [old.id]
    with pytest.raises(NotFound):
        workspace.read(payment_rows.payment, "nothing")


def test_money_within_the_term_of_a_cash_discount_tells_what_may_be_left_off(
    workspace: Workspace,
    clock: MovableClock,
) -> None:
    invoice = money.issued_item(workspace, money.make_job(workspace), terms=TERMS)
    early = money.pay(workspace, invoice.id, "1166.20")
    [part] = early.allocations
    assert part.cash_discount == Money(2_380, "EUR")
    assert payment_rows.discount_notice(early) == (
        "It came within the term of the cash discount: €23.80 may be left off 2026-0001."
    )
    clock.move(days=11)
    late = money.pay(workspace, invoice.id, "10")
    assert late.allocations[0].cash_discount is None
    assert payment_rows.discount_notice(late) == ""
    assert workspace.read(payment_rows.payment, early.id) == early
