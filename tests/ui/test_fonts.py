"""Tests for the type scale: Inter is bundled, figures have one width, sizes follow the setting."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QFontInfo, QFontMetrics

from billops_desktop.ui import fonts


def test_inter_is_loaded_from_the_resources(dressed: Any) -> None:
    assert QFontInfo(fonts.font("body")).family() == "Inter"
    assert QFontInfo(fonts.font("title")).pixelSize() == 20


def test_figures_have_one_width(dressed: Any) -> None:
    metrics = QFontMetrics(fonts.font("timer", figures=True))
    assert metrics.horizontalAdvance("1:11:11") == metrics.horizontalAdvance("8:08:08")
    plain = QFontMetrics(fonts.font("timer"))
    assert plain.horizontalAdvance("1:11:11") < plain.horizontalAdvance("8:08:08")


def test_text_size_scales_and_is_held_in_bounds(dressed: Any) -> None:
    fonts.install(dressed, 160)
    assert fonts.font("body").pixelSize() == 21
    assert fonts.row_height(36) > 36
    fonts.install(dressed, 400)
    assert fonts.font("body").pixelSize() == 21
    fonts.install(dressed, 100)
    assert fonts.row_height(36) == 36
