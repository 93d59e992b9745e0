"""The toast: one short message at the bottom of the window, with Undo, gone after eight seconds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from billops_desktop.i18n import _
from billops_desktop.ui import icons, theme
from billops_desktop.ui.widgets.buttons import Button, ring
from billops_desktop.ui.widgets.labels import PlainLabel

SHOWN_MS: Final = 8_000
LIFT: Final = 24


class Toast(QWidget):
    """Dark bar over the bottom of its window; hovering or focusing it stops its clock."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._over = window
        self.setObjectName("toast")
        theme.dress(self)
        self.words = PlainLabel("", self, style="body_strong", ink="tooltip_fg")
        self.undo = _ToastButton(_("Undo"), self)
        self.undo.setObjectName("toastUndo")
        self.undo.clicked.connect(self._on_undo)
        self.dismiss = _ToastButton("", self, icon="x")
        self.dismiss.setObjectName("toastClose")
        self.dismiss.setAccessibleName(_("Close message"))
        self.dismiss.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 2, 6, 2)
        row.setSpacing(4)
        row.addWidget(self.words, 1)
        row.addSpacing(16)
        row.addWidget(self.undo)
        row.addWidget(self.dismiss)
        self._take: Callable[[], object] | None = None
        self._hovered = False
        self._clock = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._clock.timeout.connect(self._on_time)
        for child in (self.undo, self.dismiss):
            child.installEventFilter(self)
        window.installEventFilter(self)
        self.hide()

    def say(
        self, text: str, undo: Callable[[], object] | None = None, *, verb: str | None = None
    ) -> None:
        """Show a message in place of an older one; ``undo`` gets a button with the verb."""
        self.words.setText(text)
        self.setAccessibleName(text)
        self._take = undo
        self.undo.setText(verb or _("Undo"))
        self.undo.setVisible(undo is not None)
        self.show()
        self.raise_()
        self._place()
        self._clock.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Wait while the pointer rests here."""
        self._hovered = True
        self._clock.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Count eight seconds again."""
        self._hovered = False
        self._resume()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait while a button here has the focus; stay in place when the window changes size."""
        kind = event.type()
        if kind == QEvent.Type.Resize and watched is self._over and self.isVisible():
            self._place()
        elif kind == QEvent.Type.FocusIn:
            self._clock.stop()
        elif kind == QEvent.Type.FocusOut:
            self._resume()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dark bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("tooltip_bg"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)

    def _resume(self) -> None:
        if self.isVisible() and not self._hovered:
            self._clock.start()

    def _place(self) -> None:
        window = self._over
        width = min(max(self.sizeHint().width(), 380), window.width() - 2 * LIFT)
        self.resize(width, self.sizeHint().height())
        self.move((window.width() - width) // 2, window.height() - self.height() - LIFT)

    def _on_time(self) -> None:
        if self._hovered or self.undo.hasFocus() or self.dismiss.hasFocus():
            return
        self.hide()

    def _on_undo(self) -> None:
        take, self._take = self._take, None
        self.hide()
        if take is not None:
            take()


class _ToastButton(Button):
    def __init__(self, text: str, parent: QWidget, *, icon: str = "") -> None:
        super().__init__(text, parent, kind="ghost", icon=icon)
        self.style_name = "body_strong"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = self.face()
        ink = "tooltip_fg"
        painter.setOpacity(1.0 if self.underMouse() or self.hasFocus() else 0.75)
        if self.icon_name:
            icons.paint(painter, face, self.icon_name, ink)
        else:
            painter.setFont(self.font())
            painter.setPen(theme.colour(ink))
            painter.drawText(face, Qt.AlignmentFlag.AlignCenter, self.words())
        if self.hasFocus():
            painter.setOpacity(1.0)
            # The colour of focus is too near to the dark ground of the toast.
            ring(painter, QRectF(self.rect()), 8, ink=ink)
