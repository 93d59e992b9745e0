"""Tests of billops_desktop.cli.commands.billing.taxes: list, add, default, archive."""

from __future__ import annotations

from billops_desktop.cli.commands.billing.taxes import CATEGORIES, KEYS
from billops_desktop.domain.tax import Category
from tests.cli.conftest import Billops, bad, refuse_all


def test_the_categories_are_those_of_the_domain() -> None:
    assert set(CATEGORIES) == set(Category)


def test_the_taxes_are_listed_with_the_default_first(billops: Billops) -> None:
    rows = billops.json("taxes", "list")["taxes"]
    assert tuple(rows[0]) == KEYS
    assert (rows[0]["name"], rows[0]["percent"], rows[0]["is_default"]) == ("USt 19 %", "19", True)
    assert "USt 16 %" in billops.done("taxes")
    assert "USt 16 %" not in billops.done("taxes", "list", "--on", "today")


def test_a_tax_is_added_and_becomes_the_default(billops: Billops) -> None:
    added = billops.json("taxes", "add", "Sales tax", "8.25", "--from", "2026-01-01")["tax"]
    assert (added["category"], added["percent"], added["is_default"]) == ("S", "8.25", False)
    assert billops.json("taxes", "default", "S8.25")["tax"]["is_default"]
    assert billops.json("taxes", "list")["taxes"][0]["id"] == added["id"]
    assert "New lines bear USt 7 %" in billops.done("taxes", "default", "USt 7 %")
    other = billops.json("taxes", "add", "Free", "--category", "E", "--reason", "Why", "--default")[
        "tax"
    ]
    assert (other["percent"], other["exemption_text"], other["is_default"]) == ("0", "Why", True)


def test_a_tax_leaves_the_lists_and_comes_back(billops: Billops) -> None:
    gone = billops.json("taxes", "archive", "USt 7 %")["tax"]
    assert gone["archived"]
    assert "USt 7 %" not in billops.done("taxes", "list")
    assert "archived" in billops.done("taxes", "list", "--all")
    assert not billops.json("taxes", "archive", gone["id"][-8:], "--restore")["tax"]["archived"]


def test_bad_input_is_named_and_changes_nothing(billops: Billops) -> None:
    billops.done("taxes", "add", "Twin", "3")
    billops.done("taxes", "add", "Twin", "4")
    cases = [
        bad("taxes add", "name"),
        bad("taxes add X much", "percent"),
        bad("taxes add X 19 --category AE", None),
        bad("taxes add X 1 --from 2.1.2026 --to 1.1.2026", "valid_to"),
        bad("taxes default S99", "tax", "There is no tax"),
        bad("taxes archive Twin", "tax", "Twin may be several taxes"),
    ]
    refuse_all(billops, cases)
