"""What time is worth: the rate book as one unit of work sees it, read once for a whole list."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from billops_desktop.domain.money import Money, decimals_of, round_ratio
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
from billops_desktop.storage.prepared import Prepared
from billops_desktop.storage.record import MICRO, IsoDate

CACHED = "rate_book"
A_DAY = timedelta(days=1)
OPEN_ENDS = (None, date.max)
FALLBACK_CURRENCY = "EUR"
# Person, client, project, task, first day of the stretch, typed price and its currency: all that
# decides a price.
PriceKey = tuple[str | None, str | None, str | None, str | None, date, Decimal | None, str | None]
# The smallest units a second costs, as numerator and denominator, and their currency.
Pace = tuple[int, int, str]

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
        self.turns = tuple(sorted(edge for edge in edges if edge is not None))
        # Whether no rule asks who worked or on which task.
        self.by_place_alone = all(
            rule.person_id is None and rule.scope is not Scope.TASK for rule in self.rules
        )
        self._found: dict[PriceKey, Rate | None] = {}
        self._paces: dict[PriceKey, Pace | None] = {}

    @classmethod
    def of(cls, work: Unit) -> RateBook:
        """Return the rate book as this unit of work sees it, read once."""
        book = work.session.info.get(CACHED)
        if not isinstance(book, RateBook):
            book = _book_of(tuple(_stored().rows(work.session)), _base_currency(work))
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
        return self.rate_at(
            (*place, self.period(facts.local_on), facts.own_rate, facts.own_currency)
        )

    def rate_of(self, row: Any) -> Rate | None:
        """Return ``rate`` for a row with the columns of PRICED, without a value in between."""
        place = (row.person_id, row.client_id, row.project_id, row.task_id)
        return self.rate_at((*place, self.period(row.local_on), row.rate, row.currency))

    def period(self, on: date) -> date:
        """Return the first day of the stretch around ``on`` in which no rule begins or ends."""
        place = bisect_right(self.turns, on)
        return self.turns[place - 1] if place else date.min

    def period_on(self, day: str) -> date:
        """Return ``period`` of a day as it is stored."""
        return self.period(date.fromisoformat(day))

    def pace(self, key: PriceKey) -> Pace | None:
        """Return what a second costs under all that decides it; None when no rate holds."""
        try:
            return self._paces[key]
        except KeyError:
            rate = self.rate_at(key)
            found = None if rate is None else (*_minor_per_second(rate), rate.currency)
            self._paces[key] = found
            return found

    def value_of(self, key: PriceKey, seconds: int) -> Money | None:
        """Return what exact seconds are worth under all that decides it, rounded once half up."""
        pace = self.pace(key)
        if pace is None:
            return None
        numerator, denominator, currency = pace
        return Money(round_ratio(numerator * seconds, denominator), currency)

    def period_of(self, day: InstrumentedAttribute[date]) -> ColumnElement[date]:
        """Return ``period`` as SQL: sums grouped by it hold time of one price, not of one day."""
        return stretch_of(self.turns, day)

    def rate_at(self, key: PriceKey) -> Rate | None:
        """Return the price that holds under all that decides it; None when none does or two tie."""
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


def stretch_of(turns: tuple[date, ...], day: InstrumentedAttribute[date]) -> ColumnElement[date]:
    """Return the first day of the stretch between two turns in which a day lies, as SQL."""
    stretches = zip(turns, [date.min, *turns], strict=False)
    whens = [(day < turn, literal(before, IsoDate())) for turn, before in stretches]
    last = literal(turns[-1] if turns else date.min, IsoDate())
    return case(*whens, else_=last) if whens else last


def worth(rate: Rate, seconds: int) -> Money:
    """Return the price of exact seconds, a daily one pro rata, rounded once half up.

    >>> worth(Rate(price=Decimal(95), currency="EUR"), 5400)
    Money(minor=14250, currency='EUR')
    """
    numerator, denominator = _minor_per_second(rate)
    return Money(round_ratio(numerator * seconds, denominator), rate.currency)


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


@lru_cache(maxsize=8)
def _book_of(stored: tuple[tuple[Any, ...], ...], base_currency: str) -> RateBook:
    """Return the book of these stored rules: while no rule changes, its prices stay known."""
    return RateBook([_rule_from(row) for row in stored], base_currency)


@cache
def _stored() -> Prepared:
    """Return the rules that price time, in the order that ``_rule_from`` takes."""
    return Prepared(
        select(
            BillingRule.id,
            BillingRule.scope,
            func.coalesce(BillingRule.client_id, BillingRule.project_id, BillingRule.task_id),
            BillingRule.person_id,
            BillingRule.kind,
            BillingRule.price,
            BillingRule.currency,
            BillingRule.valid_from,
            BillingRule.valid_to,
            BillingRule.day_seconds,
            BillingRule.half_days,
            BillingRule.day_cap_seconds,
            BillingRule.pro_rata,
        )
        .where(BillingRule.deleted_at.is_(None), BillingRule.purpose == "bill")
        .order_by(BillingRule.id)
    )


@cache
def _currency() -> Prepared:
    return Prepared(select(Workspace.base_currency).limit(1))


def _base_currency(work: Unit) -> str:
    found = _currency().rows(work.session)
    return found[0][0] if found else FALLBACK_CURRENCY


def _rule_from(row: tuple[Any, ...]) -> RateRule:
    """Return a rule from its columns as SQLite keeps them."""
    id_, scope, place, person_id, kind, price, currency, first, last, seconds, halves, cap, pro = (
        row
    )
    return RateRule(
        id=id_,
        scope=Scope(scope),
        scope_id=place,
        person_id=person_id,
        kind=kind,
        price=Decimal(price) / MICRO,
        currency=currency,
        valid_from=None if first is None else date.fromisoformat(first),
        valid_to=None if last is None else date.fromisoformat(last),
        day_seconds=seconds,
        half_days=bool(halves),
        day_cap_seconds=cap,
        pro_rata=bool(pro),
    )


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
