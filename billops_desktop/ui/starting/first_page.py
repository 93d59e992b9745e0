"""The page of the first frame: the running timer and today's entries, before records are open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from billops_desktop.i18n import _, format_time
from billops_desktop.ui import fonts, theme
from billops_desktop.ui.timer.timer_bar import TimerBar
from billops_desktop.ui.view import MARGIN
from billops_desktop.ui.widgets.chips import paint_square
from billops_desktop.ui.widgets.labels import PlainLabel, line
from billops_desktop.ui.widgets.wording import hours_text, short_text

MOST_ROWS: Final = 20
# As the Time page has them, which takes this page's place: nothing on screen may jump then.
DESCRIPTION_SHARE: Final = 0.345
PANEL_FROM: Final = 1180
SCROLL_BAR: Final = 12
PANEL: Final = 332


class FirstRows(QWidget):
    """Today's entries painted in one card; nothing here can be clicked yet."""

    def __init__(self, rows: Sequence[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("firstRows")
        self.rows = rows[:MOST_ROWS]
        self.row_height = fonts.row_height(theme.HEIGHT["entry"])
        self.setFixedHeight(max(len(self.rows) * self.row_height + 2, 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card and its rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("border_subtle"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, theme.RADIUS["card"], theme.RADIUS["card"])
        for number, row in enumerate(self.rows):
            area = QRectF(0, 1 + number * self.row_height, self.width(), self.row_height)
            if number:
                painter.setPen(theme.colour("border_subtle"))
                painter.drawLine(15, int(area.top()), self.width() - 15, int(area.top()))
            self._row(painter, area.adjusted(15, 0, -15, 0), row)

    def _row(self, painter: QPainter, area: QRectF, row: Any) -> None:
        half = self.width() * DESCRIPTION_SHARE - 23
        words = row.description or _("Add a description")
        ink = "text" if row.description else "text3"
        first = QRectF(area.left(), area.top(), half, area.height())
        line(painter, first, words, style="body_medium", ink=ink)
        if row.project_name:
            left = area.left() + half + 16
            paint_square(painter, left, area.center().y(), row.project_colour)
            room = QRectF(left + 18, area.top(), area.right() - left - 220, area.height())
            used = line(painter, room, row.project_name, style="body_medium")
            line(painter, room.adjusted(used + 8, 0, 0, 0), row.client_name, ink="text3")
        self._right(painter, area, row)

    def _right(self, painter: QPainter, area: QRectF, row: Any) -> None:
        zone = ZoneInfo(row.zone)
        began, ended = (
            format_time(at.astimezone(zone).time()) if at else _("now")
            for at in (row.started_at, row.ended_at)
        )
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(fonts.font("small", figures=True))
        painter.setPen(theme.colour("text2"))
        painter.drawText(area.adjusted(0, 0, -57, 0), side, f"{began} – {ended}")
        painter.setFont(fonts.font("body_strong", figures=True))
        painter.setPen(theme.colour("text"))
        if row.seconds is not None:
            painter.drawText(area, side, short_text(row.seconds))


class FirstPage(QWidget):
    """Bar, today's sum, today's rows: what a first look needs, in the place it will stay in."""

    def __init__(self, bar: TimerBar, rows: Sequence[Any], seconds: int) -> None:
        super().__init__()
        self.setObjectName("firstPage")
        theme.dress(self)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        bar.setParent(self)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(_("Today"), self, style="body_strong"))
        head.addStretch(1)
        if rows:
            head.addWidget(PlainLabel(hours_text(seconds), self, style="body_strong"))
        head.setContentsMargins(2, 12, 15, 10)
        self.listed = QVBoxLayout()
        self.listed.setSpacing(0)
        self.listed.addLayout(head)
        if rows:
            self.listed.addWidget(FirstRows(rows, self))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN, 16, MARGIN, 20)
        self.column.setSpacing(0)
        self.column.addWidget(bar)
        self.column.addSpacing(81)
        self.column.addLayout(self.listed)
        self.column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room at the right that the Time page's panel will take."""
        super().resizeEvent(event)
        wide = self.window().width() >= PANEL_FROM
        self.listed.setContentsMargins(0, 0, SCROLL_BAR + PANEL * wide, 0)
        # At once: the first frame must not be painted without it.
        self.column.activate()
