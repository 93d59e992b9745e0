"""What is drawn reads back as what was typed."""

from __future__ import annotations

from billops_desktop.documents.font_files import TABULAR_ZERO
from billops_desktop.documents.pdf_fonts import bundled_font, prepare, reads_as, to_unicode


def test_a_font_is_read_once() -> None:
    assert bundled_font("Inter-Regular") is bundled_font("Inter-Regular")


def test_drawn_forms_read_as_letters_and_figures() -> None:
    assert reads_as(TABULAR_ZERO + 7) == "7"
    assert reads_as(0xFEE1) == "م"
    assert reads_as(0xFEFB) == "لا"
    assert reads_as(0x41) == "A"


def test_the_map_has_no_null_and_small_blocks() -> None:
    written = to_unicode("X", [0] + [32] * 32 + list(range(65, 280)))
    assert "<0000>" not in written
    assert written.count("<0020>") == 1
    assert "100 beginbfchar" in written
    assert "<D83DDE00>" in to_unicode("X", [0x1F600])


def test_reportlab_takes_nothing_from_outside() -> None:
    from reportlab import rl_config

    prepare()
    assert rl_config.trustedHosts == []
    assert rl_config.trustedSchemes == []
    assert not rl_config.useA85
