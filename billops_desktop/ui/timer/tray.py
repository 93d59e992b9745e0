"""The tray icon: a ring per hour drawn by us, the menu, start and stop; nothing is lost without."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from billops_desktop.i18n import _
from billops_desktop.ui import theme
from billops_desktop.ui.live.timer import Timer
from billops_desktop.ui.timer.popover import Popover
from billops_desktop.ui.widgets.chips import paint_square
from billops_desktop.ui.widgets.labels import shown
from billops_desktop.ui.widgets.wording import amounts_text, hours_text, short_text

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES: Final = (16, 20, 22, 24, 32, 44, 64)
STEPS: Final = 60
RECENT: Final = 4
MOVE_TO: Final = 5
LOOK_MS: Final = 2_000
MINUTE_MS: Final = 60_000
LONGEST_WORDS: Final = 60
LONGEST_TOOLTIP: Final = 120


def draw_icon(minutes: int, *, running: bool, dark: bool) -> QIcon:
    """Return the icon: a ring that fills once an hour, its middle solid while a timer runs."""
    return _icon(max(minutes % STEPS, 1) if running else 0, dark)


@lru_cache(maxsize=8)
def _icon(step: int, dark: bool) -> QIcon:
    """Return the icon of a step of the hour; 0 is the one while nothing runs."""
    icon = QIcon()
    for size in SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        _draw(pixmap, size, step, dark=dark)
        icon.addPixmap(pixmap)
    return icon


def _draw(pixmap: QPixmap, size: int, step: int, *, dark: bool) -> None:
    look = theme.Theme(dark=dark)
    live = QColor(look.colour("accent_text" if dark else "accent"))
    quiet = look.colour("text3")
    thick = max(2.0, size / 9)
    area = QRectF(0, 0, size, size).adjusted(thick, thick, -thick, -thick)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    track = QColor(quiet)
    track.setAlpha(110 if step else 255)
    painter.setPen(QPen(track, thick))
    painter.drawEllipse(area)
    if step:
        pen = QPen(live, thick)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(area, 90 * 16, -step * 6 * 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(live)
        inner = area.width() * 0.24
        painter.drawEllipse(area.center(), inner, inner)
    painter.end()


def square_icon(hue: str) -> QIcon:
    """Return a project's colour as a menu icon."""
    pixmap = QPixmap(32, 32)
    pixmap.fill(Qt.GlobalColor.transparent)
    pixmap.setDevicePixelRatio(2.0)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_square(painter, 3, 8, hue)
    painter.end()
    return QIcon(pixmap)


def menu_text(words: str) -> str:
    """Return a user's words for a menu: one line, cut, no mnemonic, no markup for the host."""
    one_line = " ".join(shown(words).split())
    if len(one_line) > LONGEST_WORDS:
        one_line = one_line[: LONGEST_WORDS - 1] + "…"
    return one_line.replace("&", "&&")


class Tray(QObject):
    """The icon and what it opens. It appears when a tray appears, and goes without complaint."""

    window_wanted = Signal()
    page_wanted = Signal(str)
    past_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, timer: Timer) -> None:
        super().__init__()
        self.setObjectName("tray")
        self.timer = timer
        self.wanted = False
        self.icon = QSystemTrayIcon(self)
        self.menu = QMenu()
        self.menu.setObjectName("trayMenu")
        theme.dress(self.menu)
        self.menu.aboutToShow.connect(self.fill_menu)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._on_activated)
        self._popover: Popover | None = None
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._look.timeout.connect(self._on_look)
        self._minute = QTimer(self, singleShot=True)
        self._minute.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._minute.timeout.connect(self.refresh)
        # The window answers a click first: seven sizes of a ring take longer than all its words.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        self._heard: list[tuple[Any, Callable[[], object]]] = [
            (timer.changed, self._soon.start),
            (theme.SWITCH.changed, self.refresh),
        ]
        for signal, slot in self._heard:
            signal.connect(slot)
        self.refresh()

    @property
    def popover(self) -> Popover:
        """Return the compact window, made when it is first opened."""
        if self._popover is None:
            self._popover = Popover(self.timer)
            self._popover.window_wanted.connect(self.window_wanted)
        return self._popover

    @property
    def present(self) -> bool:
        """Return whether an icon can be seen: a tray exists and holds ours."""
        return self.wanted and self.icon.isVisible() and QSystemTrayIcon.isSystemTrayAvailable()

    def show(self, wanted: bool = True) -> None:
        """Show the icon, now or when a tray appears; False takes it away."""
        self.wanted = wanted
        if not wanted:
            self._look.stop()
            self.icon.hide()
            return
        self._on_look()
        if not self.icon.isVisible():
            self._look.start()

    def release(self) -> None:
        """Take the icon away and let its menu and window go."""
        self.show(False)
        self._minute.stop()
        self._soon.stop()
        for signal, slot in self._heard:
            signal.disconnect(slot)
        self._heard.clear()
        for window in (self._popover, self.menu):
            if window is not None:
                window.hide()
                window.deleteLater()

    def refresh(self) -> None:
        """Draw icon and tooltip again: at every change and once a minute, not once a second."""
        running = self.timer.running
        seconds = self.timer.seconds()
        dark = theme.SWITCH.theme.dark
        self.icon.setIcon(draw_icon(seconds // 60, running=running is not None, dark=dark))
        self.icon.setToolTip(self.tooltip())
        self.fill_menu()
        self._minute.stop()
        if running is not None:
            self._minute.start(MINUTE_MS - seconds % 60 * 1000)

    def tooltip(self) -> str:
        """Return what runs and how long; hosts that read markup find none in it."""
        if self.timer.running is None:
            return _("BillOps: no timer runs")
        words = f"{short_text(self.timer.seconds())}  {self._running_words()}"
        return shown(words, LONGEST_TOOLTIP).replace("<", "‹").replace("\n", " ")

    def fill_menu(self) -> None:
        """Build the menu for what is true now; what does not apply is left out."""
        menu = self.menu
        for old in menu.findChildren(QMenu):
            # clear() takes the entry away, not the submenu behind it.
            old.deleteLater()
        menu.clear()
        self._add_running()
        # What "Continue" offers already is not offered twice.
        first = 0 if self.timer.running is not None else 1
        recents = self.timer.others()[first : first + RECENT]
        if recents:
            menu.addSeparator()
        for number, row in recents:
            words = " · ".join(filter(None, (row.description, row.project_name)))
            self._add(
                words or _("Without a description"),
                partial(self.timer.start_recent, number),
                icon=square_icon(row.project_colour or "slate"),
            )
        menu.addSeparator()
        self._add(_("Start something else…"), self.open_popover)
        self._add(_("Log past time…"), self.past_wanted.emit)
        menu.addSeparator()
        self._add(self._today_words(), partial(self.page_wanted.emit, "time"))
        menu.addSeparator()
        self._add(_("Open BillOps"), self.window_wanted.emit, default=True)
        self._add(_("Settings…"), partial(self.page_wanted.emit, "settings"))
        self._add(_("Quit BillOps"), self.quit_wanted.emit)

    def _add_running(self) -> None:
        running = self.timer.running
        if running is None:
            recent = self.timer.recents[0] if self.timer.recents else None
            if recent is not None:
                words = recent.description or recent.project_name or _("latest work")
                self._add(_("Continue: {work}").format(work=words), self.timer.toggle)
            else:
                self._add(_("Start timer"), self.timer.start)
            return
        words = f"{self._running_words()}   {short_text(self.timer.seconds())}"
        self._add(words, partial(self.page_wanted.emit, "time"))
        self._add(_("Stop timer"), self.timer.stop)
        others = dict.fromkeys(
            (row.project_id, row.project_name or "")
            for row in self.timer.recents
            if row.project_id and row.project_id != running.project_id
        )
        if others:
            move = self.menu.addMenu(_("Move to"))
            for project_id, name in list(others)[:MOVE_TO]:
                action = move.addAction(menu_text(name))
                action.triggered.connect(
                    lambda _checked=False, one=project_id: self.timer.edit(project_id=one)
                )

    def _add(
        self,
        words: str,
        slot: Callable[[], object],
        *,
        default: bool = False,
        icon: QIcon | None = None,
    ) -> None:
        action = self.menu.addAction(menu_text(words))
        if icon is not None:
            action.setIcon(icon)
            action.setIconVisibleInMenu(True)
        action.triggered.connect(lambda _checked=False: slot())
        if default:
            self.menu.setDefaultAction(action)

    def _running_words(self) -> str:
        running = self.timer.running
        if running is None:
            return ""
        words = " · ".join(filter(None, (running.description, running.project_name)))
        return words or _("Timer running")

    def _today_words(self) -> str:
        today = self.timer.today
        words = _("Today {sum}").format(sum=hours_text(today.seconds if today else 0))
        amounts = amounts_text(today.values) if today else ""
        return f"{words} · {amounts}" if amounts else words

    def _on_look(self) -> None:
        if QSystemTrayIcon.isSystemTrayAvailable() and not self.icon.isVisible():
            self.icon.show()
            self._look.stop()

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.MiddleClick:
            self.timer.toggle()
        elif reason == QSystemTrayIcon.ActivationReason.DoubleClick:
            self.popover.hide()
            self.window_wanted.emit()
        elif reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.toggle_popover()

    def toggle_popover(self) -> None:
        """Open the compact window, or close it."""
        if self.popover.isVisible():
            self.popover.hide()
        else:
            self.open_popover()

    def open_popover(self) -> None:
        """Open the compact window: what is typed there starts, and what ran ends that second."""
        self.popover.open_at(self.icon.geometry())
