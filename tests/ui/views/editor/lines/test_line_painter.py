"""The painter of lines: bad cells in red, a solved rate in italics, no markup read."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtGui import QColor

from billops_desktop.ui import theme
from billops_desktop.ui.views.editor.lines.line_painter import _beside_logged
from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from tests.support.invoicing import AMOUNT, DESCRIPTION, RATE, type_cell


def colours(editor: InvoiceEditorView, column: int) -> set[int]:
    lines = editor.form.lines
    area = lines.visualRect(lines.lines_model.index(0, column))
    image = lines.viewport().grab(area).toImage()
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height() - 2)}


def test_a_cell_that_could_not_be_read_is_red(editor: InvoiceEditorView) -> None:
    bad = QColor(theme.colour("bad")).rgb()
    assert bad not in colours(editor, RATE)
    type_cell(editor, 0, RATE, "12o")
    assert bad in colours(editor, RATE)


def test_a_rate_that_was_solved_looks_different_until_it_is_confirmed(
    editor: InvoiceEditorView,
) -> None:
    type_cell(editor, 0, AMOUNT, "900")
    lines = editor.form.lines
    area = lines.visualRect(lines.lines_model.index(0, RATE))
    solved = lines.viewport().grab(area).toImage()
    type_cell(editor, 0, RATE, "900.0")
    assert lines.lines[0].solved is False
    assert lines.viewport().grab(area).toImage() != solved


def test_words_that_look_like_markup_are_painted_letter_by_letter(
    editor: InvoiceEditorView,
) -> None:
    type_cell(editor, 0, DESCRIPTION, "<b></b>")
    lines = editor.form.lines
    area = lines.visualRect(lines.lines_model.index(0, DESCRIPTION))
    shown = lines.viewport().grab(area).toImage()
    type_cell(editor, 0, DESCRIPTION, "")
    assert lines.viewport().grab(area).toImage() != shown


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (60_375, ""),
        (60_372, ""),
        (60_375 - 3_600, "1 h 00 less than logged"),
        (4_444_416, "1217 h 47 more than logged"),
    ],
)
def test_a_time_line_says_how_far_it_is_from_what_was_logged(
    editor: InvoiceEditorView, quantity: int, words: str
) -> None:
    line = editor.form.lines.lines[0]
    edit = replace(line.edit, unit="SEC", quantity=Decimal(quantity))
    assert _beside_logged(replace(line, edit=edit)) == ""
    assert _beside_logged(replace(line, edit=edit, entry_count=2, tracked_seconds=60_375)) == words


def test_the_amounts_end_where_the_sums_end(editor: InvoiceEditorView) -> None:
    lines = editor.form.lines
    assert sum(lines.columnWidth(column) for column in range(6)) <= lines.viewport().width()
