"""Cells of a line: what they show, what typed text makes of them, what cannot be read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from billops_desktop.services.drafts.drafting import LineEdit
from billops_desktop.services.profile.settings import TaxRow
from billops_desktop.ui.views.editor.draft import DraftLine
from billops_desktop.ui.views.editor.lines import cells

VAT = TaxRow(
    id="t" * 32,
    name="VAT",
    category="S",
    percent=Decimal(19),
    exemption_text="",
    exemption_code="",
    country="DE",
    valid_from=date(2021, 1, 1),
    valid_to=None,
    is_default=True,
    archived=False,
)


@pytest.fixture
def line() -> DraftLine:
    edit = LineEdit(
        description="Work",
        quantity=Decimal(2),
        price=Decimal(100),
        tax_category="S",
        tax_percent=Decimal(19),
    )
    return DraftLine(edit=edit)


@pytest.mark.parametrize(
    ("typed", "quantity", "unit"),
    [
        ("38:30", 138600, "SEC"),
        ("38.5 h", 138600, "SEC"),
        ("=12*95", 1140, "C62"),
        ("1.450,00", 1450, "C62"),
        ("1 450", 1450, "C62"),
        ("3 days", 3, "DAY"),
        ("2 boxes", 2, "boxes"),
        ("-1", -1, "C62"),
    ],
)
def test_quantities_are_read_as_people_type_them(
    line: DraftLine, typed: str, quantity: int, unit: str
) -> None:
    read = cells.read_cell(line, "quantity", typed, "EUR")
    assert read.slips == {}
    assert (read.edit.quantity, read.edit.unit) == (Decimal(quantity), unit)


@pytest.mark.parametrize(("typed", "price"), [("1.450,00", 1450), ("1,450.00", 1450), ("9", 9)])
def test_rates_are_read_with_either_mark(line: DraftLine, typed: str, price: int) -> None:
    assert cells.read_cell(line, "rate", typed, "EUR").edit.price == price


@pytest.mark.parametrize(
    ("column", "typed"),
    [("rate", "12o"), ("rate", "-5"), ("quantity", "two"), ("amount", "x"), ("description", "\0")],
)
def test_a_cell_that_cannot_be_read_keeps_its_text_and_the_line_as_it_was(
    line: DraftLine, column: str, typed: str
) -> None:
    read = cells.read_cell(line, column, typed, "EUR")
    assert read.edit == line.edit
    assert read.slips[column].text == typed
    assert read.slips[column].problem
    assert cells.cell_text(read, column, "EUR") == typed


def test_an_amount_solves_the_rate_until_the_rate_is_confirmed(line: DraftLine) -> None:
    solved = cells.read_cell(line, "amount", "250", "EUR")
    assert (solved.edit.price, solved.solved) == (Decimal(125), True)
    assert solved.net("EUR").minor == 25000
    assert not cells.read_cell(solved, "rate", "125", "EUR").solved


def test_no_rate_gives_an_amount_without_a_quantity(line: DraftLine) -> None:
    empty = line.changed("quantity", quantity=Decimal(0))
    assert "amount" in cells.read_cell(empty, "amount", "10", "EUR").slips


def test_cells_show_what_stands_in_them(line: DraftLine) -> None:
    texts = [cells.cell_text(line, column, "EUR") for column in cells.COLUMNS]
    assert texts == ["", "Work", "2", "100.00", "19%", "200.00"]
    time = line.changed("quantity", quantity=Decimal(138600), unit="SEC")
    assert cells.quantity_text(time) == "38.50\N{NO-BREAK SPACE}h"


def test_a_new_line_bears_the_tax_of_the_line_before_it_else_the_first(line: DraftLine) -> None:
    assert cells.new_line([VAT]).edit.tax_rate_id == VAT.id
    other = line.changed("tax", tax_percent=Decimal(7))
    assert cells.new_line([VAT], other).edit.tax_percent == 7


def test_a_copy_of_a_line_is_a_new_line(line: DraftLine) -> None:
    stored = line.changed("description", id="a" * 32, kind="time")
    copy = cells.copied(stored)
    assert (copy.edit.id, copy.edit.kind) == (None, "item")
    assert copy.key != stored.key


def test_rows_of_a_spreadsheet_become_lines_bad_cells_included() -> None:
    lines = cells.pasted("Design\t3\t100\n\nTest\tmany\t50", [VAT], "EUR", None)
    assert [one.edit.description for one in lines] == ["Design", "Test"]
    assert lines[0].net("EUR").minor == 30000
    assert lines[1].slips["quantity"].text == "many"
    assert lines[1].edit.price == 50
