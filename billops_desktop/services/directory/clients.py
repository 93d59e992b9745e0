"""Clients and their contacts: add, edit, archive, find, and what each still owes or is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from dataclasses import fields as fields_of
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import func, select

from billops_desktop.domain.alphabet import name_order
from billops_desktop.domain.money import Money
from billops_desktop.errors import InvalidInput, NotFound
from billops_desktop.i18n import _, normal_language
from billops_desktop.services import activity, fields, party_fields, records
from billops_desktop.services.balances import credited_per_invoice, open_minor, paid_per_invoice
from billops_desktop.services.books import Unit, company_of
from billops_desktop.services.directory.contacts import (
    ContactRow,
    NewContact,
    add_contact,
    contacts,
    edit_contact,
    remove_contact,
)
from billops_desktop.services.edits import UNCHANGED, Unchanged, changed_fields
from billops_desktop.services.party_fields import PartyEdit, PartyFields
from billops_desktop.services.rates.worked import NOTHING, unbilled_by_client
from billops_desktop.services.searching import matching
from billops_desktop.storage.models import Client, Invoice, Project
from billops_desktop.storage.prepared import Prepared
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass

__all__ = [
    "ClientDetails",
    "ClientEdit",
    "ClientRow",
    "ContactRow",
    "NewClient",
    "NewContact",
    "activate",
    "add",
    "add_contact",
    "archive",
    "client",
    "clients",
    "contacts",
    "edit",
    "edit_contact",
    "find",
    "remove_contact",
]

NAMED_AT_MOST = 5
# So many signs of an id's end tell doubles apart, as lists show them.
SHORTEST_ID = 8


class ClientRow(NamedTuple):
    """One client as the list shows it, with unbilled work and open invoices per currency."""

    id: str
    name: str
    number: str
    currency: str
    language: str
    city: str
    country: str
    colour: str
    archived: bool
    sample: bool
    active_projects: int
    unbilled_seconds: int
    unbilled: tuple[Money, ...]
    open: tuple[Money, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClient(PartyFields):
    """A client to be added: a name is enough, None takes what the company has."""

    name: str
    number: str = ""
    currency: str | None = None
    language: str | None = None
    terms_days: int | None = None
    tax_rate_id: str | None = None
    parent_client_id: str | None = None
    buyer_reference: str = ""
    purchase_order: str = ""
    notes: str = ""
    colour: str | None = None
    email: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientEdit(PartyEdit):
    """What to change of a client; issued invoices keep what they say."""

    name: str | Unchanged = UNCHANGED
    number: str | Unchanged = UNCHANGED
    terms_days: int | Unchanged | None = UNCHANGED
    tax_rate_id: str | Unchanged | None = UNCHANGED
    parent_client_id: str | Unchanged | None = UNCHANGED
    buyer_reference: str | Unchanged = UNCHANGED
    purchase_order: str | Unchanged = UNCHANGED
    rounding_policy_id: str | Unchanged | None = UNCHANGED
    einvoice_format: str | Unchanged = UNCHANGED
    einvoice_endpoint: str | Unchanged = UNCHANGED
    notes: str | Unchanged = UNCHANGED
    colour: str | Unchanged = UNCHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientDetails(PartyFields):
    """All that is kept of one client, with its contacts."""

    id: str
    name: str
    number: str
    currency: str
    language: str
    terms_days: int | None
    tax_rate_id: str | None
    parent_client_id: str | None
    buyer_reference: str
    purchase_order: str
    template: str
    rounding_policy_id: str | None
    einvoice_format: str
    einvoice_endpoint: str
    notes: str
    colour: str
    archived: bool
    sample: bool
    contacts: tuple[ContactRow, ...] = field(default=())


CHECKS: Mapping[str, fields.Check] = {
    **party_fields.CHECKS,
    "name": fields.name,
    "number": fields.short,
    "tax_rate_id": fields.kept,
    "parent_client_id": fields.kept,
    "buyer_reference": fields.line,
    "purchase_order": fields.line,
    "rounding_policy_id": fields.kept,
    "einvoice_format": fields.short,
    "einvoice_endpoint": fields.line,
    "notes": fields.prose,
    "colour": fields.colour,
}


def clients(work: Unit, *, archived: bool = False, text: str = "") -> tuple[ClientRow, ...]:
    """Return the clients by name: the active ones, or the archived ones."""
    unbilled, owed = unbilled_by_client(work), _open(work)
    rows = []
    for id_, *stored, sample, count in _listed(archived=archived, searched=text).rows(work.session):
        worked = unbilled.get(id_, NOTHING)
        sums = (worked.seconds, worked.values, tuple(owed.get(id_, ())))
        rows.append(ClientRow._make((id_, *stored, archived, sample == 1, count, *sums)))
    return tuple(sorted(rows, key=lambda row: name_order(row.name)))


@lru_cache(maxsize=32)
def _listed(*, archived: bool, searched: str) -> Prepared:
    projects = (
        select(Project.client_id, func.count().label("count"))
        .where(Project.deleted_at.is_(None), Project.status == "active")
        .group_by(Project.client_id)
        .subquery()
    )
    chosen = (
        select(
            Client.id,
            Client.name,
            Client.number,
            Client.currency,
            Client.language,
            Client.city,
            Client.country,
            Client.colour,
            Client.sample,
            func.coalesce(projects.c.count, 0),
        )
        .outerjoin(projects, projects.c.client_id == Client.id)
        .where(Client.deleted_at.is_(None), Client.archived.is_(archived))
        .order_by(Client.id)
    )
    matches = matching(searched, (Client.name, Client.number, Client.city))
    return Prepared(chosen if matches is None else chosen.where(matches))


def client(work: Unit, client_id: str) -> ClientDetails:
    """Return all that is kept of one client; NotFound when there is none."""
    found = records.live(work, Client, client_id, _("client"))
    names = [known.name for known in fields_of(ClientDetails) if known.name != "contacts"]
    values = {name: getattr(found, name) for name in names}
    return ClientDetails(**values, contacts=contacts(work, client_id))


def find(work: Unit, name_or_number: str) -> ClientDetails:
    """Return the client with this id, number or name; else the only one whose name contains it."""
    wanted = fields.line(name_or_number, "client")
    listed = work.session.execute(
        select(Client.id, Client.number, Client.name)
        .where(Client.deleted_at.is_(None))
        .order_by(Client.archived, func.lower(Client.name))
    ).all()
    named = _named(listed, wanted) if wanted else []
    folded = wanted.casefold()
    likely = named or [row for row in listed if folded and folded in row.name.casefold()]
    if not likely:
        raise NotFound(
            _("There is no client {name}.").format(name=wanted[:80]),
            _("Nothing was changed. Look in the list of clients, or add it."),
            field="client",
        )
    if len(likely) > 1:
        names = ", ".join(
            f"{row.name} ({row.number or row.id[-SHORTEST_ID:]})" if named else row.name
            for row in likely[:NAMED_AT_MOST]
        )
        raise InvalidInput(
            _("{name} could be more than one client: {names}.").format(
                name=wanted[:80], names=names
            ),
            _("Nothing was changed. Type the whole name, or the client's number."),
            field="client",
        )
    return client(work, likely[0].id)


def _named(listed: Sequence[Any], wanted: str) -> list[Any]:
    """Return the clients that a whole word names: an id, a number, a name, the end of an id."""
    folded = wanted.casefold()
    for same in (
        lambda row: wanted in {row.id, row.number},
        lambda row: row.name.casefold() == folded,
        lambda row: len(folded) >= SHORTEST_ID and row.id.endswith(folded),
    ):
        found = [row for row in listed if same(row)]
        if found:
            return found
    return []


def add(work: UnitOfWork, new: NewClient) -> ClientDetails:
    """Add a client; InvalidInput names the field that does not fit."""
    typed = {
        known.name: getattr(new, known.name)
        for known in fields_of(NewClient)
        if known.name in CHECKS and getattr(new, known.name) is not None
    }
    seller = company_of(work)
    usual = {"currency": seller.currency, "language": normal_language(seller.language)}
    if "colour" not in typed:
        count = work.session.scalar(select(func.count()).select_from(Client)) or 0
        usual["colour"] = fields.COLOURS[count % len(fields.COLOURS)]
    values = fields.checked(CHECKS, {**usual, **typed})
    _check_name(work, values["name"])
    row = records.add(work, Client(**values))
    if new.email or new.contact:
        person = NewContact(name=new.contact or new.name, email=new.email, receives_invoices="to")
        add_contact(work, row.id, person)
    activity.record(work, "client.created", "client", row.id)
    return client(work, row.id)


def edit(work: UnitOfWork, client_id: str, changes: ClientEdit) -> ClientDetails:
    """Change a client; a client cannot be its own parent."""
    row = records.live(work, Client, client_id, _("client"))
    values = fields.checked(CHECKS, changed_fields(changes))
    _check_parent(work, client_id, values.get("parent_client_id"))
    if "name" in values and values["name"].casefold() != row.name.casefold():
        _check_name(work, values["name"])
    if records.change(work, row, values):
        activity.record(work, "client.updated", "client", client_id)
    return client(work, client_id)


def archive(work: UnitOfWork, client_id: str) -> None:
    """Take a client out of the lists; its projects, time and invoices stay."""
    _set_archived(work, client_id, archived=True)


def activate(work: UnitOfWork, client_id: str) -> None:
    """Bring an archived client back into the lists."""
    _set_archived(work, client_id, archived=False)


def _set_archived(work: UnitOfWork, client_id: str, *, archived: bool) -> None:
    row = records.live(work, Client, client_id, _("client"))
    if records.change(work, row, {"archived": archived}):
        happened = "client.archived" if archived else "client.activated"
        activity.record(work, happened, "client", client_id)


def _check_name(work: UnitOfWork, name: str) -> None:
    """Refuse a second client of the same name: nobody could tell which of them is meant."""
    listed = work.session.execute(
        select(Client.name, Client.archived)
        .where(Client.deleted_at.is_(None))
        .order_by(Client.archived)
    )
    for known, archived in listed:
        if known.casefold() != name.casefold():
            continue
        if archived:
            title = _("There is an archived client {name}.")
            hint = _("Nothing was saved. Bring that one back, or choose another name.")
        else:
            title = _("There is a client {name} already.")
            hint = _("Nothing was saved. Use that one, or choose another name.")
        raise InvalidInput(title.format(name=known), hint, field="name")


def _check_parent(work: UnitOfWork, client_id: str, parent_id: str | None) -> None:
    seen = {client_id}
    while parent_id is not None:
        if parent_id in seen:
            raise InvalidInput(
                _("A client cannot belong to itself."),
                _("Nothing was changed. Choose another parent."),
                field="parent_client_id",
            )
        seen.add(parent_id)
        parent_id = records.live(work, Client, parent_id, _("client")).parent_client_id


@cache
def _owed() -> Prepared:
    paid, credited = paid_per_invoice(), credited_per_invoice()
    total = func.sum(open_minor(paid, credited))
    return Prepared(
        select(Invoice.client_id, Invoice.currency, total.label("minor"))
        .outerjoin(paid, paid.c.invoice_id == Invoice.id)
        .outerjoin(credited, credited.c.invoice_id == Invoice.id)
        .where(Invoice.kind == "invoice", Invoice.state == "issued")
        .group_by(Invoice.client_id, Invoice.currency)
        .having(total > 0)
        .order_by(Invoice.currency)
    )


def _open(work: Unit) -> dict[str, list[Money]]:
    owed: dict[str, list[Money]] = {}
    for client_id, currency, minor in _owed().rows(work.session):
        owed.setdefault(client_id, []).append(Money(minor, currency))
    return owed
