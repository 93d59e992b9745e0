"""Several steps on one draft in one transaction: time and rates taken anew, charges, header."""

from __future__ import annotations

from dataclasses import field, replace

from billops_desktop.domain.money import Money
from billops_desktop.services.books import draft_of
from billops_desktop.services.drafts.amounts import charges_of
from billops_desktop.services.drafts.draft_edits import ChargeEdit, DraftEdit, save
from billops_desktop.services.drafts.line_taxes import tax_named
from billops_desktop.services.drafts.refreshing import refresh_time
from billops_desktop.services.drafts.repricing import take_rates
from billops_desktop.services.edits import changed_fields
from billops_desktop.storage.models import Invoice, InvoiceCharge
from billops_desktop.storage.unit_of_work import UnitOfWork
from billops_desktop.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSteps:
    """What is done to a draft, in this order: rates, time, charges, and last what ``edit`` says.

    ``charges`` come behind those that the draft has, unless ``without_charges`` takes them away.
    ``charge_tax`` names the tax that they fall under, by name or as S19; without it they are
    spread over all taxes of the lines.
    """

    take_rates: bool = False
    refresh_time: bool = False
    without_charges: bool = False
    charges: tuple[ChargeEdit, ...] = ()
    charge_tax: str = ""
    edit: DraftEdit = field(default_factory=DraftEdit)


def take_steps(work: UnitOfWork, invoice_id: str, steps: DraftSteps) -> None:
    """Take all steps or, when one is refused, none."""
    invoice = draft_of(work, invoice_id)
    if steps.take_rates:
        take_rates(work, invoice_id)
    if steps.refresh_time:
        refresh_time(work, invoice_id)
    edit = steps.edit
    if steps.charges or steps.without_charges:
        edit = replace(edit, charges=_charges(work, invoice, steps))
    if changed_fields(edit):
        save(work, invoice_id, edit)


def _charges(work: UnitOfWork, invoice: Invoice, steps: DraftSteps) -> tuple[ChargeEdit, ...]:
    kept = () if steps.without_charges else charges_of(work, invoice.id)
    added = steps.charges
    if steps.charge_tax:
        on = invoice.supply_to or invoice.issue_on
        rate = tax_named(work, invoice.company_id, steps.charge_tax, on=on)
        added = tuple(
            replace(one, tax_category=rate.category, tax_percent=rate.percent) for one in added
        )
    return (*(_as_edit(row, invoice.currency) for row in kept), *added)


def _as_edit(row: InvoiceCharge, currency: str) -> ChargeEdit:
    return ChargeEdit(
        kind=row.kind,
        reason=row.reason,
        percent=row.percent,
        amount=None if row.amount_minor is None else Money(row.amount_minor, currency),
        tax_category=row.tax_category,
        tax_percent=row.tax_percent,
    )
