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
from billops_desktop.domain.billing.lifecycle import State
from billops_desktop.domain.billing.numbering import Pattern
from billops_desktop.domain.parties import Address, Party
from billops_desktop.domain.tax import Category
from billops_desktop.errors import BillOpsError, InvalidInput, Refused
from billops_desktop.i18n import _
from billops_desktop.services.books import Unit, draft_of, invoice_of, today
from billops_desktop.services.drafts.amounts import (
    as_line,
    lines_of,
    tax_in_base,
    taxes_of,
    totals_of,
)
from billops_desktop.services.invoices.review_time import about_time
from billops_desktop.services.profile import given_numbers
from billops_desktop.services.profile.number_series import active_series, counter_of, first_count
from billops_desktop.storage.models import (
    Client,
    Company,
    Invoice,
    NumberSeries,
    NumberUsed,
)


def findings(work: Unit, invoice_id: str) -> tuple[Finding, ...]:
    """Return all findings about a draft, those that block issuing first."""
    invoice = unissued(work, invoice_id)
    try:
        found = check_invoice(_facts(work, invoice))
    except InvalidInput as refusal:
        # A line that cannot even be added up: nothing else can be said of the sums.
        found = [Finding("line", BLOCK, refusal.title, refusal.field or "lines")]
    found += _about_numbers(work, invoice)
    found += about_time(work, invoice)
    return tuple(sorted(found, key=lambda one: not one.blocks))


def unissued(work: Unit, invoice_id: str) -> Invoice:
    """Return a draft that is to be issued; Refused, with its number, when that is done already.

    Another window or process may have been quicker, and nothing is wrong then.
    """
    invoice = invoice_of(work, invoice_id)
    if invoice.state != State.DRAFT:
        raise Refused(
            _("Nothing was issued: it is issued as {number} already.").format(
                number=invoice.number
            ),
            _("Nothing was changed. It is in the list of invoices."),
            field="state",
        )
    return invoice


def next_number(work: Unit, invoice_id: str) -> str:
    """Return the number that a draft would get if it were issued now; nothing is reserved."""
    invoice = draft_of(work, invoice_id)
    series = series_of(work, invoice)
    _period, _count, number = number_after(work, series, invoice)
    return number


def series_of(work: Unit, invoice: Invoice) -> NumberSeries:
    """Return the series that numbers a document of this kind; InvalidInput while there is none."""
    active = active_series(work, invoice.company_id)
    found = next((row for row in active if row.kind == invoice.kind), None)
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


def _facts(work: Unit, invoice: Invoice) -> InvoiceFacts:
    company = work.session.get_one(Company, invoice.company_id)
    client = work.session.get_one(Client, invoice.client_id)
    corrected = invoice.corrects_invoice_id
    return InvoiceFacts(
        kind=invoice.kind,
        seller=_party(company, company.legal_name, company.register_id),
        buyer=_party(client, client.name, ""),
        issue_on=invoice.issue_on,
        today=today(work),
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
    if given_numbers.are_unsure(work):
        found.append(Finding("numbers unsure", BLOCK, given_numbers.unsure_words(work), "series"))
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
