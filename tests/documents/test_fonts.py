"""The bundled fonts hold what they are there for."""

from __future__ import annotations

import pytest

from billops_desktop.documents.fonts import BOX, Weight, typeface
from tests.documents.samples import SCRIPTS


@pytest.mark.parametrize("weight", list(Weight))
@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_has_a_font_in_every_weight(weight: Weight, script: str) -> None:
    face = typeface(weight)
    assert BOX not in "".join(shown for _, shown in face.runs(SCRIPTS[script]))


def test_a_line_is_cut_where_the_font_changes() -> None:
    runs = typeface(Weight.BOLD).runs("Acme ש 会 →")
    assert [font.fontName for font, _ in runs] == [
        "Inter-Bold", "NotoSansHebrew-Bold", "Inter-Bold", "DroidSansFallback", "Inter-Bold",
    ]  # fmt: skip
    assert "".join(text for _, text in runs) == "Acme ש 会 →"


def test_what_no_font_has_is_a_box_with_its_width() -> None:
    face = typeface(Weight.REGULAR)
    assert face.runs("\U0001f9fe") == [(face.main, BOX)]
    assert face.width("\U0001f9fe") == face.width(BOX) > 0
