"""Findings before issuing: parties, lines, dates, categories; all at once, blocks first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billops_desktop.domain.billing.findings import InvoiceFacts, check_invoice
from billops_desktop.domain.billing.invoice import Line, total
from billops_desktop.domain.money import Money
from billops_desktop.domain.parties import Address, Party
from billops_desktop.domain.tax import Category, TaxGroup

DAY = date(2026, 11, 25)
ADDRESS = Address(street="High Street 1", post_code="1234", city="Town", country="NL")
SELLER = Party(name="Seller", address=ADDRESS, vat_id="NL123456789B01")
BUYER = Party(name="Buyer", address=ADDRESS, vat_id="DE123456789")
REASON = "There is a reason."


def a_line(category: str = "S", percent: str = "21", **more: Any) -> Line:
    line = Line(
        description="Work",
        quantity=Decimal(1),
        price=Decimal(100),
        group=TaxGroup(Category(category), Decimal(percent)),
    )
    return replace(line, **more)


def facts_of(*lines: Line, **more: Any) -> InvoiceFacts:
    complete = InvoiceFacts(
        seller=SELLER,
        buyer=BUYER,
        issue_on=DAY,
        due_on=date(2026, 12, 9),
        supply_from=DAY,
        lines=lines,
        totals=total(lines, currency="EUR"),
        exemptions={line.group.category: REASON for line in lines if line.group.percent == 0},
    )
    return replace(complete, **more)


def found(facts: InvoiceFacts) -> list[tuple[str, str, str]]:
    return [(one.rule, one.severity, one.field) for one in check_invoice(facts)]


@pytest.mark.parametrize("category", ["S", "E", "AE", "K", "G"])
def test_a_complete_invoice_has_no_findings(category: str) -> None:
    assert found(facts_of(a_line(category, "21" if category == "S" else "0"))) == []


def test_parties_need_a_name_and_a_country() -> None:
    nobody = Party(name=" ")
    told = facts_of(a_line(), seller=replace(nobody, vat_id="X"), buyer=nobody)
    assert found(told) == [
        ("BR-06", "block", "seller.name"),
        ("BR-07", "block", "buyer.name"),
        ("BR-09", "block", "seller.country"),
        ("BR-11", "block", "buyer.country"),
    ]


def test_an_invoice_needs_a_line_that_counts_with_words_and_a_price() -> None:
    assert found(facts_of(a_line(kind="text"))) == [("BR-16", "block", "lines")]
    assert found(facts_of()) == [("BR-16", "block", "lines")]
    told = facts_of(a_line(), a_line(description=" "), a_line(price=Decimal(0)))
    assert found(told) == [
        ("BR-25", "block", "lines.2.description"),
        ("price", "advice", "lines.3.price"),
    ]


def test_what_is_due_says_when() -> None:
    assert found(facts_of(a_line(), due_on=None)) == [("BR-CO-25", "block", "due_on")]
    assert found(facts_of(a_line(), due_on=None, terms="On receipt")) == []
    nothing = facts_of(a_line(quantity=Decimal(0)), due_on=None)
    assert found(nothing) == []


def test_dates_stand_in_their_order() -> None:
    yesterday = date(2026, 11, 24)
    assert found(facts_of(a_line(), due_on=yesterday)) == [("due date", "block", "due_on")]
    assert found(facts_of(a_line(), supply_to=yesterday)) == [("BR-29", "block", "supply_to")]
    assert found(facts_of(a_line(), supply_to=DAY)) == []


def test_a_credit_note_names_what_it_corrects() -> None:
    assert found(facts_of(a_line(), kind="credit_note")) == [("BR-55", "block", "corrects")]
    assert found(facts_of(a_line(), kind="credit_note", corrects="2026-0007")) == []


def test_an_invoice_below_zero_is_advised_against() -> None:
    told = found(facts_of(a_line(quantity=Decimal(-1))))
    assert told == [("negative total", "block", "lines")]


def test_rates_fit_their_category() -> None:
    assert found(facts_of(a_line("S", "0"), exemptions={})) == [("BR-S-05", "block", "lines")]
    reversed_at_a_rate = facts_of(a_line("AE", "19"), exemptions={Category.REVERSE_CHARGE: REASON})
    assert found(reversed_at_a_rate) == [("BR-AE-05", "block", "lines")]


@pytest.mark.parametrize("category", ["E", "AE", "K", "G"])
def test_without_tax_the_reason_is_given(category: str) -> None:
    told = facts_of(a_line(category, "0"), exemptions={})
    assert found(told) == [(f"BR-{category}-10", "block", "tax_rate")]


@pytest.mark.parametrize(("category", "percent"), [("S", "21"), ("Z", "0"), ("L", "7")])
def test_with_tax_a_reason_is_not_printed(category: str, percent: str) -> None:
    told = facts_of(a_line(category, percent), exemptions={Category(category): REASON})
    assert found(told) == [(f"BR-{category}-10", "advice", "tax_rate")]


@pytest.mark.parametrize(
    ("category", "percent", "findings"),
    [
        ("S", "21", [("BR-S-02", "block", "seller.vat_id")]),
        ("E", "0", [("BR-S-02", "advice", "seller.vat_id")]),
        ("AE", "0", [("BR-AE-02", "block", "seller.vat_id"),
                     ("BR-AE-02", "block", "buyer.vat_id")]),
        ("K", "0", [("BR-IC-02", "block", "seller.vat_id"), ("BR-IC-02", "block", "buyer.vat_id"),
                    ("BR-IC-11", "block", "supply_from")]),
        ("G", "0", [("BR-G-02", "block", "seller.vat_id")]),
        ("O", "0", []),
    ],
)  # fmt: skip
def test_each_category_asks_for_the_ids_it_needs(
    category: str, percent: str, findings: list[tuple[str, str, str]]
) -> None:
    told = facts_of(
        a_line(category, percent),
        seller=replace(SELLER, vat_id=""),
        buyer=replace(BUYER, vat_id=""),
        supply_from=None,
    )
    assert found(told) == findings


def test_other_ids_will_do_for_reverse_charge() -> None:
    told = facts_of(
        a_line("AE", "0"),
        seller=replace(SELLER, vat_id="", tax_number="12/345"),
        buyer=replace(BUYER, vat_id="", register_id="HRB 1"),
    )
    assert found(told) == []


def test_not_subject_to_tax_stands_alone() -> None:
    abroad = replace(BUYER, vat_id="", address=replace(ADDRESS, country="US"))
    told = facts_of(a_line("O", "0"), buyer=abroad)
    assert found(told) == [("BR-O-02", "advice", "tax_rate")]
    mixed = facts_of(a_line("O", "0"), a_line())
    assert found(mixed) == [("BR-O-11", "block", "lines"), ("BR-O-02", "advice", "tax_rate")]
    no_ids = facts_of(
        a_line("O", "0"), seller=replace(SELLER, vat_id=""), buyer=replace(BUYER, vat_id="")
    )
    assert found(no_ids) == []


def test_quotes_are_asked_for_less() -> None:
    bare = facts_of(
        a_line("AE", "0"), kind="quote", seller=replace(SELLER, vat_id=""), exemptions={}
    )
    assert found(bare) == []


def test_the_law_of_the_sellers_country_is_asked_and_each_id_told_once() -> None:
    austrian = Party(name="S", address=replace(ADDRESS, country="AT"))
    told = found(facts_of(a_line(), seller=austrian, supply_from=None))
    assert told == [
        ("BR-S-02", "block", "seller.vat_id"),
        ("§ 11 (1) UStG", "advice", "supply_from"),
    ]
    german = Party(name="S", address=replace(ADDRESS, country="DE"))
    told = found(facts_of(a_line(), seller=german))
    assert told == [("§ 14 (4) no. 2 UStG", "block", "seller.tax_number")]


def test_every_finding_is_told_in_words_with_the_blocking_ones_first() -> None:
    worst = facts_of(
        a_line("AE", "0", price=Decimal(0), description=""),
        seller=Party(name="", address=Address(country="DE")),
        buyer=Party(name=""),
        supply_from=None,
        due_on=date(2026, 1, 1),
        exemptions={},
    )
    told = check_invoice(worst)
    assert len(told) >= 9
    assert [one.blocks for one in told] == sorted((one.blocks for one in told), reverse=True)
    assert all(one.message.endswith(".") and "!" not in one.message for one in told)


def test_a_seller_with_a_vat_id_does_not_forget_the_tax() -> None:
    at_home = facts_of(a_line("O", "0"))
    assert found(at_home) == [("tax missing", "block", "tax_rate")]
    unknown = replace(SELLER, vat_id="", tax_number="12")
    assert found(replace(at_home, seller=unknown)) == [("tax missing", "advice", "tax_rate")]
    assert found(replace(at_home, small_business=True)) == [("BR-O-02", "advice", "tax_rate")]
    abroad = replace(BUYER, vat_id="", address=replace(ADDRESS, country="US"))
    assert found(replace(at_home, buyer=abroad)) == [("BR-O-02", "advice", "tax_rate")]


def test_more_prepaid_than_the_total_blocks() -> None:
    line = a_line()
    totals = total([line], currency="EUR", prepaid=Money.of(Decimal(122), "EUR"))
    assert found(facts_of(line, totals=totals)) == [("prepaid", "block", "prepaid")]
