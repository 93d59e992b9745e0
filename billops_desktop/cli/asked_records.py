"""Which record the words of a command name: a client, a project, an entry, an invoice."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from billops_desktop.cli import asking
from billops_desktop.cli.parsing import shorten
from billops_desktop.cli.session import Session
from billops_desktop.cli.wording import SHORTEST_ENDING, ending_so
from billops_desktop.errors import InvalidInput, NotFound
from billops_desktop.i18n import _

if TYPE_CHECKING:
    from billops_desktop.services.invoices.invoice_rows import InvoiceRow


def project_id(session: Session, text: str) -> str:
    """Return the id of the project named "Client/Project", "Project" or by its id.

    The part before the slash may be all by which the client is known: Acme for Acme GmbH.
    """
    from billops_desktop.services.directory import projects

    with asking.named("project"):
        try:
            return session.workspace.read(projects.find, text).id
        except NotFound as missing:
            if "/" not in text.strip().strip("/"):
                raise
            owner, name = session.workspace.read(projects.at_client, text)
            rows = [
                row
                for archived in (False, True)
                for row in session.workspace.read(
                    projects.projects, archived=archived, client_id=owner
                )
            ]
            wanted = name.strip().casefold()
            found = [row for row in rows if row.name.casefold() == wanted]
            if len(found) != 1:
                raise missing from None
    return found[0].id


def client_id(session: Session, text: str) -> str:
    """Return the id of the client with this name, number or id."""
    from billops_desktop.services.directory import clients

    with asking.named("client"):
        return session.workspace.read(clients.find, text).id


def chosen_client(session: Session, asked: Namespace) -> str | None:
    """Return the id of the client that --client names, None without one."""
    return None if asked.client is None else client_id(session, asked.client)


def chosen_project(session: Session, asked: Namespace) -> str | None:
    """Return the id of the project that --project names, None without one."""
    return None if asked.project is None else project_id(session, asked.project)


def project_and_task(
    session: Session, asked: Namespace, *, within: str | None = None
) -> tuple[str | None, str | None]:
    """Return the ids of the project and the task that were named, None where none was.

    A task named without a project is looked for ``within`` this one.
    """
    project = chosen_project(session, asked)
    if asked.task is None:
        return project, None
    from billops_desktop.services.directory import projects

    owner = within if asked.project is None else project
    with asking.named("task"):
        return project, session.workspace.read(projects.find_task, asked.task, owner).id


def entry_id(session: Session, text: str) -> str:
    """Return the id of the entry whose id is, or ends with, what was typed."""
    from billops_desktop.services.entries import entry_lookup

    with asking.named("entry"):
        return session.workspace.read(entry_lookup.by_ending, text)


def person_id(session: Session, text: str) -> str:
    """Return the id of the person with this name, e-mail or id."""
    from billops_desktop.services.directory import people

    wanted = text.strip().casefold()
    rows = session.workspace.read(people.people)
    found = [
        row.id for row in rows if wanted in {row.id, row.name.casefold(), row.email.casefold()}
    ]
    if len(found) != 1:
        raise NotFound(
            _("There is no person {name}.").format(name=shorten(text)),
            _("Nothing was changed. They are: {names}.").format(
                names=", ".join(row.name for row in rows[:10])
            ),
            field="person",
        )
    return found[0]


def currency_of(session: Session, client: str | None, project: str | None) -> str:
    """Return the currency in which a client or a project is charged, else the base currency."""
    from billops_desktop.services.directory import clients, projects
    from billops_desktop.services.profile import settings

    if project is not None:
        return session.workspace.read(projects.project, project).currency
    if client is not None:
        return session.workspace.read(clients.client, client).currency
    return session.workspace.read(settings.workspace_row).base_currency


def invoice(session: Session, text: str) -> InvoiceRow:
    """Return the invoice with this number or id, or the draft whose id ends so."""
    from billops_desktop.services.invoices import invoice_rows

    wanted = text.strip()
    with asking.named("invoice"):
        try:
            return session.workspace.read(invoice_rows.by_number, wanted)
        except NotFound:
            found: list[InvoiceRow] = []
        # A draft keeps the end of its id when it is issued; drafts are few, so they come first.
        for tab in ("drafts", "all") if len(wanted) >= SHORTEST_ENDING else ():
            if not found:
                page = session.workspace.read(invoice_rows.invoices, tab=tab, limit=100_000)
                found = ending_so(page.rows, wanted)
        if len(found) != 1:
            raise _no_invoice(wanted, several=bool(found))
    return found[0]


def _no_invoice(text: str, *, several: bool) -> InvalidInput:
    hint = _("billops invoice list shows numbers, and ids of drafts.")
    if several:
        title = _("More than one invoice ends with {text}.").format(text=shorten(text))
        return InvalidInput(title, hint, field="invoice")
    title = _("There is no invoice {text}.").format(text=shorten(text))
    return NotFound(title, hint, field="invoice")
