"""The sheet that adds or changes a client, and the one for a contact of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from billops_desktop.domain.money import CURRENCIES
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _
from billops_desktop.services.directory import clients
from billops_desktop.services.directory.clients import ClientDetails, ClientEdit, NewClient
from billops_desktop.services.directory.contacts import ContactRow, NewContact
from billops_desktop.ui.dialogs.record_sheet import RecordSheet, Then
from billops_desktop.ui.widgets.input.edits import whole
from billops_desktop.ui.widgets.input.fields import Combo, TextArea, TextField
from billops_desktop.ui.widgets.wording import country_choices, language_name

if TYPE_CHECKING:
    from billops_desktop.ui.view import View

LANGUAGES: Final = ("en", "de")


class ClientSheet(RecordSheet):
    """Adds a client, for which a name is enough, or changes one."""

    def __init__(self, view: View, details: ClientDetails | None, then: Then) -> None:
        new = details is None
        title, verb = (_("New client"), _("Add client")) if new else (_("Edit client"), _("Save"))
        super().__init__(title, verb, view)
        self.setObjectName("clientSheet")
        self.details = details
        self.then = then
        self.texts = {
            name: TextField(f"client-{name}", self)
            for name in (
                "name", "number", "street", "post_code", "city", "vat_id",
                "purchase_order", "terms_days",
            )
        }  # fmt: skip
        self.notes = TextArea("client-notes", self, lines=2)
        self.country = Combo("client-country", self, choices=country_choices())
        currencies = [(code, code) for code in sorted(CURRENCIES)]
        usual = [(None, _("As the company"))] if new else []
        self.currency = Combo("client-currency", self, choices=[*usual, *currencies])
        languages = [(code, language_name(code)) for code in LANGUAGES]
        self.language = Combo("client-language", self, choices=[*usual, *languages])
        self.email = TextField("client-email", self, placeholder=_("accounts@client.example"))
        self._build(new=new)
        if details is not None:
            self._show(details)
        elif view.shell.directory.country:
            # Most clients are at home: without a country no invoice can be issued.
            self.country.choose(view.shell.directory.country)
        self.texts["name"].setFocus()

    def _build(self, *, new: bool) -> None:
        texts, field = self.texts, self.field
        self.line(
            field("name", _("Name"), texts["name"]),
            field("number", _("Number"), texts["number"]),
            widths=(0, 120),
        )
        self.line(field("street", _("Street"), texts["street"]))
        self.line(
            field("post_code", _("Post code"), texts["post_code"]),
            field("city", _("City"), texts["city"]),
            field("country", _("Country"), self.country),
            widths=(110, 0, 180),
        )
        self.line(
            field("currency", _("Currency"), self.currency),
            field("language", _("Language of invoices"), self.language),
            field("terms_days", _("Days to pay"), texts["terms_days"]),
            widths=(0, 0, 110),
        )
        self.line(
            field("vat_id", _("VAT ID"), texts["vat_id"]),
            field("purchase_order", _("Purchase order"), texts["purchase_order"]),
        )
        self.notes.setVisible(not new)
        self.email.setVisible(new)
        if new:
            self.line(field("email", _("Email for invoices"), self.email))
        else:
            self.line(field("notes", _("Notes"), self.notes))

    def _show(self, details: ClientDetails) -> None:
        for name, editor in self.texts.items():
            value = getattr(details, name)
            editor.setText("" if value is None else str(value))
        if self.country.findData(details.country) < 0:
            self.country.addItem(details.country, details.country)
        self.country.choose(details.country)
        self.currency.choose(details.currency)
        self.language.choose(details.language)
        self.notes.setText(details.notes)

    def submit(self) -> None:
        """Add the client, or keep what was changed."""
        values = self.typed(self._values)
        if values is None:
            return
        if self.details is None:
            new = NewClient(**values, email=self.email.text().strip())
            self.perform(clients.add, new, then=self.then)
        else:
            edit = ClientEdit(**values, notes=self.notes.text())
            self.perform(clients.edit, self.details.id, edit, then=self.then)

    def _values(self) -> dict[str, Any]:
        values: dict[str, Any] = {name: edit.text().strip() for name, edit in self.texts.items()}
        values["country"] = self.country.value()
        days = values["terms_days"]
        if days and whole(days) is None:
            raise InvalidInput(
                _("“{text}” is not a number of days.").format(text=days[:40]),
                _("Example: {example}").format(example="30"),
                field="terms_days",
            )
        values["terms_days"] = whole(days)
        values["currency"] = self.currency.value()
        values["language"] = self.language.value()
        return values


class ContactSheet(RecordSheet):
    """Adds or changes a person at a client; ``received``: somebody gets the invoices already."""

    def __init__(
        self,
        view: View,
        client_id: str,
        contact: ContactRow | None,
        *,
        then: Then,
        received: bool = True,
    ) -> None:
        title = _("New contact") if contact is None else _("Edit contact")
        super().__init__(title, _("Add contact") if contact is None else _("Save"), view)
        self.setObjectName("contactSheet")
        self.client_id = client_id
        self.contact = contact
        self.then = then
        self.texts = {
            name: TextField(f"contact-{name}", self) for name in ("name", "email", "phone", "role")
        }
        receives = (("", _("No")), ("to", _("Yes")), ("cc", _("A copy")))
        self.receives = Combo("contact-receives", self, choices=receives)
        self.line(
            self.field("name", _("Name"), self.texts["name"]),
            self.field("role", _("Role"), self.texts["role"]),
        )
        self.line(
            self.field("email", _("Email"), self.texts["email"]),
            self.field("phone", _("Phone"), self.texts["phone"]),
        )
        self.line(self.field("receives_invoices", _("Receives invoices"), self.receives))
        if contact is not None:
            values = asdict(contact)
            for name, editor in self.texts.items():
                editor.setText(values[name])
            self.receives.choose(contact.receives_invoices)
        elif not received:
            self.receives.choose("to")
        self.texts["name"].setFocus()

    def submit(self) -> None:
        """Add the contact, or keep what was changed."""
        values = {name: editor.text().strip() for name, editor in self.texts.items()}
        new = NewContact(**values, receives_invoices=self.receives.value())
        if self.contact is None:
            self.perform(clients.add_contact, self.client_id, new, then=self.then)
        else:
            self.perform(clients.edit_contact, self.contact.id, new, then=self.then)
