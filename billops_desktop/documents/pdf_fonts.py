"""Bundled TrueType files as reportlab fonts whose text can be read back from the PDF."""

from __future__ import annotations

import json
import threading
import unicodedata
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from billops_desktop.documents.font_files import EM, TABULAR_ZERO, font_file

ROWS_PER_BLOCK = 100
CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /{name} def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange
"""
CMAP_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""

_loaded: dict[str, BundledFont] = {}
_loading = threading.Lock()
_subsetting = threading.Lock()


class BundledFont(TTFont):  # type: ignore[misc]  # reportlab ships no annotations
    """A font of ours: a subset per document, plain digits and letters in its ToUnicode map."""

    def __init__(self, name: str) -> None:
        super().__init__(name, str(font_file(name)), asciiReadable=False, shapable=False)
        self._add_tabular_figures()

    def has(self, code: int) -> bool:
        """Say whether the font can draw this character."""
        return code in self.face.charToGlyph

    def _add_tabular_figures(self) -> None:
        # The glyph numbers were read from the font's "tnum" feature when it was bundled.
        numbers = json.loads(font_file(self.fontName).with_name("tabular.json").read_bytes())
        face = self.face
        for digit, glyph in enumerate(numbers.get(f"{self.fontName}.ttf", ())):
            code = TABULAR_ZERO + digit
            face.charToGlyph[code] = glyph
            face.charWidths[code] = face.hmetrics[glyph][0] * EM / face.unitsPerEm

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's spelling
        """Add the subsets, then say what their glyphs read as: never U+0000 (PDF/A-3u)."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        with _subsetting:  # the file has one reading place, and lanes render side by side
            super().addObjects(doc)
        for index, subset in enumerate(subsets):
            base = (SUBSETN(index) + b"+" + self.face.name + self.face.subfontNameX).decode()
            stream = doc.idToObject["toUnicodeCMap:" + base]
            stream.content = to_unicode(base, subset)


def reads_as(code: int) -> str:
    """Return the text that a drawn character stands for: joined Arabic forms are letters again."""
    if TABULAR_ZERO <= code < TABULAR_ZERO + 10:
        return str(code - TABULAR_ZERO)
    if 0xFB1D <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFE:
        return unicodedata.normalize("NFKC", chr(code))
    return chr(code)


def to_unicode(name: str, subset: list[int]) -> str:
    """Return the ToUnicode map of a subset."""
    rows = [
        f"<{position:02X}> <{reads_as(code).encode('utf-16-be').hex().upper()}>"
        for position, code in enumerate(subset)
        if code not in {0, 32} or position == 32
    ]
    blocks = [rows[at : at + ROWS_PER_BLOCK] for at in range(0, len(rows), ROWS_PER_BLOCK)]
    written = "".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks
    )
    return CMAP_HEAD.format(name=name) + written + CMAP_TAIL


def bundled_font(name: str) -> BundledFont:
    """Return a bundled font, read once per process; several lanes may ask at once."""
    with _loading:
        font = _loaded.get(name)
        if font is None:
            font = _loaded[name] = BundledFont(name)
            pdfmetrics.registerFont(font)
        return font


def prepare() -> None:
    """Set what reportlab keeps for the whole process: binary streams, nothing from outside."""
    rl_config.invariant = 1  # no comments about objects in the file either
    rl_config.useA85 = 0  # a quarter of the time went into text-encoding compressed streams
    rl_config.trustedHosts = []
    rl_config.trustedSchemes = []
