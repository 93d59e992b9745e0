"""Clients: add, edit, archive, find, and what each is worth or owes."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from billops_desktop.domain.money import Money
from billops_desktop.errors import InvalidInput, NotFound
from billops_desktop.services import records
from billops_desktop.services.directory import clients, projects
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import Client
from billops_desktop.storage.unit_of_work import UnitOfWork
from tests.support.factories import log, make_client, make_project, set_rate


def test_a_name_is_enough_and_the_company_lends_the_rest(workspace: Workspace) -> None:
    added = workspace.execute(clients.add, clients.NewClient(name="  Mu\u0308ller & Söhne "))
    assert (added.name, added.currency, added.language) == ("Müller & Söhne", "EUR", "en")
    other = workspace.execute(clients.add, clients.NewClient(name="Second"))
    assert other.colour != added.colour


def test_the_first_contact_receives_the_invoices(workspace: Workspace) -> None:
    new = clients.NewClient(name="Acme", email="pay@acme.example", contact="Jo")
    [contact] = workspace.execute(clients.add, new).contacts
    assert (contact.name, contact.email, contact.receives_invoices) == (
        "Jo",
        "pay@acme.example",
        "to",
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("name", "a\nb"),
        ("name", "x" * 201),
        ("name", "nul\x00"),
        ("country", "Germany"),
        ("currency", "EURO"),
        ("vat_id", "DE12"),
        ("terms_days", -1),
        ("colour", "mauve"),
        ("email", "nobody"),
    ],
)
def test_each_field_says_what_does_not_fit(workspace: Workspace, field: str, value: object) -> None:
    new = clients.NewClient(**{"name": "Acme", field: value})  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(InvalidInput) as refused:
        workspace.execute(clients.add, new)
    assert refused.value.field == field
    assert workspace.read(clients.clients) == ()


def test_a_number_belongs_to_one_client(workspace: Workspace) -> None:
    make_client(workspace, "A", number="7")
    with pytest.raises(InvalidInput, match="Another client has this number") as refused:
        make_client(workspace, "B", number="7")
    assert refused.value.field == "number"


def test_edit_changes_what_is_named_and_nothing_else(workspace: Workspace) -> None:
    client_id = make_client(workspace, terms_days=30)
    edit = clients.ClientEdit(city="Bonn", terms_days=None)
    edited = workspace.execute(clients.edit, client_id, edit)
    assert (edited.city, edited.terms_days, edited.street) == ("Bonn", None, "Hafenstraße 1")
    assert not workspace.perform(clients.edit, client_id, edit).changes


def test_no_circle_of_parents(workspace: Workspace) -> None:
    top, below = make_client(workspace, "Top"), make_client(workspace, "Below")
    workspace.execute(clients.edit, below, clients.ClientEdit(parent_client_id=top))
    with pytest.raises(InvalidInput, match="belong to itself"):
        workspace.execute(clients.edit, top, clients.ClientEdit(parent_client_id=below))


def test_lists_split_by_archived_and_search_names_numbers_and_cities(workspace: Workspace) -> None:
    kept, gone = make_client(workspace, "Äpfel AG", number="K-1"), make_client(workspace, "gone")
    workspace.execute(clients.archive, gone)
    assert [row.id for row in workspace.read(clients.clients)] == [kept]
    assert [row.id for row in workspace.read(clients.clients, archived=True)] == [gone]
    for typed in ("äpfel", "k-1", "hamburg"):
        assert [row.id for row in workspace.read(clients.clients, text=typed)] == [kept]
    workspace.execute(clients.activate, gone)
    assert [row.name for row in workspace.read(clients.clients)] == ["Äpfel AG", "gone"]


def test_unbilled_work_per_client(workspace: Workspace) -> None:
    set_rate(workspace, "100")
    client_id = make_client(workspace)
    first = make_project(workspace, "First", client_id=client_id)
    second = make_project(workspace, "Second", client_id=client_id)
    log(workspace, hours=1.5, project_id=first)
    log(workspace, hours=0.5, project_id=second)
    workspace.execute(projects.archive, second)
    [row] = workspace.read(clients.clients)
    assert (row.active_projects, row.unbilled_seconds) == (1, 7200)
    assert row.unbilled == (Money(20000, "EUR"),)
    assert row.open == ()


def test_find_by_id_number_name_or_the_only_part_of_one(workspace: Workspace) -> None:
    acme = make_client(workspace, "Acme GmbH", number="10")
    make_client(workspace, "Acme Ltd")
    globex = make_client(workspace, "Globex")
    for typed in (acme, "10", "acme gmbh"):
        assert workspace.read(clients.find, typed).id == acme
    assert workspace.read(clients.find, "glob").id == globex
    with pytest.raises(InvalidInput, match="Acme GmbH, Acme Ltd"):
        workspace.read(clients.find, "acme")
    for typed in ("nobody", "", "%"):
        with pytest.raises(NotFound):
            workspace.read(clients.find, typed)


def test_a_second_client_of_the_same_name_is_refused(workspace: Workspace) -> None:
    first = workspace.execute(clients.add, clients.NewClient(name="Müller GmbH"))
    other = workspace.execute(clients.add, clients.NewClient(name="Other"))
    for same in ("müller gmbh", "Mu\u0308ller GmbH"):
        with pytest.raises(InvalidInput, match="There is a client Müller GmbH already") as caught:
            workspace.execute(clients.add, clients.NewClient(name=same))
        assert caught.value.field == "name"
    with pytest.raises(InvalidInput, match="Müller GmbH already"):
        workspace.execute(clients.edit, other.id, clients.ClientEdit(name="MÜLLER GMBH"))
    workspace.execute(clients.edit, first.id, clients.ClientEdit(name="MÜLLER GmbH"))
    workspace.execute(clients.archive, first.id)
    with pytest.raises(InvalidInput, match="There is an archived client MÜLLER GmbH"):
        workspace.execute(clients.add, clients.NewClient(name="Müller GmbH"))


def test_doubles_that_exist_are_reached_by_the_end_of_their_id(workspace: Workspace) -> None:
    first, second = (
        workspace.execute(clients.add, clients.NewClient(name=name)) for name in ("One", "Two")
    )

    def double(work: UnitOfWork) -> None:
        for row in work.session.scalars(select(Client)):
            records.change(work, row, {"name": "Twin"})

    workspace.execute(double)
    with pytest.raises(InvalidInput, match=first.id[-8:]):
        workspace.read(clients.find, "twin")
    assert workspace.read(clients.find, second.id[-8:]).id == second.id


def test_only_languages_that_documents_are_written_in(workspace: Workspace) -> None:
    with pytest.raises(InvalidInput, match="does not write the language “fr”") as caught:
        workspace.execute(clients.add, clients.NewClient(name="A", language="fr"))
    assert (caught.value.field, "en, de" in caught.value.hint) == ("language", True)
    kept = workspace.execute(clients.add, clients.NewClient(name="A", language="DE"))
    assert kept.language == "de"
