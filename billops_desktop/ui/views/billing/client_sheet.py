"""The dialogs that ask for whom: a blank invoice begins with its client, a draft may change it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from billops_desktop.i18n import _
from billops_desktop.services.drafts import client_change, drafting
from billops_desktop.services.invoices.invoice_rows import InvoiceRow
from billops_desktop.ui.jobs import Jobs
from billops_desktop.ui.live.directory import ClientItem
from billops_desktop.ui.widgets.input.fields import Combo, FormField
from billops_desktop.ui.widgets.sheet import Sheet


def client_sheet(
    clients: Sequence[ClientItem], jobs: Jobs, parent: QWidget, done: Callable[[str], object]
) -> Sheet:
    """Open the dialog; ``done`` gets the id of the new draft."""
    sheet = ClientSheet(_("Blank invoice"), _("Create draft"), clients, jobs, parent)
    sheet.ask(lambda client_id: (drafting.draft_blank, client_id), lambda made, _c: done(made))
    return sheet


def change_sheet(
    row: InvoiceRow,
    clients: Sequence[ClientItem],
    jobs: Jobs,
    parent: QWidget,
    *,
    done: Callable[..., object],
) -> Sheet:
    """Open the dialog that gives a draft to another client; what is against it is said there."""
    sheet = ClientSheet(_("Change the client"), _("Change client"), clients, jobs, parent)
    sheet.chosen.choose(row.client_id)
    sheet.ask(lambda client_id: (client_change.change_client, row.id, client_id), done)
    return sheet


class ClientSheet(Sheet):
    """Asks for one client and runs a use case with it."""

    def __init__(
        self, title: str, verb: str, clients: Sequence[ClientItem], jobs: Jobs, parent: QWidget
    ) -> None:
        super().__init__(title, verb, parent)
        self.setObjectName("clientSheet")
        self.jobs = jobs
        choices = tuple((client.id, client.name) for client in clients)
        self.chosen = Combo("newInvoiceClient", self, choices=choices)
        field = self.fields.add("client_id", FormField(_("Client"), self.chosen, self))
        self.body.addWidget(field)
        if not choices:
            self.say(_("There is no client yet. Add one first."), ink="text2")
            self.confirm.setEnabled(False)
        self.chosen.chosen.connect(lambda _client: self.fields.clear())

    def ask(
        self, step: Callable[[str], tuple[Any, ...]], done: Callable[[Any, Any], object]
    ) -> None:
        """Open; the verb runs the use case that ``step`` returns, with its arguments."""

        def finished(result: Any, changes: Any) -> None:
            self.close_done()
            done(result, changes)

        def take() -> None:
            self.busy(True)
            use_case, *arguments = step(self.chosen.value())
            self.jobs.run(use_case, *arguments, done=finished, failed=self.show_error, owner=self)

        self.on_confirm(take)
        self.open()
        self.chosen.setFocus()
