"""clients: list, add, edit, archive and show whom work is done for."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from billops_desktop.cli import asked_records
from billops_desktop.cli.output import Column, Reply, Table, hours, pairs, pick, plain, visible
from billops_desktop.cli.parsing import Parser, whole
from billops_desktop.cli.session import Session
from billops_desktop.cli.wording import amounts_label, short_id
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _, current_language

if TYPE_CHECKING:
    from billops_desktop.services.directory.clients import ClientDetails

LIST_KEYS = (
    "id",
    "name",
    "number",
    "currency",
    "language",
    "city",
    "country",
    "archived",
    "active_projects",
    "unbilled_seconds",
    "unbilled",
    "open",
)
FIELDS = (
    "name",
    "number",
    "street",
    "street_more",
    "post_code",
    "city",
    "region",
    "country",
    "vat_id",
    "tax_number",
    "currency",
    "language",
    "terms_days",
    "buyer_reference",
    "purchase_order",
    "notes",
)
KEYS = ("id", *FIELDS, "archived")
SUM_KEYS = ("unbilled_seconds", "unbilled", "open")
CONTACT_KEYS = ("name", "email", "phone", "role", "receives_invoices")
SHOWN_KEYS = "{" + ", ".join(KEYS) + ", contacts[]}"


def declare(parser: Parser, _name: str) -> None:
    """Add list, add, edit, archive, activate and show."""
    listing = parser.verb("list", list_clients, _("List clients with unbilled time and open money"))
    listing.add_argument("--archived", action="store_true", help=_("The archived ones"))
    listing.add_argument("--text", default="", help=_("Only what contains these words"))
    listing.examples("billops clients list", keys="clients[] {" + ", ".join(LIST_KEYS) + "}")
    adding = parser.verb("add", add, _("Add a client; a name is enough"))
    adding.add_argument("name", help=_("The name as invoices print it"))
    _declare_fields(adding)
    adding.add_argument("--email", default="", help=_("Where its invoices go"))
    adding.add_argument("--contact", default="", help=_("Who gets them"))
    adding.examples(
        "billops clients add 'Acme GmbH' --street 'Hauptstr. 1' --post-code 10115 --city Berlin"
        " --country DE --currency EUR --language de",
        keys=f"client {SHOWN_KEYS}",
    )
    editing = parser.verb("edit", edit, _("Change a client; issued invoices keep what they say"))
    editing.add_argument("client", help=_("Name, number or id"))
    editing.add_argument("--name", help=_("The new name"))
    _declare_fields(editing)
    editing.examples("billops clients edit Acme --terms-days 30", keys=f"client {SHOWN_KEYS}")
    for verb, run, summary in (
        ("archive", archive, _("Take a client out of the lists; all of it stays")),
        ("activate", activate, _("Bring an archived client back")),
        ("show", show, _("Show all that is kept of a client")),
    ):
        one = parser.verb(verb, run, summary)
        one.add_argument("client", help=_("Name, number or id"))
        sums = ", ".join((*SUM_KEYS, "credit[]"))
        shown = SHOWN_KEYS if verb != "show" else f"{SHOWN_KEYS[:-1]}, {sums}}}"
        one.examples(f"billops clients {verb} Acme", keys=f"client {shown}")


def _declare_fields(parser: Parser) -> None:
    for field in FIELDS[1:]:
        option = "--" + field.replace("_", "-")
        if field == "terms_days":
            parser.add_argument(option, type=whole, metavar="DAYS", help=_("Days until due"))
        else:
            parser.add_argument(option, metavar="TEXT", help=_field_label(field))


def _field_label(field: str) -> str:
    return {
        "number": _("Client number, unique"),
        "street": _("Street and house number"),
        "street_more": _("Second line of the address"),
        "post_code": _("Post code"),
        "city": _("City"),
        "region": _("Region or state"),
        "country": _("Country as DE, GB, US"),
        "vat_id": _("VAT ID, checked"),
        "tax_number": _("Tax number"),
        "currency": _("Currency of its invoices: EUR"),
        "language": _("Language of its invoices: de"),
        "terms_days": _("Days until due"),
        "buyer_reference": _("Its reference for you"),
        "purchase_order": _("Its purchase order"),
        "notes": _("Notes for yourself"),
        "name": _("Name"),
    }[field]


def _title(field: str) -> str:
    """Return what a field is called where its value is shown."""
    titles = {
        "number": _("Number"),
        "street": _("Street"),
        "street_more": _("Address line 2"),
        "country": _("Country"),
        "vat_id": _("VAT ID"),
        "currency": _("Currency"),
        "language": _("Language"),
        "buyer_reference": _("Buyer reference"),
        "purchase_order": _("Purchase order"),
        "notes": _("Notes"),
    }
    return titles.get(field) or _field_label(field)


def list_clients(session: Session, asked: Namespace) -> Reply:
    """List the clients."""
    from billops_desktop.services.directory import clients

    rows = session.workspace.read(clients.clients, archived=asked.archived, text=asked.text)
    content = {"clients": [pick(row, LIST_KEYS) for row in rows]}
    if not rows:
        return Reply(content, _("No clients here. billops clients add makes one."))
    table = Table(
        [
            Column(_("Client")),
            Column(_("Number")),
            Column(_("City")),
            Column(_("Projects"), right=True),
            Column(_("Unbilled"), right=True),
            Column(_("Worth"), right=True),
            Column(_("Open"), right=True),
        ]
    )
    names = Counter(row.name.casefold() for row in rows)
    for row in rows:
        doubled = names[row.name.casefold()] > 1
        table.add(
            row.name,
            row.number or (short_id(row.id) if doubled else ""),
            row.city,
            str(row.active_projects),
            hours(row.unbilled_seconds),
            amounts_label(row.unbilled),
            amounts_label(row.open),
        )
    return Reply(content, table.text(session.width()))


def add(session: Session, asked: Namespace) -> Reply:
    """Add a client."""
    from billops_desktop.services.directory import clients

    new = clients.NewClient(
        name=asked.name, email=asked.email, contact=asked.contact, **_typed(asked)
    )
    row = session.workspace.execute(clients.add, new)
    return _answer(row, _("Added {name}.").format(name=visible(row.name)))


def edit(session: Session, asked: Namespace) -> Reply:
    """Change the named fields of a client."""
    from billops_desktop.services.directory import clients

    values = _typed(asked)
    if asked.name is not None:
        values["name"] = asked.name
    if not values:
        raise InvalidInput(
            _("Nothing was changed: no field was named."),
            _("billops clients edit --help lists them."),
        )
    found = asked_records.client_id(session, asked.client)
    row = session.workspace.execute(clients.edit, found, clients.ClientEdit(**values))
    return _answer(row, _("Changed {name}.").format(name=visible(row.name)))


def _typed(asked: Namespace) -> dict[str, Any]:
    """Return the fields that were typed; the name is asked for in its own way."""
    named = ((field, getattr(asked, field)) for field in FIELDS[1:])
    return {field: value for field, value in named if value is not None}


def archive(session: Session, asked: Namespace) -> Reply:
    """Take a client out of the lists."""
    return _set_archived(session, asked, archived=True)


def activate(session: Session, asked: Namespace) -> Reply:
    """Bring a client back into the lists."""
    return _set_archived(session, asked, archived=False)


def _set_archived(session: Session, asked: Namespace, *, archived: bool) -> Reply:
    from billops_desktop.services.directory import clients

    found = asked_records.client_id(session, asked.client)
    session.workspace.execute(clients.archive if archived else clients.activate, found)
    row = session.workspace.read(clients.client, found)
    words = _("Archived {name}.") if archived else _("{name} is back in the lists.")
    return _answer(row, words.format(name=visible(row.name)))


def show(session: Session, asked: Namespace) -> Reply:
    """Show one client."""
    from billops_desktop.services.directory import clients
    from billops_desktop.services.invoices import payments
    from billops_desktop.services.postal import country_name

    row = session.workspace.read(clients.client, asked_records.client_id(session, asked.client))
    written = asdict(row) | {
        "country": row.country and country_name(row.country, current_language())
    }
    values = [(_title(field), written[field]) for field in FIELDS]
    lines = [(label, str(value)) for label, value in values if value not in {None, ""}]
    lines += [
        (_("Contact"), ", ".join(filter(None, (one.name, one.email, one.phone))))
        for one in row.contacts
    ]
    listed = session.workspace.read(clients.clients, archived=row.archived, text=row.name)
    sums = next(one for one in listed if one.id == row.id)
    credit = [
        one.amount for one in session.workspace.read(payments.client_credits, client_id=row.id)
    ]
    if sums.unbilled_seconds:
        worth = f"{hours(sums.unbilled_seconds)} h, {amounts_label(sums.unbilled)}"
        lines.append((_("Unbilled"), worth))
    lines += [
        (label, amounts_label(amounts))
        for label, amounts in ((_("Open"), sums.open), (_("Credit"), credit))
        if amounts
    ]
    return _answer(row, pairs(lines), pick(sums, SUM_KEYS) | {"credit": plain(credit)})


def _answer(row: ClientDetails, text: str, sums: dict[str, Any] | None = None) -> Reply:
    contacts = [pick(contact, CONTACT_KEYS) for contact in row.contacts]
    return Reply({"client": pick(row, KEYS) | {"contacts": contacts} | (sums or {})}, text)
