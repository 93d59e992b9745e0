"""The table of lines: whole rows, heads on every page, sums never alone on a page."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from billops_desktop.documents.content import DocumentTax, InvoiceDocument, Paper
from billops_desktop.documents.pdf_invoice import render_invoice
from billops_desktop.domain.money import Money
from tests.documents import samples
from tests.documents.samples import pages_of, text_of


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("count", [1, 20, 1000])
def test_every_line_is_printed_once_in_order(count: int, paper: Paper) -> None:
    pages = pages_of(render_invoice(samples.of_lines(count, paper=paper)))
    found = [int(number) for page in pages for number in re.findall(r"Task (\d{4}):", page)]
    assert found == list(range(1, count + 1))
    assert all("Description" in page for page in pages if "Task" in page)
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]


@pytest.mark.parametrize("count", [*range(14, 24), *range(40, 52)])
def test_the_sums_stand_with_the_last_line(count: int) -> None:
    pages = pages_of(render_invoice(samples.of_lines(count)))
    holding = next(page for page in pages if "Subtotal" in page)
    assert f"Task {count:04d}:" in holding
    assert "Total" in holding


def test_a_row_stays_whole() -> None:
    document = samples.of_lines(40)
    details = "\n".join(f"step {n}" for n in range(12))
    lines = tuple(replace(line, details=details) for line in document.lines)
    for page in pages_of(render_invoice(replace(document, lines=lines))):
        assert page.count("step 0") == page.count("step 11") == page.count("Task ")


def test_a_row_taller_than_a_page_goes_on() -> None:
    document = samples.of_lines(3)
    tall = replace(document.lines[1], details="\n".join(f"note {n:03d}" for n in range(200)))
    document = replace(document, lines=(document.lines[0], tall, document.lines[2]))
    pages = pages_of(render_invoice(document))
    found = re.findall(r"note (\d{3})", "\n".join(pages))
    assert [int(number) for number in found] == list(range(200))
    assert sum("Description" in page for page in pages) == len(pages) >= 4
    assert "Task 0003" in pages[-1]


def test_the_discount_of_a_line_is_told() -> None:
    text = text_of(render_invoice(samples.rich("de")))
    assert "10 % Rabatt: −49,99 €" in text
    line = replace(samples.RICH_LINES[3], discount_percent=None)
    text = text_of(render_invoice(replace(samples.rich("en"), lines=(line,))))
    assert "Discount −€49.99" in text


def test_without_a_rate_there_is_no_column_for_it() -> None:
    def untaxed(document: InvoiceDocument) -> InvoiceDocument:
        net = document.totals.net
        tax = DocumentTax(category="O", percent=None, base=net, tax=Money(0, "EUR"))
        lines = tuple(replace(line, tax_category="O", tax_percent=None) for line in document.lines)
        return replace(document, lines=lines, taxes=(tax,))

    assert "Price VAT Amount" in text_of(render_invoice(samples.november("en")))
    text = text_of(render_invoice(untaxed(samples.november("en"))))
    assert "Price Amount" in text
    assert "Not subject to VAT." in text


@pytest.mark.parametrize(("currency", "amount"), [("KWD", "1,234.567"), ("JPY", "1,234,567")])
def test_amounts_have_the_decimals_of_the_currency(currency: str, amount: str) -> None:
    money = Money(1_234_567, currency)
    base = samples.november("en")
    totals = replace(
        base.totals, sum_lines=money, net=money, tax=Money(0, currency), gross=money, due=money
    )
    line = replace(base.lines[3], price=money.decimal, net=money)
    tax = DocumentTax(category="Z", percent=Decimal(0), base=money, tax=Money(0, currency))
    document = replace(base, currency=currency, lines=(line,), taxes=(tax,), totals=totals)
    text = text_of(render_invoice(document))
    assert text.count(amount) >= 4  # price, amount, subtotal, total


def test_huge_numbers_leave_room_for_the_description() -> None:
    base = samples.november("en")
    money = Money(999_999_999_999_999_999, "EUR")
    line = replace(base.lines[0], price=money.decimal, net=money, unit="very long unit " * 9)
    text = text_of(render_invoice(replace(base, lines=(line,))))
    assert "Checkout redesign" in text
    assert "9,999,999,999,999,999.99" in text
