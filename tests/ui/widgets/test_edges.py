"""Tests for flush rows: a button's face begins where the field above it begins."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QVBoxLayout, QWidget

from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.edges import flush_row
from billops_desktop.ui.widgets.input.fields import TextField


def face_left(button: Button) -> float:
    """Return where a face begins, seen from its window."""
    return button.mapTo(button.window(), QPoint(0, 0)).x() + button.face().left()


def test_a_face_begins_where_the_field_begins(dressed: Any, qtbot: Any) -> None:
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
