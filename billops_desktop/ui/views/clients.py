"""The Clients page: a table of clients, and in its place the page of one of them."""

from __future__ import annotations

from typing import ClassVar

from billops_desktop.i18n import _
from billops_desktop.services.directory import clients
from billops_desktop.ui.dialogs.client import ClientSheet
from billops_desktop.ui.table import Column
from billops_desktop.ui.views.directory.client_page import ClientPage
from billops_desktop.ui.views.directory.list_page import ListPage, ListWords, unbilled_column
from billops_desktop.ui.widgets.cells import project_cell
from billops_desktop.ui.widgets.wording import amounts_text


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
        unbilled_column("time"),
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
    reads = clients.clients
    record_page = ClientPage

    def list_words(self) -> ListWords:
        """Return the words of the page."""
        return ListWords(
            title=_("Clients"),
            filter=_("Filter clients"),
            which=_("Which clients"),
            new=_("New client"),
            none_yet=_("No clients yet"),
            none_archived=_("No archived clients"),
            no_match=_("No clients match “{text}”"),
        )

    def list_columns(self) -> tuple[Column, ...]:
        """Return the columns of the table."""
        return columns()

    def add(self, client_id: str = "") -> None:
        """Open the sheet for a new client."""
        ClientSheet(self, None, self.on_added).open()
