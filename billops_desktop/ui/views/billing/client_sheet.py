"""The dialog that asks for whom: a blank invoice begins with its client."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from billops_desktop.i18n import _
from billops_desktop.services.drafts import drafting
from billops_desktop.ui.jobs import Jobs
from billops_desktop.ui.live.directory import ClientItem
from billops_desktop.ui.widgets.input.fields import Combo, FormField
from billops_desktop.ui.widgets.sheet import Sheet


def client_sheet(
    clients: Sequence[ClientItem], jobs: Jobs, parent: QWidget, done: Callable[[str], object]
) -> Sheet:
    """Open the dialog; ``done`` gets the id of the new draft."""
    sheet = Sheet(_("Blank invoice"), _("Create draft"), parent)
    sheet.setObjectName("clientSheet")
    choices = tuple((client.id, client.name) for client in clients)
    chosen = Combo("newInvoiceClient", sheet, choices=choices)
    field = sheet.fields.add("client_id", FormField(_("Client"), chosen, sheet))
    sheet.body.addWidget(field)
    if not choices:
        sheet.say(_("There is no client yet. Add one first."), ink="text2")
        sheet.confirm.setEnabled(False)

    def finished(invoice_id: str, _changes: Any) -> None:
        sheet.close_done()
        done(invoice_id)

    def take() -> None:
        sheet.busy(True)
        jobs.run(
            drafting.draft_blank,
            chosen.value(),
            done=finished,
            failed=sheet.show_error,
            owner=sheet,
        )

    sheet.on_confirm(take)
    sheet.open()
    chosen.setFocus()
    return sheet
