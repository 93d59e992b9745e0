"""Who the invoice goes to: initials, name, what matters of the client, a way to change it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from billops_desktop.i18n import _
from billops_desktop.ui import theme
from billops_desktop.ui.widgets.buttons import Button, IconButton
from billops_desktop.ui.widgets.labels import ElidedLabel, PlainLabel
from billops_desktop.ui.widgets.panels import Card


class ClientCard(QWidget):
    """Who the invoice goes to, with the ways to another client and to the client's record."""

    change_wanted = Signal()
    open_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("clientCard")
        card = Card(self, name="clientCardFrame")
        self.tile = Initials(card)
        self.name = ElidedLabel("", card, style="body_strong")
        self.line = ElidedLabel("", card, style="small", ink="text2")
        self.change = Button(_("Change"), card, kind="link", name="changeClient")
        self.record = IconButton("external-link", _("Open the client"), card, size=28)
        self.record.setObjectName("openClient")
        self.change.clicked.connect(self.change_wanted)
        self.record.clicked.connect(self.open_wanted)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.name)
        words.addWidget(self.line)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.tile)
        row.addLayout(words, 1)
        row.addWidget(self.record)
        row.addWidget(self.change)
        card.column.setContentsMargins(12, 11, 14, 11)
        card.column.addLayout(row)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)

    def show_client(self, name: str, parts: tuple[str, ...]) -> None:
        """Show name and what matters of the client."""
        self.tile.show_name(name)
        self.name.setText(name)
        self.line.setText("  ·  ".join(part for part in parts if part))


class Initials(PlainLabel):
    """The first letters of a name on a sunken tile."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent, style="body_strong", ink="text2")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedSize(36, 36)

    def show_name(self, name: str) -> None:
        """Show the letters of a name."""
        letters = "".join(word[0] for word in name.split()[:2] if word)
        self.setText(letters.upper())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint tile and letters."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("bg_sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setPen(theme.colour("text2"))
        painter.setFont(self.font())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
