"""Labels that never read markup: what people typed is shown letter by letter."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from billops_desktop.ui import fonts, theme

LONGEST_TOOLTIP: Final = 500
# Not the html module: its table of two thousand names would delay the first frame.
ENTITIES: Final = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"))
# Marks that turn the direction of text around: shown, so that a name cannot pose as another.
VISIBLE: Final = {
    code: f"\\u{code:04x}" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}


def shown(text: str, limit: int = 2_000) -> str:
    """Return text as it may be painted: capped, with direction marks and controls visible."""
    if len(text) <= limit and text.isprintable():
        return text  # neither marks nor controls are printable, and most text has none
    capped = text if len(text) <= limit else text[: limit - 1] + "…"
    capped = capped.translate(VISIBLE)
    return "".join(
        letter if letter >= " " or letter in "\n\t" else f"\\x{ord(letter):02x}"
        for letter in capped
    )


def set_tooltip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip whose text is never read as markup."""
    widget.setToolTip(escaped(text))


def escaped(text: str) -> str:
    """Return text that a rich-text reader shows letter by letter; empty stays empty."""
    if not text:
        return ""
    words = shown(text, LONGEST_TOOLTIP)
    for mark, entity in ENTITIES:
        words = words.replace(mark, entity)
    return f"<span>{words}</span>"


def line(  # noqa: PLR0913 - how a line is written, each by its name
    painter: QPainter,
    area: QRectF,
    words: str,
    *,
    style: str = "body",
    ink: str = "text",
    figures: bool = False,
    right: bool = False,
) -> float:
    """Paint one line of text, elided, in the middle of an area, and return the width it took."""
    if not words or area.width() < 4:
        return 0.0
    text, width = fonts.laid_out(_shown(words), style, int(area.width()), figures=figures)
    painter.setFont(fonts.font(style, figures=figures))
    painter.setPen(theme.colour(ink))
    left = area.right() - width if right else area.left()
    top = area.top() + (area.height() - text.size().height()) / 2
    painter.drawStaticText(QPointF(left, top), text)
    return width


@lru_cache(maxsize=4096)
def _shown(words: str) -> str:
    return shown(words)


@lru_cache(maxsize=64)
def _inked(look: theme.Theme, ink: str) -> QPalette:
    """Return a palette that says nothing but the colour of words."""
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.WindowText, look.colour(ink))
    faded = look.colour("text_disabled")
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, faded)
    return palette


class PlainLabel(QLabel):
    """A QLabel that shows plain text only, in a style of the type scale and a token's colour."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        style: str = "body",
        ink: str = "text",
        wrap: bool = False,
    ) -> None:
        super().__init__(parent)
        self.figures = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.ink = ink
        self.style_name = style
        self.setWordWrap(wrap)
        self._dress()
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show text, capped, with invisible direction marks made visible."""
        super().setText(shown(text))

    def set_ink(self, ink: str) -> None:
        """Paint in another token's colour."""
        if ink != self.ink:
            self.ink = ink
            self._dress()

    def use_figures(self) -> PlainLabel:
        """Set all digits in one width, for amounts and clocks; return this label."""
        self.figures = True
        self._dress()
        return self

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _dress(self) -> None:
        self.setFont(fonts.font(self.style_name, figures=self.figures))
        # Asked of the palette itself: a style sheet that is changed puts the old one back.
        if self.palette().color(QPalette.ColorRole.WindowText) != theme.colour(self.ink):
            self.setPalette(_inked(theme.SWITCH.theme, self.ink))


class ElidedLabel(PlainLabel):
    """A label of one line that ends in … when it is short of room; the tooltip has it all."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        style: str = "body",
        ink: str = "text",
    ) -> None:
        super().__init__(text, parent, style=style, ink=ink)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Return the room for a few letters: the layout may squeeze the rest."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much of the text as fits."""
        painter = QPainter(self)
        painter.setFont(self.font())
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter.setPen(self.palette().color(group, QPalette.ColorRole.WindowText))
        line = self.text().replace("\n", " ")
        fitting = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), self.alignment() | Qt.TextFlag.TextSingleLine, fitting)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text as a tooltip only when it does not fit."""
        super().resizeEvent(event)
        wide = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        set_tooltip(self, self.text() if wide else "")


class KeyCap(PlainLabel):
    """A key's name in a small frame, beside what the key does."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent, style="caption", ink="text2")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setContentsMargins(5, 1, 5, 1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a cap that is never narrower than it is high."""
        hint = super().sizeHint()
        side = max(fonts.scaled(18), hint.height())
        return QSize(max(hint.width(), side), side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, then the name."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("border"))
        painter.setBrush(theme.colour("bg_surface"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(theme.colour("text2"))
        painter.setFont(self.font())
        # In a mirrored window too: "Ctrl+." is no ".+Ctrl".
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextForceLeftToRight
        painter.drawText(self.rect(), flags, self.text())
