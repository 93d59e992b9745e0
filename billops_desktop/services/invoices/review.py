"""What stands in the way of issuing a draft, and what its author should know: all at once."""

from __future__ import annotations

from functools import partial

from sqlalchemy import func, or_, select

from billops_desktop.domain.billing.findings import (
    ADVICE,
    BLOCK,
    Finding,
    InvoiceFacts,
    check_invoice,
)
from billops_desktop.domain.billing.numbering import Pattern
from billops_desktop.domain.money import Money
from billops_desktop.domain.parties import Address, Party
from billops_desktop.domain.tax import Category
from billops_desktop.errors import BillOpsError, InvalidInput
from billops_desktop.i18n import _, format_date, format_money, format_span, ngettext
from billops_desktop.services.books import Unit, draft_of, today
from billops_desktop.services.drafts.amounts import (
    as_line,
    lines_of,
    tax_in_base,
    taxes_of,
    totals_of,
)
from billops_desktop.services.drafts.draft_rows import clock_hours
from billops_desktop.services.drafts.line_time import entries_on
from billops_desktop.services.drafts.repricing import rate_changes
from billops_desktop.services.profile.number_series import first_count
from billops_desktop.services.rates.rate_words import rate_label
from billops_desktop.services.rates.worked import UNBILLED
from billops_desktop.storage.models import (
    Client,
    Company,
    Invoice,
    InvoiceLine,
    LineEntry,
    NumberCounter,
    NumberSeries,
    NumberUsed,
    Project,
    TimeEntry,
)


def findings(work: Unit, invoice_id: str) -> tuple[Finding, ...]:
    """Return all findings about a draft, those that block issuing first."""
    invoice = draft_of(work, invoice_id)
    try:
        found = check_invoice(_facts(work, invoice))
    except InvalidInput as refusal:
        # A line that cannot even be added up: nothing else can be said of the sums.
        found = [Finding("line", BLOCK, refusal.title, refusal.field or "lines")]
    found += _about_numbers(work, invoice)
    found += _about_entries(work, invoice)
    found += _about_time_left(work, invoice)
    return tuple(sorted(found, key=lambda one: not one.blocks))


def next_number(work: Unit, invoice_id: str) -> str:
    """Return the number that a draft would get if it were issued now; nothing is reserved."""
    invoice = draft_of(work, invoice_id)
    series = series_of(work, invoice)
    _period, _count, number = number_after(work, series, invoice)
    return number


def series_of(work: Unit, invoice: Invoice) -> NumberSeries:
    """Return the series that numbers a document of this kind; InvalidInput while there is none."""
    found = work.session.scalars(
        select(NumberSeries).where(
            NumberSeries.company_id == invoice.company_id,
            NumberSeries.kind == invoice.kind,
            NumberSeries.active.is_(True),
            NumberSeries.deleted_at.is_(None),
        )
    ).first()
    if found is None:
        raise InvalidInput(
            _("There is no number series for this kind of document."),
            _("Add one under Settings, Numbers."),
            field="series",
        )
    return found


def number_after(work: Unit, series: NumberSeries, invoice: Invoice) -> tuple[str, int, str]:
    """Return period, count and text of the number that comes next for a document of its date."""
    pattern = Pattern.parse(series.pattern, series.reset)
    period = pattern.period(invoice.issue_on, series.reset)
    counter = counter_of(work, series, period)
    client = work.session.get_one(Client, invoice.client_id)
    company = work.session.get_one(Company, invoice.company_id)
    worded = partial(
        pattern.format, on=invoice.issue_on, client=client.number, company=company.code
    )
    count = first_count(work, series, worded) if counter is None else counter.last_given + 1
    return period, count, worded(count)


def counter_of(work: Unit, series: NumberSeries, period: str) -> NumberCounter | None:
    """Return the counter of a series in a period, None before its first number."""
    return work.session.scalars(
        select(NumberCounter).where(
            NumberCounter.series_id == series.id, NumberCounter.period == period
        )
    ).first()


def _facts(work: Unit, invoice: Invoice) -> InvoiceFacts:
    company = work.session.get_one(Company, invoice.company_id)
    client = work.session.get_one(Client, invoice.client_id)
    corrected = invoice.corrects_invoice_id
    return InvoiceFacts(
        kind=invoice.kind,
        seller=_party(company, company.legal_name, company.register_id),
        buyer=_party(client, client.name, ""),
        issue_on=invoice.issue_on,
        due_on=invoice.due_on,
        terms=invoice.terms,
        supply_from=invoice.supply_from,
        supply_to=invoice.supply_to,
        lines=tuple(as_line(row, invoice.currency) for row in lines_of(work, invoice.id)),
        totals=totals_of(work, invoice),
        exemptions={
            Category(row.category): row.exemption_text for row in taxes_of(work, invoice.id)
        },
        small_business=company.small_business,
        tax_in_local=tax_in_base(work, invoice),
        corrects=(work.session.get_one(Invoice, corrected).number or "") if corrected else "",
    )


def _party(row: Company | Client, name: str, register_id: str) -> Party:
    return Party(
        name=name,
        address=Address(
            street=row.street,
            street_more=row.street_more,
            post_code=row.post_code,
            city=row.city,
            region=row.region,
            country=row.country,
        ),
        vat_id=row.vat_id,
        tax_number=row.tax_number,
        register_id=register_id,
    )


def _about_numbers(work: Unit, invoice: Invoice) -> list[Finding]:
    try:
        series = series_of(work, invoice)
        period, count, number = number_after(work, series, invoice)
    except BillOpsError as refusal:
        return [Finding("number", BLOCK, str(refusal), refusal.field or "series")]
    found = []
    taken = or_(
        (NumberUsed.company_id == invoice.company_id) & (NumberUsed.number == number),
        (NumberUsed.series_id == series.id)
        & (NumberUsed.period == period)
        & (NumberUsed.count == count),
    )
    if work.session.scalar(select(NumberUsed.id).where(taken).limit(1)) is not None:
        message = _("The number {number} was already given. Change the pattern.").format(
            number=number
        )
        found.append(Finding("number", BLOCK, message, "series"))
    latest = work.session.scalar(
        select(func.max(Invoice.issue_on)).where(
            Invoice.series_id == series.id, Invoice.state != "draft"
        )
    )
    if latest is not None and invoice.issue_on < latest:
        message = _("The date lies before that of the last issued document: numbers run back.")
        found.append(Finding("date order", ADVICE, message, "issue_on"))
    if invoice.due_on is not None and invoice.due_on < today(work):
        message = _("The due date has already passed.")
        found.append(Finding("due date", ADVICE, message, "due_on"))
    return found


def _about_entries(work: Unit, invoice: Invoice) -> list[Finding]:
    mine = (
        select(LineEntry, TimeEntry, InvoiceLine.position)
        .join(InvoiceLine, InvoiceLine.id == LineEntry.line_id)
        .join(TimeEntry, TimeEntry.id == LineEntry.entry_id)
        .where(InvoiceLine.invoice_id == invoice.id)
    )
    found = [*_about_claimed(work, invoice), *_about_other_drafts(work, invoice)]
    gone = mine.where(or_(TimeEntry.deleted_at.is_not(None), TimeEntry.ended_at.is_(None)))
    for position in work.session.scalars(
        gone.with_only_columns(InvoiceLine.position).distinct().order_by(InvoiceLine.position)
    ):
        message = _("Line {position} bills time that was deleted or runs again.").format(
            position=position
        )
        found.append(Finding("entry gone", BLOCK, message, f"lines.{position}"))
    return [*found, *_about_changed(work, invoice), *_about_rates(work, invoice)]


def _about_changed(work: Unit, invoice: Invoice) -> list[Finding]:
    """Return one finding per line whose entries have another time than was drafted."""
    now, drafted = func.sum(TimeEntry.seconds), func.sum(LineEntry.tracked_seconds)
    differing = func.max(TimeEntry.seconds != LineEntry.tracked_seconds)
    changed = work.session.execute(
        select(InvoiceLine.position, now, drafted)
        .join(LineEntry, LineEntry.line_id == InvoiceLine.id)
        .join(TimeEntry, TimeEntry.id == LineEntry.entry_id)
        .where(
            InvoiceLine.invoice_id == invoice.id,
            TimeEntry.deleted_at.is_(None),
            TimeEntry.ended_at.is_not(None),
        )
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
