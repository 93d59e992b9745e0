"""The Clients page: a table of clients, and in its place the page of one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from billops_desktop.errors import NotFound
from billops_desktop.i18n import _
from billops_desktop.services.directory import clients
from billops_desktop.services.directory.clients import ClientRow
from billops_desktop.ui.dialogs.client import ClientSheet
from billops_desktop.ui.table import Column, Table
from billops_desktop.ui.view import View
from billops_desktop.ui.views.client_page import ClientPage, read_client
from billops_desktop.ui.widgets.buttons import Button, Segments
from billops_desktop.ui.widgets.cells import project_cell
from billops_desktop.ui.widgets.input.fields import SearchField
from billops_desktop.ui.widgets.panels import Card, EmptyPanel
from billops_desktop.ui.widgets.wording import amounts_text, short_text

if TYPE_CHECKING:
    from billops_desktop.ui.view import Shell


def columns() -> tuple[Column, ...]:
    """Return the columns of the table of clients: who they are, then what is to be had."""
    return (*_who(), *_figures())


def _who() -> tuple[Column, ...]:
    column = Column
    return (
        column(
            name="name",
            title=_("Client"),
            value=lambda row: row.name,
            sort="name",
            paint=project_cell(lambda row: (row.colour, row.name, row.number)),
        ),
        column(
            name="place",
            title=_("Place"),
            value=lambda row: ", ".join(filter(None, (row.city, row.country))),
            width=180,
            sort="place",
            ink="text2",
        ),
        column(
            name="projects",
            title=_("Projects"),
            value=lambda row: row.active_projects,
            width=90,
            align="right",
            sort="projects",
            ink="text2",
        ),
    )


def _figures() -> tuple[Column, ...]:
    column = Column
    return (
        column(
            name="time",
            title=_("Unbilled"),
            value=lambda row: row.unbilled_seconds,
            text=lambda row: short_text(row.unbilled_seconds) if row.unbilled_seconds else "–",
            width=100,
            align="right",
            sort="time",
        ),
        column(
            name="unbilled",
            title=_("Worth"),
            value=lambda row: amounts_text(row.unbilled),
            width=150,
            align="right",
            style="body_strong",
        ),
        column(
            name="open",
            title=_("Open invoices"),
            value=lambda row: amounts_text(row.open),
            width=160,
            align="right",
        ),
    )


class ClientsView(View):
    """Lists clients; a row opens the client in the place of the list."""

    name: ClassVar[str] = "clients"
    shows: ClassVar[frozenset[str]] = frozenset(
        {"client", "contact", "project", "time_entry", "billing_rule", "invoice", "payment",
         "allocation"}
    )  # fmt: skip

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.client_id = ""
        self.row_count = 0
        self.title = self.header(_("Clients"))
        self.search = SearchField("clientSearch", _("Filter clients"), self)
        self.search.setFixedWidth(220)
        self.search.textChanged.connect(lambda _text: self.reload())
        states = (("active", _("Active")), ("archived", _("Archived")))
        self.state = Segments(states, _("Which clients"), self)
        self.state.chosen.connect(lambda _key: self.reload())
        self.new = Button(_("New client"), self, kind="primary", icon="plus", name="newClient")
        self.new.clicked.connect(self.add)
        for place, widget in enumerate((self.search, self.state, self.new)):
            self.title.right.insertWidget(place, widget)
        self.table = Table(columns(), "clientTable", self)
        self.table.setAccessibleName(_("Clients"))
        self.table.fit_rows()
        self.table.opened.connect(lambda row: self.shell.go("clients", client_id=row.id))
        self.card = Card(self, name="clientCard")
        self.card.column.setContentsMargins(1, 1, 1, 1)
        self.card.column.addWidget(self.table)
        self.listing = QWidget(self)
        column = QVBoxLayout(self.listing)
        column.setContentsMargins(0, 0, 0, 0)
        # The card is as high as its rows; the stretch takes what is left of the page.
        column.addWidget(self.card, 1000)
        column.addStretch(1)
        self.empty = EmptyPanel("users", _("No clients yet"), _("A name is enough to begin."), self)
        self.empty.offer(_("New client"), self.add, kind="primary")
        self.page = ClientPage(self)
        self.page.back_wanted.connect(lambda: self.shell.go("clients", client_id=""))
        self.pages = QStackedWidget(self)
        for widget in (self.listing, self.empty, self.page):
            self.pages.addWidget(widget)
        self.body.addWidget(self.pages, 1)

    # What the frame asks.

    def load(self) -> None:
        """Ask for the list, or for the client that is open."""
        if self.client_id:
            self.query(read_client, self.client_id, done=self.page.show_client, failed=self._gone)
        else:
            archived, text = self.state.value == "archived", self.search.text()
            self.query(clients.clients, archived=archived, text=text, done=self.show_rows)

    def open_at(self, place: Mapping[str, Any]) -> None:
        """Open a client, the list, or the sheet for a new one."""
        self.client_id = str(place.get("client_id", "") or "")
        self._arrange()
        self.reload()
        if place.get("new"):
            self.add()

    def place(self) -> dict[str, Any]:
        """Return which client is open."""
        return {"client_id": self.client_id}

    def filter_field(self) -> QWidget | None:
        """Return the filter of the list."""
        return None if self.client_id else self.search

    # The list.

    def show_rows(self, rows: tuple[ClientRow, ...]) -> None:
        """Show the list, or why it is empty."""
        self.table.set_rows(rows)
        self.card.setMaximumHeight(self.table.maximumHeight() + 2)
        self.row_count = len(rows)
        if self.search.text():
            words = _("No clients match “{text}”").format(text=self.search.text())
            self.empty.say(words, _("Clear the filter to see all of them."))
        elif self.state.value == "archived":
            self.empty.say(_("No archived clients"))
        else:
            self.empty.say(_("No clients yet"), _("A name is enough to begin."))
        self._arrange()

    def add(self) -> None:
        """Open the sheet for a new client."""
        ClientSheet(self, None, self._on_added).open()

    def _on_added(self, details: Any, changes: Any) -> None:
        self.shell.feedback.undoable(_("Added {name}").format(name=details.name), changes)
        self.shell.go("clients", client_id=details.id)

    def _gone(self, error: Any) -> None:
        """Go back to the list: a client that was just added may have been undone."""
        self.client_id = ""
        self._arrange()
        self.reload()
        if not isinstance(error, NotFound):
            self.show_error(error)

    def _arrange(self) -> None:
        one = bool(self.client_id)
        shown = self.page if one else self.listing if self.row_count else self.empty
        self.title.setVisible(not one)
        self.pages.setCurrentWidget(shown)
