"""The rate book: dated prices of time, what each entry is worth, and what a new rate changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from billops_desktop.domain.money import Money, decimals_of
from billops_desktop.domain.rates import DAILY, EntryFacts, RateRule, Scope
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _
from billops_desktop.services import activity, fields, records
from billops_desktop.services.books import Unit
from billops_desktop.services.rates.pricing import PRICED, RateBook, facts_of, forget, rule_of
from billops_desktop.storage.models import (
    BillingRule,
    Client,
    Person,
    Project,
    Task,
    TimeEntry,
)
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass

A_DAY = timedelta(days=1)
MOST_PRICE = Decimal(100_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """One rule of the rate book with the names of what it is for."""

    id: str
    scope: Scope
    scope_name: str
    person_id: str | None
    person_name: str = ""
    kind: str
    price: Decimal
    currency: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRule:
    """A price of time for one task, project or client, or without one for all.

    ``price`` is per hour for "hourly", per day of ``day_seconds`` for "daily"; both validity ends
    are inclusive, None is open.
    """

    price: Decimal
    currency: str
    client_id: str | None = None
    project_id: str | None = None
    task_id: str | None = None
    person_id: str | None = None
    kind: str = "hourly"
    valid_from: date | None = None
    valid_to: date | None = None
    day_seconds: int = 28_800
    half_days: bool = False
    day_cap_seconds: int | None = None
    pro_rata: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Displaced:
    """A rule that a new one takes time from, and the spans that are left of it; none: it goes."""

    rule: RuleRow
    left: tuple[tuple[date | None, date | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RateChange:
    """An unbilled entry whose worth a new rate changes; None where no rate holds."""

    entry_id: str
    local_on: date
    description: str
    project_name: str | None
    seconds: int
    old: Money | None
    new: Money | None


def rules(
    work: Unit,
    *,
    client_id: str | None = None,
    project_id: str | None = None,
    task_id: str | None = None,
) -> tuple[RuleRow, ...]:
    """Return the rules of one client, project or task, or all: by scope, newest validity first."""
    chosen = (
        select(
            BillingRule,
            func.coalesce(Client.name, Project.name, Task.name, ""),
            Person.first_name,
            Person.last_name,
        )
        .outerjoin(Person, BillingRule.person_id == Person.id)
        .outerjoin(Client, BillingRule.client_id == Client.id)
        .outerjoin(Project, BillingRule.project_id == Project.id)
        .outerjoin(Task, BillingRule.task_id == Task.id)
        .where(BillingRule.deleted_at.is_(None), BillingRule.purpose == "bill")
        .order_by(BillingRule.scope, BillingRule.valid_from.desc(), BillingRule.id)
    )
    for column, value in (
        (BillingRule.client_id, client_id),
        (BillingRule.project_id, project_id),
        (BillingRule.task_id, task_id),
    ):
        if value is not None:
            chosen = chosen.where(column == value)
    return tuple(
        RuleRow(
            id=rule.id,
            scope=Scope(rule.scope),
            scope_name=place,
            person_id=rule.person_id,
            person_name=" ".join(filter(None, (first, last))),
            kind=rule.kind,
            price=rule.price,
            currency=rule.currency,
            valid_from=rule.valid_from,
            valid_to=rule.valid_to,
        )
        for rule, place, first, last in work.session.execute(chosen)
    )


def set_rate(work: UnitOfWork, new: NewRule) -> RuleRow:
    """Let a price hold for its validity; what held before at the same place makes room for it.

    Nothing that is on an invoice changes: lines keep the price they were billed at.
    """
    wanted = _checked(work, new)
    for old in _at_same_place(work, wanted):
        _make_room(work, old, wanted)
    rule = records.add(work, _row(wanted))
    activity.record(work, "rule.created", "billing_rule", rule.id)
    forget(work)
    return next(row for row in rules(work) if row.id == rule.id)


def remove(work: UnitOfWork, rule_id: str) -> None:
    """Take a rule out of the book; what is billed keeps its price."""
    records.remove(work, records.live(work, BillingRule, rule_id, _("rate")))
    activity.record(work, "rule.updated", "billing_rule", rule_id)
    forget(work)


def preview(work: Unit, new: NewRule) -> tuple[RateChange, ...]:
    """Return the unbilled entries that ``new`` would change, with their worth before and after."""
    wanted = _checked(work, new)
    before = RateBook.of(work)
    others = [rule for rule in before.rules if not _same_place(rule, wanted)]
    here = [
        part for rule in before.rules if _same_place(rule, wanted) for part in _left(rule, wanted)
    ]
    after = RateBook([*others, *here, wanted], before.base_currency)
    changes = []
    for facts, found in _unbilled(work, wanted):
        old, changed = before.value(facts, found.seconds), after.value(facts, found.seconds)
        if old != changed:
            changes.append(
                RateChange(
                    entry_id=found.id,
                    local_on=found.local_on,
                    description=found.description,
                    project_name=found.project_name,
                    seconds=found.seconds,
                    old=old,
                    new=changed,
                )
            )
    return tuple(changes)


def displaced(work: Unit, new: NewRule) -> tuple[Displaced, ...]:
    """Return the rules at the same place that ``new`` would shorten, divide or replace."""
    wanted = _checked(work, new)
    listed = {row.id: row for row in rules(work)}
    found = []
    for rule in map(rule_of, _at_same_place(work, wanted)):
        left = _left(rule, wanted)
        if left != [rule]:
            spans = tuple((part.valid_from, part.valid_to) for part in left)
            found.append(Displaced(rule=listed[rule.id], left=spans))
    return tuple(found)


def _unbilled(work: Unit, wanted: RateRule) -> Iterable[tuple[EntryFacts, Any]]:
    """Return the entries that ``wanted`` may price and that no issued invoice has."""
    chosen = PRICED.where(
        TimeEntry.billable.is_(True),
        TimeEntry.billed_line_id.is_(None),
        TimeEntry.ended_at.is_not(None),
    )
    if wanted.valid_from is not None:
        chosen = chosen.where(TimeEntry.local_on >= wanted.valid_from)
    if wanted.valid_to is not None:
        chosen = chosen.where(TimeEntry.local_on <= wanted.valid_to)
    place = {
        Scope.CLIENT: Project.client_id,
        Scope.PROJECT: TimeEntry.project_id,
        Scope.TASK: TimeEntry.task_id,
    }.get(wanted.scope)
    if place is not None:
        chosen = chosen.where(place == wanted.scope_id)
    for row in work.session.execute(chosen.order_by(TimeEntry.local_on, TimeEntry.started_at)):
        yield facts_of(row), row


def _row(rule: RateRule) -> BillingRule:
    place = {f"{rule.scope.value}_id": rule.scope_id} if rule.scope_id is not None else {}
    return BillingRule(
        scope=rule.scope.value,
        person_id=rule.person_id,
        kind=rule.kind,
        price=rule.price,
        currency=rule.currency,
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        day_seconds=rule.day_seconds,
        half_days=rule.half_days,
        day_cap_seconds=rule.day_cap_seconds,
        pro_rata=rule.pro_rata,
        **place,
    )


def _checked(work: Unit, new: NewRule) -> RateRule:
    """Return the rule that ``new`` asks for; InvalidInput names the field that cannot be."""
    decimals_of(new.currency)
    if not (new.price.is_finite() and 0 <= new.price < MOST_PRICE):
        raise _unfit(_("{price} is not a rate.").format(price=str(new.price)[:40]), "price")
    fields.exact(new.price, "price")
    if new.kind not in {"hourly", DAILY}:
        raise _unfit(_("A rate is hourly or daily."), "kind")
    if new.valid_from and new.valid_to and new.valid_to < new.valid_from:
        raise _unfit(_("The rate would end before it starts."), "valid_to")
    if new.day_seconds <= 0:
        raise _unfit(_("A day has at least one second."), "day_seconds")
    scope, place = _place(work, new)
    if new.person_id is not None:
        records.live(work, Person, new.person_id, _("person"))
    return RateRule(
        id="",
        scope=scope,
        scope_id=place,
        person_id=new.person_id,
        kind=new.kind,
        price=new.price,
        currency=new.currency,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        day_seconds=new.day_seconds,
        half_days=new.half_days,
        day_cap_seconds=new.day_cap_seconds,
        pro_rata=new.pro_rata,
    )


def _place(work: Unit, new: NewRule) -> tuple[Scope, str | None]:
    """Return the one scope that ``new`` names; the record it names must exist."""
    named: list[tuple[Scope, str | None]] = []
    if new.client_id is not None:
        records.live(work, Client, new.client_id, _("client"))
        named.append((Scope.CLIENT, new.client_id))
    if new.project_id is not None:
        records.live(work, Project, new.project_id, _("project"))
        named.append((Scope.PROJECT, new.project_id))
    if new.task_id is not None:
        records.live(work, Task, new.task_id, _("task"))
        named.append((Scope.TASK, new.task_id))
    if len(named) > 1:
        raise _unfit(_("A rate is for one client, one project or one task."), "scope")
    return named[0] if named else (Scope.WORKSPACE, None)


def _same_place(old: RateRule, new: RateRule) -> bool:
    return (old.scope, old.scope_id, old.person_id) == (new.scope, new.scope_id, new.person_id)


def _at_same_place(work: Unit, wanted: RateRule) -> list[BillingRule]:
    found = work.session.scalars(
        select(BillingRule).where(BillingRule.deleted_at.is_(None), BillingRule.purpose == "bill")
    )
    return [row for row in found if _same_place(rule_of(row), wanted)]


def _left(old: RateRule, new: RateRule) -> list[RateRule]:
    """Return the parts of ``old`` that ``new`` leaves standing: before it, after it, or both."""
    start, end = new.valid_from or date.min, new.valid_to or date.max
    old_start, old_end = old.valid_from or date.min, old.valid_to or date.max
    if old_end < start or end < old_start:
        return [old]
    parts = []
    if old_start < start:
        parts.append(replace(old, valid_to=start - A_DAY))
    if end < old_end:
        parts.append(replace(old, valid_from=end + A_DAY))
    return parts


def _make_room(work: UnitOfWork, row: BillingRule, wanted: RateRule) -> None:
    parts = _left(rule_of(row), wanted)
    if not parts:
        records.remove(work, row)
        return
    first, *rest = parts
    if records.change(work, row, {"valid_from": first.valid_from, "valid_to": first.valid_to}):
        activity.record(work, "rule.updated", "billing_rule", row.id)
    for part in rest:
        records.add(work, _row(part))


def _unfit(title: str, field: str) -> InvalidInput:
    return InvalidInput(title, _("Nothing was changed."), field=field)
