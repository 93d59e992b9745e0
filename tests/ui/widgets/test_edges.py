"""Tests for rows: a face begins where the field above it begins; parts go on in a further line."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.edges import WrappingRow, flush_row
from billops_desktop.ui.widgets.input.fields import TextField


def face_left(button: Button) -> float:
    """Return where a face begins, seen from its window."""
    return button.mapTo(button.window(), QPoint(0, 0)).x() + button.face().left()


def test_a_face_begins_where_the_field_begins(dressed: QApplication, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    field, first, second = TextField("name"), Button("Save"), Button("More")
    row = flush_row(first, second)
    row.addStretch(1)
    column = QVBoxLayout(holder)
    column.addWidget(field)
    column.addLayout(row)
    holder.resize(400, 120)
    holder.show()
    assert face_left(first) == field.x()
    assert second.x() > first.geometry().right()


def test_what_does_not_fit_goes_on_in_a_further_line(dressed: QApplication, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    buttons = [Button("Save"), Button("Export as PDF"), Button("More actions")]
    row = WrappingRow(*buttons[:2])
    row.push(buttons[2])
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addLayout(row)
    column.addStretch(1)
    holder.resize(600, 200)
    holder.show()
    assert len({button.y() for button in buttons}) == 1
    assert buttons[2].geometry().right() == holder.width() - 1
    widest = max(button.sizeHint().width() for button in buttons)
    holder.resize(widest, 200)
    column.activate()
    assert len({button.y() for button in buttons}) == 3
    assert all(button.width() >= button.sizeHint().width() for button in buttons)
    assert holder.minimumSizeHint().width() == widest
    buttons[0].hide()
    assert row.heightForWidth(widest) < 3 * buttons[0].height()
    assert row.takeAt(0).widget() is buttons[0]
    assert row.itemAt(9) is None
