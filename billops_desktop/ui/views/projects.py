"""The Projects page: a table with budgets, and in its place the page of one project."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from billops_desktop.errors import NotFound
from billops_desktop.i18n import _
from billops_desktop.services.directory import projects
from billops_desktop.services.directory.projects import ProjectRow
from billops_desktop.ui import icons, theme
from billops_desktop.ui.dialogs.project import ProjectSheet
from billops_desktop.ui.table import Column, Table
from billops_desktop.ui.view import View
from billops_desktop.ui.views.project_page import ProjectPage, read_project
from billops_desktop.ui.widgets.buttons import Button, Segments
from billops_desktop.ui.widgets.cells import project_cell
from billops_desktop.ui.widgets.input.fields import SearchField
from billops_desktop.ui.widgets.labels import line
from billops_desktop.ui.widgets.panels import Card, EmptyPanel
from billops_desktop.ui.widgets.wording import short_text

if TYPE_CHECKING:
    from billops_desktop.ui.view import Shell


def budget_tone(percent: int) -> str:
    """Return the colour of a budget that is used so far: amber from 80 %, red over it."""
    return "bad" if percent > 100 else "warn" if percent >= 80 else "accent"


def paint_budget(painter: QPainter, area: QRectF, row: ProjectRow) -> None:
    """Paint the used share of a budget as a bar with its per cent beside it."""
    if row.used_percent is None:
        line(painter, area, "–", ink="text3")
        return
    track = QRectF(area.left(), area.center().y() - 3, max(area.width() - 48, 20), 6)
    painter.setPen(theme.colour("bg_sunken"))
    painter.setBrush(theme.colour("bg_sunken"))
    painter.drawRoundedRect(track, 3, 3)
    tone = theme.colour(budget_tone(row.used_percent))
    painter.setPen(tone)
    painter.setBrush(tone)
    used = min(row.used_percent, 100) / 100
    if used:
        painter.drawRoundedRect(
            QRectF(track.left(), track.top(), max(track.width() * used, 6), 6), 3, 3
        )
    words = QRectF(track.right() + 8, area.top(), 44, area.height())
    line(painter, words, f"{row.used_percent} %", style="small_medium", ink="text2")


def paint_pin(painter: QPainter, area: QRectF, row: ProjectRow) -> None:
    """Paint a pin for a project that stands in the sidebar."""
    if row.pinned:
        icons.paint(painter, area, "pin", "text3", 14)


def columns() -> tuple[Column, ...]:
    """Return the columns of the table of projects: time and price, then budget and pin."""
    return (*_time(), *_state())


def _time() -> tuple[Column, ...]:
    column = Column
    return (
        column(
            name="name",
            title=_("Project"),
            value=lambda row: row.name,
            sort="name",
            paint=project_cell(lambda row: (row.colour, row.name, row.client_name or "")),
            hint=lambda row: row.code,
        ),
        column(
            name="rate",
            title=_("Rate"),
            value=lambda row: row.rate_label,
            text=lambda row: row.rate_label or (_("not billable") if not row.billable else "–"),
            width=120,
            align="right",
            ink="text2",
        ),
        column(
            name="tracked",
            title=_("Tracked"),
            value=lambda row: row.tracked_seconds,
            text=lambda row: short_text(row.tracked_seconds),
            width=100,
            align="right",
            sort="tracked",
        ),
        column(
            name="unbilled",
            title=_("Unbilled"),
            value=lambda row: row.unbilled_seconds,
            text=lambda row: short_text(row.unbilled_seconds) if row.unbilled_seconds else "–",
            width=100,
            align="right",
            style="body_strong",
            sort="unbilled",
        ),
    )


def _state() -> tuple[Column, ...]:
    column = Column
    return (
        column(
            name="budget",
            title=_("Budget used"),
            value=lambda row: row.used_percent,
            text=lambda row: "" if row.used_percent is None else f"{row.used_percent} %",
            width=210,
            lead=24,
            sort="budget",
            paint=paint_budget,
        ),
        column(
            name="pin",
            title="",
            value=lambda row: row.pinned,
            text=lambda row: _("pinned") if row.pinned else "",
            width=40,
            paint=paint_pin,
        ),
    )  # fmt: skip


class ProjectsView(View):
    """Lists projects; a row opens the project in the place of the list."""

    name: ClassVar[str] = "projects"
    shows: ClassVar[frozenset[str]] = frozenset(
        {"client", "project", "task", "time_entry", "billing_rule", "invoice"}
    )

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.project_id = ""
        self.row_count = 0
        self.title = self.header(_("Projects"))
        self.search = SearchField("projectFilter", _("Filter projects"), self)
        self.search.setFixedWidth(220)
        self.search.textChanged.connect(lambda _text: self.reload())
        states = (("active", _("Active")), ("archived", _("Archived")))
        self.state = Segments(states, _("Which projects"), self)
        self.state.chosen.connect(lambda _key: self.reload())
        self.new = Button(_("New project"), self, kind="primary", icon="plus", name="newProject")
        self.new.clicked.connect(lambda _checked: self.add())
        for place, widget in enumerate((self.search, self.state, self.new)):
            self.title.right.insertWidget(place, widget)
        self.table = Table(columns(), "projectTable", self)
        self.table.setAccessibleName(_("Projects"))
        self.table.fit_rows()
        self.table.opened.connect(lambda row: self.shell.go("projects", project_id=row.id))
        self.card = Card(self, name="projectCard")
        self.card.column.setContentsMargins(1, 1, 1, 1)
        self.card.column.addWidget(self.table)
        self.listing = QWidget(self)
        column = QVBoxLayout(self.listing)
        column.setContentsMargins(0, 0, 0, 0)
        # The card is as high as its rows; the stretch takes what is left of the page.
        column.addWidget(self.card, 1000)
        column.addStretch(1)
        words = (_("No projects yet"), _("A name is enough to begin."))
        self.empty = EmptyPanel("folder", *words, self)
        self.empty.offer(_("New project"), self.add, kind="primary")
        self.page = ProjectPage(self)
        self.page.back_wanted.connect(lambda: self.shell.go("projects", project_id=""))
        self.pages = QStackedWidget(self)
        for widget in (self.listing, self.empty, self.page):
            self.pages.addWidget(widget)
        self.body.addWidget(self.pages, 1)

    # What the frame asks.

    def load(self) -> None:
        """Ask for the list, or for the project that is open."""
        if self.project_id:
            self.query(
                read_project, self.project_id, done=self.page.show_project, failed=self._gone
            )
        else:
            archived, text = self.state.value == "archived", self.search.text()
            self.query(projects.projects, archived=archived, text=text, done=self.show_rows)

    def open_at(self, place: Mapping[str, Any]) -> None:
        """Open a project, the list, or the sheet for a new one of a client."""
        self.project_id = str(place.get("project_id", "") or "")
        self._arrange()
        self.reload()
        if place.get("new"):
            self.add(str(place.get("client_id", "") or ""))

    def place(self) -> dict[str, Any]:
        """Return which project is open."""
        return {"project_id": self.project_id}

    def filter_field(self) -> QWidget | None:
        """Return the filter of the list."""
        return None if self.project_id else self.search

    # The list.

    def show_rows(self, rows: tuple[ProjectRow, ...]) -> None:
        """Show the list, or why it is empty."""
        self.table.set_rows(rows)
        self.card.setMaximumHeight(self.table.maximumHeight() + 2)
        self.row_count = len(rows)
        if self.search.text():
            words = _("No projects match “{text}”").format(text=self.search.text())
            self.empty.say(words, _("Clear the filter to see all of them."))
        elif self.state.value == "archived":
            self.empty.say(_("No archived projects"))
        else:
            self.empty.say(_("No projects yet"), _("A name is enough to begin."))
        self._arrange()

    def add(self, client_id: str = "") -> None:
        """Open the sheet for a new project."""
        listed = self.shell.directory.clients
        sheet = ProjectSheet(self, None, listed, then=partial(self._on_added))
        if client_id:
            sheet.choose_client(client_id)
        sheet.open()

    def _on_added(self, row: ProjectRow, changes: Any) -> None:
        self.shell.feedback.undoable(_("Added {name}").format(name=row.name), changes)
        self.shell.go("projects", project_id=row.id)

    def _gone(self, error: Any) -> None:
        """Go back to the list: a project that was just added may have been undone."""
        self.project_id = ""
        self._arrange()
        self.reload()
        if not isinstance(error, NotFound):
            self.show_error(error)

    def _arrange(self) -> None:
        one = bool(self.project_id)
        self.title.setVisible(not one)
        listing = self.listing if self.row_count else self.empty
        self.pages.setCurrentWidget(self.page if one else listing)
