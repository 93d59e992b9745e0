"""Typed text becomes drawn text: harmless, joined, in visual order, within the width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billops_desktop.documents.fonts import BOX, Weight, typeface
from billops_desktop.documents.shaping import break_lines, clean, one_line, tabular

FACE = typeface(Weight.REGULAR)


def lines(text: str, width: float = 200) -> list[str]:
    return [line.text for line in break_lines(text, FACE, 9, width)]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("plain", "plain"),
        ("a\x00b\x1fc\x7f", f"a{BOX}b{BOX}c{BOX}"),
        ("turn\u202egnp.exe\u2066", f"turn{BOX}gnp.exe{BOX}"),
        ("half \ud800 private \ue000 \ufffe", f"half {BOX} private {BOX} {BOX}"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb", "a    b"),
        ("soft\u00adhyphen zero\u200bwidth \ufeffmark\ufe0f", "softhyphen zerowidth mark"),
        ("e\u0301", "é"),
    ],
)
def test_nothing_but_text_is_left(typed: str, shown: str) -> None:
    assert clean(typed) == shown


@given(st.text())
def test_any_text_can_be_drawn(text: str) -> None:
    for line in break_lines(text, FACE, 9, 150):
        assert not any(ord(char) < 32 or 0xD800 <= ord(char) < 0xE000 for char in line.text)
        assert FACE.runs(line.text) or not line.text


def test_lines_end_between_words() -> None:
    found = lines("The quick brown fox jumps over the lazy dog and goes on with its day")
    assert len(found) > 1
    assert " ".join(found) == "The quick brown fox jumps over the lazy dog and goes on with its day"
    assert lines("one\n\ntwo") == ["one", "", "two"]


@given(st.text(alphabet="abc -/漢字。é", max_size=300), st.floats(min_value=20, max_value=300))
def test_no_line_is_wider_than_it_may_be_and_no_letter_is_lost(text: str, width: float) -> None:
    found = break_lines(text, FACE, 9, width)
    for line in found:
        assert FACE.width(line.text.rstrip(" ")) * 9 / 1000 <= width + 1e-6
    assert "".join(line.text for line in found).replace(" ", "") == text.replace(" ", "")


def test_a_word_wider_than_the_line_is_cut() -> None:
    found = lines("x" * 1000)
    assert len(found) > 10
    assert "".join(found) == "x" * 1000


def test_closing_signs_stay_with_their_letter() -> None:
    assert all(not line.startswith(("。", "、")) for line in lines("技術、相談。" * 40))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("שלום", "םולש"),
        ("(שלום) abc", "abc (םולש)"),  # a right-to-left paragraph: brackets are turned
        ("abc (שלום) 123", "abc (םולש) 123"),
        ("שלום () x", "x () םולש"),
        ("()[]", "()[]"),
        ("\u200fabc\u200e", "abc"),
        ("שלום 123", "123 םולש"),
    ],
)
def test_right_to_left_text_is_drawn_from_the_right(typed: str, shown: str) -> None:
    assert one_line(typed) == shown


def test_arabic_letters_are_joined() -> None:
    assert one_line("سلام") == "\ufee1\ufefc\ufeb3"  # meem final, lam-alef final, seen initial


def test_a_paragraph_keeps_its_direction_on_each_line() -> None:
    found = break_lines("שלום עולם abc " * 30, FACE, 9, 150)
    assert len(found) > 3
    assert all(line.rtl for line in found)
    assert not any(line.rtl for line in break_lines("abc שלום " * 30, FACE, 9, 150))


def test_vowel_points_follow_their_letter() -> None:
    assert one_line("בַּ") in {"ב\u05b7\u05bc", "ב\u05bc\u05b7"}


def test_figures_of_one_width() -> None:
    plain, wide = one_line("1,111.10"), tabular(one_line("1,111.10"))
    assert plain != wide
    assert FACE.width(tabular(one_line("111"))) == FACE.width(tabular(one_line("000")))
    assert FACE.width(one_line("111")) < FACE.width(one_line("000"))
