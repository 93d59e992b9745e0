"""The pen: text where it was put, pages that can be written on again, the same bytes twice."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from billops_desktop.documents.pdf_layout import BODY, PAPERS, STRONG, Flow, Pen, rgb
from billops_desktop.documents.shaping import one_line
from tests.documents.samples import pages_of

DAY = date(2025, 11, 30)


@pytest.fixture
def pen() -> Pen:
    return Pen(PAPERS["A4"], "de")


def test_colours_become_operands() -> None:
    assert rgb("#FF8000") == "1.000 0.502 0.000"


@pytest.mark.parametrize("paper", PAPERS)
def test_the_address_lies_in_the_window(paper: str) -> None:
    sheet = PAPERS[paper]
    millimetre = 72 / 25.4
    assert sheet.left >= 20 * millimetre
    assert 45 * millimetre <= sheet.address
    assert sheet.left + sheet.address_width <= 105 * millimetre
    assert sheet.body > sheet.address


def test_escapes_keep_the_file_whole(pen: Pen) -> None:
    text = r"a\b (c) \) ((ü€"
    pen.text(50, 50, one_line(text), BODY)
    assert pages_of(pen.finish("t", "a", DAY)) == [text]


def test_right_aligned_text_ends_at_its_place(pen: Pen) -> None:
    pen.text(300, 50, one_line("12.50"), BODY, right=True)
    start = float(pen.page[1].split()[1])
    assert start + BODY.width("12.50") == pytest.approx(300, abs=0.01)


def test_a_finished_page_can_be_written_on(pen: Pen) -> None:
    pen.text(50, 50, one_line("first"), BODY)
    pen.turn()
    pen.text(50, 50, one_line("second"), STRONG)
    pen.back_to(0)
    pen.text(50, 80, one_line("again"), BODY)
    pen.beneath(one_line("under"))
    first, second = pages_of(pen.finish("t", "a", DAY))
    assert first.split() == ["under", "first", "again"]
    assert second == "second"


def test_the_file_says_what_it_is_and_asks_no_clock(
    pen: Pen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    pen.text(50, 50, one_line("x"), BODY)
    reader = PdfReader(BytesIO(pen.finish("Rechnung 1", "Haldane", DAY)))
    facts = reader.metadata
    assert facts is not None
    assert (facts.title, facts.author, facts.creator) == (
        "Rechnung 1",
        "Haldane",
        "BillOps Desktop",
    )
    assert facts.creation_date is not None
    assert facts.creation_date.date() == DAY
    assert str(reader.root_object["/Lang"]) == "de"


def test_a_flow_turns_when_there_is_no_room(pen: Pen) -> None:
    flow = Flow(pen, 100, 300)
    assert not flow.make_room(200)
    assert flow.make_room(201)
    assert flow.y == pen.paper.next_body
    assert not flow.make_room(9_999)  # a fresh page offers no more: no endless turning
    flow.write(BODY.lines("x\n" * 60, 100), BODY)
    assert len(pen.pages) > 3
