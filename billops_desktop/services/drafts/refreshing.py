"""Takes a draft's time again, after entries or rounding were changed: links, quantity, amounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from billops_desktop.domain.rates import Rate
from billops_desktop.domain.rounding import RoundingPolicy, TrackedTime, bill
from billops_desktop.errors import Refused
from billops_desktop.i18n import _, ngettext
from billops_desktop.services.books import Unit, draft_of
from billops_desktop.services.drafts.amounts import lines_of, recompute
from billops_desktop.services.drafts.draft_rows import derivation_words
from billops_desktop.services.drafts.line_time import (
    BILLABLE_HERE,
    QUANTITY_BY_HAND,
    Link,
    bills_time,
    counting_rate,
    is_hourly,
    links_by_line,
    links_of,
    quantity_of,
    reason_of,
    was_typed,
)
from billops_desktop.services.drafts.taking_off import take_off_lines
from billops_desktop.services.rates.pricing import RateBook
from billops_desktop.services.rates.terms import nearest_policy, policy_of_each_place
from billops_desktop.services.records import change
from billops_desktop.storage.models import Invoice, InvoiceLine, LineEntry, Project, TimeEntry
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass

Policies = Mapping[str | None, RoundingPolicy]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundingChange:
    """What a changed rounding means for a draft: its lines, their billed seconds then and now."""

    positions: tuple[int, ...]
    drafted: int
    now: int


def refresh_time(work: UnitOfWork, invoice_id: str) -> int:
    """Bill the time that the draft's entries have now, rounded as is said now; return the lines.

    What it cannot bill any more is taken off. A quantity that was typed by hand stays. A line that
    is billed by the day counts its days anew, by the rules of its rate; one whose rate is gone from
    the rate book is left, and is named when nothing else was to be done.
    """
    invoice = draft_of(work, invoice_id)
    taken = take_off_lines(work, invoice)
    links = links_of(work, invoice_id)
    _bill(links, policy_of_each_place(work))
    book, by_line = RateBook.of(work), links_by_line(links)
    stale = _stale_lines(links, taken)
    refreshed, left = set(taken), []
    for line in lines_of(work, invoice_id):
        if line.id not in stale:
            continue
        mine = by_line[line.id]
        rate = counting_rate(book, line, mine)
        if bills_time(line) and rate is None:
            left.append(line.position)
            continue
        _refresh(work, line, mine, rate)
        refreshed.add(line.id)
    if not refreshed:
        raise _nothing_taken(left)
    recompute(work, invoice)
    return len(refreshed)


def rounding_change(work: Unit, invoice: Invoice) -> RoundingChange | None:
    """Return what the rounding of now would change of a draft, None for nothing.

    Quantities that were typed by hand are left alone, as by ``refresh_time``.
    """
    policies = policy_of_each_place(work)
    if not _rounded_otherwise(work, invoice, policies):
        return None
    links = links_of(work, invoice.id)
    _bill(links, policies, drafted=True)
    book, by_line = RateBook.of(work), links_by_line(links)
    positions, drafted, now = [], 0, 0
    for line in lines_of(work, invoice.id):
        mine = by_line.get(line.id, [])
        rate = counting_rate(book, line, mine)
        if not bills_time(line) or rate is None or _by_hand(line, mine, rate):
            continue
        if quantity_of(mine, rate) != quantity_of(mine, rate, drafted=True):
            positions.append(line.position)
            drafted += sum(link.row.billed_seconds for link in mine)
            now += sum(link.billed for link in mine)
    if not positions:
        return None
    return RoundingChange(positions=tuple(positions), drafted=drafted, now=now)


def _rounded_otherwise(work: Unit, invoice: Invoice, policies: Policies) -> bool:
    """Tell whether any entry was drafted with another policy, or version, than it has now."""
    used = work.session.execute(
        select(
            LineEntry.rounding_policy_id,
            LineEntry.rounding_policy_version,
            TimeEntry.task_id,
            TimeEntry.project_id,
        )
        .join(InvoiceLine, InvoiceLine.id == LineEntry.line_id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .join(TimeEntry, TimeEntry.id == LineEntry.entry_id)
        .join(Project, Project.id == TimeEntry.project_id)
        .where(Invoice.id == invoice.id, *BILLABLE_HERE)
        .distinct()
    )
    for policy_id, version, task_id, project_id in used:
        nearest = nearest_policy(policies, (task_id, project_id, invoice.client_id))
        if (policy_id, version) != (nearest.id, nearest.version):
            return True
    return False


def _nothing_taken(left: Sequence[int]) -> Refused:
    if not left:
        return Refused(
            _("No time was taken anew: the draft bills its time as it is."),
            _("Nothing was changed."),
            field="lines",
        )
    positions = ", ".join(map(str, left))
    return Refused(
        ngettext(
            "The time of line {positions} was not taken anew: the rate that it counts days by is "
            "gone from the rate book.",
            "The time of lines {positions} was not taken anew: the rates that they count days by "
            "are gone from the rate book.",
            len(left),
        ).format(positions=positions),
        _("Nothing was changed. Take the new rate, or take the line off and add its time again."),
        field=f"lines.{left[0]}",
    )


def _bill(links: Iterable[Link], policies: Policies, *, drafted: bool = False) -> None:
    """Round by the policy that each entry has now, its time of now or that of the draft."""
    alike: dict[RoundingPolicy, list[Link]] = {}
    for link in links:
        places = (link.entry.task_id, link.entry.project_id, link.client_id)
        link.policy = nearest_policy(policies, places)
        alike.setdefault(link.policy, []).append(link)
    for policy, mine in alike.items():
        tracked = [
            TrackedTime(
                seconds=link.row.tracked_seconds if drafted else link.entry.seconds or 0,
                local_on=link.entry.local_on,
                person_id=link.entry.person_id,
                project_id=link.entry.project_id,
                task_id=link.entry.task_id,
                line=link.row.line_id,
            )
            for link in mine
        ]
        for link, seconds in zip(mine, bill(tracked, policy), strict=True):
            link.billed = seconds


def _stale_lines(links: Sequence[Link], taken: Mapping[str, int]) -> frozenset[str]:
    """Return the lines whose time, entries or rounding changed, and those rounded together."""
    changed = [
        link
        for link in links
        if link.row.tracked_seconds != link.entry.seconds
        or link.row.line_id in taken
        or _policy_of(link.row) != (link.policy.id, link.policy.version)
    ]
    together = {link.policy for link in changed if link.policy.applies_to in {"day_task", "total"}}
    shared = [
        link for link in links if link.policy in together and link.billed != link.row.billed_seconds
    ]
    return frozenset(link.row.line_id for link in (*changed, *shared))


def _policy_of(row: LineEntry) -> tuple[str | None, int | None]:
    return row.rounding_policy_id, row.rounding_policy_version


def _by_hand(line: InvoiceLine, links: Sequence[Link], rate: Rate) -> bool:
    """Tell whether a line's quantity was typed; drafts of earlier versions do not say so."""
    if was_typed(line.derivation, QUANTITY_BY_HAND):
        return True
    return is_hourly(line) and line.quantity != quantity_of(links, rate, drafted=True)


def _refresh(work: UnitOfWork, line: InvoiceLine, links: Sequence[Link], rate: Rate | None) -> None:
    """Write what the entries bill now; without a rate the line has a fixed price, which stays."""
    by_hand = rate is None or _by_hand(line, links, rate)
    for link in links:
        taken = {
            "tracked_seconds": link.entry.seconds,
            "billed_seconds": link.billed,
            "rounding_policy_id": link.policy.id,
            "rounding_policy_version": link.policy.version,
        }
        change(work, link.row, taken)
    billed = sum(link.billed for link in links)
    tracked = sum(link.entry.seconds or 0 for link in links)
    words = derivation_words(len(links), tracked, billed, reason=reason_of(line.derivation))
    columns: dict[str, Any] = {"derivation": words}
    if rate is not None and not by_hand:
        columns["quantity"] = quantity_of(links, rate)
    change(work, line, columns)
