"""What can be done with one invoice wherever it is shown: pay, open, credit, copy, delete."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from billops_desktop.domain.money import Money
from billops_desktop.i18n import _, format_money, ngettext
from billops_desktop.services.drafts import drafting, repricing, taking_off
from billops_desktop.services.invoices import payments, rendering
from billops_desktop.services.invoices.invoice_rows import InvoiceDetail, InvoiceRow
from billops_desktop.services.invoices.payments import NewPayment, PaymentRow
from billops_desktop.ui.views.billing.client_choice import change_sheet
from billops_desktop.ui.views.billing.credit_sheet import credit_sheet
from billops_desktop.ui.views.billing.duplicating import duplicate
from billops_desktop.ui.views.billing.pdf_files import export_pdf, open_pdf
from billops_desktop.ui.views.billing.statuses import is_payable

if TYPE_CHECKING:
    from billops_desktop.ui.view import Shell, View
    from billops_desktop.ui.views.billing.invoice_panel import InvoicePanel


def keep_pdf(shell: Shell, invoice_id: str) -> None:
    """Keep the PDF of an invoice that was just issued, off the main thread."""
    shell.jobs.work(
        f"keep-{invoice_id}", lambda task: rendering.keep_pdf(task.workspace, invoice_id)
    )


def open_row(view: View, row: InvoiceRow) -> None:
    """Open an invoice in the editor."""
    view.shell.go("invoice", invoice_id=row.id)


def record(view: View, panel: InvoicePanel, new: NewPayment) -> None:
    """Record a payment; what is refused stands in the form."""

    def done(payment: PaymentRow, changes: Any) -> None:
        panel.form.recorded()
        words = _("{amount} recorded").format(amount=format_money(payment.amount))
        if payment.credit.minor > 0:
            words += " · " + _("{amount} kept as credit for {client}").format(
                amount=format_money(payment.credit), client=payment.client_name
            )
        view.shell.feedback.say(words, partial(take_back, view, payment))

    view.run(payments.record, new, done=done, failed=panel.form.show_error)


def take_back(view: View, payment: PaymentRow) -> None:
    """Take back a payment; its invoices are open again."""

    def done(gone: PaymentRow, _changes: Any) -> None:
        words = _("Payment of {amount} taken back").format(amount=format_money(gone.amount))
        view.shell.feedback.say(words)

    view.run(payments.remove, payment.id, done=done)


def use_credit(view: View, row: InvoiceRow) -> None:
    """Settle an invoice from what its client has to its credit."""

    def done(used: Money, changes: Any) -> None:
        words = _("{amount} of credit used").format(amount=format_money(used))
        view.shell.feedback.undoable(words, changes)

    view.run(payments.use_credit, row.id, done=done)


def credit(view: View, row: InvoiceRow) -> None:
    """Open the dialog that cancels an invoice."""
    if not is_payable(row):
        return

    def done(note: InvoiceRow) -> None:
        keep_pdf(view.shell, note.id)
        view.shell.feedback.say(_("Credit note {number} issued").format(number=note.number))

    credit_sheet(row, view.shell.jobs, view.window(), done)


def copy(view: View, row: InvoiceRow) -> None:
    """Draft a second invoice that says the same, and open it."""
    view.run(duplicate, row.id, done=lambda new, _c: view.shell.go("invoice", invoice_id=new))


def change_client(view: View, row: InvoiceRow, then: Callable[[], object]) -> None:
    """Ask for another client of a draft; ``then`` runs once it is changed."""

    def done(_result: None, changes: Any) -> None:
        then()
        view.shell.feedback.undoable(_("Client of the draft changed"), changes)

    change_sheet(view, row, done=done)


def delete(view: View, row: InvoiceRow) -> None:
    """Delete a draft; the toast takes it back."""
    if row.state != "draft":
        return

    def done(_result: None, changes: Any) -> None:
        words = _("Draft for {client} deleted").format(client=row.client_name)
        view.shell.feedback.undoable(words, changes)
        if view.name == "invoice":
            view.shell.go("invoices")

    view.run(drafting.delete_draft, row.id, done=done)


def add_unbilled(view: View, found: InvoiceDetail, grouping: str) -> None:
    """Append the client's unbilled time up to the end of the service period."""
    request = drafting.DraftRequest(
        client_id=found.row.client_id,
        to_on=found.supply_to or found.row.issue_on,
        grouping=grouping,
    )

    def done(count: int, changes: Any) -> None:
        words = ngettext("{count} entry added", "{count} entries added", count)
        view.shell.feedback.undoable(words.format(count=count), changes)

    view.run(drafting.add_unbilled, found.row.id, request, done=done)


def refresh_time(view: View, found: InvoiceDetail) -> None:
    """Bill the time that the draft's entries have now, rounded as is said now."""

    def done(count: int, changes: Any) -> None:
        words = ngettext(
            "Time of {count} line taken again", "Time of {count} lines taken again", count
        )
        view.shell.feedback.undoable(words.format(count=count), changes)

    view.run(drafting.refresh_time, found.row.id, done=done)


def take_rates(view: View, found: InvoiceDetail) -> None:
    """Price the draft's time as the rate book says now."""

    def done(count: int, changes: Any) -> None:
        words = ngettext(
            "{count} line priced by the rate book", "{count} lines priced by the rate book", count
        )
        view.shell.feedback.undoable(words.format(count=count), changes)

    view.run(repricing.take_rates, found.row.id, done=done)


def take_off(view: View, found: InvoiceDetail) -> None:
    """Take the time off a draft that it cannot bill any more."""

    def done(count: int, changes: Any) -> None:
        words = ngettext("{count} entry taken off", "{count} entries taken off", count)
        view.shell.feedback.undoable(words.format(count=count), changes)

    view.run(taking_off.take_off, found.row.id, done=done)


def connect_panel(view: View, panel: InvoicePanel) -> None:
    """Let the buttons of a panel do their steps on its page."""
    panel.payment_wanted.connect(lambda new: record(view, panel, new))
    panel.open_wanted.connect(partial(open_row, view))
    panel.pdf_wanted.connect(lambda row: open_pdf(view.shell, row.id, view))
    panel.export_wanted.connect(lambda row: export_pdf(view.shell, [row.id], view))
    panel.credit_wanted.connect(partial(credit, view))
    panel.delete_wanted.connect(partial(delete, view))
    panel.duplicate_wanted.connect(partial(copy, view))
    panel.payment_removed.connect(partial(take_back, view))
    panel.credit_use_wanted.connect(partial(use_credit, view))
    panel.related_wanted.connect(lambda other: view.shell.go("invoice", invoice_id=other))
