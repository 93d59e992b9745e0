"""Projects as lists show them: tracked and unbilled time, budget used, the rate of today."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, func, select

from billops_desktop.domain.alphabet import name_order
from billops_desktop.domain.periods import month_of
from billops_desktop.i18n import _
from billops_desktop.services import records
from billops_desktop.services.entries.entry_rows import current_day
from billops_desktop.services.rates.pricing import RateBook
from billops_desktop.services.rates.rate_words import rate_label
from billops_desktop.services.rates.worked import NOTHING, Worked, priced_sums, unbilled_seconds
from billops_desktop.services.searching import matching
from billops_desktop.storage.models import Client, Project, TimeEntry
from billops_desktop.storage.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from billops_desktop.services.books import Unit


class ProjectRow(NamedTuple):
    """One project as lists show it; ``used_percent`` is of its budget, None without one."""

    id: str
    name: str
    code: str
    colour: str
    description: str
    client_id: str | None
    client_name: str | None
    status: str
    billable: bool
    currency: str
    pinned: bool
    sample: bool
    starts_on: date | None
    ends_on: date | None
    budget_seconds: int | None
    budget_minor: int | None
    budget_period: str
    budget_exceeded: str
    purchase_order: str
    tracked_seconds: int
    unbilled_seconds: int
    used_percent: int | None
    rate_label: str


class _Stored(NamedTuple):
    """The columns of LISTED as SQLite keeps them; ProjectRow begins with the same."""

    id: str
    name: str
    code: str
    colour: str
    description: str
    client_id: str | None
    client_name: str | None
    status: str
    billable: int
    currency: str
    pinned: int
    sample: int
    starts_on: str | None
    ends_on: str | None
    budget_seconds: int | None
    budget_minor: int | None
    budget_period: str
    budget_exceeded: str
    purchase_order: str


LISTED = (
    select(
        Project.id,
        Project.name,
        Project.code,
        Project.colour,
        Project.description,
        Project.client_id,
        Client.name,
        Project.status,
        Project.billable,
        Project.currency,
        Project.pinned,
        Project.sample,
        Project.starts_on,
        Project.ends_on,
        Project.budget_seconds,
        Project.budget_minor,
        Project.budget_period,
        Project.budget_exceeded,
        Project.purchase_order,
    )
    .outerjoin_from(Project, Client, Project.client_id == Client.id)
    .where(Project.deleted_at.is_(None))
    .order_by(Project.id)
)


def projects(
    work: Unit, *, archived: bool = False, client_id: str | None = None, text: str = ""
) -> tuple[ProjectRow, ...]:
    """Return the projects, pinned ones first, then by client and name."""
    listed = _listed(archived=archived, of_client=client_id is not None, searched=text)
    return _rows(work, listed.rows(work.session, client_id=client_id))


@lru_cache(maxsize=32)
def _listed(*, archived: bool, of_client: bool, searched: str) -> Prepared:
    """Return the statement of a list with these filters."""
    status = Project.status == "archived" if archived else Project.status != "archived"
    chosen = LISTED.where(status)
    if of_client:
        chosen = chosen.where(Project.client_id == bindparam("client_id"))
    matches = matching(searched, (Project.name, Project.code, Client.name))
    return Prepared(chosen if matches is None else chosen.where(matches))


@cache
def _one() -> Prepared:
    return Prepared(LISTED.where(Project.id == bindparam("project_id")))


def project(work: Unit, project_id: str) -> ProjectRow:
    """Return one project; NotFound when there is none."""
    records.live(work, Project, project_id, _("project"))
    return _rows(work, _one().rows(work.session, project_id=project_id))[0]


@cache
def _tracked(*, of_one: bool) -> Prepared:
    # By ix_time_entry_project_time, whose collation this names.
    project_id = TimeEntry.project_id.collate("NOCASE")
    chosen = (
        select(project_id, func.sum(TimeEntry.seconds))
        .where(TimeEntry.deleted_at.is_(None))
        .group_by(project_id)
    )
    return Prepared(chosen.where(project_id == bindparam("project_id")) if of_one else chosen)


def _order(row: _Stored) -> tuple[bool, tuple[str, str], tuple[str, str]]:
    """Return where a project stands: pinned ones first, then by client and name."""
    return row.pinned != 1, name_order(row.client_name or ""), name_order(row.name)


def _rows(work: Unit, found: list[tuple[Any, ...]]) -> tuple[ProjectRow, ...]:
    listed = sorted((_Stored._make(row) for row in found), key=_order)
    # One project alone must not cost the sums of all.
    only = listed[0].id if len(listed) == 1 else None
    tracked = dict(_tracked(of_one=only is not None).rows(work.session, project_id=only))
    unbilled = unbilled_seconds(work, only)
    today = current_day(work)
    used = _used(work, listed, today)
    labels = _rate_labels(work, listed, today)
    return tuple(
        ProjectRow._make(
            (
                *row[:8],
                row.billable == 1,
                row.currency,
                row.pinned == 1,
                row.sample == 1,
                _day(row.starts_on),
                _day(row.ends_on),
                *row[14:],
                tracked.get(row.id) or 0,
                unbilled.get(row.id, 0),
                _share(row, used.get(row.id, NOTHING)),
                label,
            )
        )
        for row, label in zip(listed, labels, strict=True)
    )


def _day(stored: str | None) -> date | None:
    return None if stored is None else date.fromisoformat(stored)


def _used(work: Unit, listed: Sequence[_Stored], today: date) -> dict[str, Worked]:
    """Return the billable, stopped time that counts against each budget: all, or this month's."""
    sums: dict[str, Worked] = {}
    for period in ("lifetime", "monthly"):
        ids = [
            row.id
            for row in listed
            if row.budget_period == period and (row.budget_seconds or row.budget_minor)
        ]
        # Few projects have a budget; to word the conditions for none takes as long as the list.
        if ids:
            sums |= priced_sums(work, *_counted(ids, period, today))
    return sums


def _counted(ids: Sequence[str], period: str, today: date) -> list[ColumnElement[bool]]:
    counted: list[ColumnElement[bool]] = [
        TimeEntry.project_id.in_(ids),
        TimeEntry.billable.is_(True),
        TimeEntry.ended_at.is_not(None),
        TimeEntry.deleted_at.is_(None),
    ]
    if period == "monthly":
        counted.append(TimeEntry.local_on.between(*month_of(today)))
    return counted


def _share(row: _Stored, used: Worked) -> int | None:
    """Return the larger share of the two budgets, in whole per cent; None without a budget."""
    shares = []
    if row.budget_seconds:
        shares.append(used.seconds * 100 // row.budget_seconds)
    if row.budget_minor:
        spent = sum(value.minor for value in used.values if value.currency == row.currency)
        shares.append(spent * 100 // row.budget_minor)
    return max(shares, default=None)


def _rate_labels(work: Unit, listed: Sequence[_Stored], today: date) -> Iterator[str]:
    """Say what an hour or a day of each project costs today; empty where no rate holds."""
    book = RateBook.of(work)
    period = book.period(today)
    # Most projects share a few rates; to word one takes longer than to find it.
    worded: dict[tuple[Decimal, str, str], str] = {}
    for row in listed:
        key = (work.person_id, row.client_id, row.id, None, period, None, None)
        rate = book.rate_at(key) if row.billable else None
        if rate is None:
            yield ""
            continue
        words = (rate.price, rate.currency, rate.kind)
        if words not in worded:
            worded[words] = rate_label(*words)
        yield worded[words]
