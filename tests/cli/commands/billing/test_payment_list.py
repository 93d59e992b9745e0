"""Tests of billops_desktop.cli.commands.billing.payment_list: listed, taken back, credit used."""

from __future__ import annotations

import pytest

from billops_desktop.cli.commands.billing.payment_list import INVOICE_KEYS, KEYS
from tests.cli.conftest import Billops, bad, refuse_all


def issue(billops: Billops, hours: str = "1h") -> str:
    billops.done("log", "Work", "--project", "Website", "--duration", hours)
    draft = billops.json("invoice", "draft", "--client", "Acme")["invoice"]["id"]
    return str(billops.json("invoice", "issue", draft)["invoice"]["number"])


@pytest.fixture
def paid(billops: Billops) -> str:
    """Return the number of an invoice of 113.05 EUR that was paid twice."""
    number = issue(billops)
    billops.done("pay", number, "100", "--on", "24.11.2026", "--reference", "RF18")
    billops.done("pay", number, "20", "--credit")
    return number


def test_payments_are_listed_newest_first(billops: Billops, paid: str) -> None:
    second, first = billops.json("payments", "list")["payments"]
    assert tuple(first) == (*KEYS, "allocations")
    assert (first["reference"], first["allocations"][0]["number"]) == ("RF18", paid)
    assert second["credit"]["amount"] == "6.95"
    shown = billops.done("payments")
    assert first["id"][-8:] in shown
    assert "€6.95" in shown
    assert billops.json("payments", "list", "--on", "24.11.2026")["payments"] == [first]
    assert billops.json("payments", "list", "--invoice", paid)["payments"] == [second, first]
    assert billops.json("payments", "list", "--client", "Globex")["payments"] == []
    assert "billops pay records one" in billops.done("payments", "list", "--client", "Globex")


def test_a_payment_is_taken_back_and_brought_back(billops: Billops, paid: str) -> None:
    before = billops.dump()
    first = billops.json("payments", "list")["payments"][-1]
    content = billops.json("payments", "take-back", first["id"][-8:])
    assert content["payment"] == first
    [invoice] = content["invoices"]
    assert tuple(invoice) == INVOICE_KEYS
    assert (invoice["number"], invoice["open"]["amount"]) == (paid, "100.00")
    assert len(billops.json("payments", "list")["payments"]) == 1
    billops.done("entries", "undo")
    assert billops.dump() == before
    shown = billops.done("payments", "take-back", first["id"])
    assert shown.startswith("Took back €100.00 of Acme GmbH.")
    assert f"€100.00 of {paid} is open." in shown


def test_credit_pays_another_invoice(billops: Billops, paid: str) -> None:
    number = issue(billops, "2h")
    content = billops.json("payments", "use-credit", number)
    assert content["used"]["amount"] == "6.95"
    assert content["invoice"]["open"]["amount"] == "219.15"
    assert billops.json("payments", "list")["payments"][0]["credit"]["minor"] == 0


def test_bad_input_is_named_and_changes_nothing(billops: Billops, paid: str) -> None:
    cases = [
        bad("payments take-back 3f9", "payment", "There is no payment 3f9."),
        bad("payments take-back ffffffff", "payment", "There is no payment ffffffff."),
        bad(f"payments use-credit {paid}", "invoice_id", "Nothing was settled"),
        bad("payments use-credit 2030-0001", "invoice"),
        bad("payments list --client Nobody", "client"),
        bad("payments list --on never", "on"),
        bad("payments give", None),
    ]
    refuse_all(billops, cases)
