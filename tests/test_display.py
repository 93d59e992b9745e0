"""The tests' own screen works: a real window takes real keys, and a tray takes an icon."""

from __future__ import annotations

import sys

import pytest

from tests.support.display import Screen, wait_for

RED = (255, 0, 0)
WINDOW = """
import sys
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QLineEdit, QSystemTrayIcon
app = QApplication([])
box = QLineEdit()
box.setWindowTitle("A line to type in")
box.returnPressed.connect(lambda: (print(box.text(), flush=True), app.quit()))
box.resize(300, 80)
box.show()
paint = QPixmap(22, 22)
paint.fill("red")
tray = QSystemTrayIcon(QIcon(paint))
tray.show()
sys.exit(app.exec() or not QSystemTrayIcon.isSystemTrayAvailable())
"""


@pytest.mark.xvfb
def test_keys_reach_a_window_and_an_icon_the_tray(screen: Screen) -> None:
    program = screen.start(sys.executable, "-c", WINDOW)
    window = screen.window("A line to type in")
    screen.xdotool("windowactivate", "--sync", window)
    wait_for(
        lambda: RED in {colour for _, colour in screen.picture().getcolors(2**20) or []},
        "the icon in the tray",
    )
    screen.click(window, 100, 40)
    # Letters of the keyboard only: for others xdotool rebinds a key, and now and then one is lost.
    screen.type("Write report 42")
    screen.key("Return")
    said, _ = program.communicate(timeout=20)
    assert (said.strip(), program.returncode) == ("Write report 42", 0)
