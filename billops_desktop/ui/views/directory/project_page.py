"""The page of one project: its time and budget, its tasks, what its time costs."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from billops_desktop.domain.money import Money
from billops_desktop.i18n import _, format_date, format_money, format_percent
from billops_desktop.services.directory import projects
from billops_desktop.services.directory.projects import ProjectRow, TaskRow
from billops_desktop.services.rates import rate_book
from billops_desktop.services.rates.rate_book import RuleRow
from billops_desktop.ui import theme
from billops_desktop.ui.dialogs.project import ProjectSheet, TaskSheet
from billops_desktop.ui.views.directory.record_page import RecordPage
from billops_desktop.ui.widgets.buttons import Button, IconButton
from billops_desktop.ui.widgets.facts import RecordLine, Section, Tile
from billops_desktop.ui.widgets.wording import hours_text, short_text
from billops_desktop.values import dataclass

if TYPE_CHECKING:
    from billops_desktop.ui.view import View


@dataclass(frozen=True, slots=True)
class ProjectPicture:
    """All that the page shows of one project."""

    row: ProjectRow
    tasks: tuple[TaskRow, ...]
    rules: tuple[RuleRow, ...]


def read_project(work: Any, project_id: str) -> ProjectPicture:
    """Return all that the page shows of a project; runs on the db lane."""
    own = [task for task in projects.tasks(work, project_id) if task.project_id == project_id]
    return ProjectPicture(
        row=projects.project(work, project_id),
        tasks=tuple(own),
        rules=rate_book.rules(work, project_id=project_id),
    )


def used_words(percent: int) -> str:
    """Return the used share of a budget in words."""
    return format_percent(Decimal(percent))


def budget_tone(percent: int) -> str:
    """Return the colour of a budget that is used so far: amber from 80 %, red over it."""
    return "bad" if percent > 100 else "warn" if percent >= 80 else "accent"


class BudgetBar(QWidget):
    """How much of a budget is used."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("budgetBar")
        self.setFixedHeight(8)
        self.percent = 0

    def show_percent(self, percent: int) -> None:
        """Show a used share in per cent; over 100 the bar is full and red."""
        self.percent = percent
        self.setAccessibleName(
            _("{percent} of the budget used").format(percent=format_percent(percent))
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint track and share."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        tone = budget_tone(self.percent)
        for ink, width in (("bg_sunken", 1.0), (tone, min(self.percent, 100) / 100)):
            painter.setPen(theme.edge(ink) if ink != tone else theme.colour(ink))
            painter.setBrush(theme.colour(ink))
            if width:
                place = QRectF(0, 0, max(area.width() * width, 8), area.height())
                painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


class ProjectPage(RecordPage):
    """Stands in the place of the list while a project is open."""

    noun = "project"
    reads = read_project
    archive_step = projects.archive
    activate_step = projects.activate

    def __init__(self, view: View) -> None:
        super().__init__(view, back=_("All projects"))
        self.shown: ProjectPicture | None = None
        self.tracked = Tile(_("Tracked"), self, name="projectTracked")
        self.unbilled = Tile(_("Unbilled"), self, name="projectUnbilled")
        self.budget = Tile(_("Budget used"), self, name="projectBudget")
        self.bar = BudgetBar(self.budget)
        self.budget.column.addSpacing(4)
        self.budget.column.addWidget(self.bar)
        self.tasks = Section(_("Tasks"), self, name="tasks")
        self.tasks.offer(_("Add task"), self.add_task, name="addTask")
        self.pin = IconButton("pin", _("Pin to the sidebar"), self, kind="toggle")
        self.pin.setObjectName("pinProject")
        self.pin.setCheckable(True)
        self.pin.clicked.connect(self.toggle_pinned)
        words, kind = _("Start timer"), "primary"
        self.start = Button(words, self, kind=kind, icon="play", name="startProject")
        self.start.clicked.connect(self.start_timer)
        self.lay_out(
            (self.pin, self.archive, self.edit, self.start),
            (self.tracked, self.unbilled, self.budget),
            left=(self.tasks, self.rates),
            right=(self.details,),
        )

    def show_record(self, shown: ProjectPicture) -> None:
        """Show a project that was read."""
        self.shown = shown
        row = shown.row
        archived = row.status == "archived"
        self.show_head(row.name, row.colour, archived=archived)
        self.start.setEnabled(not archived)
        self.pin.setChecked(row.pinned)
        self.pin.say(_("Unpin from the sidebar") if row.pinned else _("Pin to the sidebar"))
        self.tracked.show_figure(hours_text(row.tracked_seconds), row.rate_label)
        self.unbilled.show_figure(hours_text(row.unbilled_seconds))
        used = row.used_percent
        figure = _("No budget") if used is None else used_words(used)
        self.budget.show_figure(figure, _budget_words(row))
        self.bar.setVisible(used is not None)
        self.bar.show_percent(used or 0)
        self.facts.show_facts(_facts(row))
        self.tasks.show_lines(
            [self._task(task) for task in shown.tasks],
            _("No tasks of its own. Tasks split time and become invoice lines."),
        )
        none = _("No rate of its own: the client's or the general rate holds.")
        self.show_rates(shown.rules, none)

    # What can be done.

    def edit_record(self) -> None:
        """Open the sheet that changes the project."""
        if self.shown is not None:
            listed, then = self.view.shell.directory.clients, self.saved(_("Project changed"))
            ProjectSheet(self.view, self.shown.row, listed, then=then).open()

    def toggle_archived(self) -> None:
        """Take the project out of the lists, or bring it back; with Undo, without a question."""
        if self.shown is not None:
            row = self.shown.row
            self.archive_or_bring_back(row.id, row.name, archived=row.status == "archived")

    def set_rate(self) -> None:
        """Open the sheet for a rate of this project."""
        if self.shown is not None:
            row = self.shown.row
            self.ask_rate({"project_id": row.id}, row.currency, row.name)

    def toggle_pinned(self) -> None:
        """Keep the project in the sidebar, or no longer."""
        if self.shown is not None:
            row = self.shown.row
            words = _("Unpinned {name}") if row.pinned else _("Pinned {name}")
            done = self.saved(words.format(name=row.name))
            self.view.run(projects.pin, row.id, pinned=not row.pinned, done=done)

    def start_timer(self) -> None:
        """Start the timer on this project."""
        if self.shown is not None:
            self.view.shell.timer.start(project_id=self.shown.row.id)

    def add_task(self) -> None:
        """Open the sheet for a new task."""
        if self.shown is not None:
            then = self.saved(_("Task added"))
            TaskSheet(self.view, self.shown.row.id, None, then=then).open()

    def _task(self, task: TaskRow) -> RecordLine:
        quiet = [] if task.billable else [_("not billable")]
        if task.estimate_seconds:
            quiet.append(_("estimate {time}").format(time=short_text(task.estimate_seconds)))
        line = RecordLine(task.name, " · ".join(quiet), self.tasks)
        edit = IconButton("pencil", _("Edit {name}").format(name=task.name), line, size=28)
        edit.clicked.connect(partial(self._edit_task, task))
        archive = IconButton("archive", _("Archive {name}").format(name=task.name), line, size=28)
        archive.clicked.connect(partial(self._archive_task, task))
        for button in (edit, archive):
            line.offer(button)
        return line

    def _edit_task(self, task: TaskRow) -> None:
        if self.shown is not None:
            then = self.saved(_("Task changed"))
            TaskSheet(self.view, self.shown.row.id, task, then=then).open()

    def _archive_task(self, task: TaskRow) -> None:
        words = _("Archived {name}").format(name=task.name)
        self.view.run(projects.archive_task, task.id, done=self.saved(words))


def _budget_words(row: ProjectRow) -> str:
    parts = []
    if row.budget_seconds:
        parts.append(hours_text(row.budget_seconds))
    if row.budget_minor:
        parts.append(format_money(Money(row.budget_minor, row.currency)))
    if not parts:
        return ""
    each = _("of {budget} each month") if row.budget_period == "monthly" else _("of {budget}")
    return each.format(budget=" / ".join(parts))


def _facts(row: ProjectRow) -> list[tuple[str, str]]:
    dates = [format_date(day) if day else "…" for day in (row.starts_on, row.ends_on)]
    return [
        (_("Client"), row.client_name or _("No client (internal)")),
        (_("Code"), row.code),
        (_("Billable"), _("Yes") if row.billable else _("No")),
        (_("Currency"), row.currency),
        (_("Purchase order"), row.purchase_order),
        (_("Period"), " – ".join(dates) if row.starts_on or row.ends_on else ""),
        (_("Description"), row.description),
    ]
