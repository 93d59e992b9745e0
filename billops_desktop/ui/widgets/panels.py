"""Larger parts of pages: cards, the empty page, the banner, a running job's progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from billops_desktop.i18n import _
from billops_desktop.ui import fonts, icons, theme
from billops_desktop.ui.widgets.buttons import Button, IconButton
from billops_desktop.ui.widgets.labels import PlainLabel

# The line of an empty page at most, and how finely its width is fitted to its words.
LINE_WIDTH: Final = 360
STEP: Final = 8
Offer = tuple[str, Callable[[], object]]

# Tone of a banner: icon, text, fill.
BANNERS: Final[dict[str, tuple[str, str, str]]] = {
    "info": ("info", "info", "info_bg"),
    "warn": ("triangle-alert", "warn", "warn_bg"),
    "bad": ("circle-alert", "bad", "bad_bg"),
    "ok": ("circle-check", "ok", "ok_bg"),
}


class Card(QFrame):
    """A bordered surface without shadow."""

    def __init__(
        self, parent: QWidget | None = None, *, kind: str = "card", name: str = "card"
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("kind", kind)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 16, 16, 16)
        self.column.setSpacing(12)


class Line(QFrame):
    """A hairline between two parts."""

    def __init__(self, parent: QWidget | None = None, *, vertical: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("kind", "line")
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class IconTile(QWidget):
    """An icon on a tinted rounded square: 56 px on empty pages, 32 px in banners."""

    def __init__(self, icon: str, parent: QWidget | None = None, *, side: int = 56) -> None:
        super().__init__(parent)
        self.icon_name = icon
        self.side = side
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint tile and icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_subtle"))
        radius = 12 if self.side > 40 else 8
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        icons.paint(painter, QRectF(self.rect()), self.icon_name, "accent_text", self.side // 2)


class EmptyPanel(QWidget):
    """The empty page: what will be here, one line how, one primary and one secondary button."""

    def __init__(self, icon: str, title: str, line: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emptyPanel")
        self.title = PlainLabel(title, self, style="title")
        self.line = PlainLabel(line, self, ink="text2", wrap=True)
        for label in (self.title, self.line):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.links = QVBoxLayout()
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addStretch(2)
        column.addWidget(IconTile(icon, self), 0, middle)
        column.addSpacing(24)
        column.addWidget(self.title, 0, middle)
        column.addSpacing(6)
        column.addWidget(self.line, 0, middle)
        column.addSpacing(24)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(self.buttons)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(12)
        column.addLayout(self.links)
        column.addStretch(3)
        self._make_room()

    def offer(self, words: str, slot: Callable[[], object], *, kind: str = "secondary") -> Button:
        """Add a button (primary, secondary) or, with kind link, a line under them."""
        button = Button(words, self, kind=kind)
        button.clicked.connect(lambda _checked=False: slot())
        if kind == "link":
            self.links.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        else:
            self.buttons.addWidget(button)
        return button

    def say(self, title: str, line: str = "") -> None:
        """Say something else: a page that is empty because of its filter says so."""
        self.title.setText(title)
        self.line.setText(line)
        self.line.setVisible(bool(line))
        self._make_room()

    def _make_room(self) -> None:
        """Give the line its height, and the least width at which it is no higher.

        A centred label is not asked by its width, and a last line of one word looks like a slip.
        """
        # What was said before held the label to its own size.
        self.line.setMinimumSize(0, 0)
        width, text = fonts.scaled(LINE_WIDTH), self.line.text()
        height = self.line.heightForWidth(width)
        words = self.line.fontMetrics().horizontalAdvance
        longest = max((words(one) for one in text.split()), default=width)
        while width - STEP > longest and self.line.heightForWidth(width - STEP) <= height:
            width -= STEP
        self.line.setFixedWidth(width)
        self.line.setMinimumHeight(max(0, height))


class Banner(QFrame):
    """A message inside a page: what did not happen, what is safe, what can be done."""

    closed = Signal()

    def __init__(
        self, tone: str, title: str, text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.tone = tone
        self.setAccessibleName(f"{title} {text}".strip())
        self.title = PlainLabel(title, self, style="body_strong", wrap=True)
        self.text = PlainLabel(text, self, wrap=True)
        self.text.setVisible(bool(text))
        self.offers = QHBoxLayout()
        self.offers.setSpacing(4)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(44, 8, 8, 8)
        row.addLayout(words, 1)
        row.addLayout(self.offers)
        self.close_button = IconButton("x", _("Close message"), self, size=26)
        self.close_button.clicked.connect(self._on_close)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self._dress()

    def offer(self, words: str, slot: Callable[[], object]) -> Button:
        """Add the one thing to do, as a verb."""
        button = Button(words, self, kind="link")
        button.setMinimumWidth(button.sizeHint().width() + 12)
        button.clicked.connect(lambda _checked=False: slot())
        self.offers.addWidget(button)
        return button

    def keep_open(self) -> None:
        """Take the closing cross away: the banner goes when its cause goes."""
        self.close_button.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint tint and icon."""
        icon, ink, fill = BANNERS[self.tone]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        contrast = theme.SWITCH.theme.high_contrast
        painter.setPen(theme.colour(ink) if contrast else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        top = self.title.geometry().center().y() - 8
        icons.paint(painter, QRectF(14, top, 16, 17), icon, ink)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape and self.close_button.isVisible():
            self._on_close()
            return
        super().keyPressEvent(event)

    def _dress(self) -> None:
        self.title.set_ink(BANNERS[self.tone][1])

    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()
        self.deleteLater()


class ProgressPanel(QFrame):
    """A running job: what it does, how far it is, a way to stop it."""

    cancelled = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("progressPanel")
        self.setProperty("kind", "card")
        self.words = PlainLabel(words, self, style="body_medium")
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(words)
        self.cancel = Button(_("Cancel"), self, name="cancelJob")
        self.cancel.clicked.connect(self._on_cancel)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(16)
        row.addLayout(column, 1)
        row.addWidget(self.cancel)

    def report(self, done: int, total: int, words: str = "") -> None:
        """Show how far the job is; a total of 0 means that nobody knows."""
        # Told in one go, and painted with the next frame: Qt would paint all that waits at once.
        self.bar.setUpdatesEnabled(False)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.bar.setUpdatesEnabled(True)
        if words:
            self.words.setText(words)

    def _on_cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.words.setText(_("Stopping…"))
        self.cancelled.emit()


class ScrollColumn(QScrollArea):
    """A column of widgets that scrolls when it is longer than the page."""

    def __init__(self, parent: QWidget | None = None, *, name: str = "scroll") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # The parent of what goes into the column: Qt would dress anew what is moved there.
        self.inner = QWidget(self)
        self.inner.setObjectName(f"{name}Inner")
        self.column = QVBoxLayout(self.inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.setWidget(self.inner)
