"""InvoiceDocument: all that a renderer needs, already worded and rounded, exact through JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Literal

from billops_desktop.documents import canonical
from billops_desktop.domain.money import Money
from billops_desktop.errors import IntegrityFault
from billops_desktop.i18n import _
from billops_desktop.values import dataclass

Kind = Literal["invoice", "credit_note", "quote", "pro_forma"]
Paper = Literal["A4", "Letter"]

ONE = Decimal(1)
HOUR_UNIT = "SEC"
HOUR_SECONDS = Decimal(3600)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentParty:
    """A seller or a buyer as printed.

    ``address`` holds the postal lines in the order of the country, the country's name last where
    the letter goes abroad; ``contact`` is the line between name and address. ``tagline`` stands
    under the seller's name, ``legal_name`` in the footer where it differs from ``name``.
    """

    name: str
    address: tuple[str, ...] = ()
    contact: str = ""
    tagline: str = ""
    legal_name: str = ""
    vat_id: str = ""
    tax_number: str = ""
    register_id: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReference:
    """One more fact of the document: ``label`` is a key of LABELS in words.py, or printed as is."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """One printed line.

    Time has unit "SEC" and base quantity 3600: the price is that of an hour. A line without a
    quantity is text only. ``net`` is the amount after the line's own discount; ``discount`` is
    positive. ``tax_percent`` is None where no rate applies (outside the scope of the tax).
    """

    description: str
    details: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    base_quantity: Decimal = ONE
    price: Decimal | None = None
    discount_percent: Decimal | None = None
    discount: Money | None = None
    tax_category: str = "S"
    tax_percent: Decimal | None = None
    net: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCharge:
    """A discount or a charge on the whole document; ``amount`` is positive in both cases."""

    kind: Literal["discount", "charge"]
    amount: Money
    reason: str = ""
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTax:
    """The tax of one category and rate; ``name`` empty is the language's own word for VAT."""

    category: str
    percent: Decimal | None
    base: Money
    tax: Money
    name: str = ""
    exemption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSecondTax:
    """The tax again in the currency of the books, where a law asks for it (UK, EN 16931 BT-111)."""

    tax: Money
    rate: Decimal
    rate_on: date
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTotals:
    """The sums as domain.billing.invoice.InvoiceTotals names them; a credit note's are positive."""

    sum_lines: Money
    net: Money
    tax: Money
    gross: Money
    due: Money
    prepaid: Money | None = None
    rounding: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentBank:
    """An account to pay into: an IBAN, or an account number where there is none."""

    holder: str = ""
    iban: str = ""
    bic: str = ""
    account_number: str = ""
    bank_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCorrection:
    """The issued document that this one corrects, and why."""

    number: str
    issue_on: date
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceDocument:
    """An invoice, credit note, quote or pro-forma as it will be printed.

    A draft has no number. ``language`` decides every word and format of the page; ``paper`` its
    size; ``accent`` (a colour such as "#3355D6") that of the initials where there is no logo.
    ``logo`` is PNG or JPEG; in JSON only its SHA-256 stands, the bytes lie with the attachments.
    """

    kind: Kind
    language: str
    currency: str
    issue_on: date
    seller: DocumentParty
    buyer: DocumentParty
    totals: DocumentTotals
    lines: tuple[DocumentLine, ...] = ()
    taxes: tuple[DocumentTax, ...] = ()
    charges: tuple[DocumentCharge, ...] = ()
    number: str | None = None
    draft: bool = False
    paper: Paper = "A4"
    template: str = "clean"
    accent: str = ""
    title: str = ""
    due_on: date | None = None
    supply_from: date | None = None
    supply_to: date | None = None
    references: tuple[DocumentReference, ...] = ()
    corrects: DocumentCorrection | None = None
    intro: str = ""
    note: str = ""
    terms: str = ""
    footer: str = ""
    banks: tuple[DocumentBank, ...] = ()
    payment_reference: str = ""
    second_tax: DocumentSecondTax | None = None
    logo: bytes | None = field(default=None, metadata={"json": "logo_sha256"}, repr=False)

    def to_json(self) -> str:
        """Return the canonical JSON: sorted keys, no spaces, no floats, equal for equal values."""
        return canonical.encode(self)

    @classmethod
    def from_json(
        cls, text: str, read_logo: Callable[[str], bytes] | None = None
    ) -> InvoiceDocument:
        """Read what to_json wrote; ``read_logo`` gives the bytes of a SHA-256.

        IntegrityFault: the text is not such a document, or the logo is missing or another one.
        """

        def logo_bytes(digest: str) -> bytes:
            content = read_logo(digest) if read_logo else b""
            if sha256(content).hexdigest() != digest:
                raise IntegrityFault(
                    _("The logo of this document is missing or was changed."),
                    _("The document itself is intact. Restore the logo from a backup."),
                )
            return content

        return canonical.decode(cls, text, logo_bytes)
