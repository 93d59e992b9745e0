"""The form over the list that logs past time: what, for which project, when and how long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from billops_desktop.domain import periods
from billops_desktop.domain.reading import typed
from billops_desktop.errors import BillOpsError, InvalidInput
from billops_desktop.i18n import _
from billops_desktop.services.entries.spans import end_after
from billops_desktop.services.tracking import EntryRow, NewEntry
from billops_desktop.ui.live.directory import Picked
from billops_desktop.ui.timer.project_picker import ProjectPicker
from billops_desktop.ui.widgets.buttons import Button, IconButton
from billops_desktop.ui.widgets.chips import ProjectChip
from billops_desktop.ui.widgets.input.edits import DateEdit, DurationEdit, TimeEdit, TypedEdit
from billops_desktop.ui.widgets.input.fields import FieldSet, FormField, TextField
from billops_desktop.ui.widgets.input.letters import typed_letter
from billops_desktop.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from billops_desktop.domain.periods import Span
    from billops_desktop.ui.live.directory import Directory
    from billops_desktop.ui.live.timer import Timer

MORNING: Final = time(9)
# Names that the services use for what this form calls otherwise.
FIELDS: Final = {"started_at": "from", "ended_at": "to", "time": "from", "at": "from"}


class PastForm(QFrame):
    """Stands over the list while open; says ``wanted`` with the entry that was typed."""

    wanted = Signal(object)
    closed = Signal()

    def __init__(self, timer: Timer, directory: Directory, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pastForm")
        self.setProperty("kind", "card")
        self.timer = timer
        self.clock = timer.clock
        self.directory = directory
        self.chosen = Picked()
        self.last_end: Callable[[date], datetime | None] = lambda _day: None
        self.description = TextField("pastDescription", self, placeholder=_("What did you do?"))
        self.chip = ProjectChip(_("Project"), self)
        self.chip.setObjectName("pastProject")
        self.chip.clicked.connect(partial(self.open_picker, ""))
        self.chip.typed.connect(self.open_picker)
        self.billable = IconButton("circle-dollar-sign", _("Billable"), self, kind="toggle")
        self.billable.setObjectName("pastBillable")
        self.billable.setCheckable(True)
        self.billable.clicked.connect(self._on_billable)
        self._billable: bool | None = None
        self.day = DateEdit("pastDay", self.today, self, required=True, past=True)
        self.start = TimeEdit("pastFrom", self)
        self.end = TimeEdit("pastTo", self)
        self.length = DurationEdit("pastDuration", self)
        self.log = Button(_("Log"), self, kind="primary", name="pastLog")
        self.log.clicked.connect(self.submit)
        self.cancel = Button(_("Cancel"), self, name="pastCancel")
        self.cancel.clicked.connect(self.close_form)
        self.fields = FieldSet()
        self.problem = PlainLabel("", self, ink="bad", wrap=True)
        self.problem.setObjectName("pastProblem")
        self._lay_out()
        for edit in (self.start, self.end):
            edit.committed.connect(self._echo_length)
        self.hide()

    def _lay_out(self) -> None:
        what = QHBoxLayout()
        what.setSpacing(4)
        words = self.fields.add("description", FormField(_("Description"), self.description, self))
        what.addWidget(words, 1)
        for button in (self.chip, self.billable):
            what.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        when = QHBoxLayout()
        when.setSpacing(8)
        for name, label, edit, width in (
            ("date", _("Date"), self.day, 150),
            ("from", _("From"), self.start, 130),
            ("to", _("To"), self.end, 130),
            ("duration", _("or duration"), self.length, 130),
        ):
            field = self.fields.add(name, FormField(label, edit, self))
            field.setMaximumWidth(width)
            when.addWidget(field, 100)
        when.addStretch(1)
        # On a line of their own: beside the fields they do not fit next to the panel of today.
        deeds = QHBoxLayout()
        deeds.setSpacing(8)
        deeds.addWidget(self.problem, 1)
        deeds.addStretch()
        for action in (self.cancel, self.log):
            deeds.addWidget(action, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 13, 10)
        column.setSpacing(6)
        column.addLayout(what)
        column.addLayout(when)
        column.addLayout(deeds)
        self.problem.hide()

    # Opening and closing.

    def open_form(self, day: date) -> None:
        """Open for a day with the cursor in the description; what was typed before stays."""
        if not self.isVisible():
            self.day.set_value(day)
        self.show()
        self.description.setFocus(Qt.FocusReason.OtherFocusReason)

    def fill(self, gap: Span) -> None:
        """Open for a gap of today."""
        zone = self.clock.zone()
        start, end = (periods.wall_time(at, zone) for at in (gap.started_at, gap.ended_at))
        self.day.set_value(start.date())
        self.start.set_value(start.time().replace(second=0, microsecond=0))
        self.end.set_value(end.time().replace(second=0, microsecond=0))
        self._echo_length()
        self.show()
        self.description.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        """Close and forget what was typed."""
        self.empty()
        self.hide()
        self.closed.emit()

    def empty(self) -> None:
        """Empty all fields but the project and the day: the next entry is often like this one."""
        self.description.clear()
        for edit in (self.start, self.end, self.length):
            edit.set_value(None)
        self.fields.clear()
        self.problem.hide()

    @cached_property
    def picker(self) -> ProjectPicker:
        """Return the list of projects that opens under the chip, made when it first does."""
        picker = ProjectPicker(self.directory, self)
        picker.picked.connect(self._on_picked)
        picker.create_wanted.connect(
            lambda new: self.directory.add_project(
                new, done=lambda project: self._on_picked(Picked(project))
            )
        )
        return picker

    def open_picker(self, typed: str = "") -> None:
        """Open the project picker under the chip, with what was typed on it."""
        self.picker.open_under(
            self.chip, self.timer.recent_project_ids(), standing_on=self.chosen, typed=typed
        )

    # Reading.

    def entry(self) -> NewEntry:
        """Return the entry that was typed; InvalidInput names the field that cannot be.

        Without a choice of billable it is what its project is.
        """
        day = _read(self.day, "date")
        words = typed.check_text(self.description.text().strip(), "description")
        zone = self.clock.zone()
        length = _read(self.length, "duration")
        start, end = _read(self.start, "from"), _read(self.end, "to")
        started_at, ended_at = self._ends(day, (start, end, length), zone)
        return NewEntry(
            started_at=started_at,
            ended_at=ended_at,
            zone=zone,
            description=words,
            project_id=self.chosen.project_id,
            task_id=self.chosen.task_id,
            billable=self._billable,
        )

    def submit(self) -> None:
        """Ask to keep the entry, or say under its field what is wrong."""
        self.fields.clear()
        self.problem.hide()
        if self._show_slips():
            return
        try:
            entry = self.entry()
        except BillOpsError as error:
            self.show_error(error)
            return
        self.log.setEnabled(False)
        self.wanted.emit(entry)

    def saved(self, row: EntryRow) -> None:
        """Be ready for the next entry."""
        self.log.setEnabled(True)
        self.empty()
        self.hide()
        self.closed.emit()

    def show_error(self, error: BillOpsError) -> None:
        """Say under its field what is wrong; what was typed stays."""
        self.log.setEnabled(True)
        error.field = FIELDS.get(error.field or "", error.field)
        if not self.fields.show_error(error):
            self.problem.setText(f"{error.title} {error.hint}".strip())
            self.problem.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Log with Enter, close with Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_form()
        elif not typed_letter(event):
            # Letters end here: in a form they are typed, and do not act on the page under it.
            super().keyPressEvent(event)

    def _show_slips(self) -> bool:
        """Say under each field that cannot be read what is wrong with it, and go to the first."""
        slips = []
        edits = {"date": self.day, "from": self.start, "to": self.end, "duration": self.length}
        for name, edit in edits.items():
            try:
                edit.value()
            except InvalidInput as error:
                slips.append(name)
                self.fields.fields[name].show_error(error)
        if slips:
            edits[slips[0]].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(slips)

    def _ends(
        self, day: date, typed_ends: tuple[time | None, time | None, int | None], zone: str
    ) -> tuple[datetime, datetime]:
        start, end, length = typed_ends
        if start is not None:
            started_at = periods.local_to_utc(day, start, zone)
            if end is not None:
                return started_at, _end(started_at, day, end, zone)
            if length is not None:
                return started_at, started_at + timedelta(seconds=length)
            raise InvalidInput(
                _("The end is missing."), _("Type it, or a duration such as 1:30."), field="to"
            )
        if length is None:
            raise InvalidInput(
                _("When was it?"), _("Type from and to, or a duration such as 1:30."), field="from"
            )
        if end is not None:
            ended_at = periods.local_to_utc(day, end, zone)
            return ended_at - timedelta(seconds=length), ended_at
        return self._beside_others(day, timedelta(seconds=length), zone)

    def _beside_others(self, day: date, length: timedelta, zone: str) -> tuple[datetime, datetime]:
        """Place a bare length: until now today, else after what that day has already."""
        now = self.clock.now().replace(second=0, microsecond=0)
        if day == self.today() and self.timer.running is None:
            return now - length, now
        last = self.last_end(day)
        started_at = last or periods.local_to_utc(day, MORNING, zone)
        return started_at, started_at + length

    def today(self) -> date:
        """Return the date of the wall clock here."""
        return periods.wall_time(self.clock.now(), self.clock.zone()).date()

    def _echo_length(self) -> None:
        """Show how long from and to are; they win over a typed length."""
        try:
            start, end = self.start.value(), self.end.value()
            if start is None or end is None:
                return
            zone, day = self.clock.zone(), self.day.value() or self.today()
            started_at = periods.local_to_utc(day, start, zone)
            ended_at = end_after(started_at, day, end, zone)
        except InvalidInput:
            return
        self.length.set_value((ended_at - started_at) // timedelta(seconds=1))

    def _on_picked(self, picked: Picked) -> None:
        self.chosen = picked
        self.chip.show_project(picked.name, picked.colour)
        self.chip.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_billable()

    def _on_billable(self) -> None:
        self._billable = self.billable.isChecked()

    def _show_billable(self) -> None:
        """Light the sign as the entry will be kept: work without a project is not billable."""
        if self._billable is None:
            self.billable.setChecked(self.chosen.billable)


def _end(started_at: datetime, day: date, end: time, zone: str) -> datetime:
    """Return the instant of a typed end; its refusal names what these two fields can hold."""
    try:
        return end_after(started_at, day, end, zone)
    except InvalidInput as error:
        error.hint = _("For a night longer than 12 hours type from and a duration.")
        raise


def _read(edit: TypedEdit, field: str) -> Any:
    """Return what an edit holds; its refusal names the form's own field."""
    try:
        return edit.value()
    except InvalidInput as error:
        error.field = field
        raise
