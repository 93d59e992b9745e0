"""The sidebar: company, search, pages with badges, pinned projects; icons only when narrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from billops_desktop.i18n import _
from billops_desktop.ui import fonts, icons, keys, theme
from billops_desktop.ui.live.directory import ProjectItem
from billops_desktop.ui.shell.pages import PageDeclaration
from billops_desktop.ui.widgets.buttons import edged, note_focus, ring, shows_ring
from billops_desktop.ui.widgets.chips import TONES, paint_square
from billops_desktop.ui.widgets.labels import KeyCap, PlainLabel, line, set_tooltip, shown
from billops_desktop.ui.widgets.reader_press import PressedByReaders

WIDE: Final = 236
NARROW: Final = 56
MARGIN: Final = 12
ROW: Final = 32
PINNED: Final = 8


class SideButton(PressedByReaders, QAbstractButton):
    """A 32 px row of the sidebar: icon, words, and at the right a count."""

    def __init__(self, icon: str, words: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.follow_readers()
        self.icon_name = icon
        self.narrow = False
        self.count = 0
        self.tone = "neutral"
        self.setText(words)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(fonts.scaled(ROW))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon only; the words become the tooltip."""
        self.narrow = narrow
        set_tooltip(self, self.text() if narrow else "")
        self.update()

    def show_count(self, count: int, tone: str = "neutral") -> None:
        """Show a badge; zero shows none."""
        self.count, self.tone = count, tone
        self.setAccessibleName(f"{self.text()}, {count}" if count else self.text())
        self.update()

    def event(self, event: QEvent) -> bool:
        """Repaint when the pointer comes or goes."""
        if event.type() in {QEvent.Type.HoverEnter, QEvent.Type.HoverLeave}:
            self.update()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Note whether a ring is due."""
        note_focus(self, event)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter, walk with the arrow keys."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the fill of the chosen or hovered row, then icon, words and count."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        self.paint_ground(painter, area)
        self.paint_mark(painter, area)
        if not self.narrow:
            style = "body_strong" if self.isChecked() else "body_medium"
            room = area.adjusted(36, 0, -self.taken(), 0)
            line(painter, room, self.text(), style=style, ink=self.ink())
        if self.count:
            self.paint_count(painter, area)
        if self.hasFocus() and shows_ring(self):
            ring(painter, area, 6)

    def taken(self) -> int:
        """Return the room that something else takes at the right of the words, in pixels."""
        return 34 if self.count else 8

    def ink(self) -> str:
        """Return the token of the words."""
        return "text" if self.isChecked() else "text2"

    def paint_ground(self, painter: QPainter, area: QRectF) -> None:
        """Paint the fill."""
        if self.isChecked():
            edged(painter, area, "bg_pressed", 6)
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("bg_hover"))
            painter.drawRoundedRect(area, 6, 6)

    def paint_mark(self, painter: QPainter, area: QRectF) -> None:
        """Paint the icon."""
        left = (area.width() - 16) / 2 if self.narrow else 10.0
        icons.paint(painter, QRectF(left, 0, 16, area.height()), self.icon_name, self.ink())

    def paint_count(self, painter: QPainter, area: QRectF) -> None:
        """Paint the badge: at the right, or at the icon's corner when narrow."""
        ink, fill = TONES[self.tone]
        words = str(self.count) if self.count < 100 else "99+"
        painter.setFont(fonts.font("caption"))
        width = max(20, painter.fontMetrics().horizontalAdvance(words) + 10)
        badge = QRectF(area.right() - width - 7, area.center().y() - 10, width, 20)
        if self.narrow:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("bad_solid" if self.tone == "bad" else "text3"))
            painter.drawEllipse(QRectF(area.center().x() + 6, 5, 7, 7))
            return
        if self.tone != "neutral":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(fill))
            painter.drawRoundedRect(badge, 10, 10)
        painter.setPen(theme.colour(ink))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)


class CompanyButton(SideButton):
    """The company: initials on a tile, name, and when it was last backed up."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "BillOps", "company", parent)
        self.note = ""
        self.setFixedHeight(fonts.scaled(44))

    def show_company(self, name: str, note: str) -> None:
        """Show a name and the line under it."""
        self.note = note
        self.setText(shown(name) or "BillOps")
        self.setAccessibleName(", ".join(filter(None, (self.text(), note))))
        self.update()

    def initials(self) -> str:
        """Return up to two letters for the tile."""
        words = [word for word in self.text().split() if word[:1].isalnum()]
        return "".join(word[0] for word in words[:2]).upper() or "B"

    def paint_mark(self, painter: QPainter, area: QRectF) -> None:
        """Paint the tile with the initials and the second line."""
        left = (area.width() - 28) / 2 if self.narrow else 6.0
        tile = QRectF(left, area.center().y() - 14, 28, 28)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(tile, 6, 6)
        painter.setPen(theme.colour("on_accent"))
        painter.setFont(fonts.font("body_strong"))
        painter.drawText(tile, Qt.AlignmentFlag.AlignCenter, self.initials())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint tile, two lines, and the sign that it opens."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        self.paint_ground(painter, area)
        self.paint_mark(painter, area)
        if not self.narrow:
            middle = area.center().y()
            high = fonts.metrics("body").height()
            low = fonts.metrics("caption").height()
            top = middle - (high + low) / 2 if self.note else middle - high / 2
            room = QRectF(44, top, area.width() - 70, high)
            line(painter, room, self.text(), style="body_strong")
            under = QRectF(44, top + high, area.width() - 70, low)
            line(painter, under, self.note, style="caption", ink="text3")
            place = QRectF(area.right() - 24, 0, 16, area.height())
            icons.paint(painter, place, "chevrons-up-down", "text3")
        if self.hasFocus() and shows_ring(self):
            ring(painter, area, 6)


class SearchButton(SideButton):
    """Looks like a field and opens the command palette."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("search", _("Search or run…"), "searchOrRun", parent)
        self.caps = [KeyCap(key, self) for key in keys.native("Ctrl+K").split("+")]
        for cap in self.caps:
            cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_narrow(self, narrow: bool) -> None:
        """Show the glass only."""
        super().set_narrow(narrow)
        for cap in self.caps:
            cap.setVisible(not narrow)

    def taken(self) -> int:
        """Return the room of the key caps, which step back where the words need theirs."""
        return 8 + sum(cap.width() + 3 for cap in self.caps if cap.isVisibleTo(self))

    def resizeEvent(self, event: object) -> None:
        """Keep the key caps at the right end, as long as the words are whole beside them."""
        words = fonts.metrics("body_medium").horizontalAdvance(self.text())
        caps = sum(cap.sizeHint().width() + 3 for cap in self.caps)
        for cap in self.caps:
            cap.setVisible(not self.narrow and 36 + words + caps + 8 <= self.width())
        right = self.width() - 8
        for cap in reversed(self.caps):
            cap.resize(cap.sizeHint())
            right -= cap.width()
            cap.move(right, (self.height() - cap.height()) // 2)
            right -= 3

    def paint_ground(self, painter: QPainter, area: QRectF) -> None:
        """Paint the frame of a field."""
        painter.setPen(theme.colour("border_control" if self.underMouse() else "border"))
        painter.setBrush(theme.colour("bg_surface"))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def paint_mark(self, painter: QPainter, area: QRectF) -> None:
        """Paint the glass."""
        left = (area.width() - 16) / 2 if self.narrow else 9.0
        icons.paint(painter, QRectF(left, 0, 16, area.height()), "search", "text3")

    def ink(self) -> str:
        """Return the quiet token of a placeholder."""
        return "text3"


class PinnedButton(SideButton):
    """A pinned project: the row opens it, the triangle at the right starts its timer."""

    start_wanted = Signal(str)

    def __init__(self, project: ProjectItem, parent: QWidget) -> None:
        super().__init__("", shown(project.name), f"pinned-{project.id}", parent)
        self.project = project
        self.setAccessibleDescription(_("Alt+Enter starts the timer"))

    def play_area(self) -> QRectF:
        """Return where the triangle is."""
        return QRectF(self.width() - 32, 0, 28, self.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Start the timer with a click on the triangle."""
        if self.play_area().contains(event.position()) and not self.narrow:
            self.setDown(False)
            self.start_wanted.emit(self.project.id)
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Start the timer with Alt+Enter."""
        if keys.pressed(event, "pinned"):
            self.start_wanted.emit(self.project.id)
            return
        super().keyPressEvent(event)

    def paint_mark(self, painter: QPainter, area: QRectF) -> None:
        """Paint the colour square and, under the pointer or with focus, the triangle."""
        left = (area.width() - 10) / 2 if self.narrow else 13.0
        paint_square(painter, left, area.center().y(), self.project.colour)
        if not self.narrow:
            lit = self.underMouse() or self.hasFocus()
            icons.paint(painter, self.play_area(), "play", "text" if lit else "text3")


class Sidebar(QWidget):
    """The frame's left side."""

    page_wanted = Signal(str)
    project_wanted = Signal(str)
    start_wanted = Signal(str)
    search_wanted = Signal()
    company_wanted = Signal()
    menu_wanted = Signal(object, object)

    def __init__(self, pages: Sequence[PageDeclaration], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        theme.dress(self)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Pages"))
        self.narrow = False
        self.buttons: dict[str, SideButton] = {}
        self.headings: list[PlainLabel] = []
        self.pinned: list[PinnedButton] = []
        self.company = CompanyButton(self)
        self.company.clicked.connect(self.company_wanted)
        self.search = SearchButton(self)
        self.search.clicked.connect(self.search_wanted)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN, 12, MARGIN, 12)
        self.column.setSpacing(2)
        self.column.addWidget(self.company)
        self.column.addSpacing(6)
        self.column.addWidget(self.search)
        self.column.addSpacing(10)
        section = ""
        for page in pages:
            if page.listed and page.section != "foot":
                if page.section and page.section != section:
                    section = page.section
                    self.column.addWidget(self._heading(section))
                self.column.addWidget(self._button(page))
        self.pinned_heading = self._heading(_("Pinned"))
        self.pinned_heading.hide()
        self.column.addWidget(self.pinned_heading)
        self.pinned_column = QVBoxLayout()
        self.pinned_column.setSpacing(2)
        self.column.addLayout(self.pinned_column)
        self.column.addStretch(1)
        for page in pages:
            if page.section == "foot":
                self.column.addWidget(self._button(page))
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, or words too."""
        self.narrow = narrow
        self.setFixedWidth(NARROW if narrow else fonts.scaled(WIDE))
        margin = 8 if narrow else MARGIN
        self.column.setContentsMargins(margin, 12, margin, 12)
        for button in (self.company, self.search, *self.buttons.values(), *self.pinned):
            button.set_narrow(narrow)
        for heading in self.headings:
            heading.setVisible(not narrow)
        self.pinned_heading.setVisible(not narrow and bool(self.pinned))

    def light(self, page: str) -> None:
        """Light the row of the page that is shown."""
        for name, button in self.buttons.items():
            button.setChecked(name == page)

    def show_pinned(self, projects: Sequence[ProjectItem]) -> None:
        """Show the pinned projects, eight at most."""
        wanted = list(projects[:PINNED])
        if [button.project for button in self.pinned] == wanted:
            return
        for button in self.pinned:
            button.hide()
            button.deleteLater()
        self.pinned = [PinnedButton(project, self) for project in wanted]
        for button in self.pinned:
            button.set_narrow(self.narrow)
            button.clicked.connect(
                lambda _checked=False, one=button: self.project_wanted.emit(one.project.id)
            )
            button.start_wanted.connect(self.start_wanted)
            self.pinned_column.addWidget(button)
            button.show()
        self.pinned_heading.setVisible(not self.narrow and bool(self.pinned))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the menu of a pinned project."""
        child = self.childAt(event.pos())
        if isinstance(child, PinnedButton):
            self.menu_wanted.emit(child.project, event.globalPos())

    def sizeHint(self) -> QSize:
        """Return the width of the state it is in."""
        return QSize(self.maximumWidth(), 600)

    def _heading(self, words: str) -> PlainLabel:
        label = PlainLabel(words, self, style="caption", ink="text3")
        label.setContentsMargins(10, 10, 0, 4)
        self.headings.append(label)
        return label

    def _button(self, page: PageDeclaration) -> SideButton:
        button = SideButton(page.icon, page.words, f"nav-{page.id}", self)
        button.setCheckable(True)
        button.clicked.connect(lambda _checked=False, one=page.id: self.page_wanted.emit(one))
        self.buttons[page.id] = button
        return button
