"""What is to be checked about the time on a draft: gone, changed, billed elsewhere, left out."""

from __future__ import annotations

from sqlalchemy import case, func, or_, select

from billops_desktop.domain.billing.findings import ADVICE, BLOCK, Finding
from billops_desktop.domain.money import Money
from billops_desktop.i18n import _, format_date, format_money, format_span, ngettext
from billops_desktop.services.books import Unit
from billops_desktop.services.drafts.draft_rows import clock_hours
from billops_desktop.services.drafts.line_time import BILLABLE_HERE, entries_on
from billops_desktop.services.drafts.refreshing import rounding_change
from billops_desktop.services.drafts.repricing import rate_changes
from billops_desktop.services.rates.rate_words import rate_label
from billops_desktop.services.rates.worked import UNBILLED
from billops_desktop.storage.models import Invoice, InvoiceLine, LineEntry, Project, TimeEntry


def about_time(work: Unit, invoice: Invoice) -> list[Finding]:
    """Return the findings about the entries behind a draft's lines, and about those that are not.

    What the draft cannot bill any more blocks it, until that is taken off.
    """
    return [
        *_about_claimed(work, invoice),
        *_about_other_drafts(work, invoice),
        *_about_gone(work, invoice),
        *_about_changed(work, invoice),
        *_about_rates(work, invoice),
        *_about_rounding(work, invoice),
        *_about_time_left(work, invoice),
    ]


def _about_gone(work: Unit, invoice: Invoice) -> list[Finding]:
    """Return one finding per line and reason why it cannot bill some of its entries any more."""
    gone = or_(TimeEntry.deleted_at.is_not(None), TimeEntry.ended_at.is_(None))
    moved = Project.client_id.is_distinct_from(invoice.client_id)
    unbillable = TimeEntry.billable.is_(False)
    reason = case((gone, "entry gone"), (moved, "entry moved"), else_="entry not billable")
    words = {
        "entry gone": _("Line {position} bills time that was deleted or runs again."),
        "entry moved": _("Line {position} bills time that is not this client’s any more."),
        "entry not billable": _("Line {position} bills time that is marked as not billable."),
    }
    lines = work.session.execute(
        select(InvoiceLine.position, reason)
        .join(LineEntry, LineEntry.line_id == InvoiceLine.id)
        .join(TimeEntry, TimeEntry.id == LineEntry.entry_id)
        .outerjoin(Project, Project.id == TimeEntry.project_id)
        .where(InvoiceLine.invoice_id == invoice.id, or_(gone, moved, unbillable))
        .distinct()
        .order_by(InvoiceLine.position, reason)
    )
    return [
        Finding(rule, BLOCK, words[rule].format(position=position), f"lines.{position}")
        for position, rule in lines
    ]


def _about_changed(work: Unit, invoice: Invoice) -> list[Finding]:
    """Return one finding per line whose entries have another time than was drafted."""
    now, drafted = func.sum(TimeEntry.seconds), func.sum(LineEntry.tracked_seconds)
    differing = func.max(TimeEntry.seconds != LineEntry.tracked_seconds)
    changed = work.session.execute(
        select(InvoiceLine.position, now, drafted)
        .join(LineEntry, LineEntry.line_id == InvoiceLine.id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .join(TimeEntry, TimeEntry.id == LineEntry.entry_id)
        .join(Project, Project.id == TimeEntry.project_id)
        .where(Invoice.id == invoice.id, *BILLABLE_HERE)
        .group_by(InvoiceLine.id)
        .having(differing == 1)
        .order_by(InvoiceLine.position)
    )
    return [
        Finding(
            "entry changed",
            BLOCK,
            _(
                "Time on line {position} was changed after it was drafted "
                "({now} now, {drafted} on the draft)."
            ).format(
                position=position,
                now=clock_hours(int(seconds or 0)),
                drafted=clock_hours(int(on_draft)),
            ),
            f"lines.{position}",
        )
        for position, seconds, on_draft in changed
    ]


def _about_claimed(work: Unit, invoice: Invoice) -> list[Finding]:
    """Return one finding per other document that holds entries of this draft, naming it."""
    holding = (
        select(Invoice.number, func.count())
        .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
        .join(TimeEntry, TimeEntry.billed_line_id == InvoiceLine.id)
        .where(TimeEntry.id.in_(entries_on(invoice.id)))
        .group_by(Invoice.number)
        .order_by(Invoice.number)
    )
    return [
        Finding(
            "entry billed",
            BLOCK,
            ngettext(
                "{count} entry is already on invoice {number}. Take it off this draft.",
                "{count} entries are already on invoice {number}. Take them off this draft.",
                count,
            ).format(count=count, number=number),
            "lines",
        )
        for number, count in work.session.execute(holding)
    ]


def _about_other_drafts(work: Unit, invoice: Invoice) -> list[Finding]:
    """Return one finding per other draft that holds entries of this one, naming it."""
    sharing = work.session.execute(
        select(Invoice, func.count(LineEntry.entry_id.distinct()))
        .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
        .join(LineEntry, LineEntry.line_id == InvoiceLine.id)
        .join(TimeEntry, TimeEntry.id == LineEntry.entry_id)
        .where(
            LineEntry.entry_id.in_(entries_on(invoice.id)),
            Invoice.id != invoice.id,
            Invoice.state == "draft",
            Invoice.deleted_at.is_(None),
            TimeEntry.billed_line_id.is_(None),
        )
        .group_by(Invoice.id)
        .order_by(Invoice.issue_on, Invoice.id)
    )
    return [
        Finding("entry drafted", ADVICE, _also_on(other, count), "lines")
        for other, count in sharing
    ]


def _also_on(draft: Invoice, count: int) -> str:
    """Say that another draft bills the same time: it is known by its name, date and total."""
    if draft.title:
        words = ngettext(
            "{count} entry is also on the draft “{title}” of {day} ({total}). "
            "Only one of the two can bill it.",
            "{count} entries are also on the draft “{title}” of {day} ({total}). "
            "Only one of the two can bill them.",
            count,
        )
    else:
        words = ngettext(
            "{count} entry is also on the draft of {day} ({total}). "
            "Only one of the two can bill it.",
            "{count} entries are also on the draft of {day} ({total}). "
            "Only one of the two can bill them.",
            count,
        )
    return words.format(
        count=count,
        title=draft.title,
        day=format_date(draft.issue_on),
        total=format_money(Money(draft.gross_minor, draft.currency)),
    )


def _about_rates(work: Unit, invoice: Invoice) -> list[Finding]:
    """Return one finding for each price that the rate book says otherwise now."""
    positions: dict[tuple[str, str], list[int]] = {}
    for one in rate_changes(work, invoice):
        drafted = rate_label(one.price, invoice.currency, one.kind)
        now = [rate_label(rate.price, rate.currency, rate.kind) for rate in one.rates]
        positions.setdefault((drafted, ", ".join(now)), []).append(one.position)
    return [
        Finding(
            "rate changed",
            ADVICE,
            ngettext(
                "{count} line was priced at {drafted}; the rate book now says {now}.",
                "{count} lines were priced at {drafted}; the rate book now says {now}.",
                len(lines),
            ).format(count=len(lines), drafted=drafted, now=now),
            f"lines.{lines[0]}",
        )
        for (drafted, now), lines in positions.items()
    ]


def _about_rounding(work: Unit, invoice: Invoice) -> list[Finding]:
    """Return one finding when the rounding of now bills other time than was drafted."""
    changed = rounding_change(work, invoice)
    if changed is None:
        return []
    count = len(changed.positions)
    message = ngettext(
        "The rounding of {count} line was changed after it was drafted "
        "({now} now, {drafted} on the draft).",
        "The rounding of {count} lines was changed after they were drafted "
        "({now} now, {drafted} on the draft).",
        count,
    ).format(count=count, now=clock_hours(changed.now), drafted=clock_hours(changed.drafted))
    return [Finding("rounding changed", ADVICE, message, f"lines.{changed.positions[0]}")]


def seconds_left(work: Unit, invoice: Invoice) -> int:
    """Return the client's unbilled seconds up to the end of the supply that no line here bills."""
    found = work.session.scalar(
        select(func.sum(TimeEntry.seconds))
        .join(Project, Project.id == TimeEntry.project_id)
        .where(
            Project.client_id == invoice.client_id,
            TimeEntry.local_on <= (invoice.supply_to or invoice.issue_on),
            UNBILLED,
            TimeEntry.id.not_in(entries_on(invoice.id)),
        )
    )
    return int(found or 0)


def _about_time_left(work: Unit, invoice: Invoice) -> list[Finding]:
    left = seconds_left(work, invoice) if invoice.kind == "invoice" else 0
    if not left:
        return []
    message = _("{time} of unbilled time is not on this invoice.").format(time=format_span(left))
    return [Finding("time left", ADVICE, message, "lines")]
