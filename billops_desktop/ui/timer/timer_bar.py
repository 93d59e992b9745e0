"""The timer bar on top of the Time page: what is being done, for which project, how long."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from billops_desktop.i18n import _
from billops_desktop.ui import fonts, theme
from billops_desktop.ui.live.clock_label import ClockLabel
from billops_desktop.ui.live.directory import Directory, Picked, work_name
from billops_desktop.ui.live.timer import Timer
from billops_desktop.ui.widgets.buttons import IconButton, RoundButton, note_focus, ring, shows_ring
from billops_desktop.ui.widgets.chips import ProjectChip
from billops_desktop.ui.widgets.input.fields import TextField
from billops_desktop.ui.widgets.labels import set_tooltip

if TYPE_CHECKING:
    from billops_desktop.ui.live.directory import NewProject
    from billops_desktop.ui.timer.elapsed_popup import ElapsedPopup
    from billops_desktop.ui.timer.project_picker import ProjectPicker
    from billops_desktop.ui.widgets.input.floating import RefusedLine

HEIGHT: Final = 64


class StateDot(QWidget):
    """A dot that is filled and haloed while the timer runs."""

    def __init__(self, timer: Timer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.timer = timer
        self.setFixedSize(16, 16)
        timer.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(8, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.timer.running is None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.colour("border_control"))
            painter.drawEllipse(middle, 4, 4)
            return
        painter.setBrush(theme.colour("accent_subtle"))
        painter.drawEllipse(middle, 8, 8)
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(middle, 4.5, 4.5)


class DescriptionField(TextField):
    """What is being done: typed before the start, edited in place while it runs."""

    def __init__(self, bar: TimerBar) -> None:
        super().__init__("timerDescription", bar)
        self.bar = bar
        self.setProperty("kind", "bare")
        self.setFont(fonts.font("input"))
        # Room for the ring, which nothing else of a bare field shows.
        self.setTextMargins(6, 0, 6, 0)
        self.setPlaceholderText(_("What are you working on?"))
        self.setAccessibleName(_("What are you working on?"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Note whether a ring is due."""
        note_focus(self, event)
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field and, with focus by keyboard, the ring."""
        super().paintEvent(event)
        if self.hasFocus() and shows_ring(self):
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ring(painter, QRectF(self.rect()), 6)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Start or keep with Enter, clear or take back with Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.bar.on_enter()
        elif event.key() == Qt.Key.Key_Escape:
            self.bar.on_escape()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep an edit of the running entry when the field is left."""
        super().focusOutEvent(event)
        self.bar.keep_description()


class TimerBar(QFrame):
    """64 px, one row: dot, description, project, billable, elapsed, start or stop."""

    def __init__(self, timer: Timer, directory: Directory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timerBar")
        self.setProperty("kind", "panel")
        self.timer = timer
        self.directory = directory
        self.setFixedHeight(fonts.scaled(HEIGHT))
        self.chosen = Picked()
        self._chosen_was_listed = False
        self.description = DescriptionField(self)
        self.chip = ProjectChip(_("Project"), self)
        self.chip.clicked.connect(partial(self.open_picker, ""))
        self.chip.typed.connect(self.open_picker)
        set_tooltip(self.chip, _("Choose the project  P"))
        self.billable = IconButton("circle-dollar-sign", _("Billable"), self, kind="toggle")
        self.billable.setObjectName("timerBillable")
        self.billable.setCheckable(True)
        self.billable.clicked.connect(self._on_billable)
        self.clock = ClockLabel(timer, self)
        self.clock.edit_wanted.connect(self.open_elapsed)
        self.button = RoundButton("play", _("Start timer"), self)
        self.button.setObjectName("timerToggle")
        self.button.clicked.connect(self._on_button)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 9, 0)
        row.setSpacing(4)
        row.addWidget(StateDot(timer, self))
        row.addWidget(self.description, 1)
        for widget in (self.chip, self.billable):
            row.addWidget(widget)
        row.addSpacing(12)
        row.addWidget(self.clock)
        row.addSpacing(6)
        row.addWidget(self.button)
        self._shown_id = ""
        self._billable_chosen = False
        timer.changed.connect(self._on_changed)
        timer.answered.connect(self._answer)
        directory.changed.connect(self._on_directory)
        self._on_changed()

    # Made when they are first opened: the first frame must not wait for them.

    @cached_property
    def problem(self) -> RefusedLine:
        """Return what says under the description why it is not taken."""
        from billops_desktop.ui.widgets.input.floating import RefusedLine

        return RefusedLine(self.description)

    @cached_property
    def picker(self) -> ProjectPicker:
        """Return the list of projects that opens under the chip."""
        from billops_desktop.ui.timer.project_picker import ProjectPicker

        picker = ProjectPicker(self.directory, self)
        picker.picked.connect(self._on_picked)
        picker.create_wanted.connect(self._on_create_wanted)
        return picker

    @cached_property
    def elapsed(self) -> ElapsedPopup:
        """Return the sheet that opens under the clock."""
        from billops_desktop.ui.timer.elapsed_popup import ElapsedPopup

        return ElapsedPopup(self.timer, self)

    def focus(self) -> None:
        """Go to the description, ready to type over it."""
        self.description.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.description.selectAll()

    def on_enter(self) -> None:
        """Start what was typed, or keep the edit of what runs."""
        if self.timer.running is None:
            self.start()
        else:
            self.keep_description()

    def on_escape(self) -> None:
        """Clear what was typed, or take back the edit."""
        running = self.timer.running
        self.problem.clear()
        self.description.setText(running.description if running else "")
        self.description.setModified(False)

    def start(self) -> None:
        """Start with the typed text and the chosen project; both may be missing."""
        if not self.problem.takes(self.description.text(), "description"):
            return
        self.timer.start(
            description=self.description.text().strip(),
            project_id=self.chosen.project_id,
            task_id=self.chosen.task_id,
            billable=self.billable.isChecked() if self._billable_chosen else None,
        )

    def keep_description(self) -> None:
        """Save the edited description of the running entry."""
        running = self.timer.running
        if running is None or not self.description.isModified():
            return
        if not self.problem.takes(self.description.text(), "description"):
            return
        self.description.setModified(False)
        text = self.description.text().strip()
        if text != running.description:
            self.timer.edit(description=text)

    def open_picker(self, typed: str = "") -> None:
        """Open the project picker under the chip, with what was typed on it."""
        now = self.timer.running or self.chosen
        self.picker.open_under(
            self.chip, self.timer.recent_project_ids(), standing_on=now, typed=typed
        )

    def open_elapsed(self) -> None:
        """Open the small sheet that changes when the running entry started."""
        if self.timer.running is not None:
            self.elapsed.open_under(self.clock)

    def sizeHint(self) -> QSize:
        """Return the bar's height."""
        return QSize(640, fonts.scaled(HEIGHT))

    def _on_button(self) -> None:
        if self.timer.running is None:
            self.start()
        else:
            self.keep_description()
            self.timer.stop()

    def _on_billable(self) -> None:
        self._billable_chosen = True
        if self.timer.running is not None:
            self.timer.edit(billable=self.billable.isChecked())

    def _on_picked(self, picked: Picked) -> None:
        running = self.timer.running
        if running is None:
            self._choose(picked)
            self.description.setFocus(Qt.FocusReason.OtherFocusReason)
        elif (running.project_id, running.task_id) != (picked.project_id, picked.task_id):
            self.timer.edit(project_id=picked.project_id, task_id=picked.task_id)

    def _on_create_wanted(self, new: NewProject) -> None:
        running = self.timer.running
        self.directory.add_project(
            new,
            entry_ids=(running.id,) if running else (),
            done=lambda project: None if running else self._choose(Picked(project)),
        )

    def _choose(self, picked: Picked) -> None:
        """Let what is started next be for this project; nothing runs now."""
        self.chosen = picked
        self._chosen_was_listed = False
        self.chip.show_project(picked.name, picked.colour)
        if not self._billable_chosen:
            # As it will be kept: work without a project is not billable.
            self.billable.setChecked(picked.billable)

    def _on_directory(self) -> None:
        """Let go of a chosen project that is gone: its making may have been taken back."""
        listed = any(one.id == self.chosen.project_id for one in self.directory.projects)
        if self._chosen_was_listed and not listed and self.timer.running is None:
            self._choose(Picked())
        self._chosen_was_listed = listed

    def _on_changed(self) -> None:
        running = self.timer.running
        self.button.set_icon("square" if running else "play")
        self.button.say(_("Stop timer  S") if running else _("Start timer  S"))
        if running is None:
            if self._shown_id:
                self._empty()
            return
        refused = bool(self.description.property("wrong"))
        typing = refused or (self.description.hasFocus() and self.description.isModified())
        if running.id != self._shown_id or not typing:
            end = len(running.description)
            where = self.description.cursorPosition() if running.id == self._shown_id else end
            self.description.setText(running.description)
            self.description.setCursorPosition(min(where, end))
        self._shown_id = running.id
        self._billable_chosen = False
        words = work_name(running.project_name, running.task_name)
        self.chip.show_project(words, running.project_colour)
        self.billable.setChecked(running.billable)

    def _answer(self) -> None:
        paint_now(self, self.clock)

    def _empty(self) -> None:
        self._shown_id = ""
        self.problem.clear()
        self._billable_chosen = False
        self.chosen = Picked()
        self.description.clear()
        self.chip.show_project("", "")
        self.billable.setChecked(False)


class TimerChip(QFrame):
    """The bar shrunk to 32 px, for the header of every other page; hidden while nothing runs."""

    def __init__(self, timer: Timer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timerChip")
        self.timer = timer
        self.setFixedHeight(fonts.scaled(34))
        self.clock = ClockLabel(timer, self, style="body_strong")
        self.stop = RoundButton("square", _("Stop timer"), self)
        self.stop.setObjectName("timerChipStop")
        self.stop.diameter = 24
        self.stop.clicked.connect(timer.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 2, 0)
        row.setSpacing(6)
        row.addWidget(StateDot(timer, self))
        row.addWidget(self.clock)
        row.addWidget(self.stop)
        timer.changed.connect(self._on_changed)
        timer.answered.connect(self._answer)
        self._on_changed()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("border"))
        painter.setBrush(theme.colour("bg_surface"))
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)

    def _on_changed(self) -> None:
        running = self.timer.running
        self.setVisible(running is not None)
        if running is not None:
            words = " · ".join(filter(None, (running.description, running.project_name)))
            set_tooltip(self, words or _("Timer running"))
            self.setAccessibleName(words or _("Timer running"))

    def _answer(self) -> None:
        paint_now(self, self.clock)


def paint_now(panel: QWidget, clock: ClockLabel) -> None:
    """Paint what a click changed at once: the next frame would come after all that follows it."""
    layout = panel.layout()
    if clock.isVisible() and layout is not None:
        layout.activate()
        # Whatever else asked to be painted is painted with it.
        clock.repaint()
