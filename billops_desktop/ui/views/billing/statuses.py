"""The status of an invoice as a word and a tone, and the step that comes next for it."""

from __future__ import annotations

from billops_desktop.domain.billing.lifecycle import Status
from billops_desktop.i18n import _
from billops_desktop.services.invoices.invoice_rows import InvoiceRow

TONES: dict[Status, str] = {
    Status.DRAFT: "neutral",
    Status.ISSUED: "info",
    Status.PART_PAID: "warn",
    Status.PAID: "ok",
    Status.OVERDUE: "bad",
    Status.CREDITED: "neutral",
}


def status_words(row: InvoiceRow) -> tuple[str, str]:
    """Return word and tone of an invoice's status."""
    if row.kind == "credit_note" and row.state != "draft":
        return _("Credit note"), "neutral"
    words = {
        Status.DRAFT: _("Draft"),
        # The word of the tab that lists it.
        Status.ISSUED: _("Open"),
        Status.PART_PAID: _("Part paid"),
        Status.PAID: _("Paid"),
        Status.OVERDUE: _("Overdue"),
        Status.CREDITED: _("Credited"),
    }
    return words[row.status], TONES[row.status]


def is_payable(row: InvoiceRow) -> bool:
    """Return whether money can come in for this invoice."""
    return row.kind == "invoice" and row.state == "issued"


def next_step(row: InvoiceRow) -> str:
    """Return the words of what is done next with an invoice."""
    if row.state == "draft":
        return _("Review")
    if is_payable(row) and row.open.minor > 0:
        return _("Record payment")
    return _("Open PDF")


def tab_words() -> dict[str, str]:
    """Return the words of the tabs over the list of invoices."""
    return {
        "all": _("All"),
        "drafts": _("Drafts"),
        "open": _("Open"),
        "overdue": _("Overdue"),
        "paid": _("Paid"),
    }
