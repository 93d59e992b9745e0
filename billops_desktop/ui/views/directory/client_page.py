"""The page of one client: what is unbilled and open, who they are, what their time costs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from billops_desktop.i18n import _, current_language, format_date, format_money, ngettext
from billops_desktop.services.directory import clients, projects
from billops_desktop.services.directory.clients import ClientDetails, ClientRow
from billops_desktop.services.directory.contacts import ContactRow
from billops_desktop.services.directory.projects import ProjectRow
from billops_desktop.services.invoices import invoice_rows
from billops_desktop.services.invoices.invoice_rows import InvoicePage, InvoiceRow
from billops_desktop.services.postal import country_name
from billops_desktop.services.rates import rate_book
from billops_desktop.services.rates.rate_book import RuleRow
from billops_desktop.ui.dialogs.client import ClientSheet, ContactSheet
from billops_desktop.ui.views.billing.statuses import status_words
from billops_desktop.ui.views.directory.record_page import RecordPage
from billops_desktop.ui.widgets.buttons import Button, IconButton
from billops_desktop.ui.widgets.chips import Badge, ColourSquare
from billops_desktop.ui.widgets.facts import RecordLine, Section, Tile
from billops_desktop.ui.widgets.wording import amounts_text, hours_text, language_name, short_text
from billops_desktop.values import dataclass

if TYPE_CHECKING:
    from billops_desktop.ui.view import View


@dataclass(frozen=True, slots=True)
class ClientPicture:
    """All that the page shows of one client."""

    details: ClientDetails
    row: ClientRow
    projects: tuple[ProjectRow, ...]
    rules: tuple[RuleRow, ...]
    invoices: InvoicePage


def read_client(work: Any, client_id: str) -> ClientPicture:
    """Return all that the page shows of a client; runs on the db lane."""
    details = clients.client(work, client_id)
    listed = clients.clients(work, archived=details.archived)
    return ClientPicture(
        details=details,
        row=next(row for row in listed if row.id == client_id),
        projects=projects.projects(work, client_id=client_id),
        rules=rate_book.rules(work, client_id=client_id),
        invoices=invoice_rows.newest_of(work, client_id),
    )


class ClientPage(RecordPage):
    """Stands in the place of the list while a client is open."""

    noun = "client"
    reads = read_client
    archive_step = clients.archive
    activate_step = clients.activate

    def __init__(self, view: View) -> None:
        super().__init__(view, back=_("All clients"))
        self.shown: ClientPicture | None = None
        self.unbilled = Tile(_("Unbilled"), self, name="clientUnbilled")
        self.open = Tile(_("Open invoices"), self, name="clientOpen")
        self.active = Tile(_("Active projects"), self, name="clientProjects")
        self.contacts = Section(_("Contacts"), self, name="contacts")
        self.contacts.offer(_("Add contact"), self.add_contact, name="addContact")
        self.projects = Section(_("Projects"), self, name="clientProjectList")
        self.projects.offer(
            _("New project"), lambda: self._go("projects", new=True), name="clientNewProject"
        )
        self.invoices = Section(_("Invoices"), self, name="clientInvoices")
        self.all_invoices = self.invoices.offer("", self.show_invoices, name="showInvoices")
        words, kind = _("Invoice unbilled time"), "primary"
        self.invoice = Button(words, self, kind=kind, icon="hand-coins", name="invoiceClient")
        self.invoice.clicked.connect(lambda: self._go("to_invoice"))
        self.lay_out(
            (self.archive, self.edit, self.invoice),
            (self.unbilled, self.open, self.active),
            left=(self.projects, self.rates),
            right=(self.details, self.contacts, self.invoices),
        )

    def show_record(self, shown: ClientPicture) -> None:
        """Show a client that was read."""
        self.shown = shown
        details, row = shown.details, shown.row
        self.show_head(details.name, details.colour, archived=details.archived)
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
        none = _("No rate of its own: projects' rates and the general rate hold.")
        self.show_rates(shown.rules, none)
        self._show_newest(shown.invoices)

    def _show_newest(self, page: InvoicePage) -> None:
        """Show the newest invoices; how many there are beyond them stands on the way there."""
        count = page.counts["all"]
        words = ngettext("Show {count} invoice", "Show all {count} invoices", count)
        self.all_invoices.setText(words.format(count=count))
        self.all_invoices.setVisible(bool(count))
        lines = [self._invoice(row) for row in page.rows]
        widest = max((line.strong.sizeHint().width() for line in lines), default=0)
        for line in lines:
            # The states stand in one column under each other.
            line.strong.setFixedWidth(widest)
        self.invoices.show_lines(lines, _("No invoices yet."))

    # What can be done.

    def edit_record(self) -> None:
        """Open the sheet that changes the client."""
        if self.shown is not None:
            ClientSheet(self.view, self.shown.details, self.saved(_("Client changed"))).open()

    def toggle_archived(self) -> None:
        """Take the client out of the lists, or bring it back; with Undo, without a question."""
        if self.shown is not None:
            details = self.shown.details
            self.archive_or_bring_back(details.id, details.name, archived=details.archived)

    def set_rate(self) -> None:
        """Open the sheet for a rate of this client."""
        if self.shown is not None:
            details = self.shown.details
            self.ask_rate({"client_id": details.id}, details.currency, details.name)

    def add_contact(self) -> None:
        """Open the sheet for a new contact."""
        if self.shown is not None:
            client_id, then = self.shown.details.id, self.saved(_("Contact added"))
            received = any(one.receives_invoices == "to" for one in self.shown.details.contacts)
            ContactSheet(self.view, client_id, None, then=then, received=received).open()

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
            client_id, then = self.shown.details.id, self.saved(_("Contact changed"))
            ContactSheet(self.view, client_id, contact, then=then).open()

    def _remove_contact(self, contact: ContactRow) -> None:
        words = _("Removed {name}").format(name=contact.name)
        self.view.run(clients.remove_contact, contact.id, done=self.saved(words))

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

    def _invoice(self, row: InvoiceRow) -> RecordLine:
        due = "" if row.state == "draft" or row.due_on is None else format_date(row.due_on)
        owed = format_money(row.open if row.open.minor else row.total)
        quiet = _("due {day}").format(day=due) if due and row.open.minor else ""
        line = RecordLine(row.number or "—", quiet, self.invoices, end=owed)
        badge = Badge(*status_words(row), line)
        line.row.insertWidget(1, badge)
        name = ", ".join(filter(None, (row.number, badge.text(), quiet, owed)))
        line.setAccessibleName(name)
        show = IconButton("chevron-right", _("Open {name}").format(name=name), line, size=28)
        show.clicked.connect(partial(self._go, "invoice", invoice_id=row.id))
        line.offer(show)
        return line

    def _go(self, page: str, *_checked: bool, **place: Any) -> None:
        if page in {"projects", "to_invoice"} and self.shown is not None:
            place.setdefault("client_id", self.shown.details.id)
        self.view.shell.go(page, **place)


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
        (_("Language"), language_name(details.language)),
        (_("Days to pay"), days),
        (_("Purchase order"), details.purchase_order),
        (_("Notes"), details.notes),
    ]
