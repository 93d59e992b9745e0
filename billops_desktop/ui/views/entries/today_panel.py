"""The panel at the right: how far today is, on what, and which gaps are still to be filled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from billops_desktop.domain.periods import Span
from billops_desktop.i18n import _, format_money
from billops_desktop.services.tracking import ProjectShare, TodayRow
from billops_desktop.ui import icons, theme
from billops_desktop.ui.views.entries.entry_fields import wall
from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.chips import ColourSquare
from billops_desktop.ui.widgets.labels import ElidedLabel, PlainLabel
from billops_desktop.ui.widgets.panels import Line, ScrollColumn
from billops_desktop.ui.widgets.wording import hours_text, short_text

WIDTH: Final = 300
MOST_PROJECTS: Final = 8
MOST_GAPS: Final = 6
# A shorter pause is a walk to the next room, not a gap in the timesheet.
SHORTEST_GAP: Final = 300


class ShareBar(QWidget):
    """One bar: a stretch per project in its colour, the rest of the target empty."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shareBar")
        self.setFixedHeight(8)
        self.shares: tuple[ProjectShare, ...] = ()
        self.target = 0

    def show_shares(self, shares: tuple[ProjectShare, ...], target: int) -> None:
        """Show how long each project took of a target in seconds."""
        self.shares, self.target = shares, target
        spoken = (
            f"{share.name or _('No project')} {short_text(share.seconds)}" for share in shares
        )
        self.setAccessibleName(", ".join(spoken) or _("Nothing logged today"))
        self.update()

    def stretches(self) -> list[tuple[float, float]]:
        """Return where each project's stretch begins and how wide it is, in pixels."""
        whole = max(self.target, sum(share.seconds for share in self.shares), 1)
        places, left = [], 0.0
        for share in self.shares:
            width = self.width() * share.seconds / whole
            places.append((left, width))
            left += width
        return places

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint track and stretches, 1.5 px apart."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QPainterPath()
        track.addRoundedRect(QRectF(self.rect()), 3, 3)
        painter.setClipPath(track)
        painter.fillRect(self.rect(), theme.colour("bg_sunken"))
        for share, (left, width) in zip(self.shares, self.stretches(), strict=True):
            place = QRectF(left, 0, max(width - 1.5, 1), self.height())
            painter.fillRect(place, theme.hue(share.colour or "slate"))
        painter.setPen(theme.edge())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


class IconLine(QWidget):
    """An icon before a line."""

    def __init__(self, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.icon = icon
        self.setFixedSize(20, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon."""
        icons.paint(QPainter(self), QRectF(0, 0, 14, 20), self.icon, "text3", 14)


class TodayPanel(QWidget):
    """Answers: how much is done today, and what is missing."""

    fill_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("todayPanel")
        self.setAccessibleName(_("Today"))
        self.setFixedWidth(WIDTH)
        self.target = PlainLabel("", self, style="small", ink="text2")
        self.sum = PlainLabel("", self, style="display").use_figures()
        self.sum.setObjectName("todaySum")
        self.value = PlainLabel("", self, style="body_medium", ink="text2").use_figures()
        self.value.setObjectName("todayValue")
        self.bar = ShareBar(self)
        self.projects = _rows_of(self)
        self.gaps_title = PlainLabel(_("Gaps today"), self, style="body_strong")
        self.gaps_line = Line(self)
        self.gaps = _rows_of(self)
        self._shown: object = None
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(PlainLabel(_("Today"), self, style="body_strong"))
        top.addStretch(1)
        top.addWidget(self.target)
        sums = QHBoxLayout()
        sums.addWidget(self.sum)
        sums.addStretch(1)
        sums.addWidget(self.value, 0, Qt.AlignmentFlag.AlignBottom)
        # Several currencies need a line of their own.
        self.values = PlainLabel("", self, ink="text2", wrap=True).use_figures()
        self.values.setObjectName("todayValues")
        scroll = ScrollColumn(self, name="todayScroll")
        inner = scroll.column
        inner.setSpacing(0)
        inner.addLayout(top)
        inner.addSpacing(6)
        inner.addLayout(sums)
        inner.addWidget(self.values)
        inner.addSpacing(8)
        inner.addWidget(self.bar)
        inner.addSpacing(14)
        inner.addLayout(self.projects)
        inner.addSpacing(18)
        inner.addWidget(self.gaps_line)
        inner.addSpacing(18)
        inner.addWidget(self.gaps_title)
        inner.addSpacing(6)
        inner.addLayout(self.gaps)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(scroll)

    def show_today(self, today: TodayRow, target: int, zone: str) -> None:
        """Show today; ``target`` are the seconds of a full day, 0 for none."""
        if (today, target, zone) == self._shown:
            return
        self._shown = (today, target, zone)
        words = _("of {hours} h target").format(hours=_hours(target)) if target else ""
        self.target.setText(words)
        self.sum.setText(hours_text(today.seconds))
        worth = " + ".join(format_money(value) for value in today.values)
        words = _("{amount} billable").format(amount=worth) if worth else ""
        several = len(today.values) > 1
        self.value.setText("" if several else words)
        self.values.setText(words if several else "")
        self.values.setVisible(several)
        self.bar.show_shares(today.by_project, target)
        self._fill_projects(today.by_project)
        self._fill_gaps(today.gaps, zone)

    def _fill_projects(self, shares: tuple[ProjectShare, ...]) -> None:
        _clear(self.projects)
        for share in shares[:MOST_PROJECTS]:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(ColourSquare(share.colour or "slate", self, side=9))
            name = ElidedLabel(share.name or _("No project"), self, ink="text2")
            row.addWidget(name, 1)
            row.addWidget(
                PlainLabel(short_text(share.seconds), self, style="body_strong").use_figures()
            )
            self.projects.addWidget(_line_of(row, self))

    def _fill_gaps(self, gaps: Sequence[Span], zone: str) -> None:
        _clear(self.gaps)
        long = [gap for gap in gaps if gap.seconds >= SHORTEST_GAP][-MOST_GAPS:]
        for widget in (self.gaps_title, self.gaps_line):
            widget.setVisible(bool(long))
        for gap in long:
            words = f"{wall(gap.started_at, zone)} – {wall(gap.ended_at, zone)}"
            row = QHBoxLayout()
            row.setSpacing(6)
            row.addWidget(IconLine("coffee", self))
            row.addWidget(PlainLabel(words, self).use_figures())
            row.addWidget(PlainLabel(short_text(_minutes(gap)), self, ink="text3").use_figures())
            row.addStretch(1)
            fill = Button(_("Fill…"), self, kind="link", name="fillGap")
            fill.setAccessibleName(_("Fill the gap {span}").format(span=words))
            fill.clicked.connect(partial(self.fill_wanted.emit, gap))
            row.addWidget(fill)
            self.gaps.addWidget(_line_of(row, self))


def _rows_of(parent: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    return column


def _line_of(row: QHBoxLayout, parent: QWidget) -> QWidget:
    holder = QWidget(parent)
    row.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(row)
    holder.setFixedHeight(26)
    return holder


def _clear(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _minutes(gap: Span) -> int:
    """Return how long a gap is by its two times as they are shown, in seconds."""
    start, end = (at.replace(second=0, microsecond=0) for at in (gap.started_at, gap.ended_at))
    return (end - start) // timedelta(seconds=1)


def _hours(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    return str(hours) if not rest else f"{hours}:{rest // 60:02d}"
