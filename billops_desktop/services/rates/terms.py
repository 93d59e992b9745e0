"""On what terms unbilled time is billed: its rate or why it has none, and its rounding policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from billops_desktop.domain.money import Money
from billops_desktop.domain.rates import EntryFacts, NoRate, Rate, RateTie
from billops_desktop.domain.rounding import UNROUNDED, RoundingPolicy
from billops_desktop.i18n import _
from billops_desktop.services.books import Unit, book
from billops_desktop.services.rates.pricing import RateBook, worth
from billops_desktop.storage import models
from billops_desktop.storage.models import Client, Person, Project, Task
from billops_desktop.storage.record import MICRO
from billops_desktop.values import dataclass

NO_RATE, RATE_TIE, OTHER_CURRENCY = "no_rate", "rate_tie", "other_currency"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Time that cannot be billed as it is, and why: no rate, two rates, another currency."""

    reason: str
    count: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Unpriced:
    """Why an entry has no rate to bill at here; ``rate`` is the one in another currency."""

    reason: str
    rate: Rate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The names around entries by id, and the rounding policy of each place; None: workspace."""

    people: dict[str | None, str]
    projects: dict[str | None, str]
    tasks: dict[str | None, str]
    policies: dict[str | None, RoundingPolicy]


def surroundings(work: Unit) -> Surroundings:
    """Return what is around entries as it is now, read once for any number of them."""
    return Surroundings(
        people=_names(work, Person.id, Person.first_name + " " + Person.last_name),
        projects=_names(work, Project.id, Project.name),
        tasks=_names(work, Task.id, Task.name),
        policies=policy_of_each_place(work),
    )


def _names(work: Unit, key: Any, name: Any) -> dict[str | None, str]:
    return {id_: label.strip() for id_, label in work.session.execute(select(key, name))}


class Pricing:
    """Prices entry by entry, remembers what it saw, and counts what it had to leave out."""

    def __init__(
        self,
        rates: RateBook,
        around: Surroundings,
        *,
        client_id: str,
        currency: str,
        include_unpriced: bool = False,
    ) -> None:
        self.rates = rates
        self.client_id, self.currency = client_id, currency
        self.include_unpriced = include_unpriced
        self._rates: dict[tuple[Any, ...], Rate | Unpriced] = {}
        self._seen: dict[tuple[Any, ...], tuple[date, Rate | Unpriced, RoundingPolicy]] = {}
        self._left: dict[str, list[int]] = {}
        self._others: dict[str, Money] = {}
        self._policies = around.policies

    def terms(self, about: tuple[Any, ...]) -> tuple[date, Rate | Unpriced, RoundingPolicy]:
        """Return date, rate and policy for day, person, project, task, typed rate and currency.

        Day and rate come as stored, since many entries share them. Instead of a rate comes the
        reason why there is none that can be billed here.
        """
        found = self._seen.get(about)
        if found is None:
            day, _person, project_id, task_id, _own, _currency = about
            local_on = date.fromisoformat(day)
            # No rule turns within a period, so that its days share one price and its words.
            key = (self.rates.period(local_on), *about[1:])
            rate = self._rates.get(key)
            if rate is None:
                rate = self._rates[key] = self._resolve(local_on, about)
            found = self._seen[about] = local_on, rate, self._policy(task_id, project_id)
        return found

    def _policy(self, task_id: str | None, project_id: str | None) -> RoundingPolicy:
        """Return the nearest policy: of the task, the project, the client, the workspace."""
        return nearest_policy(self._policies, (task_id, project_id, self.client_id))

    def leave_out(self, unpriced: Unpriced, seconds: int) -> None:
        """Count time that cannot be billed, by reason, and what it is worth elsewhere."""
        counted = self._left.setdefault(unpriced.reason, [0, 0])
        counted[0] += 1
        counted[1] += seconds
        if unpriced.rate is not None:
            value = worth(unpriced.rate, seconds)
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

    def _resolve(self, local_on: date, about: tuple[Any, ...]) -> Rate | Unpriced:
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
            return Unpriced(NO_RATE)
        except RateTie:
            return Unpriced(RATE_TIE)
        return found if found.currency == self.currency else Unpriced(OTHER_CURRENCY, found)


def _stored_policies(work: Unit) -> dict[str | None, RoundingPolicy]:
    """Return the stored rounding policies as the domain reads them, by their ids."""
    return {
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


def nearest_policy(
    policies: Mapping[str | None, RoundingPolicy], places: Iterable[str | None]
) -> RoundingPolicy:
    """Return the policy of the first place that has one, else the workspace's."""
    for place in places:
        found = policies.get(place) if place is not None else None
        if found is not None:
            return found
    return policies[None]


def policy_of_each_place(work: Unit) -> dict[str | None, RoundingPolicy]:
    """Return the policy of each task, project and client that has one; None: workspace."""
    stored = _stored_policies(work)
    named: dict[str | None, RoundingPolicy] = {
        None: stored.get(book(work).rounding_policy_id, UNROUNDED)
    }
    for model in (Task, Project, Client):
        pairs = work.session.execute(
            select(model.id, model.rounding_policy_id).where(model.rounding_policy_id.is_not(None))
        )
        named |= {id_: stored[policy_id] for id_, policy_id in pairs if policy_id in stored}
    return named
