"""The page of one client: what is unbilled and open, who they are, what their time costs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from billops_desktop.i18n import _, current_language, ngettext
from billops_desktop.services.directory import clients, projects
from billops_desktop.services.directory.clients import ClientDetails, ClientRow
from billops_desktop.services.directory.contacts import ContactRow
from billops_desktop.services.directory.projects import ProjectRow
from billops_desktop.services.invoices import invoice_rows
from billops_desktop.services.postal import country_name
from billops_desktop.services.rates import rate_book
from billops_desktop.services.rates.rate_book import RuleRow
from billops_desktop.ui.dialogs.client import ClientSheet, ContactSheet
from billops_desktop.ui.dialogs.rate import RateSheet
from billops_desktop.ui.views.rate_lines import rate_line
from billops_desktop.ui.widgets.buttons import Button, IconButton
from billops_desktop.ui.widgets.chips import Badge, ColourSquare
from billops_desktop.ui.widgets.facts import FactGrid, RecordLine, Section, Tile, record_body
from billops_desktop.ui.widgets.labels import ElidedLabel
from billops_desktop.ui.widgets.wording import amounts_text, hours_text, short_text

if TYPE_CHECKING:
    from billops_desktop.ui.view import View


@dataclass(frozen=True, slots=True)
class ClientPicture:
    """All that the page shows of one client."""

    details: ClientDetails
    row: ClientRow
    projects: tuple[ProjectRow, ...]
    rules: tuple[RuleRow, ...]
    invoice_count: int


def read_client(work: Any, client_id: str) -> ClientPicture:
    """Return all that the page shows of a client; runs on the db lane."""
    details = clients.client(work, client_id)
    listed = clients.clients(work, archived=details.archived)
    page = invoice_rows.invoices(work, text=details.name, limit=1)
    return ClientPicture(
        details=details,
        row=next(row for row in listed if row.id == client_id),
        projects=projects.projects(work, client_id=client_id),
        rules=rate_book.rules(work, client_id=client_id),
        invoice_count=page.counts["all"],
    )


class ClientPage(QWidget):
    """Stands in the place of the list while a client is open."""

    back_wanted = Signal()

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self.setObjectName("clientPage")
        self.view = view
        self.shown: ClientPicture | None = None
        self.square = ColourSquare("slate", self, side=14)
        self.name = ElidedLabel("", self, style="title")
        self.name.setObjectName("clientName")
        self.archived = Badge(_("Archived"), "neutral", self)
        self.unbilled = Tile(_("Unbilled"), self, name="clientUnbilled")
        self.open = Tile(_("Open invoices"), self, name="clientOpen")
        self.active = Tile(_("Active projects"), self, name="clientProjects")
        self.facts = FactGrid(self)
        self.contacts = Section(_("Contacts"), self, name="contacts")
        self.contacts.offer(_("Add contact"), self.add_contact, name="addContact")
        self.rates = Section(_("Rates"), self, name="clientRates")
        self.rates.offer(_("Set rate"), self.set_rate, name="setRate")
        self.projects = Section(_("Projects"), self, name="clientProjectList")
        self.projects.offer(
            _("New project"), lambda: self._go("projects", new=True), name="clientNewProject"
        )
        self.invoices = Section(_("Invoices"), self, name="clientInvoices")
        self.invoices.offer(_("Show invoices"), self.show_invoices, name="showInvoices")
        self._lay_out()

    def _lay_out(self) -> None:
        details = Section(_("Details"), self, name="clientDetails")
        details.column.addWidget(self.facts)
        tiles = (self.unbilled, self.open, self.active)
        left, right = (self.projects, self.rates), (details, self.contacts, self.invoices)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(16)
        column.addLayout(self._head())
        column.addWidget(record_body(self, tiles, left, right, name="clientScroll"), 1)

    def _head(self) -> QHBoxLayout:
        """Return the line with the name and all that can be done."""
        head = QHBoxLayout()
        head.setSpacing(8)
        back = IconButton("arrow-left", _("All clients"), self)
        back.setObjectName("clientBack")
        back.clicked.connect(self.back_wanted)
        head.addWidget(back)
        head.addWidget(self.square)
        head.addWidget(self.name, 1)
        head.addWidget(self.archived)
        self.edit = Button(_("Edit"), self, icon="pencil", name="editClient")
        self.edit.clicked.connect(self.edit_client)
        self.archive = Button(_("Archive"), self, icon="archive", name="archiveClient")
        self.archive.clicked.connect(self.toggle_archived)
        self.invoice = Button(
            _("Invoice unbilled time"),
            self,
            kind="primary",
            icon="hand-coins",
            name="invoiceClient",
        )
        self.invoice.clicked.connect(lambda: self._go("to_invoice"))
        for button in (self.archive, self.edit, self.invoice):
            head.addWidget(button)
        head.addWidget(self.view.shell.timer_chip(self))
        return head

    def show_client(self, shown: ClientPicture) -> None:
        """Show a client that was read."""
        self.shown = shown
        details, row = shown.details, shown.row
        self.square.set_hue(details.colour)
        self.name.setText(details.name)
        self.archived.setVisible(details.archived)
        self.archive.setText(_("Bring back") if details.archived else _("Archive"))
        self.archive.set_icon("archive-restore" if details.archived else "archive")
        self.unbilled.show_figure(
            amounts_text(row.unbilled) or "–",
            hours_text(row.unbilled_seconds) if row.unbilled_seconds else _("Nothing to bill"),
        )
        self.invoice.setEnabled(bool(row.unbilled_seconds))
        self.open.show_figure(amounts_text(row.open) or "–", "" if row.open else _("Nothing owed"))
        self.active.show_figure(str(row.active_projects))
        self.facts.show_facts(_facts(details))
        self.contacts.show_lines(
            [self._contact(contact) for contact in details.contacts],
            _("Nobody yet. Invoices need somebody who receives them."),
        )
        self.projects.show_lines(
            [self._project(project) for project in shown.projects], _("No active projects.")
        )
        self.rates.show_lines(
            [rate_line(self.view, rule, self.rates) for rule in shown.rules],
            _("No rate of its own: projects' rates and the general rate hold."),
        )
        count = shown.invoice_count
        words = ngettext("{count} invoice", "{count} invoices", count).format(count=count)
        self.invoices.show_lines(
            [RecordLine(words, "", self.invoices)] if count else [], _("No invoices yet.")
        )

    # What can be done.

    def edit_client(self) -> None:
        """Open the sheet that changes the client."""
        if self.shown is not None:
            ClientSheet(self.view, self.shown.details, self._saved(_("Client changed"))).open()

    def toggle_archived(self) -> None:
        """Take the client out of the lists, or bring it back; with Undo, without a question."""
        if self.shown is None:
            return
        archived = self.shown.details.archived
        step = clients.activate if archived else clients.archive
        words = _("{name} is back in the lists") if archived else _("Archived {name}")
        words = words.format(name=self.shown.details.name)
        self.view.run(step, self.shown.details.id, done=self._saved(words))

    def add_contact(self) -> None:
        """Open the sheet for a new contact."""
        if self.shown is not None:
            client_id, then = self.shown.details.id, self._saved(_("Contact added"))
            received = any(one.receives_invoices == "to" for one in self.shown.details.contacts)
            ContactSheet(self.view, client_id, None, then=then, received=received).open()

    def set_rate(self) -> None:
        """Open the sheet for a rate of this client."""
        if self.shown is not None:
            details = self.shown.details
            RateSheet(
                self.view,
                {"client_id": details.id},
                details.currency,
                name=details.name,
                then=self._saved(_("Rate saved")),
            ).open()

    def show_invoices(self) -> None:
        """Go to the invoices of this client."""
        if self.shown is not None:
            self._go("invoices", text=self.shown.details.name)

    def _contact(self, contact: ContactRow) -> RecordLine:
        receives = {"to": _("receives invoices"), "cc": _("receives copies")}
        notes = (
            contact.role,
            contact.email,
            contact.phone,
            receives.get(contact.receives_invoices, ""),
        )
        line = RecordLine(contact.name, " · ".join(filter(None, notes)), self.contacts)
        edit = IconButton("pencil", _("Edit {name}").format(name=contact.name), line, size=28)
        edit.clicked.connect(partial(self._edit_contact, contact))
        remove = IconButton("trash-2", _("Remove {name}").format(name=contact.name), line, size=28)
        remove.clicked.connect(partial(self._remove_contact, contact))
        for button in (edit, remove):
            line.offer(button)
        return line

    def _edit_contact(self, contact: ContactRow) -> None:
        if self.shown is not None:
            client_id, then = self.shown.details.id, self._saved(_("Contact changed"))
            ContactSheet(self.view, client_id, contact, then=then).open()

    def _remove_contact(self, contact: ContactRow) -> None:
        words = _("Removed {name}").format(name=contact.name)
        self.view.run(clients.remove_contact, contact.id, done=self._saved(words))

    def _project(self, project: ProjectRow) -> RecordLine:
        unbilled = project.unbilled_seconds
        quiet = [project.rate_label]
        if unbilled:
            quiet.append(_("{time} unbilled").format(time=short_text(unbilled)))
        line = RecordLine(project.name, " · ".join(filter(None, quiet)), self.projects)
        line.row.insertWidget(0, ColourSquare(project.colour, line))
        show = IconButton(
            "chevron-right", _("Open {name}").format(name=project.name), line, size=28
        )
        show.clicked.connect(partial(self._go, "projects", project_id=project.id))
        line.offer(show)
        return line

    def _go(self, page: str, *_checked: bool, **place: Any) -> None:
        if page in {"projects", "to_invoice"} and self.shown is not None:
            place.setdefault("client_id", self.shown.details.id)
        self.view.shell.go(page, **place)

    def _saved(self, words: str) -> Any:
        return lambda _result, changes: self.view.shell.feedback.undoable(words, changes)


def _facts(details: ClientDetails) -> list[tuple[str, str]]:
    place = " ".join(filter(None, (details.post_code, details.city)))
    country = details.country and country_name(details.country, current_language())
    address = (details.street, details.street_more, place, details.region, country)
    days = "" if details.terms_days is None else str(details.terms_days)
    return [
        (_("Number"), details.number),
        (_("Address"), "\n".join(filter(None, address))),
        (_("VAT ID"), details.vat_id),
        (_("Tax number"), details.tax_number),
        (_("Currency"), details.currency),
        (_("Language"), {"de": "Deutsch", "en": "English"}.get(details.language, details.language)),
        (_("Days to pay"), days),
        (_("Purchase order"), details.purchase_order),
        (_("Notes"), details.notes),
    ]
