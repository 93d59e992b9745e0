"""Tests of billops_desktop.cli.asked_records: which record the words of a command name."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest

from billops_desktop.cli import asked_records
from billops_desktop.cli.session import Session
from billops_desktop.errors import InvalidInput, NotFound
from billops_desktop.services.directory import clients, people, projects
from tests.support.clock import MovableClock


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = Session(tmp_path / "profile", clock=MovableClock())
    yield made
    made.close()


def test_a_client_and_its_project_by_their_names(session: Session) -> None:
    acme = session.workspace.execute(clients.add, clients.NewClient(name="Acme GmbH"))
    site = session.workspace.execute(
        projects.add, projects.NewProject(name="Website", client_id=acme.id)
    )
    asked = Namespace(client="acme gmbh", project="Acme/Website", task=None)
    assert asked_records.chosen_client(session, asked) == acme.id
    assert asked_records.chosen_project(session, asked) == site.id
    assert asked_records.project_and_task(session, asked) == (site.id, None)
    nothing = Namespace(client=None, project=None, task=None)
    assert asked_records.chosen_client(session, nothing) is None
    assert asked_records.project_and_task(session, nothing) == (None, None)


def test_a_fault_names_the_option_it_was_typed_in(session: Session) -> None:
    with pytest.raises(NotFound) as caught:
        asked_records.chosen_client(session, Namespace(client="Nobody"))
    assert caught.value.field == "client"


def test_a_person_by_name(session: Session) -> None:
    (me,) = session.workspace.read(people.people)
    assert asked_records.person_id(session, me.name.upper()) == me.id
    with pytest.raises(NotFound, match="no person Nobody"):
        asked_records.person_id(session, "Nobody")


def test_an_invoice_that_is_not_there(session: Session) -> None:
    with pytest.raises(NotFound) as caught:
        asked_records.invoice(session, "2026-0001")
    assert caught.value.field == "invoice"
    with pytest.raises(InvalidInput):
        asked_records.invoice(session, "")
