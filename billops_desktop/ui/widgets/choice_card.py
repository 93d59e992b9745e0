"""Large choices one under the other: a title and a line each, one of them chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from billops_desktop.ui import fonts, theme
from billops_desktop.ui.widgets.buttons import note_focus, ring, shows_ring
from billops_desktop.ui.widgets.labels import line
from billops_desktop.ui.widgets.reader_press import PressedByReaders


class ChoiceCard(PressedByReaders, QAbstractButton):
    """One choice: a round mark, a title, a line that says what follows from it."""

    def __init__(self, title: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.follow_readers()
        self.words = words
        self.setText(title.replace("&", "&&"))
        self.setCheckable(True)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for two lines."""
        return QSize(320, fonts.scaled(64))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Note whether a ring is due."""
        note_focus(self, event)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrow keys to the choices around: Qt would only move the focus."""
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame, mark and both lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 3.5, -0.5, -3.5)
        chosen = self.isChecked()
        high = theme.SWITCH.theme.high_contrast
        line_ink = "border" if not chosen else "accent_text" if high else "accent"
        # In high contrast all frames are strong, and no fill tells the chosen one apart.
        painter.setPen(QPen(theme.colour(line_ink), 2 if chosen and high else 1))
        painter.setBrush(theme.colour("accent_subtle" if chosen else "bg_surface"))
        painter.drawRoundedRect(area, 8, 8)
        middle = QPointF(area.left() + 22, area.center().y())
        painter.setPen(theme.colour("accent" if chosen else "border_control"))
        painter.setBrush(theme.colour("bg_surface"))
        painter.drawEllipse(middle, 8, 8)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(middle, 4.5, 4.5)
        half = area.height() / 2
        room = QRectF(area.left() + 44, area.top() + 4, area.width() - 56, half - 3)
        line(painter, room, self.text().replace("&&", "&"), style="body_strong")
        line(painter, room.translated(0, half - 6), self.words, ink="text2")
        if self.hasFocus() and shows_ring(self):
            # Over and under the frame, which is in the same colour while the card is chosen.
            ring(painter, QRectF(self.rect()).adjusted(0, 1, 0, -1), 8)


class Choices(QWidget):
    """Some choices, one of them chosen; arrow keys walk."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str, str]], name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("choices")
        self.setAccessibleName(name)
        self.cards: dict[str, ChoiceCard] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for key, title, words in choices:
            card = ChoiceCard(title, words, self)
            card.setObjectName(f"choice-{key}")
            card.clicked.connect(lambda _checked=False, key=key: self.choose(key))
            column.addWidget(card)
            self.cards[key] = card
        self.value = ""
        self.choose(choices[0][0])

    def choose(self, key: str) -> None:
        """Choose one and say so."""
        self.value = key
        for other, card in self.cards.items():
            card.setChecked(other == key)
        self.chosen.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrow keys."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        keys = list(self.cards)
        key = keys[(keys.index(self.value) + step) % len(keys)]
        self.choose(key)
        self.cards[key].setFocus(Qt.FocusReason.TabFocusReason)
