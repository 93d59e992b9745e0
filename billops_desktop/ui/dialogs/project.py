"""The sheet that adds or changes a project, and the one for a task of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from billops_desktop.domain.money import Money
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _
from billops_desktop.services.directory import projects
from billops_desktop.services.directory.projects import (
    NewProject,
    NewTask,
    ProjectEdit,
    ProjectRow,
    TaskRow,
)
from billops_desktop.ui import theme
from billops_desktop.ui.dialogs.record_sheet import RecordSheet, Then
from billops_desktop.ui.widgets.buttons import Button, ring, shows_ring
from billops_desktop.ui.widgets.input.edits import DateEdit, DurationEdit, MoneyEdit
from billops_desktop.ui.widgets.input.fields import CheckBox, Combo, TextField
from billops_desktop.ui.widgets.labels import set_tooltip

if TYPE_CHECKING:
    from billops_desktop.ui.live.directory import ClientItem
    from billops_desktop.ui.view import View


class Swatch(Button):
    """One colour to choose; its name is spoken and shown as its tooltip."""

    def __init__(self, hue: str, parent: QWidget) -> None:
        super().__init__("", parent, kind="ghost", name=f"hue-{hue}")
        self.hue = hue
        self.setCheckable(True)
        self.setAccessibleName(hue)
        set_tooltip(self, hue)

    def sizeHint(self) -> QSize:
        """Return a target of 30 px."""
        return QSize(30, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the colour, framed when it is chosen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self.isChecked():
            painter.setPen(theme.colour("text"))
            painter.drawRoundedRect(area.adjusted(4.5, 4.5, -4.5, -4.5), 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.hue(self.hue))
        painter.drawRoundedRect(area.adjusted(7, 7, -7, -7), 4, 4)
        if self.hasFocus() and shows_ring(self):
            ring(painter, area, 8)


class ColourRow(QWidget):
    """All project colours side by side, one of them chosen; arrow keys walk."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("project-colour")
        self.swatches = {hue: Swatch(hue, self) for hue in theme.HUES}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for hue, swatch in self.swatches.items():
            swatch.clicked.connect(lambda _checked=False, hue=hue: self.choose(hue))
            row.addWidget(swatch)
        row.addStretch(1)
        self.value: str | None = None
        self.setFocusProxy(next(iter(self.swatches.values())))

    def choose(self, hue: str) -> None:
        """Choose a colour."""
        self.value = hue
        for other, swatch in self.swatches.items():
            swatch.setChecked(other == hue)
        self.chosen.emit(hue)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrow keys."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        hues = list(self.swatches)
        if not step:
            super().keyPressEvent(event)
            return
        here = hues.index(self.value) if self.value in hues else -1
        hue = hues[(here + step) % len(hues)]
        self.choose(hue)
        self.swatches[hue].setFocus(Qt.FocusReason.TabFocusReason)


class ProjectSheet(RecordSheet):
    """Adds a project, for which a name is enough, or changes one."""

    def __init__(
        self, view: View, row: ProjectRow | None, listed: Sequence[ClientItem], *, then: Then
    ) -> None:
        title = _("New project") if row is None else _("Edit project")
        super().__init__(title, _("Add project") if row is None else _("Save"), view)
        self.setObjectName("projectSheet")
        self.row = row
        self.then = then
        self.name = TextField("project-name", self)
        self.code = TextField("project-code", self)
        self.order = TextField("project-order", self)
        clients: list[tuple[str | None, str]] = [(None, _("No client (internal)"))]
        clients += [(client.id, client.name) for client in listed]
        self.client = Combo("project-client", self, choices=clients)
        self.colour = ColourRow(self)
        self.hours = DurationEdit("project-hours", self)
        self.money = MoneyEdit("project-money", row.currency if row else "EUR", self)
        periods = (("lifetime", _("in all")), ("monthly", _("each month")))
        self.period = Combo("project-period", self, choices=periods)
        today = view.shell.clock.now().date
        self.starts = DateEdit("project-starts", today, self)
        self.ends = DateEdit("project-ends", today, self)
        self.billable = CheckBox(_("Time is billable"), self, name="project-billable")
        self._build()
        if row is not None:
            self._show(row)
        self.name.setFocus()

    def choose_client(self, client_id: str) -> None:
        """Start with a client."""
        self.client.choose(client_id)

    def _build(self) -> None:
        field = self.field
        self.line(
            field("name", _("Name"), self.name),
            field("code", _("Code"), self.code),
            widths=(0, 120),
        )
        self.line(
            field("client_id", _("Client"), self.client),
            field("purchase_order", _("Purchase order"), self.order),
        )
        self.line(field("colour", _("Colour"), self.colour))
        budgets = [field("budget_seconds", _("Budget in hours"), self.hours)]
        if self.row is not None:
            words = _("Budget in {currency}").format(currency=self.row.currency)
            budgets.append(field("budget_minor", words, self.money))
        else:
            # Its currency is the client's, who may still change.
            self.money.hide()
        self.line(*budgets, field("budget_period", _("Counted"), self.period))
        self.line(
            field("starts_on", _("Starts"), self.starts), field("ends_on", _("Ends"), self.ends)
        )
        if self.row is not None:
            self.body.addWidget(self.billable)
        else:
            self.billable.hide()

    def _show(self, row: ProjectRow) -> None:
        for edit, text in ((self.name, row.name), (self.code, row.code)):
            edit.setText(text)
        self.order.setText(row.purchase_order)
        self.client.choose(row.client_id)
        self.colour.choose(row.colour)
        self.hours.set_value(row.budget_seconds)
        if row.budget_minor is not None:
            self.money.set_value(Money(row.budget_minor, row.currency))
        self.period.choose(row.budget_period)
        self.starts.set_value(row.starts_on)
        self.ends.set_value(row.ends_on)
        self.billable.setChecked(row.billable)

    def submit(self) -> None:
        """Add the project, or keep what was changed."""
        values = self.typed(self._values)
        if values is None:
            return
        if self.row is None:
            self.perform(projects.add, NewProject(**values), then=self.then)
        else:
            values["billable"] = self.billable.isChecked()
            edit = ProjectEdit(**values)
            self.perform(projects.edit, self.row.id, edit, then=self.then)

    def _values(self) -> dict[str, Any]:
        values: dict[str, Any] = {
            "name": self.name.text().strip(),
            "code": self.code.text().strip(),
            "client_id": self.client.value(),
            "purchase_order": self.order.text().strip(),
            "budget_period": self.period.value(),
        }
        if self.colour.value is not None:
            values["colour"] = self.colour.value
        for name, edit in (
            ("budget_seconds", self.hours),
            ("starts_on", self.starts),
            ("ends_on", self.ends),
            ("budget_minor", self.money),
        ):
            try:
                value = edit.value()
            except InvalidInput as error:
                error.field = name
                raise
            values[name] = value.minor if isinstance(value, Money) else value
        return values


class TaskSheet(RecordSheet):
    """Adds a task to a project, or changes one."""

    def __init__(self, view: View, project_id: str, task: TaskRow | None, *, then: Then) -> None:
        title = _("New task") if task is None else _("Edit task")
        super().__init__(title, _("Add task") if task is None else _("Save"), view)
        self.setObjectName("taskSheet")
        self.project_id = project_id
        self.task = task
        self.then = then
        self.name = TextField("task-name", self)
        self.estimate = DurationEdit("task-estimate", self)
        self.billable = CheckBox(_("Time is billable"), self, name="task-billable")
        self.billable.setChecked(task is None or task.billable)
        self.line(
            self.field("name", _("Name"), self.name),
            self.field("estimate_seconds", _("Estimate in hours"), self.estimate),
            widths=(0, 150),
        )
        self.body.addWidget(self.billable)
        if task is not None:
            self.name.setText(task.name)
            self.estimate.set_value(task.estimate_seconds)
        self.name.setFocus()

    def submit(self) -> None:
        """Add the task, or keep what was changed."""
        try:
            seconds = self.estimate.value()
        except InvalidInput as error:
            error.field = "estimate_seconds"
            self.show_error(error)
            return
        new = NewTask(
            name=self.name.text().strip(),
            project_id=self.project_id,
            billable=self.billable.isChecked(),
            estimate_seconds=seconds,
        )
        if self.task is None:
            self.perform(projects.add_task, new, then=self.then)
        else:
            self.perform(projects.edit_task, self.task.id, new, then=self.then)
