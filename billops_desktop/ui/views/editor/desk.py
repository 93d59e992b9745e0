"""The desk a draft lies on: every change is a step, saved soon, never lost to a slower answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from billops_desktop.errors import BillOpsError
from billops_desktop.services.directory import clients
from billops_desktop.services.drafts import drafting
from billops_desktop.services.drafts.drafting import DraftEdit
from billops_desktop.services.invoices.invoice_rows import InvoiceDetail, detail
from billops_desktop.services.profile import settings
from billops_desktop.services.profile.settings import TaxRow
from billops_desktop.services.upkeep import history
from billops_desktop.ui.view import View
from billops_desktop.ui.views.editor.draft import Draft, Steps, draft_of
from billops_desktop.values import dataclass

AUTOSAVE_MS: Final = 400
AT_ONCE: Final = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One invoice with what its editor offers beside it."""

    detail: InvoiceDetail
    client_parts: tuple[str, ...]
    recipient: str
    taxes: tuple[TaxRow, ...]


def read_invoice(work: Any, invoice_id: str) -> Opened:
    """Return an invoice for the editor; runs on the db lane."""
    found = detail(work, invoice_id)
    client = clients.client(work, found.row.client_id)
    contact = next(
        (one for one in client.contacts if one.receives_invoices == "to"),
        next(iter(client.contacts), None),
    )
    company = settings.company(work)
    days = company.terms_days if client.terms_days is None else client.terms_days
    email = contact.email if contact else ""
    name = contact.name if contact else ""
    parts = (name if name != client.name else "", email, found.currency, terms_words(days))
    taxes = settings.tax_rates(work, on=found.supply_to or found.row.issue_on)
    if client.tax_rate_id:
        taxes = tuple(sorted(taxes, key=lambda tax: tax.id != client.tax_rate_id))
    return Opened(detail=found, client_parts=parts, recipient=email or name, taxes=taxes)


def terms_words(days: int) -> str:
    """Return the terms of payment in words."""
    from billops_desktop.i18n import _

    return _("net {days} days").format(days=days) if days else _("due at once")


def save_draft(
    work: Any, invoice_id: str, edit: DraftEdit, lost: tuple[str, ...] = ()
) -> InvoiceDetail:
    """Save what changed and return the draft as it stands now; one transaction."""
    if lost:
        history.put_back(work, "invoice_line", lost, part=("line_entry", "line_id"))
    drafting.save(work, invoice_id, edit)
    return detail(work, invoice_id)


class DraftDesk(QObject):
    """Holds the draft in hand; tells when it changed, when it was saved, when saving failed."""

    changed = Signal()
    saved = Signal(object)
    refused = Signal(object)

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self.setObjectName("draftDesk")
        self.view = view
        self.invoice_id = ""
        self.draft: Draft | None = None
        self.stored: Draft | None = None
        self.steps = Steps()
        self._sent: Draft | None = None
        self._typing = False
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.save)

    @property
    def dirty(self) -> bool:
        """Return whether something is not saved yet."""
        draft, stored = self.draft, self.stored
        if draft is None or stored is None:
            return False
        return self._sent is not None or not draft.says_the_same(stored)

    def take(self, found: InvoiceDetail) -> None:
        """Put a stored draft on the desk; unsaved changes of the same draft stay on top."""
        if found.row.id != self.invoice_id:
            self.invoice_id = found.row.id
            self.steps.clear()
            self.draft = self._sent = None
        elif self.dirty:
            return
        self.draft = draft_of(found, self.draft)
        self.stored = self.draft
        self.changed.emit()

    def close(self) -> None:
        """Save what is open and clear the desk; a save that failed is tried once more."""
        self._soon.stop()
        self.save()
        self.invoice_id = ""
        self.draft = self.stored = self._sent = None
        self.steps.clear()

    def change(self, *, within: int = AT_ONCE, **values: Any) -> None:
        """Change fields of the draft: one step, saved within so many milliseconds."""
        before = self.draft
        if before is None:
            return
        self.draft = replace(before, **values)
        if not self.draft.says_the_same(before):
            # Running text is one step as long as nobody pauses.
            if not (within and self._typing and self._soon.isActive()):
                self.steps.commit(before)
            self._typing = bool(within)
            self._soon.start(within)
        self.changed.emit()

    def undo(self) -> None:
        """Take back what could not be read, else the last step."""
        if self.draft is not None and self.draft.has_slips:
            self.draft = self.draft.without_slips()
            self.changed.emit()
            return
        self._step(self.steps.back)

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self._step(self.steps.forth)

    def _step(self, move: Any) -> None:
        found = move(self.draft) if self.draft is not None else None
        if found is not None:
            self.draft = found
            self._soon.start(AT_ONCE)
            self.changed.emit()

    def flush(self) -> None:
        """Save now what waits to be saved."""
        if self._soon.isActive():
            self._soon.stop()
            self.save()

    def save(self) -> None:
        """Send the draft to be saved; a newer one follows when the answer is there."""
        draft, stored = self.draft, self.stored
        if draft is None or stored is None or self._sent is not None:
            return
        if draft.says_the_same(stored):
            return
        self._sent = draft
        self.view.run(
            save_draft,
            self.invoice_id,
            draft.edit(stored),
            draft.lost(stored),
            done=self._on_saved,
            failed=self._on_failed,
        )

    def _on_saved(self, found: InvoiceDetail, _changes: Any) -> None:
        sent, self._sent = self._sent, None
        if sent is None or self.draft is None or found.row.id != self.invoice_id:
            return
        self.draft = self.draft.with_ids(sent, found.lines)
        self.steps.with_ids(sent, found.lines)
        numbered = sent.with_ids(sent, found.lines)
        self.stored = draft_of(found, numbered)
        if self.draft.says_the_same(numbered):
            self.draft = draft_of(found, self.draft)
            self.stored = self.draft
            self.changed.emit()
        else:
            self._soon.start(AT_ONCE)
        self.saved.emit(found)

    def _on_failed(self, error: BillOpsError) -> None:
        self._sent = None
        self.refused.emit(error)
