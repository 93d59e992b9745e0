"""Typed text: what can be kept is composed, what cannot is refused with its field."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billops_desktop.domain.reading import typed
from billops_desktop.domain.reading.typed import check_text
from billops_desktop.errors import InvalidInput


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("Mu\u0308ller", "Müller"),
        ("a\r\nb\rc\n\td", "a\nb\nc\n\td"),
        ("日本語 🇩🇪 👨‍👩‍👧 עברית\u200f", "日本語 🇩🇪 👨‍👩‍👧 עברית\u200f"),
        ("<b>{0}</b> %s", "<b>{0}</b> %s"),
    ],
)
def test_text_is_composed_and_keeps_its_line_ends_plain(text: str, kept: str) -> None:
    assert check_text(text, "note") == kept


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x01", "\x1b", "\x7f", "\x85", "\ud800", "\ufdd0", "\ufdef", "\ufffe",
     "\uffff", "\U0001fffe", "\U0010ffff"],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_and_named(character: str) -> None:
    with pytest.raises(InvalidInput, match=f"U\\+{ord(character):04X}") as refusal:
        check_text(f"a{character}b", "note")
    assert refusal.value.field == "note"
    refusal.value.title.encode()


def test_one_line_is_one_line() -> None:
    assert check_text("a\tb", "name", multiline=False) == "a\tb"
    with pytest.raises(InvalidInput, match="one line"):
        check_text("a\nb", "name", multiline=False)


def test_length_is_counted_after_composing() -> None:
    assert check_text("u\u0308" * 5, "name", max_length=5) == "ü" * 5
    with pytest.raises(InvalidInput, match="longer than 5 characters"):
        check_text("abcdef", "name", max_length=5)
    assert len(check_text("x" * 10_000, "note")) == 10_000
    with pytest.raises(InvalidInput):
        check_text("x" * 10_001, "note")


@given(st.text(max_size=100))
def test_checking_twice_is_checking_once(text: str) -> None:
    try:
        once = check_text(text, "note")
    except InvalidInput:
        return
    assert check_text(once, "note") == once
    assert unicodedata.is_normalized("NFC", once)


def test_all_readers_are_found_in_one_place() -> None:
    assert {name for name in typed.__all__ if name.startswith("read_")} == {
        "read_date", "read_decimal", "read_duration", "read_money", "read_quantity", "read_time",
    }  # fmt: skip
