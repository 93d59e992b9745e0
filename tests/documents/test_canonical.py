"""Canonical JSON: sorted, exact, and closed to everything that is not a document."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billops_desktop.documents import canonical
from billops_desktop.documents.content import InvoiceDocument
from billops_desktop.errors import IntegrityFault
from tests.documents import samples


@dataclass(frozen=True)
class Box:
    """A value with one field."""

    held: Any = None


def test_it_is_sorted_and_tight() -> None:
    text = samples.rich().to_json()
    plain = json.loads(text)
    assert text == json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert plain["schema"] == 1
    assert plain["totals"]["gross"] == {"currency": "EUR", "minor": 1488536}
    assert plain["lines"][3]["price"] == "39.9917"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_every_decimal_comes_back(number: Decimal) -> None:
    text = canonical.decimal_text(number)
    assert Decimal(text) == number
    assert "e" not in text.lower()


@pytest.mark.parametrize("held", [1.5, Decimal("NaN"), Decimal("Infinity"), object(), {"a": 1}])
def test_what_is_not_exact_is_not_written(held: object) -> None:
    with pytest.raises(TypeError):
        canonical.encode(Box(held))


def broken(change: Any) -> str:
    plain = json.loads(samples.november().to_json())
    change(plain)
    return json.dumps(plain)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        "[" * 5_000,
        broken(lambda plain: plain.pop("seller")),
        broken(lambda plain: plain.update(schema=2)),
        broken(lambda plain: plain.update(strange=1)),
        broken(lambda plain: plain.update(kind="bill")),
        broken(lambda plain: plain.update(draft=1)),
        broken(lambda plain: plain.update(lines={})),
        broken(lambda plain: plain.update(issue_on="yesterday")),
        broken(lambda plain: plain["totals"]["due"].update(minor=1.0)),
        broken(lambda plain: plain["totals"]["due"].update(minor=True)),
        broken(lambda plain: plain["totals"].update(due=None)),
        broken(lambda plain: plain["lines"][0].update(price="12,5")),
        broken(lambda plain: plain["lines"][0].update(price=12.5)),
    ],
)
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(IntegrityFault):
        InvoiceDocument.from_json(text)


def test_a_field_added_later_is_filled_with_its_default() -> None:
    text = broken(lambda plain: plain.pop("accent"))
    assert InvoiceDocument.from_json(text) == samples.november()
