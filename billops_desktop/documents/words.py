"""The words of documents in the client's language: titles, labels, units, legal texts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from billops_desktop.documents.content import (
    HOUR_SECONDS,
    HOUR_UNIT,
    DocumentLine,
    DocumentTax,
    InvoiceDocument,
)
from billops_desktop.domain.money import Money
from billops_desktop.i18n import (
    N_,
    NO_BREAK_SPACE,
    DateStyle,
    Translator,
    currency_symbol,
    format_date,
    format_decimal,
    format_hours,
    format_money,
    format_percent,
    format_period,
    translator,
)
from billops_desktop.values import dataclass


def NP_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802 - named after N_
    """Mark a word that is counted."""
    return singular, plural


TITLES = {
    "invoice": N_("Invoice"),
    "credit_note": N_("Credit note"),
    "quote": N_("Quote"),
    "pro_forma": N_("Pro-forma invoice"),
}
DATE_LABELS = {
    "invoice": N_("Invoice date"),
    "credit_note": N_("Credit note date"),
    "quote": N_("Quote date"),
    "pro_forma": N_("Date"),
}
# Keys of DocumentReference.label; any other label is printed as it is.
LABELS = {
    "client_number": N_("Client number"),
    "client_reference": N_("Your reference"),
    "contract": N_("Contract"),
    "delivery_note": N_("Delivery note"),
    "purchase_order": N_("PO number"),
    "project": N_("Project"),
}
# UN/ECE Recommendation 20 codes that people invoice by; other units are printed as typed.
UNITS = {
    "C62": ("", ""),
    "HUR": NP_("h", "h"),
    "SEC": NP_("s", "s"),
    "MIN": NP_("min", "min"),
    "DAY": NP_("day", "days"),
    "WEE": NP_("week", "weeks"),
    "MON": NP_("month", "months"),
    "ANN": NP_("year", "years"),
    "KMT": NP_("km", "km"),
    "LS": NP_("flat", "flat"),
}
NARROW = 16  # characters
# What the law wants said where no tax is charged; E and O need the seller's own reason.
EXEMPTIONS = {
    "AE": N_("Reverse charge: the recipient of the service owes the tax."),
    "K": N_("Tax-exempt intra-Community supply."),
    "G": N_("Tax-exempt export."),
    "O": N_("Not subject to VAT."),
    "Z": "",
}


@dataclass(frozen=True, slots=True)
class Words:
    """Everything a document says, in its own language."""

    language: str
    translator: Translator

    @classmethod
    def of(cls, document: InvoiceDocument) -> Words:
        """Return the words of the document's language."""
        return cls(document.language, translator(document.language))

    def text(self, message: str) -> str:
        """Return a message in the document's language."""
        return self.translator.text(message)

    def title(self, document: InvoiceDocument) -> str:
        """Return what the document is."""
        return self.text(TITLES[document.kind])

    def label(self, key: str) -> str:
        """Return the label of a reference."""
        return self.text(LABELS[key]) if key in LABELS else key

    def money(self, amount: Money, *, symbol: bool = True) -> str:
        """Return an amount, with the sign of its currency unless a head names it."""
        return format_money(amount, self.language, symbol=symbol)

    def tax_name(self, tax: DocumentTax | None) -> str:
        """Return what the tax is called."""
        return shortened(tax.name if tax else "") or self.text("VAT")

    def percent(self, value: Decimal | None) -> str:
        """Return a rate; a dash where none applies."""
        return "–" if value is None else format_percent(value, self.language)

    def amount_head(self, document: InvoiceDocument) -> str:
        """Return the head of the amounts' column with the sign of the currency."""
        symbol = currency_symbol(document.currency, self.language)
        # Out of the f-string: collectors of messages do not look into one.
        amount = self.text("Amount")
        return f"{amount} {symbol}"

    def quantity(self, line: DocumentLine) -> str:
        """Return the quantity so that a reader can multiply it with the price."""
        if line.quantity is None:
            return ""
        if line.unit == HOUR_UNIT and _whole(line.quantity):
            return self._time(int(line.quantity), line.base_quantity)
        number = format_decimal(line.quantity, self.language)
        unit = self.unit(line.unit, line.quantity)
        return f"{number}{NO_BREAK_SPACE}{unit}" if unit else number

    def _time(self, seconds: int, base: Decimal) -> str:
        """Return hours, or days where the price is that of a day and the part is exact."""
        days = _exact_days(Decimal(seconds), base)
        if base == HOUR_SECONDS or days is None:
            return format_hours(seconds, self.language)
        return f"{format_decimal(days, self.language)}{NO_BREAK_SPACE}{self.unit('DAY', days)}"

    def unit(self, code: str, count: Decimal) -> str:
        """Return the word of a unit beside this count."""
        if code not in UNITS:
            return shortened(code)
        singular, plural = UNITS[code]
        if not singular:
            return ""
        return self.translator.plural(singular, plural, 1 if count == 1 else 2)

    def price(self, line: DocumentLine, places: int) -> str:
        """Return the price with at least the currency's decimals, and what it is the price of."""
        if line.price is None:
            return ""
        text = format_decimal(line.price, self.language, at_least=places)
        base = line.base_quantity
        if line.unit != HOUR_UNIT or not _whole(line.quantity):
            return text if base == 1 else f"{text} / {self.number(base)}"
        if base == HOUR_SECONDS or line.quantity is None:
            return text
        if _exact_days(line.quantity, base) is not None:
            return text
        return f"{text} / {format_hours(int(base), self.language)}"

    def exemption(self, tax: DocumentTax) -> str:
        """Return why no tax is charged: the document's own words, else what the law asks for."""
        return tax.exemption or self.text(EXEMPTIONS.get(tax.category, ""))

    def date(self, day: date) -> str:
        """Return a date with the month in letters: read in one way only."""
        return format_date(day, self.language, "long")

    def date_label(self, document: InvoiceDocument) -> str:
        """Return the label of the document's own date."""
        return self.text(DATE_LABELS[document.kind])

    def number(self, value: Decimal) -> str:
        """Return an exact number with all its digits."""
        return format_decimal(value, self.language)

    def supply(
        self, document: InvoiceDocument, style: DateStyle = "long"
    ) -> tuple[str, str] | None:
        """Return label and text of when the work was done."""
        first = document.supply_from or document.supply_to
        last = document.supply_to or document.supply_from
        if first is None or last is None:
            return None
        label = N_("Service date") if first == last else N_("Service period")
        return self.text(label), format_period(first, last, self.language, style)


def shortened(text: str) -> str:
    """Return a word that fits a narrow column: a typed unit or the name of a tax."""
    return text if len(text) <= NARROW else f"{text[: NARROW - 1]}…"


def _whole(quantity: Decimal | None) -> bool:
    return quantity is None or quantity == quantity.to_integral_value()


def _exact_days(seconds: Decimal, base: Decimal) -> Decimal | None:
    """Return the days of ``base`` seconds when two places hold them exactly, else None."""
    hundredths = seconds * 100 / base
    return hundredths / 100 if hundredths == hundredths.to_integral_value() else None
