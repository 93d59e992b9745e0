"""What the law of the seller's country asks of an invoice: DE, AT, UK, CH, FR, ES and hints."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from billops_desktop.domain.billing.invoice_facts import ADVICE, BLOCK, Finding, InvoiceFacts
from billops_desktop.domain.money import Money
from billops_desktop.domain.parties import Party
from billops_desktop.domain.tax import Category
from billops_desktop.i18n import _, worded

# Gross up to which a short form will do: § 33 UStDV, § 11 (6) UStG, Notice 700, Art. 26 (3) MWSTG.
SHORT_FORM = {
    "DE": Money(250_00, "EUR"),
    "AT": Money(400_00, "EUR"),
    "GB": Money(250_00, "GBP"),
    "CH": Money(400_00, "CHF"),
}
# Countries where only a registered program or the tax office's own form makes an invoice.
ELSEWHERE_ONLY = frozenset({"IT", "PL", "HU", "RO", "PT", "GR", "HR", "ES"})
EU_CODES = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
EU_COUNTRIES = frozenset(EU_CODES.split())
VAT_COUNTRIES = EU_COUNTRIES | {"GB", "XI", "CH", "LI", "NO", "IS"}
CROSS_BORDER = frozenset({Category.REVERSE_CHARGE, Category.INTRA_COMMUNITY})
AT_BUYER_ID_ABOVE = Money(10_000_00, "EUR")


def _is_short(facts: InvoiceFacts) -> bool:
    """Tell whether the short form will do; never across the border (§ 33 sentence 3 UStDV)."""
    limit = SHORT_FORM.get(facts.seller.address.country)
    gross = abs(facts.totals.gross)
    if limit is None or limit.currency != gross.currency or facts.categories & CROSS_BORDER:
        return False
    return gross <= limit


def _unless_short(facts: InvoiceFacts) -> str:
    return ADVICE if _is_short(facts) else BLOCK


def _has_postal_address(party: Party) -> bool:
    return bool(party.address.city) and bool(party.address.street or party.address.post_code)


def _addresses(facts: InvoiceFacts, rule: str) -> Iterator[Finding]:
    """Both full addresses; a short form needs only the seller's."""
    if not _has_postal_address(facts.seller):
        message = _("Your own address is incomplete: street or post code, and city.")
        yield Finding(rule, BLOCK, message, "seller.address")
    if not _has_postal_address(facts.buyer):
        message = _("The client’s address is incomplete: street or post code, and city.")
        yield Finding(rule, _unless_short(facts), message, "buyer.address")


def _supply(facts: InvoiceFacts, rule: str) -> Iterator[Finding]:
    """The date, month or period of supply."""
    if not facts.has_supply_date:
        message = _("The date or period of supply is missing.")
        yield Finding(rule, _unless_short(facts), message, "supply_from")


def _german(facts: InvoiceFacts) -> Iterator[Finding]:
    """§ 14 (4), § 14a, § 19 UStG."""
    yield from _addresses(facts, "§ 14 (4) no. 1 UStG")
    if not facts.seller.vat_id and not facts.seller.tax_number:
        message = _("Your tax number or VAT ID is missing.")
        yield Finding("§ 14 (4) no. 2 UStG", BLOCK, message, "seller.tax_number")
    yield from _supply(facts, "§ 14 (4) no. 6 UStG")
    if facts.small_business and facts.totals.tax:
        message = _("A small business charges no tax; shown tax is owed (§ 14c UStG).")
        yield Finding("§ 19 UStG", BLOCK, message, "lines")


def _austrian(facts: InvoiceFacts) -> Iterator[Finding]:
    """§ 11 UStG 1994."""
    yield from _addresses(facts, "§ 11 (1) UStG")
    if facts.totals.tax and not facts.seller.vat_id:
        message = _("Your VAT ID is missing.")
        yield Finding("§ 11 (1) UStG", _unless_short(facts), message, "seller.vat_id")
    yield from _supply(facts, "§ 11 (1) UStG")
    gross = facts.totals.gross
    is_large = gross.currency == "EUR" and abs(gross) > AT_BUYER_ID_ABOVE
    if is_large and not facts.buyer.vat_id:
        message = worded(
            "Above {limit} the client’s VAT ID must be named.", limit=AT_BUYER_ID_ABOVE
        )
        yield Finding("§ 11 (1) UStG", BLOCK, message, "buyer.vat_id")


def _british(facts: InvoiceFacts) -> Iterator[Finding]:
    """VAT Notice 700."""
    yield from _addresses(facts, "VAT Notice 700")
    if not facts.totals.tax:
        return
    if not facts.seller.vat_id:
        yield Finding("VAT Notice 700", BLOCK, _("Your VAT number is missing."), "seller.vat_id")
    yield from _supply(facts, "VAT Notice 700")
    if facts.totals.currency != "GBP" and facts.tax_in_local is None:
        message = _("The VAT must be shown in GBP too. Enter the exchange rate.")
        yield Finding("VAT Notice 700", BLOCK, message, "base_rate")


def _swiss(facts: InvoiceFacts) -> Iterator[Finding]:
    """Art. 26 MWSTG; the QR bill takes structured addresses only."""
    yield from _addresses(facts, "Art. 26 MWSTG")
    if not facts.totals.tax:
        return
    if not facts.seller.vat_id.startswith("CHE"):
        message = _("Your UID is missing: CHE-123.456.789 MWST.")
        yield Finding("Art. 26 MWSTG", BLOCK, message, "seller.vat_id")
    yield from _supply(facts, "Art. 26 MWSTG")


def _french(facts: InvoiceFacts) -> Iterator[Finding]:
    """CGI ann. II art. 242 nonies A, C. com. L441-9."""
    yield from _addresses(facts, "CGI ann. II 242 nonies A")
    if not facts.seller.register_id:
        message = _("Your SIREN or SIRET is missing.")
        yield Finding("CGI ann. II 242 nonies A", BLOCK, message, "seller.register_id")
    if facts.totals.tax and not facts.seller.vat_id:
        message = _("Your VAT ID is missing.")
        yield Finding("CGI ann. II 242 nonies A", BLOCK, message, "seller.vat_id")
    if not facts.terms:
        message = _("Name the late penalty, the 40 EUR recovery fee and “pas d’escompte”.")
        yield Finding("C. com. L441-9", ADVICE, message, "terms")


def _spanish(facts: InvoiceFacts) -> Iterator[Finding]:
    """RD 1619/2012 art. 6."""
    yield from _addresses(facts, "RD 1619/2012 art. 6")
    for side, party in (("seller", facts.seller), ("buyer", facts.buyer)):
        if not party.vat_id and not party.tax_number:
            ours = side == "seller"
            message = _("Your NIF is missing.") if ours else _("The client’s NIF is missing.")
            yield Finding("RD 1619/2012 art. 6", BLOCK, message, f"{side}.tax_number")


def _american(facts: InvoiceFacts) -> Iterator[Finding]:
    """No federal form; terms are what clients look for."""
    if facts.due_on is None and not facts.terms:
        message = _("Say when the invoice is due; without terms clients pay late.")
        yield Finding("US practice", ADVICE, message, "due_on")


LAWS: dict[str, Callable[[InvoiceFacts], Iterator[Finding]]] = {
    "DE": _german,
    "AT": _austrian,
    "GB": _british,
    "XI": _british,
    "CH": _swiss,
    "LI": _swiss,
    "FR": _french,
    "ES": _spanish,
    "US": _american,
}


def check_country(facts: InvoiceFacts) -> Iterator[Finding]:
    """Yield what the law of the seller's country finds missing."""
    country = facts.seller.address.country
    law = LAWS.get(country)
    if law is not None:
        yield from law(facts)
    if country in ELSEWHERE_ONLY:
        message = _(
            "In your country the legal invoice is made elsewhere: by the tax office’s own form or "
            "a registered program. Use this document as a courtesy copy."
        )
        yield Finding(f"{country} mandate", ADVICE, message, "seller.country")
