"""The people at a client: who they are, and who receives its invoices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy import func, select

from billops_desktop.i18n import _
from billops_desktop.services import activity, fields, records
from billops_desktop.services.books import Unit
from billops_desktop.storage.models import Client, Contact
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """One contact; ``receives_invoices`` is "to", "cc" or empty."""

    id: str
    name: str
    email: str
    phone: str
    role: str
    receives_invoices: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContact:
    """A contact to be added, or what an existing one becomes."""

    name: str
    email: str = ""
    phone: str = ""
    role: str = ""
    receives_invoices: str = ""


CHECKS: Mapping[str, fields.Check] = {
    "name": fields.name,
    "email": fields.email,
    "phone": fields.short,
    "role": fields.line,
    "receives_invoices": fields.one_of("", "to", "cc"),
}


def contacts(work: Unit, client_id: str) -> tuple[ContactRow, ...]:
    """Return the contacts of a client in their order."""
    found = work.session.execute(
        select(
            Contact.id,
            Contact.name,
            Contact.email,
            Contact.phone,
            Contact.role,
            Contact.receives_invoices,
        )
        .where(Contact.client_id == client_id, Contact.deleted_at.is_(None))
        .order_by(Contact.position, Contact.id)
    )
    return tuple(ContactRow(**row._asdict()) for row in found)


def add_contact(work: UnitOfWork, client_id: str, new: NewContact) -> ContactRow:
    """Add a contact at the end of a client's list."""
    records.live(work, Client, client_id, _("client"))
    values = fields.checked(CHECKS, asdict(new))
    last = work.session.scalar(
        select(func.max(Contact.position)).where(Contact.client_id == client_id)
    )
    row = records.add(work, Contact(client_id=client_id, position=(last or 0) + 1, **values))
    activity.record(work, "client.updated", "client", client_id)
    return ContactRow(id=row.id, **values)


def edit_contact(work: UnitOfWork, contact_id: str, new: NewContact) -> ContactRow:
    """Let a contact become what ``new`` says."""
    row = records.live(work, Contact, contact_id, _("contact"))
    values = fields.checked(CHECKS, asdict(new))
    if records.change(work, row, values):
        activity.record(work, "client.updated", "client", row.client_id)
    return ContactRow(id=row.id, **values)


def remove_contact(work: UnitOfWork, contact_id: str) -> None:
    """Take a contact away."""
    row = records.live(work, Contact, contact_id, _("contact"))
    records.remove(work, row)
    activity.record(work, "client.updated", "client", row.client_id)
