"""Drafts: from unbilled time, blank or from a document; edited as a whole, deleted while drafts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from billops_desktop.domain.billing.grouping import Grouping, LineProposal
from billops_desktop.domain.billing.invoice import line_net
from billops_desktop.domain.money import Money
from billops_desktop.errors import InvalidInput, Refused
from billops_desktop.i18n import _
from billops_desktop.services.books import Unit, client_of, company_of, draft_of, today
from billops_desktop.services.drafts.amounts import recompute
from billops_desktop.services.drafts.billable import (
    Billable,
    Selection,
    billable,
    left_out_words,
    proposals,
    words_in,
)
from billops_desktop.services.drafts.draft_document import draft_from_document
from billops_desktop.services.drafts.draft_edits import ChargeEdit, DraftEdit, LineEdit, save
from billops_desktop.services.drafts.draft_rows import (
    Header,
    NewLines,
    write_first_lines,
    write_header,
    write_lines,
)
from billops_desktop.services.drafts.line_taxes import tax_group_of, tax_named, tax_rate_of
from billops_desktop.services.drafts.refreshing import refresh_time
from billops_desktop.services.rates.terms import LeftOut
from billops_desktop.services.records import remove
from billops_desktop.storage.models import Client, TaxRate
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass

__all__ = [
    "ChargeEdit",
    "DraftEdit",
    "DraftPreview",
    "DraftRequest",
    "LineEdit",
    "PreviewLine",
    "add_unbilled",
    "delete_draft",
    "draft_blank",
    "draft_from_document",
    "draft_from_time",
    "preview",
    "refresh_time",
    "save",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRequest:
    """Which unbilled time of a client becomes an invoice, and what becomes one line.

    Days are inclusive; no ``from_on`` takes all up to ``to_on``. Time without a rate is left out
    unless ``include_unpriced`` puts it on the draft at a price of zero. ``tax`` names the tax of
    the lines, by name or as S19; without it they bear the client's default.
    """

    client_id: str
    to_on: date
    from_on: date | None = None
    grouping: str = "task"
    project_ids: tuple[str, ...] = ()
    issue_on: date | None = None
    include_unpriced: bool = False
    tax: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewLine:
    """A line to be, with its amount and how many entries it bills for how long."""

    description: str
    details: str
    quantity: Decimal
    unit: str
    base_quantity: Decimal
    price: Decimal
    net: Money
    seconds: int
    tracked_seconds: int
    entry_count: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPreview:
    """What a request would draft, and what it would leave out; nothing is written."""

    currency: str
    lines: tuple[PreviewLine, ...]
    left_out: tuple[LeftOut, ...]


def draft_from_time(work: UnitOfWork, request: DraftRequest) -> str:
    """Draft an invoice from unbilled time and return its id; the entries stay free until issue.

    Refused when nothing can be billed; the hint says why each entry was left out.
    """
    company, client = company_of(work), client_of(work, request.client_id)
    issue_on = request.issue_on or today(work)
    if request.tax:
        tax_rate = tax_named(work, company.id, request.tax, on=issue_on)
    else:
        tax_rate = tax_rate_of(work, company, client, issue_on)
    ready, lines = _proposed(work, request, _terms_of(client, tax_rate))
    if not lines:
        raise _nothing_to_bill(ready)
    first, last = ready.days
    header = Header(
        issue_on=issue_on,
        supply_from=request.from_on or first,
        supply_to=request.to_on if request.from_on else last,
    )
    invoice = write_header(work, company, client, header)
    new = NewLines(proposals=lines, ready=ready, tax_rate=tax_rate)
    write_first_lines(work, invoice, new)
    return invoice.id


def preview(work: Unit, request: DraftRequest) -> DraftPreview:
    """Return the lines that a request would draft and the time it would leave out."""
    company, client = company_of(work), client_of(work, request.client_id)
    tax_rate = tax_rate_of(work, company, client, request.issue_on or today(work))
    ready, lines = _proposed(work, request, _terms_of(client, tax_rate))
    return DraftPreview(
        currency=client.currency,
        lines=tuple(_preview_line(line, ready, client.currency) for line in lines),
        left_out=ready.left_out,
    )


def add_unbilled(work: UnitOfWork, invoice_id: str, request: DraftRequest) -> int:
    """Append unbilled time of the draft's client as new lines; return how many entries."""
    invoice = draft_of(work, invoice_id)
    if request.client_id != invoice.client_id:
        raise InvalidInput(
            _("The time was not added: it is of another client."),
            _("Draft an invoice for that client."),
            field="client_id",
        )
    company, client = company_of(work, invoice.company_id), client_of(work, invoice.client_id)
    tax_rate = tax_rate_of(work, company, client, invoice.issue_on)
    terms = _Terms(
        language=invoice.language,
        currency=invoice.currency,
        tax_rate=tax_rate,
        invoice_id=invoice.id,
    )
    ready, lines = _proposed(work, request, terms)
    if not lines:
        raise _nothing_to_bill(ready)
    nets = [line_net(line.line, invoice.currency).minor for line in lines]
    write_lines(work, invoice, NewLines(proposals=lines, ready=ready, tax_rate=tax_rate), nets)
    recompute(work, invoice)
    return len(ready.entries)


def draft_blank(work: UnitOfWork, client_id: str, *, issue_on: date | None = None) -> str:
    """Draft an invoice without lines for a client and return its id."""
    company, client = company_of(work), client_of(work, client_id)
    header = Header(issue_on=issue_on or today(work))
    return write_header(work, company, client, header).id


def delete_draft(work: UnitOfWork, invoice_id: str) -> None:
    """Delete a draft; its entries were free all the time, and undo brings it back."""
    remove(work, draft_of(work, invoice_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Terms:
    """What every line of one draft shares."""

    language: str
    currency: str
    tax_rate: TaxRate
    invoice_id: str | None = None


def _proposed(
    work: Unit, request: DraftRequest, terms: _Terms
) -> tuple[Billable, tuple[LineProposal, ...]]:
    """Return the billable entries of a request and the lines that they become."""
    if request.grouping not in Grouping.__members__.values():
        raise InvalidInput(
            _("Time cannot be grouped by {grouping}.").format(grouping=request.grouping[:40]),
            _("Choose one of: {names}.").format(names=", ".join(Grouping)),
            field="grouping",
        )
    if request.from_on is not None and request.from_on > request.to_on:
        raise InvalidInput(
            _("The period ends before it starts."),
            _("Nothing was changed. Choose another period."),
            field="to_on",
        )
    chosen = Selection(
        client_id=request.client_id,
        from_on=request.from_on,
        to_on=request.to_on,
        project_ids=request.project_ids,
        include_unpriced=request.include_unpriced,
        not_on_invoice_id=terms.invoice_id,
    )
    tax = tax_group_of(terms.tax_rate)
    ready = billable(work, chosen, currency=terms.currency, tax=tax)
    return ready, proposals(ready, request.grouping, words_in(work, terms.language))


def _terms_of(client: Client, tax_rate: TaxRate) -> _Terms:
    return _Terms(language=client.language, currency=client.currency, tax_rate=tax_rate)


def _preview_line(line: LineProposal, ready: Billable, currency: str) -> PreviewLine:
    return PreviewLine(
        description=line.description,
        details=line.details,
        quantity=line.quantity,
        unit=line.unit,
        base_quantity=line.base_quantity,
        price=line.rate.price,
        net=line_net(line.line, currency),
        seconds=line.seconds,
        tracked_seconds=sum(ready.tracked[entry_id] for entry_id in line.entry_ids),
        entry_count=len(line.entry_ids),
        reason=line.rate.reason,
    )


def _nothing_to_bill(ready: Billable) -> Refused:
    reasons = [left_out_words(left) for left in ready.left_out]
    return Refused(
        _("There is no unbilled time to invoice in this period."),
        " ".join(reasons) or _("Nothing was changed. Choose another period."),
        field="to_on",
    )
