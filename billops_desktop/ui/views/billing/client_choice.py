"""The dialogs that ask for whom: a blank invoice begins with its client, a draft may change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from billops_desktop.i18n import _
from billops_desktop.services.drafts import client_change, drafting
from billops_desktop.services.invoices.invoice_rows import InvoiceRow
from billops_desktop.ui.dialogs.client import ClientSheet
from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.input.fields import Combo, FormField
from billops_desktop.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from billops_desktop.ui.view import View

# The use case that is run with the client, and its arguments.
Step = Callable[[str], tuple[Any, ...]]


def blank_invoice(view: View, done: Callable[[str], object]) -> Sheet:
    """Ask for the client of a blank draft; ``done`` gets the id of the new draft.

    Where there is no client yet, the first one is asked for and its draft made at once.
    """

    def step(client_id: str) -> tuple[Any, ...]:
        return drafting.draft_blank, client_id

    def made(draft_id: str, _changes: Any) -> None:
        done(draft_id)

    if not view.shell.directory.clients:
        return ask_new_client(view, step, made)
    sheet = ClientChoice(_("Blank invoice"), _("Create draft"), view)
    sheet.ask(step, made)
    return sheet


def change_sheet(view: View, row: InvoiceRow, *, done: Callable[..., object]) -> Sheet:
    """Open the dialog that gives a draft to another client; what is against it is said there."""
    sheet = ClientChoice(_("Change the client"), _("Change client"), view)
    sheet.chosen.choose(row.client_id)
    sheet.ask(lambda client_id: (client_change.change_client, row.id, client_id), done)
    return sheet


def ask_new_client(view: View, step: Step, done: Callable[[Any, Any], object]) -> ClientSheet:
    """Open the dialog for a new client; the use case runs with it as soon as it is added."""

    def added(client: Any, _changes: Any) -> None:
        use_case, *arguments = step(client.id)
        view.run(use_case, *arguments, done=done)

    sheet = ClientSheet(view, None, added)
    sheet.open()
    return sheet


class ClientChoice(Sheet):
    """Asks for one of the clients, or leads to a new one, and runs a use case with it."""

    def __init__(self, title: str, verb: str, view: View) -> None:
        super().__init__(title, verb, view.window())
        self.setObjectName("clientChoice")
        self.view = view
        self.new = Button(_("New client…"), self, icon="plus", name="choiceNewClient")
        self.left.addWidget(self.new)
        choices = tuple((client.id, client.name) for client in view.shell.directory.clients)
        self.chosen = Combo("newInvoiceClient", self, choices=choices)
        field = self.fields.add("client_id", FormField(_("Client"), self.chosen, self))
        self.body.addWidget(field)
        self.chosen.chosen.connect(lambda _client: self.fields.clear())

    def ask(self, step: Step, done: Callable[[Any, Any], object]) -> None:
        """Open; the verb runs the use case that ``step`` returns, with its arguments."""

        def finished(result: Any, changes: Any) -> None:
            self.close_done()
            done(result, changes)

        def take() -> None:
            self.busy(True)
            use_case, *arguments = step(self.chosen.value())
            self.view.shell.jobs.run(
                use_case, *arguments, done=finished, failed=self.show_error, owner=self
            )

        def add() -> None:
            self.reject()
            ask_new_client(self.view, step, done)

        self.on_confirm(take)
        self.new.clicked.connect(add)
        self.open()
        self.chosen.setFocus()
