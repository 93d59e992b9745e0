"""Facts and findings: which categories and dates an invoice has, what blocks it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from billops_desktop.domain.billing.invoice import Line, total
from billops_desktop.domain.billing.invoice_facts import Finding, InvoiceFacts
from billops_desktop.domain.parties import Party
from billops_desktop.domain.tax import Category, TaxGroup

DAY = date(2026, 11, 25)


def test_only_a_block_blocks() -> None:
    assert Finding("BR-16", "block", "There is no line to invoice.", "lines").blocks
    assert not Finding("price", "advice", "Line 1 has no price.", "lines").blocks


def test_facts_tell_categories_and_whether_supply_is_dated() -> None:
    work = Line(
        description="Work",
        quantity=Decimal(1),
        price=Decimal(1),
        group=TaxGroup(Category.EXPORT, Decimal(0)),
    )
    told: dict[str, Any] = {
        "seller": Party(name="S"),
        "buyer": Party(name="B"),
        "issue_on": DAY,
        "lines": (work,),
        "totals": total([work], currency="EUR"),
    }
    assert InvoiceFacts(**told).categories == {Category.EXPORT}
    assert not InvoiceFacts(**told).has_supply_date
    assert InvoiceFacts(**told, supply_from=DAY).has_supply_date
    assert InvoiceFacts(**told, supply_to=DAY).has_supply_date
    assert InvoiceFacts(**told).exemptions == {}
