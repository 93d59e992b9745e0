"""The small sheet under the running clock that changes when the entry started."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from billops_desktop.domain import periods
from billops_desktop.domain.reading import typed
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _
from billops_desktop.ui.live.timer import Timer
from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.input.edits import DurationEdit, TimeEdit
from billops_desktop.ui.widgets.input.fields import FormField
from billops_desktop.ui.widgets.popup import Popup

if TYPE_CHECKING:
    from datetime import time

MINUTES: Final = re.compile(r"[0-9]{1,3}")


class ElapsedPopup(Popup):
    """Changes when the running entry started: by the clock, or by how long it has been."""

    def __init__(self, timer: Timer, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("elapsedPopup")
        self.timer = timer
        self.started = TimeEdit("startedAt", self)
        self.length = DurationEdit("elapsedLength", self)
        self.length.read = self._read_length
        self._length = 0
        self.started_field = FormField(_("Started at"), self.started, self)
        self.length_field = FormField(_("Elapsed"), self.length, self)
        self.started.committed.connect(self._on_started)
        self.length.committed.connect(self._on_length)
        close = Button(_("Done"), self, name="elapsedDone")
        close.clicked.connect(self.hide)
        fields = QHBoxLayout()
        fields.setSpacing(8)
        fields.addWidget(self.started_field)
        fields.addWidget(self.length_field)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 13, 12)
        column.addLayout(fields)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(280)

    def open_under(self, anchor: QWidget) -> None:
        """Open below the clock."""
        running = self.timer.running
        if running is None:
            return
        local = running.started_at.astimezone(ZoneInfo(running.zone))
        self.started.set_value(local.time().replace(second=0, microsecond=0))
        self._length = running.seconds(self.timer.clock.now()) // 60 * 60
        self.length.set_value(self._length)
        self.started_field.clear_error()
        self.length_field.clear_error()
        self.adjustSize()
        self.place_under(anchor, right=True)
        self.show()
        self.started.setFocus(Qt.FocusReason.PopupFocusReason)
        self.started.selectAll()

    def _read_length(self, text: str) -> int:
        """Read a length, or "-10" and "+0:30": so much shorter or longer than it has been."""
        typed_text = text.strip().replace("−", "-")
        sign = {"-": -1, "+": 1}.get(typed_text[:1], 0)
        if not sign:
            return typed.read_duration(text)
        rest = typed_text[1:].strip()
        # A bare number is minutes here: hours are not forgotten by the dozen.
        change = int(rest) * 60 if MINUTES.fullmatch(rest) else typed.read_duration(rest)
        if self._length + sign * change < 0:
            raise InvalidInput(
                _("That is more than it has been running."),
                _("Example: {example}").format(example="-10"),
                field="duration",
            )
        return self._length + sign * change

    def _on_started(self, moment: time | None) -> None:
        running = self.timer.running
        if running is None or moment is None:
            return
        now = self.timer.clock.now()
        day = now.astimezone(ZoneInfo(running.zone)).date()
        try:
            started_at = periods.local_to_utc(day, moment, running.zone)
            if started_at > now:
                # "23:50" typed after midnight means the evening before.
                started_at = periods.local_to_utc(day - timedelta(days=1), moment, running.zone)
        except InvalidInput as error:
            self.started_field.show_error(error)
            return
        self.timer.edit(started_at=started_at)
        self.hide()

    def _on_length(self, seconds: int | None) -> None:
        running = self.timer.running
        if running is None or seconds is None:
            return
        whole = self.timer.clock.now().replace(microsecond=0)
        self.timer.edit(started_at=whole - timedelta(seconds=seconds + running.break_seconds))
        self.hide()
