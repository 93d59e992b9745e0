"""Tests for icons: in a token's colour, at the screen's ratio, from the folder we ship."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from billops_desktop.paths import resources_folder
from billops_desktop.ui import icons, theme
from billops_desktop.ui.actions import declarations


def colours(image: QImage) -> set[str]:
    found = set()
    for x in range(image.width()):
        for y in range(image.height()):
            pixel = image.pixelColor(x, y)
            if pixel.alpha() == 255:
                found.add(pixel.name())
    return found


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_an_icon_wears_the_tokens_colour(dressed: QApplication, choice: str) -> None:
    theme.SWITCH.choose(choice)
    drawn = icons.pixmap("square", "accent", 32).toImage()
    assert theme.colour("accent").name() in colours(drawn)


def test_an_icon_is_rendered_at_the_screens_ratio(dressed: QApplication) -> None:
    assert icons.pixmap("clock", ratio=2.0).width() == 32
    assert icons.pixmap("clock", ratio=2.0) is icons.pixmap("clock", ratio=2.0)
    icons.forget()
    assert icons.pixmap("clock").width() == 16


def test_every_action_has_an_icon_that_is_shipped_with_its_notice() -> None:
    names = {one.icon for one in declarations() if one.icon}
    shipped = {path.stem for path in (resources_folder() / "icons").glob("*.svg")}
    assert names <= shipped
    assert "ISC" in (resources_folder() / "icons" / "NOTICE.txt").read_text("utf-8")
