"""The running clock: repaints its own rectangle on the second, and sleeps while nobody sees it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from billops_desktop.i18n import _
from billops_desktop.ui import fonts, theme
from billops_desktop.ui.live.timer import Timer
from billops_desktop.ui.widgets.buttons import note_focus, ring, shows_ring
from billops_desktop.ui.widgets.labels import set_tooltip
from billops_desktop.ui.widgets.wording import clock_text, hours_text

# A little after the second: a timer that comes early would show the old one for another second.
LATE_MS: Final = 15


class ClockLabel(QAbstractButton):
    """The elapsed time of the running entry; a click asks to edit it."""

    edit_wanted = Signal()

    def __init__(
        self,
        timer: Timer,
        parent: QWidget | None = None,
        *,
        style: str = "timer",
        ink: str = "text",
    ) -> None:
        super().__init__(parent)
        self.setObjectName("elapsed")
        self.timer = timer
        self.style_name = style
        self.ink = ink
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tick = QTimer(self, singleShot=True)
        self._tick.setTimerType(Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self._on_tick)
        self._minute = -1
        set_tooltip(self, _("Elapsed time: click to change when it started"))
        timer.changed.connect(self._on_changed)
        self.clicked.connect(self.edit_wanted)

    def text_now(self) -> str:
        """Return the clock's words now."""
        return clock_text(self.timer.seconds())

    def sizeHint(self) -> QSize:
        """Return room for the widest clock of as many digits."""
        wide = "".join("0" if letter.isdigit() else letter for letter in self.text_now())
        metrics = fonts.metrics(self.style_name, figures=True)
        return QSize(metrics.horizontalAdvance(wide) + 10, metrics.height() + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the clock, grey while nothing runs."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(fonts.font(self.style_name, figures=True))
        painter.setPen(theme.colour(self.ink if self.timer.running else "text3"))
        area = QRectF(self.rect()).adjusted(4, 0, -4, 0)
        painter.drawText(
            area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.text_now()
        )
        if self.hasFocus() and shows_ring(self):
            ring(painter, QRectF(self.rect()), 6)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Note whether a ring is due."""
        note_focus(self, event)
        super().focusInEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Wake up."""
        super().showEvent(event)
        self._on_changed()

    def hideEvent(self, event: QHideEvent) -> None:
        """Sleep."""
        super().hideEvent(event)
        self._tick.stop()

    def ticking(self) -> bool:
        """Return whether the clock is awake."""
        return self._tick.isActive()

    def _on_changed(self) -> None:
        self._minute = -1
        self.updateGeometry()
        self._on_tick()

    def _on_tick(self) -> None:
        self.update()
        seconds = self.timer.seconds()
        if seconds // 60 != self._minute:
            # Once a minute is enough for a screen reader, and for a clock that grows a digit.
            self._minute = seconds // 60
            self.setAccessibleName(_("Elapsed {time}").format(time=hours_text(seconds)))
            self.updateGeometry()
        self._tick.stop()
        if self.timer.running is not None and self.isVisible():
            since = self.timer.clock.now() - self.timer.running.started_at
            self._tick.start(1000 - since.microseconds // 1000 + LATE_MS)
