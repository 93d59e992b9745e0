"""Each field of a form is checked and cleaned in one way everywhere."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from billops_desktop.errors import InvalidInput
from billops_desktop.services import fields


@pytest.mark.parametrize(
    ("check", "typed", "kept"),
    [
        (fields.line, "  Mu\u0308ller ", "Müller"),
        (fields.name, "x", "x"),
        (fields.prose, "a\r\nb ", "a\nb "),
        (fields.currency, " eur ", "EUR"),
        (fields.terms_days, None, None),
        (fields.terms_days, 0, 0),
        (fields.seconds, None, None),
        (fields.colour, "blue", "blue"),
        (fields.exact, Decimal("0.123456"), Decimal("0.123456")),
        (fields.email, "", ""),
        (fields.ADDRESS["country"], "de", "DE"),
        (fields.BANK["iban"], "DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        (fields.one_of("", "to"), "", ""),
    ],
)
def test_what_is_kept(check: Callable[[Any, str], Any], typed: object, kept: object) -> None:
    assert check(typed, "field") == kept


@pytest.mark.parametrize(
    ("check", "typed"),
    [
        (fields.line, "a\nb"),
        (fields.seconds, 2**63),
        (fields.exact, Decimal("0.1234567")),
        (fields.exact, Decimal("NaN")),
        (fields.exact, Decimal("sNaN")),
        (fields.exact, Decimal("1e1000000")),
        (fields.amount_minor, -1),
        (fields.amount_minor, 2**63),
        (fields.line, "x" * 201),
        (fields.line, "\ud800"),
        (fields.short, "x" * 41),
        (fields.name, " \t"),
        (fields.prose, "\x1b[31m"),
        (fields.terms_days, 4_000),
        (fields.seconds, -1),
        (fields.colour, "mauve"),
        (fields.one_of("a", "b"), "c"),
    ],
)
def test_what_is_refused_names_its_field(check: Callable[[Any, str], Any], typed: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        check(typed, "the_field")
    assert refused.value.field == "the_field"


def test_a_field_without_a_check_is_a_fault() -> None:
    with pytest.raises(KeyError):
        fields.checked({"name": fields.name}, {"other": "x"})
