"""Unbilled time of a client, priced, taxed and rounded: what lists and drafts both stand on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Integer, Text, select, text, type_coerce

from billops_desktop.domain.billing.grouping import (
    BillableEntry,
    Grouping,
    GroupingWords,
    LineProposal,
    group,
)
from billops_desktop.domain.money import Money
from billops_desktop.domain.rates import EntryFacts, NoRate, Rate, RateTie
from billops_desktop.domain.rounding import UNROUNDED, RoundingPolicy, TrackedTime, bill
from billops_desktop.domain.tax import TaxGroup
from billops_desktop.errors import Refused
from billops_desktop.i18n import (
    N_,
    _,
    format_date,
    format_period,
    format_span,
    ngettext,
    translator,
)
from billops_desktop.services.books import Unit, book
from billops_desktop.services.drafts.amounts import group_of
from billops_desktop.services.rates.pricing import RateBook, worth
from billops_desktop.storage import models
from billops_desktop.storage.models import (
    Client,
    Company,
    InvoiceLine,
    LineEntry,
    Person,
    Project,
    Task,
    TaxRate,
    TimeEntry,
)
from billops_desktop.storage.record import MICRO
from billops_desktop.values import dataclass

# Word for word the condition of ix_time_entry_unbilled: bound values would pass the index by.
UNBILLED = text(
    "time_entry.billable = 1 AND time_entry.billed_line_id IS NULL"
    " AND time_entry.ended_at IS NOT NULL AND time_entry.deleted_at IS NULL"
)
NO_RATE, RATE_TIE, OTHER_CURRENCY = "no_rate", "rate_tie", "other_currency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which unbilled time: of one client, up to a day, from a day, of some projects or all."""

    client_id: str
    to_on: date
    from_on: date | None = None
    project_ids: tuple[str, ...] = ()
    include_unpriced: bool = False
    not_on_invoice_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Time that cannot be billed as it is, and why: no rate, two rates, another currency."""

    reason: str
    count: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Left:
    """Why an entry has no rate to bill at here; ``rate`` is the one in another currency."""

    reason: str
    rate: Rate | None = None


@dataclass(slots=True)
class Billable:
    """The entries that can be billed, each with its policy, and those that were left out."""

    entries: list[BillableEntry] = field(default_factory=list)
    policies: list[RoundingPolicy] = field(default_factory=list)
    tracked: dict[str, int] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    others: tuple[Money, ...] = ()

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day with an entry."""
        days = [entry.local_on for entry in self.entries]
        return min(days), max(days)


def tax_rate_of(work: Unit, company: Company, client: Client, on: date) -> TaxRate:
    """Return the tax a client's lines bear by default: its own, else the company's of that day."""
    own = client.tax_rate_id and work.session.get(TaxRate, client.tax_rate_id)
    if own and own.deleted_at is None and own.company_id == company.id:
        return own
    rates = work.session.scalars(
        select(TaxRate)
        .where(
            TaxRate.company_id == company.id,
            TaxRate.deleted_at.is_(None),
            TaxRate.archived.is_(False),
        )
        .order_by(TaxRate.is_default.desc(), TaxRate.id)
    ).all()
    valid = [rate for rate in rates if _holds(rate, on)]
    if not valid:
        raise Refused(
            _("There is no tax rate to draft with."),
            _("Add one under Settings, Taxes; it may be 0 %."),
            field="tax_rate_id",
        )
    return valid[0]


def _holds(rate: TaxRate, on: date) -> bool:
    return (rate.valid_from or on) <= on <= (rate.valid_to or on)


def billable(work: Unit, chosen: Selection, *, currency: str, tax: TaxGroup) -> Billable:
    """Return the unbilled entries of a selection, each with its rate; by currency left out."""
    found = _Pricing(work, chosen, currency)
    ready = Billable()
    people = _names(work, Person.id, Person.first_name + " " + Person.last_name)
    projects, tasks = _names(work, Project.id, Project.name), _names(work, Task.id, Task.name)
    for row in _fetched(work, chosen):
        id_, day, seconds, person_id, project_id, task_id, own, currency, words = row
        local_on, rate, policy = found.terms((day, person_id, project_id, task_id, own, currency))
        if not isinstance(rate, Rate):
            found.leave_out(rate, seconds)
            continue
        ready.tracked[id_] = seconds
        ready.policies.append(policy)
        ready.entries.append(
            BillableEntry(
                id=id_,
                local_on=local_on,
                seconds=seconds,
                rate=rate,
                group=tax,
                person_id=person_id,
                person_name=people.get(person_id, ""),
                project_id=project_id,
                project_name=projects.get(project_id, ""),
                task_id=task_id,
                task_name=tasks.get(task_id, ""),
                description=words,
            )
        )
    ready.left_out = found.left_out()
    ready.others = found.others()
    return ready


def proposals(
    ready: Billable, by: Grouping | str, words: GroupingWords
) -> tuple[LineProposal, ...]:
    """Return the lines to be: billed seconds by each entry's policy, grouped as asked."""
    rounding = {
        policy for policy in ready.policies if policy.mode != "none" or policy.minimum_seconds
    }
    if rounding:
        lines = _line_names(ready, by, words, rounding)
        for policy in sorted(rounding, key=lambda one: one.id or ""):
            _round(ready, policy, lines)
    return group(ready.entries, by, words)


def _line_names(
    ready: Billable, by: Grouping | str, words: GroupingWords, rounding: Iterable[RoundingPolicy]
) -> dict[str, str]:
    """Name the line of each entry, when a policy rounds whole lines."""
    if all(policy.applies_to != "line" for policy in rounding):
        return {}
    return {
        entry_id: str(position)
        for position, proposal in enumerate(group(ready.entries, by, words))
        for entry_id in proposal.entry_ids
    }


def _round(ready: Billable, policy: RoundingPolicy, lines: dict[str, str]) -> None:
    places = [place for place, own in enumerate(ready.policies) if own == policy]
    entries = [ready.entries[place] for place in places]
    tracked = [
        TrackedTime(
            seconds=ready.tracked[entry.id],
            local_on=entry.local_on,
            person_id=entry.person_id,
            project_id=entry.project_id,
            task_id=entry.task_id,
            line=lines.get(entry.id, ""),
        )
        for entry in entries
    ]
    for place, entry, seconds in zip(places, entries, bill(tracked, policy), strict=True):
        if entry.seconds != seconds:
            ready.entries[place] = replace(entry, seconds=seconds)


def words_in(work: Unit, language: str) -> GroupingWords:
    """Return how lines are worded in the language of the invoice."""
    return GroupingWords(
        day=lambda day: format_date(day, language),
        week=cache(lambda first, last: format_period(first, last, language, "medium")),
        month=cache(lambda first: _month(first, language)),
        everything=translator(language).text(N_("Services")),
        first_weekday=book(work).first_weekday,
    )


def _month(first: date, language: str) -> str:
    from babel.dates import format_skeleton

    return str(format_skeleton("yMMMM", first, locale=language.replace("-", "_")))


def _fetched(work: Unit, chosen: Selection) -> Iterator[tuple[Any, ...]]:
    query = (
        select(
            TimeEntry.id,
            type_coerce(TimeEntry.local_on, Text()),
            TimeEntry.seconds,
            TimeEntry.person_id,
            TimeEntry.project_id,
            TimeEntry.task_id,
            type_coerce(TimeEntry.rate, Integer()),
            Project.currency,
            TimeEntry.description,
        )
        .join(Project, Project.id == TimeEntry.project_id)
        .where(
            Project.client_id == chosen.client_id,
            TimeEntry.local_on <= chosen.to_on,
            TimeEntry.seconds > 0,
            UNBILLED,
        )
        .order_by(TimeEntry.local_on, TimeEntry.started_at, TimeEntry.id)
    )
    if chosen.from_on is not None:
        query = query.where(TimeEntry.local_on >= chosen.from_on)
    if chosen.project_ids:
        query = query.where(TimeEntry.project_id.in_(chosen.project_ids))
    if chosen.not_on_invoice_id is not None:
        on_it = (
            select(LineEntry.entry_id)
            .join(InvoiceLine, InvoiceLine.id == LineEntry.line_id)
            .where(InvoiceLine.invoice_id == chosen.not_on_invoice_id)
        )
        query = query.where(TimeEntry.id.not_in(on_it))
    return iter(work.session.execute(query))


def _names(work: Unit, key: Any, name: Any) -> dict[str | None, str]:
    return {id_: label.strip() for id_, label in work.session.execute(select(key, name))}


class _Pricing:
    """Prices entry by entry, remembers what it saw, and counts what it had to leave out."""

    def __init__(self, work: Unit, chosen: Selection, currency: str) -> None:
        self.rates = RateBook.of(work)
        self.client_id, self.currency = chosen.client_id, currency
        self.include_unpriced = chosen.include_unpriced
        self._seen: dict[tuple[Any, ...], tuple[date, Rate | Left, RoundingPolicy]] = {}
        self._left: dict[str, list[int]] = {}
        self._others: dict[str, Money] = {}
        self._policies = _policies(work, chosen.client_id)

    def terms(self, about: tuple[Any, ...]) -> tuple[date, Rate | Left, RoundingPolicy]:
        """Return date, rate and policy for day, person, project, task, typed rate and currency.

        Day and rate come as stored, since many entries share them. Instead of a rate comes the
        reason why there is none that can be billed here.
        """
        found = self._seen.get(about)
        if found is None:
            day, _person, project_id, task_id, _own, _currency = about
            local_on = date.fromisoformat(day)
            rate = self._resolve(local_on, about)
            found = self._seen[about] = local_on, rate, self._policy(task_id, project_id)
        return found

    def _policy(self, task_id: str | None, project_id: str | None) -> RoundingPolicy:
        """Return the nearest policy: of the task, the project, the client, the workspace."""
        for place in (task_id, project_id, self.client_id):
            found = self._policies.get(place) if place is not None else None
            if found is not None:
                return found
        return self._policies[None]

    def leave_out(self, left: Left, seconds: int) -> None:
        """Count time that cannot be billed, by reason, and what it is worth elsewhere."""
        counted = self._left.setdefault(left.reason, [0, 0])
        counted[0] += 1
        counted[1] += seconds
        if left.rate is not None:
            value = worth(left.rate, seconds)
            other = self._others.get(value.currency, Money.zero(value.currency))
            self._others[value.currency] = other + value

    def left_out(self) -> tuple[LeftOut, ...]:
        """Return what was left out, by reason."""
        return tuple(
            LeftOut(reason=reason, count=count, seconds=seconds)
            for reason, (count, seconds) in sorted(self._left.items())
        )

    def others(self) -> tuple[Money, ...]:
        """Return what the time priced in other currencies is worth, one amount for each."""
        return tuple(self._others[currency] for currency in sorted(self._others))

    def _resolve(self, local_on: date, about: tuple[Any, ...]) -> Rate | Left:
        _day, person_id, project_id, task_id, own, currency = about
        facts = EntryFacts(
            person_id=person_id,
            client_id=self.client_id,
            project_id=project_id,
            task_id=task_id,
            local_on=local_on,
            own_rate=None if own is None else Decimal(own) / MICRO,
            own_currency=currency,
        )
        try:
            found = self.rates.resolve(facts)
        except NoRate:
            if self.include_unpriced:
                return Rate(price=Decimal(0), currency=self.currency, reason=_("no rate"))
            return Left(NO_RATE)
        except RateTie:
            return Left(RATE_TIE)
        return found if found.currency == self.currency else Left(OTHER_CURRENCY, found)


def _policies(work: Unit, client_id: str) -> dict[str | None, RoundingPolicy]:
    """Return the policy of each task, project and of the client that has one; None: workspace."""
    stored = {
        row.id: RoundingPolicy(
            step_seconds=row.step_seconds,
            mode=row.mode,
            applies_to=row.applies_to,
            minimum_seconds=row.minimum_seconds,
            id=row.id,
            version=row.version,
        )
        for row in work.session.scalars(
            select(models.RoundingPolicy).where(models.RoundingPolicy.deleted_at.is_(None))
        )
    }
    named: dict[str | None, RoundingPolicy] = {
        None: stored.get(book(work).rounding_policy_id or "", UNROUNDED)
    }
    for model in (Task, Project, Client):
        pairs = work.session.execute(
            select(model.id, model.rounding_policy_id).where(model.rounding_policy_id.is_not(None))
        )
        named |= {id_: stored[policy_id] for id_, policy_id in pairs if policy_id in stored}
    return named


def left_out_words(left: LeftOut) -> str:
    """Say what was left out and why: "1:30 h in 2 entries has no rate."."""
    template = {
        NO_RATE: ngettext(
            "{time} in {count} entry has no rate.",
            "{time} in {count} entries has no rate.",
            left.count,
        ),
        RATE_TIE: ngettext(
            "{time} in {count} entry has two rates that tie.",
            "{time} in {count} entries has two rates that tie.",
            left.count,
        ),
        OTHER_CURRENCY: ngettext(
            "{time} in {count} entry is priced in another currency.",
            "{time} in {count} entries is priced in another currency.",
            left.count,
        ),
    }[left.reason]
    return template.format(time=format_span(left.seconds), count=left.count)


def tax_group_of(rate: TaxRate) -> TaxGroup:
    """Return the tax group of a stored rate."""
    return group_of(rate.category, rate.percent)
