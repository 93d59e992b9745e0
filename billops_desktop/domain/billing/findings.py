"""Findings before issuing: everything that is missing or wrong, at once, with where to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from billops_desktop.domain.billing.country_rules import EU_COUNTRIES, VAT_COUNTRIES, check_country
from billops_desktop.domain.billing.invoice_facts import (
    ADVICE,
    BLOCK,
    LEGAL_KINDS,
    Finding,
    InvoiceFacts,
)
from billops_desktop.domain.tax import Category, validate_group
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _, format_date, worded

__all__ = ["ADVICE", "BLOCK", "Finding", "InvoiceFacts", "check_invoice"]

EARLIEST = date(1990, 1, 1)
FURTHEST = timedelta(days=366)


def _parties(facts: InvoiceFacts) -> Iterator[Finding]:
    """BR-06 to BR-11: both have a name and a country."""
    if not facts.seller.name.strip():
        yield Finding("BR-06", BLOCK, _("Your company has no name."), "seller.name")
    if not facts.buyer.name.strip():
        yield Finding("BR-07", BLOCK, _("The client has no name."), "buyer.name")
    if not facts.seller.address.country:
        yield Finding("BR-09", BLOCK, _("Your company has no country."), "seller.country")
    if not facts.buyer.address.country:
        yield Finding("BR-11", BLOCK, _("The client has no country."), "buyer.country")


def _lines(facts: InvoiceFacts) -> Iterator[Finding]:
    """BR-16, BR-25: at least one line that counts, each with words."""
    counted = [line for line in facts.lines if line.kind != "text"]
    if not counted:
        yield Finding("BR-16", BLOCK, _("There is no line to invoice."), "lines")
    for position, line in enumerate(facts.lines, start=1):
        if not line.description.strip():
            message = worded("Line {line} has no description.", line=position)
            yield Finding("BR-25", BLOCK, message, f"lines.{position}.description")
        if line.kind != "text" and not line.price:
            message = worded("Line {line} has no price.", line=position)
            yield Finding("price", ADVICE, message, f"lines.{position}.price")


def _invoice_date(issue_on: date, today: date | None) -> Iterator[Finding]:
    """A slip of the year would give a number of a period that no other document is in."""
    written = format_date(issue_on)
    if issue_on < EARLIEST:
        message = worded("{day} is no date for an invoice: it lies before 1990.", day=written)
        yield Finding("invoice date", BLOCK, message, "issue_on")
    elif today is not None and issue_on > today + FURTHEST:
        message = worded(
            "{day} is no date for an invoice: it is more than a year ahead.", day=written
        )
        yield Finding("invoice date", BLOCK, message, "issue_on")
    elif today is not None and issue_on > today:
        message = worded("The invoice date {day} has not come yet.", day=written)
        yield Finding("invoice date", ADVICE, message, "issue_on")


def _dates(facts: InvoiceFacts) -> Iterator[Finding]:
    """BR-CO-25, BR-29 and dates in their order; an invoice bears a date of our days."""
    yield from _invoice_date(facts.issue_on, facts.today)
    if facts.totals.due.minor > 0 and facts.due_on is None and not facts.terms.strip():
        message = _("Neither a due date nor payment terms are given.")
        yield Finding("BR-CO-25", BLOCK, message, "due_on")
    if facts.due_on is not None and facts.due_on < facts.issue_on:
        message = _("The due date lies before the invoice date.")
        yield Finding("due date", BLOCK, message, "due_on")
    first, last = facts.supply_from, facts.supply_to
    if first is not None and last is not None and last < first:
        message = _("The period of supply ends before it starts.")
        yield Finding("BR-29", BLOCK, message, "supply_to")


def _sums(facts: InvoiceFacts) -> Iterator[Finding]:
    """A credit note says what it corrects; an invoice below zero is one in disguise."""
    if facts.kind == "credit_note" and not facts.corrects:
        message = _("A credit note names the invoice that it corrects.")
        yield Finding("BR-55", BLOCK, message, "corrects")
    if facts.kind == "invoice" and facts.totals.gross.minor < 0:
        message = _("The total is below zero. A credit note may be what you need.")
        yield Finding("negative total", BLOCK, message, "lines")
    elif facts.kind == "invoice" and facts.totals.due.minor < 0:
        message = _("More was prepaid than the total of the invoice.")
        yield Finding("prepaid", BLOCK, message, "prepaid")


def _rates(facts: InvoiceFacts) -> Iterator[Finding]:
    """Each group's rate is one that its category can have, and a reason stands where asked."""
    for line in facts.totals.taxes:
        try:
            validate_group(line.group)
        except InvalidInput as refusal:
            rule = f"BR-{line.group.category}-05"
            yield Finding(rule, BLOCK, str(refusal), "lines")
    for category in sorted(facts.categories):
        reason = facts.exemptions.get(category, "").strip()
        if category.needs_reason and not reason:
            message = worded(
                "Category {category} needs the reason why no tax is charged.", category=category
            )
            yield Finding(f"BR-{category}-10", BLOCK, message, "tax_rate")
        if reason and not category.needs_reason:
            message = worded(
                "Category {category} takes no exemption reason; it is not printed.",
                category=category,
            )
            yield Finding(f"BR-{category}-10", ADVICE, message, "tax_rate")


def _standard(facts: InvoiceFacts) -> Iterator[Finding]:
    """BR-S-02, BR-Z-02, BR-E-02: the seller is known to the tax office."""
    if facts.seller.address.country == "DE":
        # § 14 (4) no. 2 UStG asks the same of every invoice: one thing to mend is told once.
        return
    if not facts.seller.vat_id and not facts.seller.tax_number:
        severity = BLOCK if facts.totals.tax else ADVICE
        message = _("Your VAT ID or tax number is missing.")
        yield Finding("BR-S-02", severity, message, "seller.vat_id")


def _reverse_charge(facts: InvoiceFacts) -> Iterator[Finding]:
    """BR-AE-02: both sides are known to the tax office."""
    if not facts.seller.vat_id and not facts.seller.tax_number:
        message = _("Reverse charge needs your VAT ID or tax number.")
        yield Finding("BR-AE-02", BLOCK, message, "seller.vat_id")
    if not facts.buyer.vat_id and not facts.buyer.register_id:
        message = _("Reverse charge needs the client’s VAT ID.")
        yield Finding("BR-AE-02", BLOCK, message, "buyer.vat_id")


def _intra_community(facts: InvoiceFacts) -> Iterator[Finding]:
    """BR-IC-02, BR-IC-11: both VAT IDs and the date of supply."""
    for side, party in (("seller", facts.seller), ("buyer", facts.buyer)):
        if not party.vat_id:
            message = (
                _("An intra-Community supply needs your VAT ID.")
                if side == "seller"
                else _("An intra-Community supply needs the client’s VAT ID.")
            )
            yield Finding("BR-IC-02", BLOCK, message, f"{side}.vat_id")
    if not facts.has_supply_date:
        message = _("An intra-Community supply needs the date or period of supply.")
        yield Finding("BR-IC-11", BLOCK, message, "supply_from")


def _export(facts: InvoiceFacts) -> Iterator[Finding]:
    """BR-G-02: the seller's VAT ID."""
    if not facts.seller.vat_id:
        yield Finding("BR-G-02", BLOCK, _("An export needs your VAT ID."), "seller.vat_id")


def _forgets_tax(facts: InvoiceFacts) -> bool:
    """Tell whether a supply within the reach of the seller's VAT is left untaxed as a whole."""
    home, there = facts.seller.address.country, facts.buyer.address.country
    known = facts.seller.vat_id or facts.seller.tax_number
    if facts.small_business or home not in VAT_COUNTRIES or not known:
        return False
    within = there in ("", home) or (home in EU_COUNTRIES and there in EU_COUNTRIES)
    return within and facts.categories == {Category.OUTSIDE_SCOPE}


def _outside_scope(facts: InvoiceFacts) -> Iterator[Finding]:
    """BR-O-11 and BR-O-02: stands alone; an e-invoice names no VAT IDs with it."""
    if len(facts.categories) > 1:
        message = _("“Not subject to tax” (O) cannot stand beside other tax categories.")
        yield Finding("BR-O-11", BLOCK, message, "lines")
    if _forgets_tax(facts):
        severity = BLOCK if facts.seller.vat_id else ADVICE
        message = _(
            "No line bears tax, though your company charges VAT. Choose the tax of your country "
            "on the lines, and as the default under Settings, Taxes."
        )
        yield Finding("tax missing", severity, message, "tax_rate")
    elif facts.seller.vat_id or facts.buyer.vat_id:
        message = _("An e-invoice that is not subject to tax names no VAT IDs.")
        yield Finding("BR-O-02", ADVICE, message, "tax_rate")


CATEGORY_RULES: dict[Category, Callable[[InvoiceFacts], Iterator[Finding]]] = {
    Category.REVERSE_CHARGE: _reverse_charge,
    Category.INTRA_COMMUNITY: _intra_community,
    Category.EXPORT: _export,
    Category.OUTSIDE_SCOPE: _outside_scope,
}


def _told_once(found: list[Finding]) -> list[Finding]:
    """Keep one finding per field of a party: law and format often miss the same id."""
    kept: dict[object, Finding] = {}
    for position, finding in enumerate(found):
        of_party = finding.field.startswith(("seller.", "buyer."))
        kept.setdefault(finding.field if of_party else position, finding)
    return list(kept.values())


def check_invoice(facts: InvoiceFacts) -> list[Finding]:
    """Return all findings at once, the blocking ones first; quotes are asked for less."""
    found = [*_parties(facts), *_lines(facts), *_dates(facts)]
    if facts.kind in LEGAL_KINDS:
        found += [*_sums(facts), *_rates(facts)]
        if facts.categories - CATEGORY_RULES.keys():
            found += _standard(facts)
        for category in sorted(facts.categories & CATEGORY_RULES.keys()):
            found += CATEGORY_RULES[category](facts)
        found += check_country(facts)
    return _told_once(sorted(found, key=lambda finding: not finding.blocks))
