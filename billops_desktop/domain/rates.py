"""Rates: which price applies to an entry, and why; a tie is an error that names both rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import N_, _, filled, worded
from billops_desktop.values import dataclass

RATED_KINDS = ("hourly", "daily")
HOURLY = "hourly"
DAILY = "daily"
DAY_SECONDS = 28_800


class Scope(StrEnum):
    """Where a rule holds; the nearer scope wins."""

    WORKSPACE = "workspace"
    CLIENT = "client"
    PROJECT = "project"
    TASK = "task"

    @property
    def nearness(self) -> int:
        """How near the scope is to an entry: 0 for the workspace, 3 for its task."""
        return list(Scope).index(self)


SCOPE_WORDS = {
    Scope.WORKSPACE: N_("workspace rate"),
    Scope.CLIENT: N_("client rate"),
    Scope.PROJECT: N_("project rate"),
    Scope.TASK: N_("task rate"),
}


class NoRate(InvalidInput):
    """No rule and no typed price says what the entry costs."""


class RateTie(InvalidInput):
    """Two rules claim the same entry with equal right; ``rules`` are both."""

    def __init__(self, first: RateRule, second: RateRule) -> None:
        super().__init__(
            worded("Two rates apply: {one} and {other}.", one=first.label, other=second.label),
            _("Nothing was priced. End one of them before the other starts."),
            field="rate",
        )
        self.rules = (first, second)


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRule:
    """One dated price of time; validity is inclusive at both ends, an open end is None.

    ``price`` is per hour for kind "hourly" and per day of ``day_seconds`` for kind "daily".
    """

    id: str
    scope: Scope
    scope_id: str | None = None
    person_id: str | None = None
    kind: str = HOURLY
    price: Decimal
    currency: str
    valid_from: date | None = None
    valid_to: date | None = None
    day_seconds: int = DAY_SECONDS
    half_days: bool = False
    day_cap_seconds: int | None = None
    pro_rata: bool = True
    name: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "scope", Scope(self.scope))

    @property
    def label(self) -> str:
        """The rule in words: name or scope, price, person, validity."""
        told = self._priced
        if self.person_id:
            told = worded("{rate}, for this person", rate=told)
        if self.valid_from and self.valid_to:
            return worded(
                "{rate}, valid from {since} to {until}",
                rate=told,
                since=self.valid_from,
                until=self.valid_to,
            )
        if self.valid_from:
            return worded("{rate}, valid from {since}", rate=told, since=self.valid_from)
        if self.valid_to:
            return worded("{rate}, valid to {until}", rate=told, until=self.valid_to)
        return told

    @property
    def _priced(self) -> str:
        """The name or scope of the rule and its price."""
        owner = self.name or _(SCOPE_WORDS[self.scope])
        per_day = _("{owner}, {price} {currency} per day")
        per_hour = _("{owner}, {price} {currency} per hour")
        return filled(
            per_day if self.kind == DAILY else per_hour,
            owner=owner,
            price=self.price,
            currency=self.currency,
        )

    def covers(self, facts: EntryFacts) -> bool:
        """Tell whether the rule speaks of an entry at all."""
        if self.kind not in RATED_KINDS:
            return False
        if self.person_id is not None and self.person_id != facts.person_id:
            return False
        if self.valid_from is not None and facts.local_on < self.valid_from:
            return False
        if self.valid_to is not None and facts.local_on > self.valid_to:
            return False
        return self.scope is Scope.WORKSPACE or self.scope_id == facts.scope_id(self.scope)

    @property
    def precedence(self) -> tuple[int, bool]:
        """What wins: the nearer scope, and at one scope the rule that names the person."""
        return self.scope.nearness, self.person_id is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """What decides the price of an entry; ``local_on`` is the local date of its start."""

    person_id: str | None = None
    client_id: str | None = None
    project_id: str | None = None
    task_id: str | None = None
    local_on: date
    own_rate: Decimal | None = None
    own_currency: str | None = None

    def scope_id(self, scope: Scope) -> str:
        """Return the entry's client, project or task; an absent one matches no rule."""
        named = {
            Scope.CLIENT: self.client_id,
            Scope.PROJECT: self.project_id,
            Scope.TASK: self.task_id,
        }
        return named.get(scope) or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """The price of an entry with its reason; no rule when it was typed on the entry itself."""

    price: Decimal
    currency: str
    rule_id: str | None = None
    kind: str = HOURLY
    reason: str = ""
    day_seconds: int = DAY_SECONDS
    half_days: bool = False
    day_cap_seconds: int | None = None
    pro_rata: bool = True

    @property
    def terms(self) -> tuple[object, ...]:
        """What must be equal for two entries to share an invoice line."""
        day = (self.day_seconds, self.half_days, self.day_cap_seconds, self.pro_rata)
        return self.kind, self.price, self.currency, day if self.kind == DAILY else ()


def resolve(rules: Iterable[RateRule], facts: EntryFacts) -> Rate:
    """Return the price of an entry and the reason; RateTie when two rules tie, NoRate for none.

    >>> facts = EntryFacts(project_id="p", local_on=date(2026, 11, 25))
    >>> general = RateRule(id="1", scope=Scope.WORKSPACE, price=Decimal(90), currency="EUR")
    >>> dear = RateRule(id="2", scope=Scope.PROJECT, scope_id="p", price=Decimal(120),
    ...                 currency="EUR", valid_from=date(2026, 1, 1))
    >>> resolve([general, dear], facts).reason
    'project rate, 120 EUR per hour, valid from 1 Jan 2026'
    """
    if facts.own_rate is not None:
        if facts.own_currency is None:
            raise InvalidInput(_("The price on the entry has no currency."), field="rate")
        reason = worded(
            "typed on the entry, {price} {currency} per hour",
            price=facts.own_rate,
            currency=facts.own_currency,
        )
        return Rate(price=facts.own_rate, currency=facts.own_currency, reason=reason)
    covering = [rule for rule in rules if rule.covers(facts)]
    if not covering:
        raise NoRate(
            worded("No rate covers {day}.", day=facts.local_on),
            _("Add a rate for the task, project, client or workspace, or type one on the entry."),
            field="rate",
        )
    best = max(rule.precedence for rule in covering)
    winners = [rule for rule in covering if rule.precedence == best]
    if len(winners) > 1:
        raise RateTie(winners[0], winners[1])
    rule = winners[0]
    return Rate(
        price=rule.price,
        currency=rule.currency,
        rule_id=rule.id,
        kind=rule.kind,
        reason=rule.label,
        day_seconds=rule.day_seconds,
        half_days=rule.half_days,
        day_cap_seconds=rule.day_cap_seconds,
        pro_rata=rule.pro_rata,
    )


def counted_seconds(day_seconds: Iterable[int], rate: Rate) -> int:
    """Return the seconds that count at a daily price: each day up to its cap."""
    cap = rate.day_cap_seconds
    return sum(seconds if cap is None else min(seconds, cap) for seconds in day_seconds)


def day_units(day_seconds: Iterable[int], rate: Rate) -> Decimal:
    """Return whole or half days, each day rounded up, for a daily price that is not pro rata.

    Eight hours, three hours and five hours, by the half day:

    >>> rate = Rate(price=Decimal(800), currency="EUR", kind="daily", half_days=True)
    >>> day_units([28800, 10800, 18000], rate)
    Decimal('2.5')
    """
    halves = 0
    for seconds in day_seconds:
        counted = counted_seconds((seconds,), rate)
        if rate.half_days:
            halves += -(-2 * counted // rate.day_seconds)
        else:
            halves += 2 * -(-counted // rate.day_seconds)
    return Decimal(halves) / 2
