"""Quoting: what was typed can always be shown again inside an error's words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from billops_desktop.domain.quoting import quoted


def test_a_short_text_is_quoted_as_typed() -> None:
    assert quoted(" 31.2.2026 ") == "“31.2.2026”"
    assert quoted("") == "“”"
    assert quoted("größer als 5 €") == "“größer als 5 €”"


def test_what_does_not_print_is_replaced_and_the_rest_is_cut() -> None:
    assert quoted("a\x00\x1b[31m\ud800\nb") == "“a\ufffd\ufffd[31m\ufffd\ufffdb”"
    assert quoted("y" * 41) == f"“{'y' * 40}…”"


@given(st.text(max_size=80))
def test_any_text_is_quoted_on_one_printable_line(text: str) -> None:
    shown = quoted(text)
    assert len(shown) <= 43
    assert shown.isprintable()
    shown.encode()
