"""Tests for chips and badges: a word on its tint, a project with its colour, a count."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from billops_desktop.ui import theme
from billops_desktop.ui.widgets.chips import (
    TONES,
    Badge,
    Choice,
    ColourSquare,
    ProjectChip,
)


@pytest.mark.parametrize("tone", TONES)
def test_a_badge_paints_its_word_on_its_tint(
    dressed: QApplication, qtbot: QtBot, tone: str
) -> None:
    badge = Badge("Overdue", tone)
    qtbot.addWidget(badge)
    badge.resize(badge.sizeHint())
    middle = badge.grab().toImage().pixelColor(5, badge.height() // 2)
    assert middle == theme.colour(TONES[tone][1])
    badge.show_state("Paid in full", "ok")
    assert badge.sizeHint().width() > 60


def test_a_colour_square_wears_the_projects_hue(dressed: QApplication, qtbot: QtBot) -> None:
    square = ColourSquare("teal")
    qtbot.addWidget(square)
    assert square.grab().toImage().pixelColor(5, 5) == theme.hue("teal")
    square.set_hue("red")
    assert square.grab().toImage().pixelColor(5, 5) == theme.hue("red")


def test_the_project_chip_shows_a_project_or_that_there_is_none(
    dressed: QApplication, qtbot: QtBot
) -> None:
    chip = ProjectChip("Project")
    qtbot.addWidget(chip)
    chip.show_project("Website <b>relaunch</b>", "blue")
    assert chip.words() == "Website <b>relaunch</b>"
    assert not chip.grab().isNull()
    chip.show_project("", "")
    assert chip.words() == "Project"
    assert not chip.grab().isNull()


def test_a_choice_is_a_small_pill(dressed: QApplication, qtbot: QtBot) -> None:
    choice = Choice("Half")
    qtbot.addWidget(choice)
    choice.setChecked(True)
    assert choice.sizeHint().height() >= 24
    assert not choice.grab().isNull()
