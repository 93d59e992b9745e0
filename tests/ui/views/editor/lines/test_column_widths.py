"""The widths of the columns of lines: dragged, remembered, and never at the amount's cost."""

from __future__ import annotations

from billops_desktop.ui.views.editor.lines.cells import COLUMNS
from billops_desktop.ui.views.editor.lines.column_widths import REMEMBERED
from billops_desktop.ui.views.editor.lines.editor_lines import EditorLines
from billops_desktop.ui.views.editor.lines.line_painter import WIDTHS
from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from tests.support.present import window_of

QUANTITY = COLUMNS.index("quantity")


def whole(lines: EditorLines) -> int:
    return sum(lines.columnWidth(number) for number in range(len(COLUMNS)))


def test_a_dragged_head_takes_from_the_description_and_is_remembered(
    editor: InvoiceEditorView,
) -> None:
    lines = editor.form.lines
    before = lines.columnWidth(1)
    lines.horizontalHeader().resizeSection(QUANTITY, WIDTHS["quantity"] + 30)
    assert lines.columnWidth(QUANTITY) == WIDTHS["quantity"] + 30
    assert lines.columnWidth(1) == before - 30
    assert whole(lines) == lines.viewport().width()
    assert window_of(editor).state.values[REMEMBERED] == {"quantity": WIDTHS["quantity"] + 30}
    other = InvoiceEditorView(editor.shell, editor)
    assert other.form.lines.widths.chosen == {"quantity": WIDTHS["quantity"] + 30}


def test_the_edge_of_the_description_moves_the_quantity(editor: InvoiceEditorView) -> None:
    lines = editor.form.lines
    before = lines.columnWidth(1)
    lines.horizontalHeader().resizeSection(1, before - 20)
    assert lines.columnWidth(QUANTITY) == WIDTHS["quantity"] + 20
    assert lines.columnWidth(1) == before - 20


def test_a_column_never_gets_too_narrow_or_crowds_out_the_description(
    editor: InvoiceEditorView,
) -> None:
    lines = editor.form.lines
    lines.horizontalHeader().resizeSection(QUANTITY, 10)
    assert lines.columnWidth(QUANTITY) == WIDTHS["quantity"]
    lines.horizontalHeader().resizeSection(QUANTITY, 2000)
    assert lines.columnWidth(1) >= 120
    assert whole(lines) == lines.viewport().width()


def test_nonsense_that_was_remembered_is_passed_over(editor: InvoiceEditorView) -> None:
    widths = editor.form.lines.widths
    widths.take({"quantity": "wide", "rate": 5, "other": 100, "tax": 90})
    assert widths.chosen == {"tax": 90}
    widths.take([1])
    assert widths.chosen == {}
