"""Takes the time of a draft's entries again, after they were changed: links, quantity, amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from billops_desktop.domain.rates import Rate
from billops_desktop.domain.rounding import UNROUNDED, RoundingPolicy, TrackedTime, bill
from billops_desktop.errors import Refused
from billops_desktop.i18n import _, ngettext
from billops_desktop.services.books import draft_of
from billops_desktop.services.drafts.amounts import lines_of, recompute
from billops_desktop.services.drafts.draft_rows import derivation_words
from billops_desktop.services.drafts.line_time import (
    QUANTITY_BY_HAND,
    Link,
    bills_time,
    counting_rate,
    is_hourly,
    links_of,
    quantity_of,
    reason_of,
    was_typed,
)
from billops_desktop.services.rates.pricing import RateBook
from billops_desktop.services.rates.terms import rounding_policies
from billops_desktop.services.records import change
from billops_desktop.storage.models import InvoiceLine
from billops_desktop.storage.unit_of_work import UnitOfWork


def refresh_time(work: UnitOfWork, invoice_id: str) -> int:
    """Bill the time that the draft's entries have now; return how many lines were taken anew.

    A quantity that was typed by hand stays. A line that is billed by the day counts its days anew,
    by the rules of its rate; one whose rate is gone from the rate book is left, and is named when
    nothing else was to be done.
    """
    invoice = draft_of(work, invoice_id)
    links, policies = links_of(work, invoice_id), rounding_policies(work)
    _bill(links, policies)
    book = RateBook.of(work)
    stale = _stale_lines(links, policies)
    refreshed, left = 0, []
    for line in lines_of(work, invoice_id):
        if line.id not in stale:
            continue
        mine = [link for link in links if link.row.line_id == line.id]
        rate = counting_rate(book, line, mine)
        if bills_time(line) and rate is None:
            left.append(line.position)
            continue
        _refresh(work, line, mine, rate)
        refreshed += 1
    if not refreshed:
        raise _nothing_taken(left)
    recompute(work, invoice)
    return refreshed


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


def _bill(links: Sequence[Link], policies: Mapping[str | None, RoundingPolicy]) -> None:
    """Round by the policy that each entry was drafted with, in its version of now."""
    for policy_id in {link.row.rounding_policy_id for link in links}:
        mine = [link for link in links if link.row.rounding_policy_id == policy_id]
        tracked = [
            TrackedTime(
                seconds=link.entry.seconds or 0,
                local_on=link.entry.local_on,
                person_id=link.entry.person_id,
                project_id=link.entry.project_id,
                task_id=link.entry.task_id,
                line=link.row.line_id,
            )
            for link in mine
        ]
        billed = bill(tracked, policies.get(policy_id, UNROUNDED))
        for link, seconds in zip(mine, billed, strict=True):
            link.billed = seconds


def _stale_lines(
    links: Sequence[Link], policies: Mapping[str | None, RoundingPolicy]
) -> frozenset[str]:
    """Return the lines whose time was changed, and those that are rounded together with it."""
    changed = [link for link in links if link.row.tracked_seconds != link.entry.seconds]
    together = {
        policy_id
        for policy_id in {link.row.rounding_policy_id for link in changed}
        if policies.get(policy_id, UNROUNDED).applies_to in {"day_task", "total"}
    }
    shared = [
        link
        for link in links
        if link.row.rounding_policy_id in together and link.billed != link.row.billed_seconds
    ]
    return frozenset(link.row.line_id for link in (*changed, *shared))


def _refresh(work: UnitOfWork, line: InvoiceLine, links: Sequence[Link], rate: Rate | None) -> None:
    """Write what the entries bill now; without a rate the line has a fixed price, which stays."""
    drafted = None if rate is None else quantity_of(links, rate, drafted=True)
    by_hand = was_typed(line.derivation, QUANTITY_BY_HAND)
    if is_hourly(line):
        # Drafts of earlier versions do not say that a quantity was typed.
        by_hand = by_hand or line.quantity != drafted
    for link in links:
        taken = {"tracked_seconds": link.entry.seconds, "billed_seconds": link.billed}
        change(work, link.row, taken)
    billed = sum(link.billed for link in links)
    tracked = sum(link.entry.seconds or 0 for link in links)
    words = derivation_words(len(links), tracked, billed, reason=reason_of(line.derivation))
    columns: dict[str, Any] = {"derivation": words}
    if rate is not None and not by_hand:
        columns["quantity"] = quantity_of(links, rate)
    change(work, line, columns)
