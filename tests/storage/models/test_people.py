"""Tables of people: numbers and addresses are unique where they are given."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError

from billops_desktop.errors import InvalidInput
from billops_desktop.storage.models import Client, Contact, Person, Workspace
from billops_desktop.storage.unit_of_work import UnitOfWork

Unit = Callable[[], UnitOfWork]


def test_a_client_number_is_given_once(unit: Unit) -> None:
    with unit() as work:
        work.session.add_all([Client(name=name, currency="EUR") for name in ("A", "B")])
        first = Client(name="C", currency="EUR", number="7")
        work.session.add(first)
    with pytest.raises(InvalidInput) as taken, unit() as work:
        work.session.add(Client(name="D", currency="EUR", number="7"))
    assert taken.value.field == "number"
    with unit() as work:
        work.session.add(first)
        first.deleted_at = work.now()
        work.session.flush()
        work.session.add(Client(name="D", currency="EUR", number="7"))


def test_an_address_is_one_person_whatever_its_case(unit: Unit) -> None:
    with unit() as work:
        work.session.add_all([Person(), Person(), Person(email="mara@haldane.example")])
    with pytest.raises(InvalidInput) as taken, unit() as work:
        work.session.add(Person(email="MARA@haldane.example"))
    assert taken.value.field == "email"


def test_a_workspace_day_and_week_are_real(unit: Unit) -> None:
    for values in ({"first_weekday": 8}, {"day_start_minutes": 1440}):
        with pytest.raises(IntegrityError), unit() as work:
            work.session.add(Workspace(name="W", base_currency="EUR", zone="UTC", **values))


def test_a_contact_gets_invoices_as_to_or_cc(unit: Unit) -> None:
    with unit() as work:
        client = Client(name="A", currency="EUR")
        work.session.add(client)
    with pytest.raises(IntegrityError, match="receives_invoices"), unit() as work:
        work.session.add(Contact(client_id=client.id, name="K", receives_invoices="bcc"))
