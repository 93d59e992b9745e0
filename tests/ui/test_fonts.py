"""Tests for the type scale: Inter is bundled, figures have one width, sizes follow the setting."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetrics, QTextLayout
from PySide6.QtWidgets import QApplication

from billops_desktop.ui import fonts


def test_inter_is_loaded_from_the_resources(dressed: QApplication) -> None:
    assert QFontInfo(fonts.font("body")).family() == "Inter"
    assert QFontInfo(fonts.font("title")).pixelSize() == 20


def test_figures_have_one_width(dressed: QApplication) -> None:
    metrics = QFontMetrics(fonts.font("timer", figures=True))
    assert metrics.horizontalAdvance("1:11:11") == metrics.horizontalAdvance("8:08:08")
    plain = QFontMetrics(fonts.font("timer"))
    assert plain.horizontalAdvance("1:11:11") < plain.horizontalAdvance("8:08:08")


def test_text_size_scales_and_is_held_in_bounds(dressed: QApplication) -> None:
    fonts.install(dressed, 160)
    assert fonts.font("body").pixelSize() == 21
    assert fonts.row_height(36) > 36
    fonts.install(dressed, 400)
    assert fonts.font("body").pixelSize() == 21
    fonts.install(dressed, 100)
    assert fonts.row_height(36) == 36


def test_a_line_is_elided_to_its_width_and_measured_anew_in_another_size(
    dressed: QApplication,
) -> None:
    fitting, width = fonts.laid_out("Checkout redesign", "body", 60)
    assert fitting.text().endswith("…")
    assert 0 < width <= 60
    whole = fonts.laid_out("Checkout", "body", 500)[1]
    assert fonts.laid_out("Checkout", "body", 500)[0] is fonts.laid_out("Checkout", "body", 500)[0]
    fonts.install(dressed, 160)
    assert fonts.laid_out("Checkout", "body", 500)[1] > whole
    fonts.install(dressed, 100)


def test_drafts_get_their_italic_face(dressed: QApplication) -> None:
    fonts.add_italic()
    assert any("Italic" in style for style in QFontDatabase.styles("Inter"))


def boxes(words: str) -> int:
    """Return how many letters of a text no face can write."""
    layout = QTextLayout(words, QFont(fonts.font("body")))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return sum(run.glyphIndexes().count(0) for run in layout.glyphRuns())


def test_scripts_that_the_system_lacks_are_letters_not_boxes(dressed: QApplication) -> None:
    fonts.add_scripts()
    assert boxes("株式会社サンプル") == boxes("חברת הדוגמה") == boxes("مرحبا") == 0
