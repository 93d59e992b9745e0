"""The people who track time and issue invoices here: names, roles, who left."""

from __future__ import annotations

from sqlalchemy import select

from billops_desktop.errors import Refused
from billops_desktop.i18n import _
from billops_desktop.services import activity, fields, records
from billops_desktop.services.books import Unit
from billops_desktop.services.edits import UNCHANGED, Unchanged, changed_fields
from billops_desktop.storage.models import Person
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass

ROLES = ("owner", "admin", "member", "viewer")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person as lists and choosers show them."""

    id: str
    name: str
    first_name: str
    last_name: str
    email: str
    role: str
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """A person to be added."""

    first_name: str = ""
    last_name: str = ""
    email: str = ""
    role: str = "member"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEdit:
    """What to change of a person."""

    first_name: str | Unchanged = UNCHANGED
    last_name: str | Unchanged = UNCHANGED
    email: str | Unchanged = UNCHANGED
    role: str | Unchanged = UNCHANGED
    active: bool | Unchanged = UNCHANGED


CHECKS = {
    "first_name": fields.line,
    "last_name": fields.line,
    "email": fields.email,
    "role": fields.one_of(*ROLES),
    "active": fields.kept,
}


def people(work: Unit, *, active: bool = True) -> tuple[PersonRow, ...]:
    """Return the people by name; ``active`` False adds those who left."""
    chosen = select(Person).where(Person.deleted_at.is_(None))
    if active:
        chosen = chosen.where(Person.active.is_(True))
    order = (Person.last_name, Person.first_name, Person.id)
    return tuple(_row(found) for found in work.session.scalars(chosen.order_by(*order)))


def person(work: Unit, person_id: str) -> PersonRow:
    """Return one person; NotFound when there is none."""
    return _row(records.live(work, Person, person_id, _("person")))


def add(work: UnitOfWork, new: NewPerson) -> PersonRow:
    """Add a person."""
    typed = {
        "first_name": new.first_name,
        "last_name": new.last_name,
        "email": new.email,
        "role": new.role,
    }
    row = records.add(work, Person(**fields.checked(CHECKS, typed)))
    activity.record(work, "person.registered", "person", row.id)
    return _row(row)


def edit(work: UnitOfWork, person_id: str, changes: PersonEdit) -> PersonRow:
    """Change a person; the last active owner stays one."""
    row = records.live(work, Person, person_id, _("person"))
    values = fields.checked(CHECKS, changed_fields(changes))
    if row.role == "owner" and (
        values.get("role", "owner") != "owner" or values.get("active") is False
    ):
        _keep_an_owner(work, person_id)
    old_role = row.role
    if records.change(work, row, values):
        happened = "person.updated" if row.role == old_role else "person.role_changed"
        activity.record(work, happened, "person", row.id)
    return _row(row)


def _keep_an_owner(work: UnitOfWork, person_id: str) -> None:
    another = select(Person.id).where(
        Person.role == "owner",
        Person.active.is_(True),
        Person.deleted_at.is_(None),
        Person.id != person_id,
    )
    if work.session.scalar(another.limit(1)) is None:
        raise Refused(
            _("The last owner was not changed."),
            _("Make another person an owner first."),
            field="role",
        )


def _row(found: Person) -> PersonRow:
    return PersonRow(
        id=found.id,
        name=f"{found.first_name} {found.last_name}".strip(),
        first_name=found.first_name,
        last_name=found.last_name,
        email=found.email,
        role=found.role,
        active=found.active,
    )
