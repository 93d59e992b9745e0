"""Contacts of a client keep their order and their part in invoices."""

from __future__ import annotations

import pytest

from billops_desktop.errors import InvalidInput
from billops_desktop.services.directory import contacts
from billops_desktop.services.workspace import Workspace
from tests.support.factories import make_client


def test_add_edit_and_remove(workspace: Workspace) -> None:
    client_id = make_client(workspace)
    first = workspace.execute(contacts.add_contact, client_id, contacts.NewContact(name="Jo"))
    second = workspace.execute(
        contacts.add_contact, client_id, contacts.NewContact(name="Al", receives_invoices="cc")
    )
    assert workspace.read(contacts.contacts, client_id) == (first, second)
    edited = workspace.execute(
        contacts.edit_contact, first.id, contacts.NewContact(name="Jo", email="jo@acme.example")
    )
    assert workspace.read(contacts.contacts, client_id) == (edited, second)
    workspace.execute(contacts.remove_contact, first.id)
    assert workspace.read(contacts.contacts, client_id) == (second,)


def test_what_does_not_fit(workspace: Workspace) -> None:
    client_id = make_client(workspace)
    for new in (
        contacts.NewContact(name=""),
        contacts.NewContact(name="Jo", email="jo"),
        contacts.NewContact(name="Jo", receives_invoices="bcc"),
    ):
        with pytest.raises(InvalidInput):
            workspace.execute(contacts.add_contact, client_id, new)
    assert workspace.read(contacts.contacts, client_id) == ()
