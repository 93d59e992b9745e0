"""Where the fields of a draft are printed: the text of each lies in its region, on its page."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from billops_desktop.documents.content import InvoiceDocument, Paper
from billops_desktop.documents.pdf_invoice import render_invoice, render_marked
from billops_desktop.documents.regions import Region
from tests.documents import samples


def texts(content: bytes) -> list[tuple[int, float, float, str]]:
    """Return page, place from the top left, and text of all that is printed."""
    found: list[tuple[int, float, float, str]] = []
    for number, page in enumerate(PdfReader(BytesIO(content)).pages):
        height = float(page.mediabox.height)

        def visit(
            text: str, _cm: Any, tm: Any, *_font: Any, at: int = number, high: float = height
        ) -> None:
            if text.strip():
                found.append((at, tm[4], high - tm[5], text.strip()))

        page.extract_text(visitor_text=visit)
    return found


def within(document: InvoiceDocument) -> dict[str, str]:
    """Return what is printed in the region of each field."""
    content, regions = render_marked(document)
    printed = texts(content)
    found: dict[str, str] = {}
    for one in regions:
        words = [text for page, x, y, text in printed if one.holds(page, x + 1, y - 1)]
        found[one.field] = " ".join([found.get(one.field, ""), *words]).strip()
    return found


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_bytes_are_those_without_regions(paper: Paper) -> None:
    document = samples.rich(paper=paper)
    assert render_marked(document)[0] == render_invoice(document)


def test_each_field_is_printed_in_its_region() -> None:
    document = replace(samples.rich(), note="Thank you for November.")
    found = within(document)
    assert str(document.issue_on.year) in found["issue_on"]
    assert document.due_on is not None
    assert str(document.due_on.day) in found["due_on"]
    assert document.buyer.name.split()[0] in found["client"]
    first = document.lines[0]
    assert first.description.split()[0] in found["lines.1.description"]
    assert found["lines.1.quantity"]
    assert "Thank you for November." in found["note"]
    assert {"lines.1.price", "lines.1.amount"} <= set(found)
    for number in range(1, len(document.charges) + 1):
        assert found[f"charges.{number}"]


def test_lines_of_later_pages_have_their_places_there() -> None:
    document = samples.of_lines(60)
    content, regions = render_marked(document)
    marked = [one for one in regions if one.field.endswith(".description")]
    assert len(marked) == 60
    assert {one.page for one in marked} == set(range(len(PdfReader(BytesIO(content)).pages)))
    for number, words in within(document).items():
        if number.endswith(".description"):
            assert f"Task {int(number.split('.')[1]):04d}" in words


def test_a_region_holds_points_of_its_own_page_only() -> None:
    region = Region("note", 1, 10, 20, 30, 40)
    assert region.holds(1, 10, 60)
    assert not region.holds(0, 20, 30)
    assert not region.holds(1, 41, 30)
    assert not region.holds(1, 20, 61)
