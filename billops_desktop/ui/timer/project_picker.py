"""The project picker: type a few letters, recent work first, then every client's projects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from billops_desktop.i18n import _
from billops_desktop.ui import fonts, icons, theme
from billops_desktop.ui.live.directory import ProjectItem
from billops_desktop.ui.widgets.cells import Index
from billops_desktop.ui.widgets.chips import paint_square
from billops_desktop.ui.widgets.input.fields import SearchField
from billops_desktop.ui.widgets.labels import line
from billops_desktop.ui.widgets.popup import Popup

WIDTH: Final = 320
HEIGHT: Final = 420
MARGIN: Final = 8
SPACING: Final = 6
RECENT: Final = 5
LONGEST: Final = 100
ITEM_ROLE: Final = Qt.ItemDataRole.UserRole + 1
NO_PARENT: Final = QModelIndex()


@dataclass(frozen=True, slots=True, kw_only=True)
class PickerLine:
    """A line of the list: a heading, a project, no project, or the offer to make one."""

    heading: str = ""
    project: ProjectItem | None = None
    create: str = ""

    def words(self) -> str:
        """Return the line as it is read aloud."""
        if self.heading:
            return self.heading
        if self.create:
            return _("Create project “{name}”").format(name=self.create)
        if self.project is None:
            return _("No project")
        return ", ".join(filter(None, (self.project.name, self.project.client_name)))


def fits(typed: str, text: str) -> int | None:
    """Return how well a text fits what was typed: lower is better, None does not fit.

    Each typed word must begin a word of the text (best), lie within one, or be a sequence of its
    letters.
    """
    folded = text.casefold()
    starts = folded.replace("-", " ").replace("/", " ").split()
    score = 0
    for word in typed.casefold().replace("/", " ").split():
        if any(start.startswith(word) for start in starts):
            continue
        if word in folded:
            score += 1
        elif _in_order(word, folded):
            score += 3
        else:
            return None
    return score


def _in_order(word: str, text: str) -> bool:
    letters = iter(text)
    return all(letter in letters for letter in word)


class PickerModel(QAbstractListModel):
    """The lines of the picker."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[PickerLine] = []

    def show_lines(self, lines: list[PickerLine]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a line's words, or the line itself."""
        if not index.isValid():
            return None
        item = self.lines[index.row()]
        if role == ITEM_ROLE:
            return item
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return item.words()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return flags: headings cannot be chosen."""
        if index.isValid() and self.lines[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _LineDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = bool(index.data(ITEM_ROLE).heading)
        return QSize(100, fonts.row_height(28 if heading else 36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item: PickerLine = index.data(ITEM_ROLE)
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if item.heading:
            line(painter, area.adjusted(10, 6, -8, 0), item.heading, style="caption", ink="text3")
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("bg_selected"))
            painter.drawRoundedRect(area.adjusted(2, 1, -2, -1), 6, 6)
        room = area.adjusted(32, 0, -10, 0)
        mark = QRectF(area.left() + 9, area.top(), 14, area.height())
        if item.project is None:
            icons.paint(painter, mark, "plus" if item.create else "x", "text3", 14)
            line(painter, room, str(index.data()), style="body_medium")
        else:
            paint_square(painter, area.left() + 11, area.center().y(), item.project.colour)
            used = line(painter, room, item.project.name, style="body_medium")
            room.setLeft(room.left() + used + 8)
            line(painter, room, item.project.client_name, ink="text3")
        painter.restore()


class ProjectPicker(Popup):
    """A popup under the chip that asked for it."""

    picked = Signal(object)
    create_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("projectPicker")
        self.field = SearchField("projectSearch", _("Find a project"), self)
        self.lines = PickerModel(self)
        self.list = QListView(self)
        self.list.setObjectName("projectList")
        # A single hit needs one line, not the room that Qt gives every list.
        self.list.setMinimumHeight(1)
        self.list.setAccessibleName(_("Projects"))
        self.list.setModel(self.lines)
        self.list.setItemDelegate(_LineDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._on_chosen)
        self.list.entered.connect(self.list.setCurrentIndex)
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
                self.list.setCurrentIndex(self.lines.index(number))
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
            self._walk(steps[key])
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

    def _walk(self, step: int) -> None:
        row, rows = self.list.currentIndex().row(), self.lines.rowCount()
        direction = 1 if step > 0 else -1
        target = min(max(row + step, 0), rows - 1)
        while 0 <= target < rows and self.lines.lines[target].heading:
            target += direction
        if 0 <= target < rows:
            self.list.setCurrentIndex(self.lines.index(target))

    def _on_typed(self, text: str) -> None:
        words = text.strip()
        lines = self._found(words) if words else self._all()
        if words and self.can_create:
            lines.append(PickerLine(create=words))
        self.lines.show_lines(lines)
        heights = (28 if one.heading else 36 for one in lines)
        rows = sum(fonts.row_height(height) for height in heights)
        field = max(self.field.sizeHint().height(), self.field.minimumHeight())
        self.resize(WIDTH, min(HEIGHT, field + MARGIN * 2 + SPACING + rows))
        first = next((row for row, one in enumerate(lines) if not one.heading), -1)
        if first >= 0:
            self.list.setCurrentIndex(self.lines.index(first))

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
