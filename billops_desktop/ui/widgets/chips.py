"""Chips, badges, tags and colour squares: state as a word on a tint, projects by their hue."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from billops_desktop.ui import fonts, icons, theme
from billops_desktop.ui.widgets.buttons import Button, ring, shows_ring
from billops_desktop.ui.widgets.input.letters import typed_letter
from billops_desktop.ui.widgets.labels import PlainLabel, shown

SQUARE: Final = 10

# Tone of a badge: text, fill.
TONES: Final[dict[str, tuple[str, str]]] = {
    "neutral": ("text2", "bg_sunken"),
    "ok": ("ok", "ok_bg"),
    "warn": ("warn", "warn_bg"),
    "bad": ("bad", "bad_bg"),
    "info": ("info", "info_bg"),
    "accent": ("accent_text", "accent_subtle"),
}


def paint_square(
    painter: QPainter, left: float, middle: float, hue: str, side: int = SQUARE
) -> None:
    """Paint a project's colour square with its left edge and vertical middle given."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.hue(hue))
    painter.drawRoundedRect(QRectF(left, middle - side / 2, side, side), 3, 3)


def paint_badge(
    painter: QPainter, area: QRectF, words: str, tone: str, *, pill: bool = True
) -> None:
    """Paint a word on its tint, filling the area; pill for states, tag for names."""
    ink, fill = TONES[tone]
    painter.setBrush(theme.colour(fill))
    contrast = theme.SWITCH.theme.high_contrast
    painter.setPen(theme.colour(ink) if contrast else Qt.PenStyle.NoPen)
    radius = area.height() / 2 if pill else theme.RADIUS["tag"]
    painter.drawRoundedRect(area, radius, radius)
    painter.setFont(fonts.font("small_medium" if pill else "caption"))
    painter.setPen(theme.colour(ink))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, shown(words))


def badge_width(words: str, *, pill: bool = True) -> int:
    """Return how wide a badge with these words is."""
    style = "small_medium" if pill else "caption"
    return fonts.metrics(style).horizontalAdvance(shown(words)) + (18 if pill else 12)


class Badge(PlainLabel):
    """A state as a word on its tint."""

    def __init__(
        self,
        text: str = "",
        tone: str = "neutral",
        parent: QWidget | None = None,
        *,
        pill: bool = True,
    ) -> None:
        super().__init__(text, parent, style="small_medium" if pill else "caption")
        self.tone = tone
        self.pill = pill
        self.setObjectName("badge")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, text: str, tone: str) -> None:
        """Show another state."""
        self.tone = tone
        self.setText(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the word and its padding."""
        return QSize(badge_width(self.text(), pill=self.pill), 22 if self.pill else 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tint and the word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_badge(painter, QRectF(self.rect()), self.text(), self.tone, pill=self.pill)


class ColourSquare(QWidget):
    """A project's colour; the name beside it says the same in words."""

    def __init__(
        self, hue: str = "slate", parent: QWidget | None = None, *, side: int = SQUARE
    ) -> None:
        super().__init__(parent)
        self.hue = hue
        self.side = side
        self.setFixedSize(side, side)

    def set_hue(self, hue: str) -> None:
        """Show another colour."""
        self.hue = hue
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the square."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_square(painter, 0, self.height() / 2, self.hue, self.side)


class ProjectChip(Button):
    """The chip that shows a project and opens the picker; ``typed`` says what was typed on it."""

    typed = Signal(str)

    def __init__(self, empty_words: str, parent: QWidget | None = None) -> None:
        super().__init__(empty_words, parent, kind="secondary")
        self.empty_words = empty_words
        self.hue = ""
        self.style_name = "body_medium"
        self.setObjectName("projectChip")

    def show_project(self, name: str, hue: str) -> None:
        """Show a project; an empty name shows the words for none."""
        self.hue = hue if name else ""
        self.setText(shown(name) if name else self.empty_words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for square, name and chevron."""
        width = fonts.metrics(self.style_name).horizontalAdvance(self.words()[:28])
        return QSize(width + 62, fonts.scaled(self.height_token) + 6)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand letters and figures on: they begin the name of a project."""
        if typed_letter(event).isalnum():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def paint_words(self, painter: QPainter, face: QRectF) -> None:
        """Paint square, name and chevron."""
        left = face.left() + 11
        if self.hue:
            paint_square(painter, left, face.center().y(), self.hue)
        else:
            icons.paint(
                painter, QRectF(left - 2, face.top(), 14, face.height()), "folder", "text3", 14
            )
        room = QRectF(left + SQUARE + 7, face.top(), face.width() - 54, face.height())
        painter.setFont(fonts.font(self.style_name))
        painter.setPen(theme.colour("text" if self.hue else "text2"))
        words = painter.fontMetrics().elidedText(
            self.words(), Qt.TextElideMode.ElideRight, int(room.width()) + 4
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        chevron = QRectF(face.right() - 24, face.top(), 14, face.height())
        icons.paint(painter, chevron, "chevron-down", "text3", 14)


class Choice(Button):
    """A small pill that fills a field with one click: Full, Half."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent, kind="toggle")
        self.setCheckable(True)
        self.height_token = 24

    def sizeHint(self) -> QSize:
        """Return a pill 24 px high."""
        return QSize(badge_width(self.words()) + 6, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = "accent" if self.isChecked() or self.underMouse() else "neutral"
        paint_badge(painter, self.face(), self.words(), tone)
        if self.hasFocus() and shows_ring(self):
            ring(painter, QRectF(self.rect()), self.height() / 2)
