"""The font files: TrueType that may be embedded, licences beside them, figures of one width."""

from __future__ import annotations

import json

import pytest
from fontTools.ttLib import TTFont

from billops_desktop.documents.font_files import font_file
from billops_desktop.documents.fonts import Weight

FILES = [weight.main for weight in Weight] + [
    "NotoSansHebrew-Regular", "NotoSansHebrew-Bold", "NotoSansArabic-Regular",
    "NotoSansArabic-Bold", "DroidSansFallback", "DejaVuSans",
]  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_truetype_that_may_be_embedded(name: str) -> None:
    with TTFont(font_file(name), lazy=True) as font:
        assert "glyf" in font
        assert font["OS/2"].fsType in {0, 8}
        assert font["name"].getDebugName(1)


def test_licences_lie_beside_the_fonts() -> None:
    folder = font_file("x").parent
    for name in ("Inter-OFL.txt", "Noto-OFL.txt", "Droid-Apache-2.0.txt", "DejaVu-LICENSE.txt"):
        assert len((folder / name).read_text(encoding="utf-8")) > 1000
    size = sum(path.stat().st_size for path in folder.iterdir())
    assert size < 12_000_000


def test_tabular_figures_are_those_of_the_fonts_own_feature() -> None:
    numbers = json.loads(font_file("x").with_name("tabular.json").read_bytes())
    for weight in Weight:
        with TTFont(font_file(weight.main), lazy=True) as font:
            names = [font.getGlyphName(glyph) for glyph in numbers[f"{weight.main}.ttf"]]
        assert names == [
            f"{digit}.tf" for digit in
            ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
        ]  # fmt: skip
