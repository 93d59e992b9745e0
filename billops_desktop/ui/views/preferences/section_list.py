"""The names of the sections: one lit, walked by the arrow keys, one stop for Tab."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from billops_desktop.ui import fonts, icons, theme
from billops_desktop.ui.widgets.buttons import Button, edged, ring, shows_ring


class SectionButton(Button):
    """A section's name with its icon; ``stepped`` asks for the one above or below."""

    stepped = Signal(int)

    def __init__(self, key: str, words: str, icon: str, parent: QWidget) -> None:
        super().__init__(words, parent, kind="ghost", icon=icon, name=f"section-{key}")
        self.setCheckable(True)
        self.toggled.connect(self._on_toggled)
        self._on_toggled(False)

    def _on_toggled(self, lit: bool) -> None:
        policy = Qt.FocusPolicy.StrongFocus if lit else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(policy)

    def nextCheckState(self) -> None:
        """Stay lit when pressed again: the page decides which one is."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrow keys."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint fill, icon and words at the left."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = self.face()
        lit = self.isChecked()
        if lit:
            edged(painter, face, "bg_pressed", 6)
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("bg_hover"))
            painter.drawRoundedRect(face, 6, 6)
        ink = "text" if lit else "text2"
        icons.paint(
            painter, QRectF(face.left() + 9, face.top(), 18, face.height()), self.icon_name, ink
        )
        painter.setFont(fonts.font("body_strong" if lit else "body_medium"))
        painter.setPen(theme.colour(ink))
        room = face.adjusted(36, 0, -6, 0)
        words = painter.fontMetrics().elidedText(
            self.words(), Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        if self.hasFocus() and shows_ring(self):
            ring(painter, QRectF(self.rect()), 8)
