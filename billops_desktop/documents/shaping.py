"""From typed text to what is drawn: harmless, joined, in visual order, broken into lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import accumulate
from typing import NewType

from billops_desktop.documents.font_files import EM, TO_TABULAR
from billops_desktop.documents.fonts import BOX, Typeface
from billops_desktop.values import dataclass

# Only this module makes Visual text, and only Visual text is drawn: the one choke point.
Visual = NewType("Visual", str)

# Fillers, joiners and selectors that are never seen.
DROPPED = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2064\u206a-\u206f"
DROPPED += "\u3164\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
# Controls, overrides that turn text around, surrogates, private and non-characters.
SHOWN_AS_BOX = "\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\uf8ff\ufdd0-\ufdef"
SHOWN_AS_BOX += "\ufffe\uffff\U000f0000-\U0010ffff"
ODD = re.compile(f"([{DROPPED}])|([{SHOWN_AS_BOX}])")

RTL = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
ARABIC = re.compile("[\u0600-\u08ff]")
MARKS = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
TURNED_MARKS = re.compile(f"([{MARKS}]+)([^{MARKS}\\s])")
DIRECTION_SIGNS = re.compile("[\u200e\u200f\u061c\u200c\u200d]")
MIRRORED = str.maketrans("()[]{}<>«»‹›≤≥", ")(][}{><»«›‹≥≤")
MIRRORABLE = re.compile(r"([()\[\]{}<>«»‹›≤≥])")
# Two marks that take the direction of the bracket before them; typed ones were dropped.
PROBE = "\ufe0e\ufe0f"
PROBED = re.compile(f"{PROBE[::-1]}{MIRRORABLE.pattern}|{PROBE}")

WIDE = "\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60"
STAYS_BEFORE = "、。，．：；！？）」』】〕》〉’”"
# Where a line may end: after a space, a hyphen or a slash inside a word, around wide letters.
PIECES = re.compile(
    f"[ \u2000-\u2006\u2008-\u200a\u3000]+"
    f"|[{WIDE}][{STAYS_BEFORE}]*"
    f"|[^ \u2000-\u2006\u2008-\u200a\u3000{WIDE}\\-/]*[\\-/]*"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line as drawn, its width in points, and whether its paragraph runs right to left."""

    text: Visual
    width: float
    rtl: bool = False


def clean(text: str) -> str:
    """Return text that can only be read: no control works, each shows as a box.

    Line ends become newlines, tabs spaces; invisible fillers are left out.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = ODD.sub(lambda found: "" if found[1] else BOX, text)
    return unicodedata.normalize("NFC", text)


def plain_line(text: str) -> str:
    """Return harmless text on one line, in reading order: for what a viewer shows itself."""
    return clean(text).replace("\n", " ")


@lru_cache(maxsize=4096)
def one_line(text: str) -> Visual:
    """Return a short text ready to draw; line ends in it become spaces."""
    text = plain_line(text)
    if not RTL.search(text):
        return Visual(text)
    return _visual(_joined(text), _base_direction(text))


def tabular(text: Visual) -> Visual:
    """Return the text with figures of one width, for columns."""
    return Visual(text.translate(TO_TABULAR))


def break_lines(text: str, face: Typeface, size: float, width: float) -> list[Line]:
    """Break text into lines no wider than ``width`` points; a longer word is cut."""
    limit = width * EM / size
    lines: list[Line] = []
    for paragraph in clean(text).split("\n"):
        rtl = bool(RTL.search(paragraph))
        base = _base_direction(paragraph) if rtl else "L"
        for piece in _filled(_joined(paragraph) if rtl else paragraph, face, limit):
            shown = _visual(piece, base) if rtl else Visual(piece)
            lines.append(Line(shown, face.width(shown) * size / EM, base == "R"))
    return lines


def _filled(text: str, face: Typeface, limit: float) -> list[str]:
    """Fill lines up to the limit (in 1/1000 em), greedily."""
    if face.width(text) <= limit:
        return [text]
    lines: list[str] = []
    held: list[str] = []
    used = 0.0
    for piece in PIECES.findall(text):
        wide = face.width(piece)
        if used + wide > limit and not piece.isspace():
            if held:
                lines.append("".join(held).rstrip(" "))
                held, used = [], 0.0
            if wide > limit:
                *full, piece = _cut(piece, face, limit)  # noqa: PLW2901 - the rest goes on
                lines.extend(full)
                wide = face.width(piece)
        elif piece.isspace() and not held and lines:
            continue
        held.append(piece)
        used += wide
    if held or not lines:
        lines.append("".join(held).rstrip(" "))
    return lines


def _cut(word: str, face: Typeface, limit: float) -> list[str]:
    """Cut a word that is wider than a line."""
    parts: list[str] = []
    start, offset = 0, 0.0
    ends = list(accumulate(map(face.widths.__getitem__, word)))
    for at, end in enumerate(ends):
        if end - offset > limit and at > start:
            parts.append(word[start:at])
            start, offset = at, ends[at - 1]
    parts.append(word[start:])
    return parts


def _base_direction(text: str) -> str:
    """Return the direction of a paragraph: that of its first letter."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in {"R", "AL"}:
            return "R"
        if kind == "L":
            return "L"
    return "L"


def _joined(text: str) -> str:
    """Return Arabic letters in the forms that join, still in reading order."""
    if not ARABIC.search(text):
        return text
    return _arabic_joiner()(text)


@cache
def _arabic_joiner() -> Callable[[str], str]:
    """Return what joins Arabic letters; it reads its tables when it is made."""
    from arabic_reshaper import ArabicReshaper

    options = {"delete_harakat": False, "shift_harakat_position": False}
    join: Callable[[str], str] = ArabicReshaper(options).reshape
    return join


def _visual(line: str, base: str) -> Visual:
    """Return a line in the order in which it is drawn, left to right."""
    from bidi import get_display  # type: ignore[import-untyped]  # has no annotations

    shown = str(get_display(MIRRORABLE.sub(r"\1" + PROBE, line), base_dir=base))
    # In a stretch that was turned around the probe stands, turned, before its bracket.
    shown = PROBED.sub(lambda found: found[1].translate(MIRRORED) if found[1] else "", shown)
    shown = TURNED_MARKS.sub(r"\2\1", shown)
    return Visual(DIRECTION_SIGNS.sub("", shown))
