"""People: names, roles, working time and cost."""

from __future__ import annotations

import pytest

from billops_desktop.errors import InvalidInput, Refused
from billops_desktop.services.directory import people
from billops_desktop.services.workspace import Workspace


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
