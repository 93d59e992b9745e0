"""Under the lines: each sum, why no tax, where to pay, the closing words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from billops_desktop.documents.content import DocumentBank
from billops_desktop.documents.pdf_invoice import render_invoice
from billops_desktop.documents.pdf_sums import grouped_iban
from billops_desktop.domain.money import Money
from tests.documents import samples
from tests.documents.samples import pages_of, text_of


def test_each_sum_is_printed_once_with_its_base() -> None:
    text = text_of(render_invoice(samples.rich("en")))
    for part in (
        "Subtotal 13,355.74",
        "Loyalty discount (5%) −667.79",
        "Express delivery 80.00",
        "Net amount 12,767.95",
        "VAT 19% on 10,986.79 2,087.49",
        "VAT 7% on 427.41 29.92",
        "VAT 0% on 1,353.75 0.00",
        "Total €14,885.36",
        "Already paid −5,000.00",
        "Rounding −0.01",
        "Amount due €9,885.35",
    ):
        assert part in text, part


def test_one_rate_needs_no_base_and_no_second_total() -> None:
    text = text_of(render_invoice(samples.november("de")))
    assert "USt 19 % 2.450,53" in text
    assert "Gesamtbetrag 15.348,03 €" in text
    assert "Zahlbetrag" not in text
    assert "Nettobetrag" not in text


def test_reverse_charge_names_the_law_and_the_tax_of_the_books() -> None:
    english, german = (
        text_of(render_invoice(samples.reverse_charge(code))) for code in ("en", "de")
    )
    assert "Reverse charge: the recipient of the service owes the tax." in english
    assert "VAT in GBP: £0.00 (rate 0.8734 of 28 November 2025, ECB)" in english
    assert "Steuerschuldnerschaft des Leistungsempfängers" in german


def test_where_to_pay() -> None:
    text = text_of(render_invoice(samples.november("de")))
    assert "Bitte zahlen Sie 15.348,03 € bis zum 14. Dezember 2025." in text
    assert "DE89 3704 0044 0532 0130 00" in text
    assert "COBADEFFXXX" in text
    assert "Verwendungszweck 2025-0147" in text


def test_an_account_without_iban() -> None:
    bank = DocumentBank(account_number="12-3456", bank_name="First Bank")
    text = text_of(render_invoice(replace(samples.november("en"), banks=(bank,))))
    assert "Account number 12-3456" in text
    assert "Bank First Bank" in text
    assert "IBAN" not in text


@pytest.mark.parametrize(
    ("due", "says"), [(0, "Nothing is due"), (-100, "Nothing is due"), (1, "Please pay €0.01")]
)
def test_only_what_is_owed_is_asked_for(due: int, says: str) -> None:
    base = samples.november("en")
    totals = replace(base.totals, prepaid=Money(1534803 - due, "EUR"), due=Money(due, "EUR"))
    text = text_of(render_invoice(replace(base, totals=totals)))
    assert says in text
    assert ("IBAN" in text) == (due > 0)


def test_without_a_date_the_amount_is_named_and_a_quote_asks_for_nothing() -> None:
    base = replace(samples.november("en"), due_on=None)
    assert "Amount to pay: €15,348.03" in text_of(render_invoice(base))
    quote = text_of(render_invoice(replace(samples.november("en"), kind="quote")))
    assert "IBAN" not in quote
    assert "Valid until" in quote


def test_a_credit_note_asks_for_no_payment() -> None:
    text = text_of(render_invoice(samples.credit_note("de")))
    assert "werden verrechnet oder Ihnen erstattet" in text
    assert "IBAN" not in text


def test_many_banks_go_over_pages_and_a_long_note_too() -> None:
    banks = tuple(DocumentBank(holder=f"Holder {n:03d}", iban="x" * 30) for n in range(80))
    note = "\n".join(f"remark {n:03d}" for n in range(150))
    pages = pages_of(render_invoice(replace(samples.november("en"), banks=banks, note=note)))
    text = "\n".join(pages)
    assert all(f"Holder {n:03d}" in text for n in range(80))
    assert all(f"remark {n:03d}" in text for n in range(150))
    assert len(pages) > 5


def test_ibans_are_grouped_as_banks_print_them() -> None:
    assert grouped_iban("DE89 370400440532013000") == "DE89 3704 0044 0532 0130 00"
    assert grouped_iban("") == ""
