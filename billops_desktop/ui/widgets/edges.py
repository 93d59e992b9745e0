"""Layouts whose buttons stand optically flush with the fields and words around them."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QBoxLayout, QWidget

# What a button and a check box keep free around their face for the focus ring.
RING: Final = 3


def flush_row(*widgets: QWidget, spacing: int = 6) -> QBoxLayout:
    """Return a row that begins where the face of its first button is to begin.

    Faces are painted inside their widget, so the row starts that much further left. The widget
    around it needs a left margin of RING or more: no layout puts a widget outside its parent.
    """
    row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    row.setSpacing(spacing)
    row.addSpacing(-RING)
    for widget in widgets:
        row.addWidget(widget)
    return row
