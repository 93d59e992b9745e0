"""The words of documents: quantities a reader can multiply, legal texts, labels."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from billops_desktop.documents.content import DocumentLine, DocumentTax
from billops_desktop.documents.words import EXEMPTIONS, LABELS, Words, shortened
from billops_desktop.domain.money import Money
from tests.documents import samples

DE = Words.of(samples.november("de"))
EN = Words.of(samples.november("en"))
HOUR = Decimal(3600)
DAY = Decimal(28_800)


def line(quantity: str, unit: str, base: Decimal = Decimal(1), price: str = "100") -> DocumentLine:
    return DocumentLine(
        description="x",
        quantity=Decimal(quantity),
        unit=unit,
        base_quantity=base,
        price=Decimal(price),
    )


@pytest.mark.parametrize(
    ("printed", "english", "german"),
    [
        (line("138600", "SEC", HOUR), "38.50 h × 100.00", "38,50 h × 100,00"),
        (line("1200", "SEC", HOUR), "0:20 h × 100.00", "0:20 h × 100,00"),
        (line("3601", "SEC", HOUR), "1:00:01 h × 100.00", "1:00:01 h × 100,00"),
        (line("-5400", "SEC", HOUR), "−1.50 h × 100.00", "−1,50 h × 100,00"),
        (line("43200", "SEC", DAY), "1.5 days × 100.00", "1,5 Tage × 100,00"),
        (line("28800", "SEC", DAY), "1 day × 100.00", "1 Tag × 100,00"),
        (line("1200", "SEC", DAY), "0:20 h × 100.00 / 8.00 h", "0:20 h × 100,00 / 8,00 h"),
        (line("0", "SEC", DAY), "0 days × 100.00", "0 Tage × 100,00"),
        (line("1", "C62"), "1 × 100.00", "1 × 100,00"),
        (line("0.125", "KMT", price="0.3012"), "0.125 km × 0.3012", "0,125 km × 0,3012"),
        (line("250", "C62", Decimal(100)), "250 × 100.00 / 100", "250 × 100,00 / 100"),
        (line("3", "Kisten"), "3 Kisten × 100.00", "3 Kisten × 100,00"),
        (line("1.5", "SEC", HOUR), "1.5 s × 100.00 / 3,600", "1,5 s × 100,00 / 3.600"),
    ],
)
def test_a_reader_can_multiply(printed: DocumentLine, english: str, german: str) -> None:
    for words, text in ((EN, english), (DE, german)):
        shown = f"{words.quantity(printed)} × {words.price(printed, 2)}"
        assert shown.replace("\u00a0", " ") == text


def test_text_lines_have_neither_quantity_nor_price() -> None:
    plain = DocumentLine(description="x")
    assert EN.quantity(plain) == EN.price(plain, 2) == ""


@pytest.mark.parametrize("category", EXEMPTIONS)
def test_the_law_is_said_in_the_language_of_the_document(category: str) -> None:
    tax = DocumentTax(
        category=category, percent=Decimal(0), base=Money(1, "EUR"), tax=Money(0, "EUR")
    )
    if category == "Z":
        assert EN.exemption(tax) == ""
        return
    assert EN.exemption(tax) != DE.exemption(tax)
    assert DE.exemption(replace(tax, exemption="§ 19 UStG")) == "§ 19 UStG"


def test_reverse_charge_has_the_words_of_the_german_law() -> None:
    tax = DocumentTax(category="AE", percent=Decimal(0), base=Money(1, "EUR"), tax=Money(0, "EUR"))
    assert "Steuerschuldnerschaft des Leistungsempfängers" in DE.exemption(tax)


def test_a_correction_is_never_called_gutschrift() -> None:
    # § 14 (2) UStG keeps that word for invoices that the recipient writes.
    assert DE.title(samples.credit_note()) == "Rechnungskorrektur"


def test_labels_are_known_or_printed_as_typed() -> None:
    assert DE.label("purchase_order") == "Ihre Bestellnummer"
    assert {DE.label(key) for key in LABELS}.isdisjoint(LABELS)
    assert DE.label("Kostenstelle") == "Kostenstelle"


def test_the_service_is_a_day_or_a_period() -> None:
    document = samples.november("de")
    assert DE.supply(document) == ("Leistungszeitraum", "1.–30. November 2025")
    one_day = replace(document, supply_from=None, supply_to=date(2025, 11, 3))
    assert DE.supply(one_day) == ("Leistungsdatum", "3. November 2025")
    assert DE.supply(replace(document, supply_from=None, supply_to=None)) is None


def test_a_narrow_column_shortens_what_people_type() -> None:
    assert shortened("GST + QST") == "GST + QST"
    assert shortened("x" * 40) == "x" * 15 + "…"
