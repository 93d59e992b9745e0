"""Unbilled time of a client, priced, taxed and rounded: what lists and drafts both stand on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Integer, Text, select, type_coerce

from billops_desktop.domain.billing.grouping import (
    BillableEntry,
    Grouping,
    GroupingWords,
    LineProposal,
    group,
)
from billops_desktop.domain.money import Money
from billops_desktop.domain.rates import Rate
from billops_desktop.domain.rounding import RoundingPolicy, TrackedTime, bill
from billops_desktop.domain.tax import TaxGroup
from billops_desktop.i18n import (
    N_,
    format_date,
    format_period,
    format_span,
    ngettext,
    translator,
)
from billops_desktop.services.books import Unit, book
from billops_desktop.services.drafts.line_time import entries_on
from billops_desktop.services.rates.pricing import RateBook
from billops_desktop.services.rates.terms import (
    NO_RATE,
    OTHER_CURRENCY,
    RATE_TIE,
    LeftOut,
    Pricing,
    Surroundings,
    surroundings,
)
from billops_desktop.services.rates.worked import UNBILLED
from billops_desktop.storage.models import Project, TimeEntry
from billops_desktop.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which unbilled time: of one client, up to a day, from a day, of some projects or all."""

    client_id: str
    to_on: date
    from_on: date | None = None
    project_ids: tuple[str, ...] = ()
    include_unpriced: bool = False
    not_on_invoice_id: str | None = None


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


def billable(
    work: Unit,
    chosen: Selection,
    *,
    currency: str,
    tax: TaxGroup,
    around: Surroundings | None = None,
) -> Billable:
    """Return the unbilled entries of a selection, each with its rate; those without are left out.

    Who asks for one client after the other reads what is ``around`` once.
    """
    around = around or surroundings(work)
    found = Pricing(
        RateBook.of(work),
        around,
        client_id=chosen.client_id,
        currency=currency,
        include_unpriced=chosen.include_unpriced,
    )
    ready = Billable()
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
                person_name=around.people.get(person_id, ""),
                project_id=project_id,
                project_name=around.projects.get(project_id, ""),
                task_id=task_id,
                task_name=around.tasks.get(task_id, ""),
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
        query = query.where(TimeEntry.id.not_in(entries_on(chosen.not_on_invoice_id)))
    return iter(work.session.execute(query))


def left_out_words(left: LeftOut) -> str:
    """Say what was left out and why: "1:30 h in 2 entries has no rate"."""
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
