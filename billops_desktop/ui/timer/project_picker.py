"""The project picker: type a few letters, recent work first, then every client's projects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from billops_desktop.i18n import _
from billops_desktop.ui import icons
from billops_desktop.ui.live.directory import ProjectItem
from billops_desktop.ui.widgets.chips import paint_square
from billops_desktop.ui.widgets.found_list import ITEM_ROLE, FoundList, FoundPainter, fits
from billops_desktop.ui.widgets.input.fields import SearchField
from billops_desktop.ui.widgets.labels import line
from billops_desktop.ui.widgets.popup import Popup
from billops_desktop.values import dataclass

WIDTH: Final = 320
HEIGHT: Final = 420
MARGIN: Final = 8
SPACING: Final = 6
RECENT: Final = 5
LONGEST: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PickerLine:
    """A line of the list: a heading, a project, no project, or the offer to make one."""

    heading: str = ""
    project: ProjectItem | None = None
    create: str = ""

    def spoken(self) -> str:
        """Return the line as it is read aloud."""
        if self.heading:
            return self.heading
        if self.create:
            return _("Create project “{name}”").format(name=self.create)
        if self.project is None:
            return _("No project")
        return ", ".join(filter(None, (self.project.name, self.project.client_name)))


class _Painter(FoundPainter):
    def paint_line(self, painter: QPainter, area: QRectF, found: PickerLine) -> None:
        room = area.adjusted(32, 0, -10, 0)
        mark = QRectF(area.left() + 9, area.top(), 14, area.height())
        if found.project is None:
            icons.paint(painter, mark, "plus" if found.create else "x", "text3", 14)
            line(painter, room, found.spoken(), style="body_medium")
        else:
            paint_square(painter, area.left() + 11, area.center().y(), found.project.colour)
            used = line(painter, room, found.project.name, style="body_medium")
            room.setLeft(room.left() + used + 8)
            line(painter, room, found.project.client_name, ink="text3")


class ProjectPicker(Popup):
    """A popup under the chip that asked for it."""

    picked = Signal(object)
    create_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("projectPicker")
        self.field = SearchField("projectSearch", _("Find a project"), self)
        self.list = FoundList("projectList", _("Projects"), self)
        self.lines = self.list.found
        # A single hit needs one line, not the room that Qt gives every list.
        self.list.setMinimumHeight(1)
        self.list.setItemDelegate(_Painter(self.list))
        self.list.clicked.connect(self._on_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(SPACING)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.projects: Sequence[ProjectItem] = ()
        self.recent_ids: Sequence[str] = ()
        self.can_create = False
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)

    def open_under(
        self, anchor: QWidget, projects: Sequence[ProjectItem], recent_ids: Sequence[str]
    ) -> None:
        """Open below a widget with these projects, recent ones first."""
        self.projects, self.recent_ids = projects, recent_ids
        self.field.clear()
        self._on_typed("")
        self.place_under(anchor)
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_current(self, project_id: str | None) -> None:
        """Stand on a project, so that Enter and Tab change nothing."""
        for number, one in enumerate(self.lines.lines):
            found = one.project.id if one.project else None
            if not one.heading and not one.create and found == project_id:
                self.list.stand_on(number)
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the list with the arrow keys while the field keeps the focus."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 8,
            Qt.Key.Key_PageUp: -8,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.list.walk(steps[key])
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}:
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if control and self.can_create and self.field.text().strip():
                self._create(self.field.text().strip())
            else:
                self._on_chosen(self.list.currentIndex())
            return True
        if key == Qt.Key.Key_Escape and not self.field.text():
            self.hide()
            return True
        return False

    def _on_typed(self, text: str) -> None:
        words = text.strip()
        lines = self._found(words) if words else self._all()
        if words and self.can_create:
            lines.append(PickerLine(create=words))
        self.list.show_lines(lines)
        field = max(self.field.sizeHint().height(), self.field.minimumHeight())
        rows = _Painter.height_of(lines)
        self.resize(WIDTH, min(HEIGHT, field + MARGIN * 2 + SPACING + rows))

    def _found(self, words: str) -> list[PickerLine]:
        order = {project_id: place for place, project_id in enumerate(self.recent_ids)}
        found: list[tuple[tuple[int, int, str], ProjectItem]] = []
        for project in self.projects:
            score = fits(words, f"{project.name} {project.client_name}")
            if score is not None:
                found.append(((score, order.get(project.id, 99), project.name), project))
        found.sort(key=lambda one: one[0])
        return [PickerLine(project=project) for _key, project in found[:LONGEST]]

    def _all(self) -> list[PickerLine]:
        by_id = {project.id: project for project in self.projects}
        recent = [by_id[one] for one in self.recent_ids if one in by_id][:RECENT]
        lines = [PickerLine(project=None)]
        if recent:
            lines.append(PickerLine(heading=_("Recent")))
            lines += [PickerLine(project=project) for project in recent]
        key: Callable[[ProjectItem], tuple[str, str]] = lambda one: (  # noqa: E731 - typed once
            one.client_name.casefold(),
            one.name.casefold(),
        )
        client = None
        for project in sorted(self.projects, key=key):
            if project.client_name != client:
                client = project.client_name
                lines.append(PickerLine(heading=client or _("Without a client")))
            lines.append(PickerLine(project=project))
        return lines

    def _on_chosen(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        item: PickerLine = index.data(ITEM_ROLE)
        if item.heading:
            return
        if item.create:
            self._create(item.create)
            return
        self.hide()
        self.picked.emit(item.project)

    def _create(self, name: str) -> None:
        self.hide()
        self.create_wanted.emit(name)
