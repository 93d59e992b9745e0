"""People: names, roles, working time and cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from billops_desktop.errors import InvalidInput, Refused
from billops_desktop.services.directory import people
from billops_desktop.services.rates import rate_book
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import BillingRule


def test_add_edit_and_list(workspace: Workspace) -> None:
    added = workspace.execute(people.add, people.NewPerson(first_name="Jo", last_name="Abel"))
    assert [row.name for row in workspace.read(people.people)] == ["Jo Abel", "Mara Haldane"]
    workspace.execute(people.edit, added.id, people.PersonEdit(active=False, email="jo@x.example"))
    assert [row.name for row in workspace.read(people.people)] == ["Mara Haldane"]
    assert len(workspace.read(people.people, active=False)) == 2
    assert workspace.read(people.person, added.id).email == "jo@x.example"


def test_an_address_belongs_to_one_person(workspace: Workspace) -> None:
    workspace.execute(people.add, people.NewPerson(email="jo@x.example"))
    with pytest.raises(InvalidInput) as refused:
        workspace.execute(people.add, people.NewPerson(email="JO@x.example"))
    assert refused.value.field == "email"


def test_the_last_owner_stays(workspace: Workspace) -> None:
    for edit in (people.PersonEdit(role="member"), people.PersonEdit(active=False)):
        with pytest.raises(Refused, match="last owner"):
            workspace.execute(people.edit, workspace.person_id, edit)
    workspace.execute(people.add, people.NewPerson(role="owner"))
    edit = people.PersonEdit(role="member")
    assert workspace.execute(people.edit, workspace.person_id, edit).role == "member"


def test_working_time_is_dated(workspace: Workspace) -> None:
    me = workspace.person_id
    for seconds, start in ((144_000, date(2026, 1, 1)), (72_000, date(2026, 7, 1))):
        workspace.execute(people.set_working_time, me, seconds_per_week=seconds, valid_from=start)
    found = [
        workspace.read(people.working_time, me, on)
        for on in (date(2025, 12, 31), date(2026, 6, 30), date(2026, 7, 1))
    ]
    assert found == [None, 144_000, 72_000]
    with pytest.raises(Refused):
        workspace.execute(
            people.set_working_time, me, seconds_per_week=700_000, valid_from=date(2026, 1, 1)
        )


def test_a_cost_is_no_price(workspace: Workspace) -> None:
    me = workspace.person_id
    workspace.execute(people.set_cost, me, per_hour=Decimal(40))
    workspace.execute(people.set_cost, me, per_hour=Decimal(45), valid_from=date(2026, 7, 1))
    query = (
        select(BillingRule.price, BillingRule.valid_to)
        .where(BillingRule.deleted_at.is_(None))
        .order_by(BillingRule.price)
    )
    found = workspace.read(lambda work: [tuple(row) for row in work.session.execute(query)])
    assert found == [(Decimal(40), date(2026, 6, 30)), (Decimal(45), None)]
    assert workspace.read(rate_book.rules) == ()
