"""The compact window of the tray: what runs, recent work to start, today's sum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from billops_desktop.i18n import _
from billops_desktop.ui import fonts, theme
from billops_desktop.ui.live.clock_label import ClockLabel
from billops_desktop.ui.live.timer import Timer
from billops_desktop.ui.timer.timer_bar import StateDot
from billops_desktop.ui.widgets.buttons import Button, RoundButton, ring
from billops_desktop.ui.widgets.chips import paint_square
from billops_desktop.ui.widgets.found_list import fits
from billops_desktop.ui.widgets.input.fields import SearchField
from billops_desktop.ui.widgets.input.floating import RefusedLine
from billops_desktop.ui.widgets.labels import ElidedLabel, KeyCap, PlainLabel, line
from billops_desktop.ui.widgets.panels import Line
from billops_desktop.ui.widgets.popup import Popup
from billops_desktop.ui.widgets.wording import amounts_text, hours_text

if TYPE_CHECKING:
    from billops_desktop.services.tracking import RecentRow

WIDTH: Final = 360
SHOWN: Final = 5


class RecentButton(Button):
    """Recent work in two lines; a press starts it again."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__("", parent, kind="ghost", name=f"recent-{number}")
        self.number = number
        self.row: RecentRow | None = None
        self.caps = [KeyCap("Alt", self), KeyCap(str(number + 1), self)]

    def show_row(self, row: RecentRow) -> None:
        """Show a row."""
        self.row = row
        words = (row.description, row.project_name or "", row.client_name or "")
        self.setAccessibleName(", ".join(filter(None, words)))
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for two lines."""
        return QSize(WIDTH - 16, fonts.scaled(44))

    def resizeEvent(self, event: object) -> None:
        """Keep the key caps at the right end."""
        left = self.width() - 12
        for cap in reversed(self.caps):
            cap.resize(cap.sizeHint())
            left -= cap.width() + 3
            cap.move(left, (self.height() - cap.height()) // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint square and lines."""
        if self.row is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self.underMouse() or self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("bg_hover"))
            painter.drawRoundedRect(area, 6, 6)
        paint_square(painter, 12, area.center().y(), self.row.project_colour or "slate")
        high, low = fonts.metrics("body").height(), fonts.metrics("small").height()
        top = area.center().y() - (high + low) / 2
        words = self.row.description or self.row.project_name or _("Without a description")
        line(painter, QRectF(34, top, area.width() - 110, high), words, style="body_medium")
        under = QRectF(34, top + high, area.width() - 110, low)
        line(painter, under, self.row.project_name or _("No project"), style="small", ink="text3")
        if self.hasFocus():
            ring(painter, area, 6)


class Popover(Popup):
    """360 px; Esc, a click beside it, or a second click on the icon closes it."""

    window_wanted = Signal()

    def __init__(self, timer: Timer, *, kind: Qt.WindowType = Qt.WindowType.Popup) -> None:
        super().__init__(kind=kind)
        self.setObjectName("popover")
        self.setWindowTitle("BillOps")
        self.setFixedWidth(WIDTH)
        self.timer = timer
        self.words = ElidedLabel("", self, style="body_medium")
        self.project = ElidedLabel("", self, style="small", ink="text3")
        self.clock = ClockLabel(timer, self)
        self.toggle = RoundButton("play", _("Start timer"), self)
        self.toggle.setObjectName("popoverToggle")
        self.toggle.diameter = 36
        self.toggle.clicked.connect(timer.toggle)
        self.field = SearchField("popoverField", _("Start or switch…"), self)
        self.field.textChanged.connect(self._show_recents)
        self.field.installEventFilter(self)
        self.problem = RefusedLine(self.field)
        self.heading = PlainLabel(_("Recent"), self, style="caption", ink="text3")
        self.recents = [RecentButton(number, self) for number in range(SHOWN)]
        for button in self.recents:
            button.clicked.connect(lambda _checked=False, one=button: self._start(one))
        self.sum = PlainLabel("", self, style="body_medium", ink="text2", wrap=True)
        self.open_button = Button(_("Open BillOps"), self, kind="link", name="popoverOpen")
        self.open_button.clicked.connect(self._on_open)
        self._lay_out()
        timer.changed.connect(self._on_changed)
        self._on_changed()

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(1)
        names.addWidget(self.words)
        names.addWidget(self.project)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 10, 10)
        head.setSpacing(6)
        head.addWidget(StateDot(self.timer, self))
        head.addLayout(names, 1)
        head.addWidget(self.clock)
        head.addWidget(self.toggle)
        middle = QVBoxLayout()
        middle.setContentsMargins(8, 10, 8, 8)
        middle.setSpacing(2)
        middle.addWidget(self.field)
        self.heading.setContentsMargins(6, 8, 0, 4)
        middle.addWidget(self.heading)
        for button in self.recents:
            middle.addWidget(button)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 6, 13, 6)
        foot.addWidget(self.sum, 1)
        foot.addWidget(self.open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Line(self))
        column.addLayout(middle)
        column.addStretch(1)
        column.addWidget(Line(self))
        column.addLayout(foot)

    def open_at(self, icon: QRect) -> None:
        """Open beside the tray icon, or near the pointer where the desktop hides its place."""
        self.field.clear()
        self.problem.clear()
        self._on_changed()
        self.adjustSize()
        known = not icon.isEmpty()
        anchor = icon.center() if known else QCursor.pos()
        screen = QGuiApplication.screenAt(anchor) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        below = anchor.y() < room.center().y()
        gap = 8 if known else 12
        top = (icon.bottom() if known else anchor.y()) + gap
        if not below:
            top = (icon.top() if known else anchor.y()) - gap - self.height()
        left = anchor.x() - WIDTH // 2
        left = max(room.left() + 4, min(left, room.right() - WIDTH - 4))
        top = max(room.top() + 4, min(top, room.bottom() - self.height() - 4))
        self.move(QPoint(left, top))
        self.show()
        self.activateWindow()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Start with Enter: the first recent work that fits, or new work of that name."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_enter()
            return True
        if event.key() == Qt.Key.Key_Down:
            self.recents[0].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc, start recent work with Alt and its number, walk with the arrows."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif alt and event.text().isdigit() and 0 < int(event.text()) <= SHOWN:
            self._start(self.recents[int(event.text()) - 1])
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def _fitting(self) -> list[RecentRow]:
        text = self.field.text().strip()
        return [
            row
            for _number, row in self.timer.others()
            if not text
            or fits(text, f"{row.description} {row.project_name} {row.client_name}") is not None
        ]

    def _show_recents(self, _text: str = "") -> None:
        rows = self._fitting()
        for number, button in enumerate(self.recents):
            button.setVisible(number < len(rows))
            if number < len(rows):
                button.show_row(rows[number])
        self.heading.setVisible(bool(rows))

    def _on_enter(self) -> None:
        text = self.field.text().strip()
        rows = self._fitting()
        if text and rows:
            self._start(self.recents[0])
        elif self.problem.takes(text, "description"):
            self.timer.start(description=text)
            self.hide()

    def _start(self, button: RecentButton) -> None:
        row = button.row
        if row is None or not button.isVisible():
            return
        facts: dict[str, Any] = {
            "project_id": row.project_id,
            "task_id": row.task_id,
            "description": row.description,
            "billable": row.billable,
        }
        self.timer.start(**facts)
        self.hide()

    def _on_open(self) -> None:
        self.hide()
        self.window_wanted.emit()

    def _on_changed(self) -> None:
        running = self.timer.running
        if running is not None:
            self.words.setText(running.description or _("Without a description"))
            where = ", ".join(filter(None, (running.project_name, running.client_name)))
            self.project.setText(where or _("No project"))
        else:
            self.words.setText(_("No timer runs"))
            self.project.setText(_("Start recent work, or type something new."))
        # While nothing runs, its room is for the line that says how to start.
        self.clock.setVisible(running is not None)
        self.toggle.set_icon("square" if running else "play")
        self.toggle.say(_("Stop timer") if running else _("Continue the latest work"))
        self._show_recents()
        today = self.timer.today
        amounts = amounts_text(today.values) if today else ""
        words = _("Today {sum}").format(sum=hours_text(today.seconds if today else 0))
        self.sum.setText(f"{words}  ·  {amounts}" if amounts else words)
