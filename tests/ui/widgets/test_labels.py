"""Tests for labels: no markup, no hidden direction marks, one line that fits."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.ui.widgets.labels import (
    ElidedLabel,
    KeyCap,
    PlainLabel,
    escaped,
    set_tooltip,
    shown,
)

HOSTILE = '<img src="file:///canary.png"><b>PAID</b> &amp; \u202egnp'


def test_hostile_text_is_shown_letter_by_letter(dressed: QApplication, qtbot: QtBot) -> None:
    label = PlainLabel(HOSTILE)
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text().startswith('<img src="file')
    assert "\\u202e" in label.text()


def test_tooltips_are_escaped(dressed: QApplication, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    set_tooltip(widget, HOSTILE)
    assert "&lt;img" in widget.toolTip()
    assert "<img" not in widget.toolTip()
    assert escaped("") == ""


def test_long_text_is_capped_and_controls_are_visible() -> None:
    assert len(shown("x" * 5_000)) == 2_000
    assert shown("a\x07b\n") == "a\\x07b\n"


def test_a_short_label_ends_in_dots_and_has_the_whole_as_tooltip(
    dressed: QApplication, qtbot: QtBot
) -> None:
    label = ElidedLabel("A rather long description of what was done")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert "rather long" in label.toolTip()
    label.resize(600, 20)
    assert label.toolTip() == ""
    assert not label.grab().isNull()


def test_a_key_cap_is_never_narrower_than_high(dressed: QApplication, qtbot: QtBot) -> None:
    cap = KeyCap("K")
    qtbot.addWidget(cap)
    assert cap.sizeHint().width() >= cap.sizeHint().height()
    assert not cap.grab().isNull()
