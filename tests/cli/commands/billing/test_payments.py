"""Tests of billops_desktop.cli.commands.billing.payments: in full, in part, too much."""

from __future__ import annotations

import pytest

from billops_desktop.cli.commands.billing.payments import KEYS, METHODS
from billops_desktop.services.invoices import payments
from tests.cli.conftest import Billops, bad, refuse_all


@pytest.fixture
def owed(billops: Billops) -> Billops:
    """Return the command line after 2026-0001 over €226.10 was issued."""
    billops.done("log", "Workshop", "--project", "Website", "--duration", "2h")
    draft = billops.json("invoice", "draft", "--client", "Acme")["invoice"]["id"]
    billops.done("invoice", "issue", draft)
    return billops


def test_the_ways_are_those_of_the_service() -> None:
    assert METHODS == payments.METHODS


def test_without_an_amount_all_that_is_open_is_paid(owed: Billops) -> None:
    content = owed.json("pay", "2026-0001")
    assert tuple(content["payment"]) == KEYS
    assert content["payment"]["amount"]["amount"] == "226.10"
    assert content["payment"]["received_on"] == "2026-11-25"
    assert content["invoice"]["status"] == "paid"


def test_in_parts_and_too_much(owed: Billops) -> None:
    assert owed.done("pay", "2026-0001", "100.00", "--on", "yesterday", "--method", "cash") == (
        "€100.00 recorded for 2026-0001.\n€126.10 is still open.\n"
        "It came in before the date of the invoice, 25 Nov 2026.\n"
    )
    refused = owed("pay", "2026-0001", "200 EUR")
    assert refused.code == 2
    assert refused.err.startswith("€200.00 is €73.90 more than Acme GmbH owes on 2026-0001.")
    shown = owed.done("pay", "2026-0001", "200 EUR", "--credit")
    assert "The invoice is paid." in shown
    assert "€73.90 more than was open stays as credit of Acme GmbH." in shown


def test_a_payment_is_taken_back_by_undo(owed: Billops) -> None:
    content = owed.json("pay", "2026-0001", "50")
    owed.done("entries", "undo", content["transaction"])
    assert owed.json("invoice", "show", "2026-0001")["invoice"]["open"]["amount"] == "226.10"


def test_bad_input_is_named_and_changes_nothing(owed: Billops) -> None:
    draft = owed.json("invoice", "draft", "--client", "Acme", "--blank")["invoice"]["id"]
    cases = [
        bad("pay", "invoice", "Nothing was done. Still missing: invoice."),
        bad("pay 2026-0099", "invoice", "There is no invoice 2026-0099."),
        bad("pay 2026-0001 1.450,0O", "amount", "“1.450,0O” is not"),
        bad("pay 2026-0001 1,500", "amount"),
        bad("pay 2026-0001 1e2", "amount"),
        bad("pay 2026-0001 NaN", "amount"),
        bad("pay 2026-0001 ١٢", "amount"),
        bad("pay 2026-0001 0", "amount"),
        bad("pay 2026-0001 -5", "amount"),
        bad("pay 2026-0001 ''", "amount"),
        bad("pay 2026-0001 1.999", "amount"),
        bad("pay 2026-0001 9999999999999999", "amount"),
        bad("pay 2026-0001 '10 USD'", "amount", "Nothing was done. 10 USD is not in EUR."),
        bad("pay 2026-0001 226.11", "amount", "€226.11 is €0.01 more than Acme GmbH owes"),
        bad("pay 2026-0001 10 --on 1989-12-31", "received_on"),
        bad("pay 2026-0001 10 --method coins", "method", "Nothing was done. coins"),
        bad("pay 2026-0001 10 --on tomorrow", None),
        bad("pay 2026-0001 10 --on soon", "on"),
        bad(f"pay {draft} 10", None),
    ]
    refuse_all(owed, cases)


def test_money_before_the_invoice_is_remarked_upon(owed: Billops) -> None:
    early = owed.json("pay", "2026-0001", "5", "--on", "2026-01-02")
    assert early["warning"].startswith("It came in before the date of the invoice")
    assert owed.json("pay", "2026-0001", "5")["warning"] == ""


def test_a_cash_discount_is_told(billops: Billops) -> None:
    billops.done("log", "Work", "--project", "Website", "--duration", "1h")
    draft = billops.json("invoice", "draft", "--client", "Acme")["invoice"]["id"]
    billops.done("invoice", "edit", draft, "--terms", "2 % discount within 10 days")
    billops.done("invoice", "issue", draft)
    content = billops.json("pay", "2026-0001", "110.79")
    assert content["notice"].endswith("€2.26 may be left off 2026-0001.")
    [payment] = billops.json("payments")["payments"]
    assert payment["allocations"][0]["cash_discount"]["amount"] == "2.26"
    assert "€2.26 may be left off" in billops.done("pay", "2026-0001", "1")
