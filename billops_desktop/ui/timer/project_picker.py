"""The project picker: type a few letters of project, client or task; make a project that is new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from billops_desktop.i18n import _
from billops_desktop.ui import fonts, icons
from billops_desktop.ui.live.directory import NewProject, Picked
from billops_desktop.ui.timer.picker_lines import (
    Choice,
    ForClient,
    PickerLine,
    WhichClient,
    all_lines,
    client_lines,
    offer_lines,
    typed_lines,
)
from billops_desktop.ui.widgets.chips import paint_square
from billops_desktop.ui.widgets.found_list import ITEM_ROLE, FoundLine, FoundList, FoundPainter
from billops_desktop.ui.widgets.input.fields import SearchField
from billops_desktop.ui.widgets.labels import line
from billops_desktop.ui.widgets.popup import Popup

if TYPE_CHECKING:
    from billops_desktop.ui.live.directory import Directory

WIDTH: Final = 320
HEIGHT: Final = 420
MARGIN: Final = 8
SPACING: Final = 6


class Work(Protocol):
    """What the picker stands on when it opens: an entry, or what was picked before."""

    @property
    def project_id(self) -> str | None:
        """Return the id of the project."""
        ...

    @property
    def task_id(self) -> str | None:
        """Return the id of the task."""
        ...


NOTHING: Final = Picked()


class _Painter(FoundPainter):
    @classmethod
    def height_of(cls, lines: Sequence[FoundLine]) -> int:
        """Return the height of all these lines in pixels; a note below needs a line more."""
        notes = sum(1 for one in lines if isinstance(one, PickerLine) and one.below)
        return super().height_of(lines) + notes * fonts.metrics("body").height()

    def paint_line(self, painter: QPainter, area: QRectF, found: PickerLine) -> None:
        room = area.adjusted(32, 0, -10, 0)
        if found.hue:
            paint_square(painter, area.left() + 11, area.center().y(), found.hue)
        elif found.icon:
            mark = QRectF(area.left() + 9, area.top(), 14, area.height())
            icons.paint(painter, mark, found.icon, "text3", 14)
        style, ink = ("body", "text2") if found.within else ("body_medium", "text")
        if found.below:
            half = fonts.metrics(style).height() / 2
            line(painter, room.translated(0, -half), found.words, style=style, ink=ink)
            line(painter, room.translated(0, half), found.note, ink="text3")
            return
        used = line(painter, room, found.words, style=style, ink=ink)
        line(painter, room.adjusted(used + 8, 0, 0, 0), found.note, ink="text3")


class ProjectPicker(Popup):
    """A popup under what asked for it; it says what was picked, or what shall be made.

    A new project asks one thing more, in the same popup: whom it is for.
    """

    picked = Signal(object)
    create_wanted = Signal(object)

    def __init__(self, directory: Directory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("projectPicker")
        self.directory = directory
        self.field = SearchField("projectSearch", _("Find a project or task"), self)
        self.list = FoundList("projectList", _("Projects and tasks"), self)
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
        self.recent_ids: Sequence[str] = ()
        self._current: str | None = None
        self._new_name = ""
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)

    def open_under(
        self,
        anchor: QWidget,
        recent_ids: Sequence[str],
        *,
        standing_on: Work = NOTHING,
        typed: str = "",
    ) -> None:
        """Open below a widget, standing on what is chosen now: Enter and Tab change nothing.

        Letters that were ``typed`` on what opened it begin the search.
        """
        self.recent_ids, self._current = recent_ids, standing_on.project_id
        self._ask_for("")
        self._stand_on(standing_on)
        self.place_under(anchor)
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.field.setText(typed)

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
        key, typed = Qt.Key(event.key()), self.field.text().strip()
        if key in steps:
            self.list.walk(steps[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}:
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if control and typed and not self._new_name:
                self._choose(offer_lines(typed, self.directory.clients)[0].choice)
            else:
                self._on_chosen(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape and self._new_name:
            self._ask_for("", typed=self._new_name)
        elif key == Qt.Key.Key_Escape and not typed:
            self.hide()
        else:
            return False
        return True

    def _ask_for(self, new_name: str, *, typed: str = "") -> None:
        """Ask for the project, or for the client of a new one."""
        self._new_name = new_name
        words = _("Who is “{name}” for?").format(name=new_name)
        self.field.setPlaceholderText(words if new_name else _("Find a project or task"))
        self.field.setText(typed)
        self._on_typed(typed)

    def _on_typed(self, text: str) -> None:
        typed, projects = text.strip(), self.directory.projects
        if self._new_name:
            lines = client_lines(typed, self.directory.clients)
        elif typed:
            lines = typed_lines(typed, projects, self.directory.clients, self.recent_ids)
        else:
            lines = all_lines(projects, self.recent_ids, self._current)
        self.list.show_lines(lines)
        field = max(self.field.sizeHint().height(), self.field.minimumHeight())
        rows = _Painter.height_of(lines)
        width = fonts.scaled(WIDTH)
        self.resize(width, min(fonts.scaled(HEIGHT), field + MARGIN * 2 + SPACING + rows))

    def _stand_on(self, work: Work) -> None:
        for number, one in enumerate(self.lines.lines):
            choice = one.choice
            here = isinstance(choice, Picked) and choice.project_id == work.project_id
            if here and choice.task_id == work.task_id:
                self.list.stand_on(number)
                return

    def _on_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self._choose(index.data(ITEM_ROLE).choice)

    def _choose(self, choice: Choice | None) -> None:
        if isinstance(choice, Picked):
            self.hide()
            self.picked.emit(choice)
        elif isinstance(choice, NewProject) and not (choice.client_id or choice.client_name):
            self._ask_for(choice.name)
        elif isinstance(choice, WhichClient):
            self._ask_for(choice.name, typed=choice.client_typed)
        elif isinstance(choice, NewProject):
            self.hide()
            self.create_wanted.emit(choice)
        elif isinstance(choice, ForClient):
            self.hide()
            self.create_wanted.emit(NewProject(self._new_name, *choice))
