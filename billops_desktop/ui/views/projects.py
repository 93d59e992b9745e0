"""The Projects page: a table with budgets, and in its place the page of one project."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from billops_desktop.i18n import _
from billops_desktop.services.directory import projects
from billops_desktop.services.directory.projects import ProjectRow
from billops_desktop.ui import icons, theme
from billops_desktop.ui.dialogs.project import ProjectSheet
from billops_desktop.ui.table import Column
from billops_desktop.ui.views.directory.list_page import ListPage, ListWords, unbilled_column
from billops_desktop.ui.views.directory.project_page import ProjectPage, budget_tone, used_words
from billops_desktop.ui.widgets.cells import project_cell
from billops_desktop.ui.widgets.labels import line
from billops_desktop.ui.widgets.wording import short_text


def paint_budget(painter: QPainter, area: QRectF, row: ProjectRow) -> None:
    """Paint the used share of a budget as a bar with its per cent beside it."""
    if row.used_percent is None:
        line(painter, area, "–", ink="text3")
        return
    track = QRectF(area.left(), area.center().y() - 3, max(area.width() - 48, 20), 6)
    painter.setPen(theme.edge("bg_sunken"))
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
    line(painter, words, used_words(row.used_percent), style="small_medium", ink="text2")


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
        unbilled_column("unbilled", style="body_strong"),
    )


def _state() -> tuple[Column, ...]:
    column = Column
    return (
        column(
            name="budget",
            title=_("Budget used"),
            value=lambda row: row.used_percent,
            text=lambda row: "" if row.used_percent is None else used_words(row.used_percent),
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


class ProjectsView(ListPage):
    """Lists projects; a row opens the project in the place of the list."""

    name: ClassVar[str] = "projects"
    noun = "project"
    icon = "folder"
    shows: ClassVar[frozenset[str]] = frozenset(
        {"client", "project", "task", "time_entry", "billing_rule", "invoice"}
    )
    reads = projects.projects
    record_page = ProjectPage

    def list_words(self) -> ListWords:
        """Return the words of the page."""
        return ListWords(
            title=_("Projects"),
            filter=_("Filter projects"),
            which=_("Which projects"),
            new=_("New project"),
            none_yet=_("No projects yet"),
            none_archived=_("No archived projects"),
            no_match=_("No projects match “{text}”"),
        )

    def list_columns(self) -> tuple[Column, ...]:
        """Return the columns of the table."""
        return columns()

    def add(self, client_id: str = "") -> None:
        """Open the sheet for a new project."""
        sheet = ProjectSheet(self, None, self.shell.directory.clients, then=self.on_added)
        if client_id:
            sheet.choose_client(client_id)
        sheet.open()
