"""Tests for the theme: every pair of tokens can be read, switching is live, contrast is heard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.ui import theme
from billops_desktop.ui.widgets.labels import PlainLabel
from tests.support.contrast import contrast

TEXT_PAIRS = [
    ("text", "bg_surface"),
    ("text", "bg_app"),
    ("text", "bg_hover"),
    ("text", "bg_selected"),
    ("text2", "bg_surface"),
    ("text2", "bg_selected"),
    ("text3", "bg_surface"),
    ("text3", "bg_app"),
    ("text3", "bg_hover"),
    ("accent_text", "bg_surface"),
    ("accent_text", "accent_subtle"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_bad", "bad_solid"),
    ("ok", "ok_bg"),
    ("warn", "warn_bg"),
    ("bad", "bad_bg"),
    ("info", "info_bg"),
    ("ok", "bg_surface"),
    ("bad", "bg_surface"),
    ("warn", "bg_surface"),
    ("info", "bg_surface"),
    ("text2", "bg_app"),
    ("text2", "bg_hover"),
    ("tooltip_fg", "tooltip_bg"),
]
SHAPE_PAIRS = [
    ("border_control", "bg_surface"),
    ("border_strong", "bg_surface"),
    ("bad_solid", "bg_surface"),
    ("accent", "bg_surface"),
    ("focus", "bg_surface"),
    ("focus", "bg_app"),
]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [(*pair, 4.5) for pair in TEXT_PAIRS] + [(*pair, 3.0) for pair in SHAPE_PAIRS],
)
def test_pairs_of_tokens_can_be_told_apart(dark: bool, front: str, back: str, least: float) -> None:
    look = theme.Theme(dark=dark)
    assert contrast(look.colour(front), look.colour(back)) >= least - 0.01


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", theme.HUES)
def test_project_hues_stand_out_and_carry_text(dark: bool, name: str) -> None:
    look = theme.Theme(dark=dark)
    assert contrast(look.hue(name), look.colour("bg_surface")) >= 4.5
    for ink in ("text", "text2"):
        assert contrast(look.colour(ink), look.tint(name)) >= 4.5


def test_high_contrast_turns_borders_into_text() -> None:
    look = theme.Theme(high_contrast=True)
    assert look.colour("border") == look.colour("text")
    assert look.colour("text3") == look.colour("text2")
    assert look.tint("blue") == look.colour("bg_surface")


def test_high_contrast_outlines_what_else_only_a_fill_shows(dressed: QApplication) -> None:
    assert theme.edge().style() == Qt.PenStyle.NoPen
    assert theme.edge("border").color() == theme.colour("border")
    theme.SWITCH.wear(theme.Theme(high_contrast=True))
    assert theme.edge().color() == theme.colour("text")
    theme.SWITCH.choose("light")


@pytest.fixture
def page(dressed: QApplication, qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    theme.dress(made)
    made.resize(200, 100)
    made.show()
    yield made
    theme.SWITCH.choose("light")


def ground(field: QLineEdit) -> QColor:
    return field.grab().toImage().pixelColor(20, 4)


def test_switching_changes_what_stands_on_the_screen(page: QWidget) -> None:
    field, label = QLineEdit(page), PlainLabel("words", page, ink="text2")
    for widget in (field, label):
        widget.show()
    seen = []
    theme.SWITCH.changed.connect(lambda: seen.append(theme.SWITCH.theme.dark))
    theme.SWITCH.choose("dark")
    assert seen == [True]
    dark = theme.Theme(dark=True)
    assert ground(field) == dark.colour("bg_surface")
    assert label.palette().color(QPalette.ColorRole.WindowText) == dark.colour("text2")
    theme.SWITCH.choose("light")
    assert ground(field) == theme.Theme().colour("bg_surface")


def test_a_hidden_page_is_dressed_when_it_is_shown_next(page: QWidget) -> None:
    field = QLineEdit(page)
    light = page.styleSheet()
    page.hide()
    theme.SWITCH.choose("dark")
    assert page.styleSheet() == light
    page.show()
    assert page.styleSheet() != light
    assert ground(field) == theme.Theme(dark=True).colour("bg_surface")


def test_an_unknown_choice_follows_the_system(dressed: QApplication) -> None:
    theme.SWITCH.choose("mauve")
    assert theme.SWITCH.choice == "system"


def test_the_style_sheet_knows_every_token_it_names() -> None:
    sheet = theme.style_sheet(theme.Theme())
    assert "@" not in sheet
    assert "font" not in sheet.split("*/", 1)[1]
