"""What time is worth: the rate book as one unit of work sees it, read once for a whole list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from billops_desktop.domain.money import Money
from billops_desktop.domain.rates import (
    DAILY,
    EntryFacts,
    NoRate,
    Rate,
    RateRule,
    RateTie,
    Scope,
    resolve,
)
from billops_desktop.services.books import Unit
from billops_desktop.storage.models import BillingRule, Project, TimeEntry, Workspace

CACHED = "rate_book"
FALLBACK_CURRENCY = "EUR"

# The columns of an entry that decide its price, and those that name it in a list of prices.
PRICED = (
    select(
        TimeEntry.id,
        TimeEntry.person_id,
        Project.client_id,
        TimeEntry.project_id,
        TimeEntry.task_id,
        TimeEntry.local_on,
        TimeEntry.rate,
        Project.currency,
        TimeEntry.seconds,
        TimeEntry.description,
        Project.name.label("project_name"),
    )
    .outerjoin_from(TimeEntry, Project, TimeEntry.project_id == Project.id)
    .where(TimeEntry.deleted_at.is_(None))
)


def facts_of(row: Any) -> EntryFacts:
    """Return what decides the price of a row of PRICED."""
    return EntryFacts(
        person_id=row.person_id,
        client_id=row.client_id,
        project_id=row.project_id,
        task_id=row.task_id,
        local_on=row.local_on,
        own_rate=row.rate,
        own_currency=row.currency,
    )


class RateBook:
    """All rules at once, so that a list of entries is priced without a query per entry."""

    def __init__(self, rules: Iterable[RateRule], base_currency: str) -> None:
        self.base_currency = base_currency
        self.rules = tuple(rules)
        self._by_place: dict[str | None, list[RateRule]] = {}
        for rule in self.rules:
            self._by_place.setdefault(rule.scope_id, []).append(rule)
        self._found: dict[EntryFacts, Rate | None] = {}

    @classmethod
    def of(cls, work: Unit) -> RateBook:
        """Return the rate book as this unit of work sees it, read once."""
        book = work.session.info.get(CACHED)
        if not isinstance(book, RateBook):
            book = cls(
                _load(work),
                work.session.scalar(select(Workspace.base_currency)) or FALLBACK_CURRENCY,
            )
            work.session.info[CACHED] = book
        return book

    def resolve(self, facts: EntryFacts) -> Rate:
        """Return the price that holds and its reason; NoRate or RateTie when none or two do."""
        if facts.own_rate is not None and facts.own_currency is None:
            facts = replace(facts, own_currency=self.base_currency)
        places = dict.fromkeys((None, facts.client_id, facts.project_id, facts.task_id))
        return resolve([rule for place in places for rule in self._by_place.get(place, ())], facts)

    def rate(self, facts: EntryFacts) -> Rate | None:
        """Return the price that holds, None when none does or two tie: a list shows no amount."""
        if facts not in self._found:
            try:
                self._found[facts] = self.resolve(facts)
            except (NoRate, RateTie):
                self._found[facts] = None
        return self._found[facts]

    def value(self, facts: EntryFacts, seconds: int) -> Money | None:
        """Return what exact seconds are worth, rounded once; None when no rate holds."""
        rate = self.rate(facts)
        return None if rate is None else worth(rate, seconds)


def worth(rate: Rate, seconds: int) -> Money:
    """Return the price of exact seconds, a daily one pro rata, rounded once half up.

    >>> worth(Rate(price=Decimal(95), currency="EUR"), 5400)
    Money(minor=14250, currency='EUR')
    """
    unit = rate.day_seconds if rate.kind == DAILY else 3600
    return Money.of(Fraction(rate.price) * seconds / unit, rate.currency)


def forget(work: Unit) -> None:
    """Read the rate book anew at its next use: a rule was changed in this unit."""
    work.session.info.pop(CACHED, None)


def _load(work: Unit) -> list[RateRule]:
    found = work.session.scalars(
        select(BillingRule).where(BillingRule.deleted_at.is_(None), BillingRule.purpose == "bill")
    )
    return [rule_of(row) for row in found]


def rule_of(row: BillingRule) -> RateRule:
    """Return a stored rule as the domain reads it."""
    return RateRule(
        id=row.id,
        scope=Scope(row.scope),
        scope_id=row.client_id or row.project_id or row.task_id,
        person_id=row.person_id,
        kind=row.kind,
        price=row.price,
        currency=row.currency,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        day_seconds=row.day_seconds,
        half_days=row.half_days,
        day_cap_seconds=row.day_cap_seconds,
        pro_rata=row.pro_rata,
    )
