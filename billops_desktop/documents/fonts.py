"""The bundled fonts: which one has a character, how wide it is, figures of one width."""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from billops_desktop.values import dataclass

if TYPE_CHECKING:
    from billops_desktop.documents.pdf_fonts import BundledFont

BOX = "\u25a1"  # drawn for what no font has; Inter has it in every weight


class Weight(Enum):
    """A weight of Inter, with the weight its companions for other scripts have."""

    REGULAR = ("Inter-Regular", "Regular")
    SEMIBOLD = ("Inter-SemiBold", "Bold")
    BOLD = ("Inter-Bold", "Bold")

    @property
    def main(self) -> str:
        """Return the file name, without ending, of this weight of Inter."""
        return self.value[0]

    @property
    def bold(self) -> bool:
        """Say whether this weight is meant to stand out."""
        companion: str = self.value[1]
        return companion == "Bold"

    def fallback(self, code: int) -> str:
        """Return the file that is asked for a character Inter lacks."""
        for first, last, name in SCRIPTS:
            if first <= code <= last:
                return name.format(weight=self.value[1])
        return SYMBOLS


SYMBOLS = "DejaVuSans"
SINGLE_WEIGHT = {SYMBOLS, "DroidSansFallback"}
SCRIPTS = (
    (0x0590, 0x05FF, "NotoSansHebrew-{weight}"),
    (0x0600, 0x08FF, "NotoSansArabic-{weight}"),
    (0x1100, 0x11FF, "DroidSansFallback"),
    (0x2E80, 0x9FFF, "DroidSansFallback"),
    (0xAC00, 0xD7FF, "DroidSansFallback"),
    (0xF900, 0xFAFF, "DroidSansFallback"),
    (0xFB1D, 0xFB4F, "NotoSansHebrew-{weight}"),
    (0xFB50, 0xFDFF, "NotoSansArabic-{weight}"),
    (0xFE30, 0xFE4F, "DroidSansFallback"),
    (0xFE70, 0xFEFE, "NotoSansArabic-{weight}"),
    (0xFF00, 0xFFEF, "DroidSansFallback"),
)


@dataclass(frozen=True, slots=True)
class Glyph:
    """Where a character comes from: its font, the character drawn, its width in 1/1000 em."""

    font: BundledFont
    char: str
    width: float


class Typeface(dict[str, Glyph]):
    """The characters of one weight, each looked up once and then kept."""

    def __init__(self, weight: Weight) -> None:
        super().__init__()
        from billops_desktop.documents.pdf_fonts import bundled_font

        self.weight = weight
        self.main = bundled_font(weight.main)
        self.widths = Widths(self)

    def __missing__(self, char: str) -> Glyph:
        from billops_desktop.documents.pdf_fonts import bundled_font

        font, shown = self.main, char
        if not font.has(ord(char)):
            font = bundled_font(self.weight.fallback(ord(char)))
        if not font.has(ord(char)):
            font, shown = self.main, BOX
        glyph = self[char] = Glyph(font, shown, font.face.getCharWidth(ord(shown)))
        return glyph

    def width(self, text: str) -> float:
        """Return the width of a line of text in 1/1000 em."""
        return sum(map(self.widths.__getitem__, text))

    def runs(self, text: str) -> list[tuple[BundledFont, str]]:
        """Cut a line into stretches that one font can draw."""
        if text.isascii():
            return [(self.main, text)]
        found: list[tuple[BundledFont, str]] = []
        for char in text:
            glyph = self[char]
            if found and found[-1][0] is glyph.font:
                found[-1] = (glyph.font, found[-1][1] + glyph.char)
            else:
                found.append((glyph.font, glyph.char))
        return found


class Widths(dict[str, float]):
    """The width of each character, kept apart: summing a line must be one C loop."""

    def __init__(self, typeface: Typeface) -> None:
        super().__init__()
        self._typeface = typeface

    def __missing__(self, char: str) -> float:
        width = self[char] = self._typeface[char].width
        return width


@cache
def typeface(weight: Weight) -> Typeface:
    """Return the characters of a weight; the fonts behind it are read once per process."""
    return Typeface(weight)
