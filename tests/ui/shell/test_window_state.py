"""Tests for what the window remembers: its place, inside the screens that are there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from billops_desktop.ui.shell.window_state import WindowState, inside, screens


def test_the_place_is_kept_between_two_starts(
    dressed: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "window.json"
    window = QMainWindow()
    qtbot.addWidget(window)
    room = window.screen().availableGeometry()
    window.setGeometry(room.x() + 3, room.y() + 5, 700, 500)
    state = WindowState(file)
    state.put("splitter invoice", [600, 300])
    state.keep(window)
    state.save()
    assert file.stat().st_mode & 0o777 == 0o600
    again = QMainWindow()
    qtbot.addWidget(again)
    later = WindowState(file)
    assert later.place(again) is False
    assert later.get("splitter invoice", []) == [600, 300]
    assert again.geometry().topLeft().y() >= room.y()


@pytest.mark.parametrize("text", ["", "[1, 2]", "{", '{"place x": 3}', "\x00"])
def test_a_broken_file_is_forgotten(
    dressed: QApplication, qtbot: QtBot, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "window.json"
    file.write_text(text.replace("place x", f"place {screens()}"), "utf-8")
    state = WindowState(file)
    window = QMainWindow()
    qtbot.addWidget(window)
    assert state.place(window) is False
    assert state.get("anything", "default") == "default"


def test_a_place_on_a_screen_that_is_gone_is_brought_back(dressed: QApplication) -> None:
    room = QGuiApplication.primaryScreen().availableGeometry()
    moved = inside(QRect(room.right() + 5000, -4000, 9000, 9000))
    assert room.contains(moved)


def test_without_a_file_nothing_is_written(tmp_path: Path) -> None:
    state = WindowState(None)
    state.put("x", 1)
    state.save()
    lost = WindowState(tmp_path / "no such folder" / "window.json")
    lost.put("x", 1)
    lost.save()
    assert list(tmp_path.iterdir()) == []
