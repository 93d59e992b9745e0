"""What time is worth: the rate book as one unit of work sees it, read once for a whole list."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, case, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from billops_desktop.domain.money import Money, decimals_of
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
from billops_desktop.storage.record import IsoDate

CACHED = "rate_book"
A_DAY = timedelta(days=1)
OPEN_ENDS = (None, date.max)
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
        edges = {rule.valid_from for rule in self.rules}
        edges |= {rule.valid_to + A_DAY for rule in self.rules if rule.valid_to not in OPEN_ENDS}
        self._turns = sorted(edge for edge in edges if edge is not None)
        self._found: dict[tuple[Any, ...], Rate | None] = {}

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
        place = (facts.person_id, facts.client_id, facts.project_id, facts.task_id)
        return self._known(
            (*place, self.period(facts.local_on), facts.own_rate, facts.own_currency)
        )

    def rate_of(self, row: Any) -> Rate | None:
        """Return ``rate`` for a row with the columns of PRICED, without a value in between."""
        place = (row.person_id, row.client_id, row.project_id, row.task_id)
        return self._known((*place, self.period(row.local_on), row.rate, row.currency))

    def period(self, on: date) -> date:
        """Return the first day of the stretch around ``on`` in which no rule begins or ends."""
        place = bisect_right(self._turns, on)
        return self._turns[place - 1] if place else date.min

    def period_of(self, day: InstrumentedAttribute[date]) -> ColumnElement[date]:
        """Return ``period`` as SQL: sums grouped by it hold time of one price, not of one day."""
        stretches = zip(self._turns, [date.min, *self._turns], strict=False)
        whens = [(day < turn, literal(before, IsoDate())) for turn, before in stretches]
        last = literal(self._turns[-1] if self._turns else date.min, IsoDate())
        return case(*whens, else_=last) if whens else last

    def _known(self, key: tuple[Any, ...]) -> Rate | None:
        if key not in self._found:
            person_id, client_id, project_id, task_id, local_on, own_rate, own_currency = key
            facts = EntryFacts(
                person_id=person_id,
                client_id=client_id,
                project_id=project_id,
                task_id=task_id,
                local_on=local_on,
                own_rate=own_rate,
                own_currency=own_currency,
            )
            try:
                self._found[key] = self.resolve(facts)
            except (NoRate, RateTie):
                self._found[key] = None
        return self._found[key]

    def value(self, facts: EntryFacts, seconds: int) -> Money | None:
        """Return what exact seconds are worth, rounded once; None when no rate holds."""
        rate = self.rate(facts)
        return None if rate is None else worth(rate, seconds)


def worth(rate: Rate, seconds: int) -> Money:
    """Return the price of exact seconds, a daily one pro rata, rounded once half up.

    >>> worth(Rate(price=Decimal(95), currency="EUR"), 5400)
    Money(minor=14250, currency='EUR')
    """
    numerator, denominator = _minor_per_second(rate)
    return Money((2 * numerator * seconds + denominator) // (2 * denominator), rate.currency)


def exact_worth(rate: Rate, seconds: int) -> Fraction:
    """Return the price of exact seconds in main units, not rounded: for sums."""
    unit = rate.day_seconds if rate.kind == DAILY else 3600
    return Fraction(rate.price) * seconds / unit


@lru_cache(maxsize=1024)
def _minor_per_second(rate: Rate) -> tuple[int, int]:
    """Return an exact ratio of whole numbers: a list multiplies it thousands of times."""
    exact = exact_worth(rate, 1) * Fraction(10 ** decimals_of(rate.currency))
    return exact.numerator, exact.denominator


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
