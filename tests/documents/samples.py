"""Sample documents: one of each kind, and what people could make of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

from PIL import Image, ImageDraw
from pypdf import PdfReader

from billops_desktop.documents.content import (
    DocumentBank,
    DocumentCharge,
    DocumentCorrection,
    DocumentLine,
    DocumentParty,
    DocumentReference,
    DocumentSecondTax,
    DocumentTax,
    DocumentTotals,
    InvoiceDocument,
    Paper,
)
from billops_desktop.domain.money import Money

HALDANE = DocumentParty(
    name="Haldane Consulting",
    tagline="Design and engineering",
    address=("Lindenstraße 12", "10969 Berlin"),
    vat_id="DE311904556",
    register_id="HRB 184 220 B, Amtsgericht Charlottenburg",
    email="billing@haldane.example",
    phone="+49 30 5550 1234",
    website="haldane.example",
)
ACME = DocumentParty(
    name="Acme GmbH",
    contact="Kreditorenbuchhaltung, Lena Vogt",
    address=("Torstraße 140", "10119 Berlin"),
    vat_id="DE298114772",
)
BANK = DocumentBank(holder="Haldane Consulting", iban="DE89370400440532013000", bic="COBADEFFXXX")
NINETEEN = Decimal(19)


def eur(text: str) -> Money:
    """Return an amount in euro."""
    return Money.of(Decimal(text), "EUR")


def hours(description: str, seconds: int, price: str, net: str, details: str = "") -> DocumentLine:
    """Return a line of time at a price an hour."""
    return DocumentLine(
        description=description,
        details=details,
        quantity=Decimal(seconds),
        unit="SEC",
        base_quantity=Decimal(3600),
        price=Decimal(price),
        tax_percent=NINETEEN,
        net=eur(net),
    )


NOVEMBER_LINES = (
    hours("Checkout redesign — UX and prototypes", 138_600, "120", "4620.00"),
    hours(
        "Checkout redesign — front-end",
        188_100,
        "110",
        "5747.50",
        "Basket, address form and payment step; accessibility fixes after the second test",
    ),
    hours("Sprint planning and reviews", 32_400, "120", "1080.00"),
    DocumentLine(
        description="Usability test sessions (5 participants)",
        quantity=Decimal(1),
        unit="C62",
        price=Decimal(1450),
        tax_percent=NINETEEN,
        net=eur("1450.00"),
    ),
)
NOVEMBER_TOTALS = DocumentTotals(
    sum_lines=eur("12897.50"),
    net=eur("12897.50"),
    tax=eur("2450.53"),
    gross=eur("15348.03"),
    due=eur("15348.03"),
)
THANKS = {
    "de": "Vielen Dank für die gute Zusammenarbeit im November.",
    "en": "Thank you for the good work together in November.",
}


def november(language: str = "de", paper: Paper = "A4") -> InvoiceDocument:
    """Return the invoice of the design's screens: four lines, one rate."""
    return InvoiceDocument(
        kind="invoice",
        language=language,
        paper=paper,
        currency="EUR",
        number="2025-0147",
        issue_on=date(2025, 11, 30),
        due_on=date(2025, 12, 14),
        supply_from=date(2025, 11, 1),
        supply_to=date(2025, 11, 30),
        seller=HALDANE,
        buyer=ACME,
        references=(
            DocumentReference(label="purchase_order", text="PO 4500-7781"),
            DocumentReference(label="client_number", text="10023"),
        ),
        lines=NOVEMBER_LINES,
        taxes=(
            DocumentTax(category="S", percent=NINETEEN, base=eur("12897.50"), tax=eur("2450.53")),
        ),
        totals=NOVEMBER_TOTALS,
        banks=(BANK,),
        note=THANKS[language],
    )


def draft(language: str = "de") -> InvoiceDocument:
    """Return the same before it is issued."""
    return replace(november(language), number=None, draft=True)


RICH_LINES = (
    *NOVEMBER_LINES[:3],
    DocumentLine(
        description="Printed handbook",
        quantity=Decimal("12.5"),
        unit="C62",
        price=Decimal("39.9917"),
        discount_percent=Decimal(10),
        discount=eur("49.99"),
        tax_percent=Decimal(7),
        net=eur("449.91"),
    ),
    DocumentLine(
        description="On-site workshop",
        quantity=Decimal(43_200),
        unit="SEC",
        base_quantity=Decimal(28_800),
        price=Decimal(950),
        tax_category="Z",
        tax_percent=Decimal(0),
        net=eur("1425.00"),
    ),
    hours("Call about the release", 1_200, "100", "33.33"),
    DocumentLine(description="Travel is not charged in November."),
)
RICH_TAXES = (
    DocumentTax(category="S", percent=NINETEEN, base=eur("10986.79"), tax=eur("2087.49")),
    DocumentTax(category="S", percent=Decimal(7), base=eur("427.41"), tax=eur("29.92")),
    DocumentTax(category="Z", percent=Decimal(0), base=eur("1353.75"), tax=eur("0.00")),
)
RICH_TOTALS = DocumentTotals(
    sum_lines=eur("13355.74"),
    net=eur("12767.95"),
    tax=eur("2117.41"),
    gross=eur("14885.36"),
    prepaid=eur("5000.00"),
    rounding=eur("-0.01"),
    due=eur("9885.35"),
)


def rich(language: str = "en", paper: Paper = "A4") -> InvoiceDocument:
    """Return all that one invoice may carry: charges, three rates, prepaid, rounding, a subject."""
    return replace(
        november(language, paper),
        title="Checkout redesign, November",
        intro="As agreed in our meeting of 3 November, we invoice the work of last month.",
        lines=RICH_LINES,
        charges=(
            DocumentCharge(
                kind="discount",
                reason="Loyalty discount",
                percent=Decimal(5),
                amount=eur("667.79"),
            ),
            DocumentCharge(kind="charge", reason="Express delivery", amount=eur("80.00")),
        ),
        taxes=RICH_TAXES,
        totals=RICH_TOTALS,
        terms="2 % cash discount within 10 days. Net 14 days.",
    )


def credit_note(language: str = "de") -> InvoiceDocument:
    """Return the full correction of the invoice of November."""
    return replace(
        november(language),
        kind="credit_note",
        number="CN-2025-0003",
        issue_on=date(2025, 12, 3),
        due_on=None,
        corrects=DocumentCorrection(
            number="2025-0147", issue_on=date(2025, 11, 30), reason="Wrong recipient."
        ),
        note="",
    )


def reverse_charge(language: str = "en") -> InvoiceDocument:
    """Return an invoice whose recipient owes the tax, with the tax of the books beside it."""
    base = november(language)
    net = eur("12897.50")
    return replace(
        base,
        buyer=DocumentParty(
            name="Globex Ltd",
            contact="Accounts payable",
            address=("1 Poultry", "London EC2R 8EJ", "United Kingdom"),
            vat_id="GB123456789",
        ),
        lines=tuple(
            replace(line, tax_category="AE", tax_percent=Decimal(0)) for line in base.lines
        ),
        taxes=(DocumentTax(category="AE", percent=Decimal(0), base=net, tax=eur("0.00")),),
        totals=DocumentTotals(sum_lines=net, net=net, tax=eur("0.00"), gross=net, due=net),
        second_tax=DocumentSecondTax(
            tax=Money(0, "GBP"), rate=Decimal("0.8734"), rate_on=date(2025, 11, 28), source="ECB"
        ),
    )


def of_lines(count: int, language: str = "en", paper: Paper = "A4") -> InvoiceDocument:
    """Return an invoice of many short lines."""
    net = Money(10_000 * count, "EUR")
    tax = Money(1_900 * count, "EUR")
    gross = net + tax
    return replace(
        november(language, paper),
        lines=tuple(
            hours(f"Task {n:04d}: review of module {n % 17}", 3_600, "100", "100.00")
            for n in range(1, count + 1)
        ),
        taxes=(DocumentTax(category="S", percent=NINETEEN, base=net, tax=tax),),
        totals=DocumentTotals(sum_lines=net, net=net, tax=tax, gross=gross, due=gross),
    )


SCRIPTS = {
    "latin": "Übergröße façade Łódź İstanbul",
    "greek": "Ωμέγα σύμβουλος",
    "cyrillic": "Проверка отчёта",
    "hebrew": "ייעוץ טכני",
    "arabic": "استشارات فنية",
    "chinese": "技术咨询服务",
    "japanese": "設計レビューと会議",
    "korean": "기술 자문",
    "symbols": "→ ★ ☎ Ճարտար ქართული",
}


def scripts(language: str = "en") -> InvoiceDocument:
    """Return an invoice with a line in every script that the fonts hold."""
    return replace(
        november(language),
        buyer=replace(ACME, name="شركة الاستشارات ש״ח 株式会社", contact="Ελένη Παπαδοπούλου"),
        lines=tuple(
            hours(text, 3_600, "100", "100.00", f"{name}: {text} (2025) {text}")
            for name, text in SCRIPTS.items()
        ),
        note="שלום (עולם) 123 abc\n"
        + "هذا نص طويل يوضح كيف تنكسر الأسطر من اليمين إلى اليسار. " * 4,
    )


def logo(size: tuple[int, int] = (480, 120)) -> bytes:
    """Return a small PNG with transparency."""
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((0, 0, size[0] - 1, size[1] - 1), fill=(14, 133, 119, 255))
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def text_of(pdf: bytes) -> str:
    """Return the text of all pages, no-break spaces as spaces."""
    return "\n".join(pages_of(pdf))


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page as a PDF reader copies it."""
    reader = PdfReader(BytesIO(pdf))
    return [page.extract_text().replace("\u00a0", " ") for page in reader.pages]
