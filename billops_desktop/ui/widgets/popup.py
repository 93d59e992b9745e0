"""A small window that closes with a click beside it: round corners, hairline, no shadow needed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget

from billops_desktop.ui import theme

RADIUS = 10


class Popup(QWidget):
    """Base of pickers; its corners are cut by a mask, which needs no compositor."""

    def __init__(
        self, parent: QWidget | None = None, *, kind: Qt.WindowType = Qt.WindowType.Popup
    ) -> None:
        super().__init__(parent, kind | Qt.WindowType.FramelessWindowHint)
        if parent is None:
            theme.dress(self)

    def place_under(self, anchor: QWidget, *, right: bool = False) -> None:
        """Move below a widget, or above it where the screen ends; aligned left or right."""
        room = anchor.screen().availableGeometry()
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + 2))
        if right:
            corner.setX(corner.x() + anchor.width() - self.width())
        corner.setX(max(room.left(), min(corner.x(), room.right() - self.width())))
        if corner.y() + self.height() > room.bottom():
            corner.setY(anchor.mapToGlobal(QPoint(0, 0)).y() - self.height() - 2)
        self.move(corner)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint surface and hairline."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("border"))
        painter.setPen(theme.colour("border"))
        painter.setBrush(theme.colour("bg_surface"))
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, RADIUS, RADIUS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the corners."""
        super().resizeEvent(event)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        self.setMask(QRegion(path.toFillPolygon().toPolygon()))
