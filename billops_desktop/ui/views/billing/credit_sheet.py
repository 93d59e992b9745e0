"""The dialog that cancels an invoice by a credit note: the reason, what becomes of its time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from billops_desktop.i18n import _, format_money
from billops_desktop.services.invoices import corrections
from billops_desktop.services.invoices.invoice_rows import InvoiceRow
from billops_desktop.ui.jobs import Jobs
from billops_desktop.ui.widgets.input.fields import Combo, FormField, TextField
from billops_desktop.ui.widgets.sheet import Sheet


def credit_sheet(
    row: InvoiceRow, jobs: Jobs, parent: QWidget, done: Callable[[InvoiceRow], object]
) -> Sheet:
    """Open the dialog; ``done`` gets the credit note once it is issued."""
    title = _("Cancel invoice {number} with a credit note").format(number=row.number)
    sheet = Sheet(title, _("Issue credit note"), parent, danger=True)
    sheet.setObjectName("creditSheet")
    _tell(sheet, row)
    reason = TextField("creditReason", sheet)
    sheet.fields.add(
        "reason",
        FormField(_("Reason, printed on the credit note"), reason, sheet),
    )
    choices = (
        (True, _("Free the time, so that it can be invoiced again")),
        (False, _("Keep the time with this invoice")),
    )
    release = Combo("creditRelease", sheet, choices=choices)
    sheet.fields.add("release", FormField(_("Billed time"), release, sheet))
    for field in sheet.fields.fields.values():
        sheet.body.addWidget(field)

    def take() -> None:
        sheet.busy(True)
        sheet.fields.clear()
        jobs.run(
            corrections.cancel,
            row.id,
            reason=reason.text(),
            release=bool(release.value()),
            done=finished,
            failed=sheet.show_error,
            owner=sheet,
        )

    def finished(note: InvoiceRow, _changes: Any) -> None:
        sheet.close_done()
        done(note)

    sheet.on_confirm(take)
    sheet.open()
    reason.setFocus()
    return sheet


def _tell(sheet: Sheet, row: InvoiceRow) -> None:
    """Say what is issued, and what becomes of the money that came in."""
    words = _(
        "A credit note over {total} for {client} is issued with its own number. Both documents "
        "stay; neither can be changed afterwards."
    )
    sheet.say(words.format(total=format_money(row.total), client=row.client_name))
    received = row.total - row.open
    if received.minor > 0:
        words = _("{amount} came in for it already and becomes credit of {client}.")
        sheet.say(words.format(amount=format_money(received), client=row.client_name), ink="warn")
