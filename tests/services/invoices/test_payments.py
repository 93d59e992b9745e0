"""Payments: part, whole, too much; credit kept and used; taken back; never stored balances."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billops_desktop.domain.billing.lifecycle import Status
from billops_desktop.domain.money import Money
from billops_desktop.errors import InvalidInput, NotFound, Refused
from billops_desktop.services import balances
from billops_desktop.services.invoices import invoice_rows, payments
from billops_desktop.services.workspace import Workspace
from tests.support import money
from tests.support.clock import MovableClock


def state(workspace: Workspace, invoice_id: str) -> tuple[Status, int]:
    row = workspace.read(invoice_rows.row, invoice_id)
    return row.status, row.open.minor


def test_part_then_the_rest_pays_the_invoice(workspace: Workspace) -> None:
    row = money.issued_item(workspace, money.make_job(workspace))
    assert state(workspace, row.id) == (Status.ISSUED, 119_000)

    paid = money.pay(workspace, row.id, "190", reference="GLX 1", method="card")
    assert (paid.credit.minor, paid.received_on, paid.method) == (0, date(2026, 11, 25), "card")
    assert state(workspace, row.id) == (Status.PART_PAID, 100_000)

    money.pay(workspace, row.id, "1000")
    assert state(workspace, row.id) == (Status.PAID, 0)
    listed = workspace.read(payments.payments, invoice_id=row.id)
    assert [one.amount.minor for one in listed] == [100_000, 19_000]


def test_too_much_is_kept_as_visible_credit_and_settles_the_next(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    first = money.issued_item(workspace, job, "100")
    paid = money.pay(workspace, first.id, "139")
    assert (paid.allocations[0].amount.minor, paid.credit.minor) == (11_900, 2_000)
    (credit,) = workspace.read(balances.client_credits)
    assert (credit.client_name, credit.amount.minor) == ("Acme GmbH", 2_000)

    second = money.issued_item(workspace, job, "100")
    assert workspace.execute(payments.use_credit, second.id).minor == 2_000
    assert state(workspace, second.id) == (Status.PART_PAID, 9_900)
    assert workspace.read(balances.client_credits) == ()
    with pytest.raises(Refused):
        workspace.execute(payments.use_credit, second.id)


def test_a_payment_taken_back_opens_the_invoice_again(workspace: Workspace) -> None:
    row = money.issued_item(workspace, money.make_job(workspace))
    paid = money.pay(workspace, row.id, "1190")
    workspace.execute(payments.remove, paid.id)

    assert state(workspace, row.id) == (Status.ISSUED, 119_000)
    assert workspace.read(payments.payments) == ()
    with pytest.raises(NotFound):
        workspace.execute(payments.remove, paid.id)


def test_overdue_counts_from_the_due_date_in_the_company_s_zone(
    workspace: Workspace, clock: MovableClock
) -> None:
    row = money.issued_item(workspace, money.make_job(workspace))
    assert row.due_on is not None
    clock.at = clock.at.replace(month=12, day=9, hour=22, minute=30)
    assert state(workspace, row.id)[0] is Status.ISSUED
    # Half past eleven at night in Berlin is still the due day; an hour later it is over.
    clock.move(hours=1)
    assert state(workspace, row.id)[0] is Status.OVERDUE
    assert workspace.read(invoice_rows.row, row.id).days_late == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": Money(0, "EUR")}, "amount"),
        ({"amount": Money(-100, "EUR")}, "amount"),
        ({"amount": Money(100, "USD")}, "amount"),
        ({"amount": Money(10**12 + 1, "EUR"), "allow_credit": True}, "amount"),
        ({"received_on": date(1989, 12, 31)}, "received_on"),
        ({"method": "shells"}, "method"),
        ({"received_on": date(2027, 1, 1)}, "received_on"),
        ({"reference": "a\x00b"}, "reference"),
        ({"invoice_id": "nothing"}, "invoice"),
    ],
)
def test_a_wrong_payment_names_its_field_and_writes_nothing(
    workspace: Workspace, wrong: dict[str, object], field: str
) -> None:
    row = money.issued_item(workspace, money.make_job(workspace))
    fields: dict[str, Any] = {"invoice_id": row.id, "amount": Money(100, "EUR"), **wrong}
    with pytest.raises(InvalidInput) as caught:
        workspace.execute(payments.record, payments.NewPayment(**fields))
    assert caught.value.field == field
    assert workspace.read(payments.payments) == ()


def test_more_than_is_open_is_asked_about(workspace: Workspace) -> None:
    row = money.issued_item(workspace, money.make_job(workspace))
    money.pay(workspace, row.id, "1190", allow_credit=False)
    with pytest.raises(Refused) as refused:
        money.pay(workspace, row.id, "5", allow_credit=False)
    assert refused.value.title == "€5.00 is €5.00 more than Acme GmbH owes on 2026-0001."
    assert money.pay(workspace, row.id, "5").credit.minor == 500


def test_a_draft_takes_no_money(workspace: Workspace) -> None:
    invoice_id = money.draft_item(workspace, money.make_job(workspace))
    with pytest.raises(Refused):
        money.pay(workspace, invoice_id, "1")


def test_a_payment_is_one_line_in_words(workspace: Workspace) -> None:
    row = money.issued_item(workspace, money.make_job(workspace))
    paid = money.pay(workspace, row.id, str(Decimal("40.5")))
    assert payments.summary(paid) == "€40.50 received, bank transfer"
