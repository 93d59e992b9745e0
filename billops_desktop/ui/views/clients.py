"""The Clients page: a table of clients, and in its place the page of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from billops_desktop.i18n import _
from billops_desktop.services.directory import clients
from billops_desktop.ui.dialogs.client import ClientSheet
from billops_desktop.ui.table import Column
from billops_desktop.ui.views.directory.client_page import ClientPage
from billops_desktop.ui.views.directory.list_page import ListPage, ListWords
from billops_desktop.ui.widgets.cells import project_cell
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
            yields=1,
            sort="place",
            ink="text2",
        ),
        column(
            name="projects",
            title=_("Projects"),
            value=lambda row: row.active_projects,
            width=90,
            yields=2,
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


class ClientsView(ListPage):
    """Lists clients; a row opens the client in the place of the list."""

    name: ClassVar[str] = "clients"
    noun = "client"
    icon = "users"
    shows: ClassVar[frozenset[str]] = frozenset(
        {"client", "contact", "project", "time_entry", "billing_rule", "invoice", "payment",
         "allocation"}
    )  # fmt: skip

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        words = ListWords(
            title=_("Clients"),
            filter=_("Filter clients"),
            which=_("Which clients"),
            new=_("New client"),
            none_yet=_("No clients yet"),
            none_archived=_("No archived clients"),
            no_match=_("No clients match “{text}”"),
        )
        super().__init__(shell, parent, words=words, columns=columns(), page=ClientPage)

    def ask_rows(self, *, archived: bool, text: str) -> None:
        """Ask for the clients."""
        self.query(clients.clients, archived=archived, text=text, done=self.show_rows)

    def add(self, client_id: str = "") -> None:
        """Open the sheet for a new client."""
        ClientSheet(self, None, self.on_added).open()
