"""Tests of billops_desktop.cli.commands.billing.draft_charges: discounts and charges as typed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.conftest import Billops, bad, refuse_all


@pytest.fixture
def draft(billops: Billops) -> str:
    """Return the id of a draft of ten hours at 95 EUR."""
    billops.done("log", "Work", "--project", "Website", "--duration", "10h")
    return str(billops.json("invoice", "draft", "--client", "Acme")["invoice"]["id"])


def charges(billops: Billops, draft: str) -> list[tuple[Any, ...]]:
    return [
        (one["kind"], one["reason"], one["percent"], one["amount"]["amount"])
        for one in billops.json("invoice", "show", draft)["charges"]
    ]


def test_shares_and_amounts_with_their_reasons(billops: Billops, draft: str) -> None:
    words = ("--discount", "5% Loyal client", "--discount", "20 EUR", "--charge", "12.50 Courier")
    invoice = billops.json("invoice", "edit", draft, *words)["invoice"]
    assert charges(billops, draft) == [
        ("discount", "Loyal client", "5", "47.50"),
        ("discount", "", None, "20.00"),
        ("charge", "Courier", None, "12.50"),
    ]
    # 950.00 - 47.50 - 20.00 + 12.50 = 895.00 and 19 % of it.
    assert invoice["total"]["amount"] == "1065.05"


def test_they_come_behind_those_of_before_or_in_their_place(billops: Billops, draft: str) -> None:
    billops.done("invoice", "edit", draft, "--discount", "10 %")
    billops.done("invoice", "edit", draft, "--charge", "5", "--charge-tax", "USt 7 %")
    assert [one[:1] for one in charges(billops, draft)] == [("discount",), ("charge",)]
    [_first, second] = billops.json("invoice", "show", draft)["charges"]
    assert (second["tax_category"], second["tax_percent"]) == ("S", "7")
    billops.done("invoice", "edit", draft, "--no-charges", "--discount", "1%")
    assert charges(billops, draft) == [("discount", "", "1", "9.50")]
    billops.done("invoice", "edit", draft, "--no-charges")
    assert charges(billops, draft) == []


def test_bad_input_is_named_and_changes_nothing(billops: Billops, draft: str) -> None:
    cases = [
        bad(f"invoice edit {draft} --discount ''", "discount"),
        bad(f"invoice edit {draft} --discount Loyal", "discount"),
        bad(f"invoice edit {draft} --discount 101%", "charges[0].percent"),
        bad(f"invoice edit {draft} --discount 0%", "discount", "Nothing was changed."),
        bad(f"invoice edit {draft} --charge=-5", "charges[0].amount"),
        bad(f"invoice edit {draft} --charge 0", "charge"),
        bad(f"invoice edit {draft} --charge-tax S19", "charge_tax"),
        bad(f"invoice edit {draft} --charge 5 --charge-tax S99", "tax"),
        # All or nothing: the note is not kept when the discount is refused.
        bad(f"invoice edit {draft} --note Thanks --discount 200%", "charges[0].percent"),
    ]
    refuse_all(billops, cases)
