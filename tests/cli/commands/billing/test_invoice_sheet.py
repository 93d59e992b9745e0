"""Tests of billops_desktop.cli.commands.billing.invoice_sheet: one invoice in full."""

from __future__ import annotations

import json
from pathlib import Path

from billops_desktop.cli.commands.billing.invoice_sheet import (
    CHARGE_KEYS,
    LINE_KEYS,
    TOTAL_KEYS,
)
from tests.cli.conftest import Billops


def test_a_draft_with_what_is_to_be_mended(billops: Billops) -> None:
    billops.done("log", "Workshop", "--project", "Website", "--duration", "2h")
    draft = billops.json("invoice", "draft", "--client", "Acme")["invoice"]["id"]
    billops.done("config", "set", "company.city", "")
    content = billops.json("invoice", "show", draft)
    assert tuple(content["lines"][0]) == LINE_KEYS
    assert tuple(content["totals"]) == TOTAL_KEYS
    assert content["invoice"]["next_number"] == "2026-0001"
    assert content["lines"][0]["quantity"] == "7200"
    assert content["taxes"][0]["percent"] == "19"
    assert content["findings"]
    shown = billops.done("invoice", "show", draft)
    assert "Before it is issued:" in shown
    assert "2.00\u00a0h  95.00  19%  €190.00" in shown
    assert "Total  €226.10" in shown


def test_an_issued_invoice_with_its_payments(billops: Billops) -> None:
    billops.done("log", "Workshop", "--project", "Website", "--duration", "2h")
    draft = billops.json("invoice", "draft", "--client", "Acme")["invoice"]["id"]
    billops.done("invoice", "issue", draft)
    billops.done("pay", "2026-0001", "100", "--reference", "RF18")
    content = billops.json("invoice", "show", "2026-0001")
    assert content["payments"][0]["reference"] == "RF18"
    assert content["invoice"]["received"]["amount"] == "100.00"
    assert {one["kind"] for one in content["history"]} == {"payment", "issued", "drafted"}
    shown = billops.done("invoice", "show", "2026-0001")
    assert "part paid" in shown
    assert "Open      €126.10" in shown


def test_discounts_stand_between_the_lines_and_the_net(billops: Billops, tmp_path: Path) -> None:
    document = {
        "client": "Acme GmbH",
        "lines": [{"description": "Workshop", "price": "100.00", "tax": "S19"}],
        "charges": [
            {"kind": "discount", "reason": "Loyalty", "percent": "2"},
            {"kind": "charge", "amount": "12.00"},
            {"kind": "discount", "reason": "Nothing", "percent": "0"},
        ],
    }
    file = tmp_path / "invoice.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    draft = billops.json("invoice", "draft", "--from", str(file))["invoice"]["id"]
    first, second = billops.json("invoice", "show", draft)["charges"]
    assert tuple(first) == (*CHARGE_KEYS, "shares")
    assert (first["tax_category"], first["shares"][0]["tax_percent"]) == (None, "19")
    assert second["amount"]["amount"] == "12.00"
    shown = billops.done("invoice", "show", draft)
    sums = [line.split("  ")[0] for line in shown.split("\n\n")[2].splitlines()]
    assert sums[:5] == ["Sum of lines", "Loyalty (2%)", "Charge", "Net", "Tax"]
    assert "-€2.00" in shown or "−€2.00" in shown
