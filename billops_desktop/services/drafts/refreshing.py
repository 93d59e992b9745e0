"""Takes the time of a draft's entries again, after they were changed: links, quantity, amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from billops_desktop.domain.rounding import UNROUNDED, RoundingPolicy, TrackedTime, bill
from billops_desktop.errors import Refused
from billops_desktop.i18n import _
from billops_desktop.services.books import draft_of
from billops_desktop.services.drafts.amounts import lines_of, recompute
from billops_desktop.services.drafts.draft_rows import derivation_words
from billops_desktop.services.records import change
from billops_desktop.storage import models
from billops_desktop.storage.models import InvoiceLine, LineEntry, TimeEntry
from billops_desktop.storage.unit_of_work import UnitOfWork


@dataclass(slots=True)
class _Link:
    """An entry on a line of the draft, and what it bills by its time of now."""

    row: LineEntry
    entry: TimeEntry
    billed: int = 0


def refresh_time(work: UnitOfWork, invoice_id: str) -> int:
    """Bill the time that the draft's entries have now; return how many lines were taken anew.

    A quantity that was edited by hand stays. A line that is billed by the day keeps its days:
    which of them count is asked anew only when its time is added anew.
    """
    invoice = draft_of(work, invoice_id)
    links = _links(work, invoice_id)
    _bill(links, _policies(work))
    refreshed = 0
    for line in lines_of(work, invoice_id):
        mine = [link for link in links if link.row.line_id == line.id]
        stale = any(link.row.tracked_seconds != link.entry.seconds for link in mine)
        if stale and line.unit == "SEC":
            _refresh(work, line, mine)
            refreshed += 1
    if not refreshed:
        raise Refused(
            _("No time was taken anew: no line bills time by the hour that was changed."),
            _("Nothing was changed. Take a line off and add its time again for other changes."),
            field="lines",
        )
    recompute(work, invoice)
    return refreshed


def _links(work: UnitOfWork, invoice_id: str) -> list[_Link]:
    found = work.session.execute(
        select(LineEntry, TimeEntry)
        .join(InvoiceLine, InvoiceLine.id == LineEntry.line_id)
        .join(TimeEntry, TimeEntry.id == LineEntry.entry_id)
        .where(
            InvoiceLine.invoice_id == invoice_id,
            TimeEntry.deleted_at.is_(None),
            TimeEntry.ended_at.is_not(None),
        )
        .order_by(TimeEntry.local_on, TimeEntry.started_at, TimeEntry.id)
    )
    return [_Link(row, entry) for row, entry in found]


def _policies(work: UnitOfWork) -> dict[str | None, RoundingPolicy]:
    stored = work.session.scalars(
        select(models.RoundingPolicy).where(models.RoundingPolicy.deleted_at.is_(None))
    )
    return {
        row.id: RoundingPolicy(
            step_seconds=row.step_seconds,
            mode=row.mode,
            applies_to=row.applies_to,
            minimum_seconds=row.minimum_seconds,
            id=row.id,
            version=row.version,
        )
        for row in stored
    }


def _bill(links: Sequence[_Link], policies: dict[str | None, RoundingPolicy]) -> None:
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


def _refresh(work: UnitOfWork, line: InvoiceLine, links: Sequence[_Link]) -> None:
    as_drafted = line.quantity == sum(link.row.billed_seconds for link in links)
    for link in links:
        taken = {"tracked_seconds": link.entry.seconds, "billed_seconds": link.billed}
        change(work, link.row, taken)
    if not as_drafted:
        return
    billed = sum(link.billed for link in links)
    _facts, _mark, reason = line.derivation.partition("; ")
    words = derivation_words(
        len(links), sum(link.entry.seconds or 0 for link in links), billed, reason=reason
    )
    change(work, line, {"quantity": Decimal(billed), "derivation": words})
