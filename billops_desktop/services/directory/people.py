"""The people who track time and issue invoices here: names, roles, working time, cost."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from billops_desktop.errors import Refused
from billops_desktop.i18n import _
from billops_desktop.services import activity, fields, records
from billops_desktop.services.books import Unit, book
from billops_desktop.services.edits import UNCHANGED, Unchanged, changed_fields
from billops_desktop.storage.models import BillingRule, Person, WorkingTime
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass

ROLES = ("owner", "admin", "member", "viewer")
WEEK_SECONDS = 7 * 86_400


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


def set_working_time(
    work: UnitOfWork, person_id: str, *, seconds_per_week: int, valid_from: date
) -> None:
    """Let a person work so many seconds a week from a day on; what held before ends there."""
    records.live(work, Person, person_id, _("person"))
    if not 0 <= seconds_per_week <= WEEK_SECONDS:
        raise Refused(
            _("A week has 0 to 168 hours."), _("Nothing was changed."), field="seconds_per_week"
        )
    for row in _working_times(work, person_id):
        if row.valid_from >= valid_from:
            records.remove(work, row)
        elif row.valid_to is None or row.valid_to >= valid_from:
            records.change(work, row, {"valid_to": valid_from - timedelta(days=1)})
    records.add(
        work,
        WorkingTime(person_id=person_id, seconds_per_week=seconds_per_week, valid_from=valid_from),
    )


def working_time(work: Unit, person_id: str, on: date) -> int | None:
    """Return the seconds a week that a person works on a day, None when nobody said."""
    for row in _working_times(work, person_id):
        if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to):
            return row.seconds_per_week
    return None


def set_cost(
    work: UnitOfWork, person_id: str, *, per_hour: Decimal, valid_from: date | None = None
) -> None:
    """Note what an hour of a person costs us, in the base currency; never printed."""
    records.live(work, Person, person_id, _("person"))
    if not (per_hour.is_finite() and per_hour >= 0):
        raise Refused(_("A cost is 0 or more."), _("Nothing was changed."), field="per_hour")
    mine = select(BillingRule).where(
        BillingRule.person_id == person_id,
        BillingRule.purpose == "cost",
        BillingRule.deleted_at.is_(None),
    )
    for row in work.session.scalars(mine).all():
        if valid_from is None or (row.valid_from is not None and row.valid_from >= valid_from):
            records.remove(work, row)
        elif row.valid_to is None or row.valid_to >= valid_from:
            records.change(work, row, {"valid_to": valid_from - timedelta(days=1)})
    records.add(
        work,
        BillingRule(
            scope="workspace",
            person_id=person_id,
            purpose="cost",
            currency=book(work).base_currency,
            price=per_hour,
            valid_from=valid_from,
        ),
    )


def _working_times(work: Unit, person_id: str) -> list[WorkingTime]:
    mine = (WorkingTime.person_id == person_id, WorkingTime.deleted_at.is_(None))
    return list(
        work.session.scalars(select(WorkingTime).where(*mine).order_by(WorkingTime.valid_from))
    )


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
