"""The table of lines by keyboard and mouse: walk, move, copy, delete, paste, bad cells."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from billops_desktop.ui.views.editor.lines.editor_lines import EditorLines
from billops_desktop.ui.views.editor.lines.line_cell import CellEdit, TaxCell
from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from tests.support.invoicing import DESCRIPTION, QUANTITY, RATE, TAX, stored, type_cell
from tests.support.present import of_kind, present

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def lines(editor: InvoiceEditorView) -> EditorLines:
    editor.form.lines.paste_rows("Second\t2\t50\nThird\t1\t25")
    editor.desk.flush()
    return editor.form.lines


def words(view: InvoiceEditorView) -> list[str]:
    return [row.description for row in stored(view).lines]


def test_tab_walks_through_the_cells_and_over_the_row(
    editor: InvoiceEditorView, lines: EditorLines
) -> None:
    lines.open_cell(0, DESCRIPTION)
    seen = []
    for _step in range(5):
        QTest.keyClick(present(lines.cell), Qt.Key.Key_Tab)
        assert lines.cell is not None
        seen.append((lines._cell_at[0], lines.cell.column))
    assert seen == [
        (0, "quantity"),
        (0, "rate"),
        (0, "tax"),
        (0, "amount"),
        (1, "description"),
    ]
    QTest.keyClick(present(lines.cell), Qt.Key.Key_Backtab)
    assert (lines._cell_at[0], of_kind(lines.cell, CellEdit).column) == (0, "amount")


def test_enter_goes_down_and_adds_a_line_at_the_end(
    editor: InvoiceEditorView, lines: EditorLines
) -> None:
    lines.open_cell(1, QUANTITY)
    of_kind(lines.cell, CellEdit).setText("5")
    QTest.keyClick(present(lines.cell), Qt.Key.Key_Return)
    assert lines._cell_at == (2, QUANTITY)
    QTest.keyClick(present(lines.cell), Qt.Key.Key_Return)
    editor.desk.flush()
    assert len(lines.lines) == 4
    assert stored(editor).lines[1].quantity == 5


def test_alt_and_arrows_move_a_line(editor: InvoiceEditorView, lines: EditorLines) -> None:
    lines.choose_row(0)
    QTest.keyClick(lines, Qt.Key.Key_Down, ALT)
    editor.desk.flush()
    assert words(editor) == ["Second", "Workshop", "Third"]
    QTest.keyClick(lines, Qt.Key.Key_Up, ALT)
    editor.desk.flush()
    assert words(editor) == ["Workshop", "Second", "Third"]


def test_a_line_is_dragged_by_its_grip(editor: InvoiceEditorView, lines: EditorLines) -> None:
    view = lines.viewport()

    def middle(row: int) -> QPoint:
        return lines.visualRect(lines.lines_model.index(row, 0)).center()

    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=middle(2))
    lines._drop = 0
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=middle(0))
    editor.desk.flush()
    assert words(editor) == ["Third", "Workshop", "Second"]


def test_ctrl_d_duplicates_and_delete_deletes(
    editor: InvoiceEditorView, lines: EditorLines
) -> None:
    lines.choose_row(1)
    QTest.keyClick(lines, Qt.Key.Key_D, CTRL)
    editor.desk.flush()
    assert words(editor) == ["Workshop", "Second", "Second", "Third"]
    QTest.keyClick(lines, Qt.Key.Key_Delete)
    editor.desk.flush()
    assert words(editor) == ["Workshop", "Second", "Third"]


def test_rows_of_a_spreadsheet_are_pasted(editor: InvoiceEditorView, lines: EditorLines) -> None:
    QGuiApplication.clipboard().setText("Pasted\t38:30\t100\n")
    lines.choose_row(0)
    QTest.keyClick(lines, Qt.Key.Key_V, CTRL)
    editor.desk.flush()
    assert words(editor) == ["Workshop", "Pasted", "Second", "Third"]
    assert stored(editor).lines[1].quantity == 138600


def test_a_bad_cell_keeps_its_text_says_why_and_is_not_saved(editor: InvoiceEditorView) -> None:
    type_cell(editor, 0, RATE, "12o")
    card = editor.form.lines_card
    assert stored(editor).lines[0].price == 1000
    assert card.problem.isVisibleTo(card)
    assert "12o" in card.problem.text()
    editor.form.lines.open_cell(0, RATE)
    assert of_kind(editor.form.lines.cell, CellEdit).text() == "12o"
    of_kind(editor.form.lines.cell, CellEdit).setText("120")
    editor.form.lines.commit_cell()
    editor.desk.flush()
    assert stored(editor).lines[0].price == 120
    assert not card.problem.isVisibleTo(card)


def test_escape_gives_a_cell_up(editor: InvoiceEditorView) -> None:
    lines = editor.form.lines
    lines.open_cell(0, RATE)
    of_kind(lines.cell, CellEdit).setText("5")
    QTest.keyClick(present(lines.cell), Qt.Key.Key_Escape)
    editor.desk.flush()
    assert lines.cell is None
    assert stored(editor).lines[0].price == 1000


def test_a_letter_opens_the_cell_and_is_its_first(editor: InvoiceEditorView) -> None:
    lines = editor.form.lines
    lines.setCurrentIndex(lines.lines_model.index(0, QUANTITY))
    QTest.keyClick(lines, Qt.Key.Key_7)
    assert of_kind(lines.cell, CellEdit).text() == "7"


def test_another_tax_is_chosen_from_the_list(editor: InvoiceEditorView) -> None:
    lines = editor.form.lines
    seven = next(tax for tax in lines.taxes if tax.percent == 7)
    lines.open_cell(0, TAX)
    of_kind(lines.cell, TaxCell).choose(seven.id)
    lines.commit_cell()
    editor.desk.flush()
    assert stored(editor).lines[0].tax_percent == 7


def test_a_click_opens_the_cell_under_it(editor: InvoiceEditorView) -> None:
    lines = editor.form.lines
    area = lines.visualRect(lines.lines_model.index(0, RATE))
    QTest.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    assert of_kind(lines.cell, CellEdit).column == "rate"


def test_a_slip_names_its_line_and_esc_takes_it_back(
    editor: InvoiceEditorView, lines: EditorLines
) -> None:
    type_cell(editor, 1, RATE, "abc")
    assert editor.form.lines_card.problem.text().startswith("Line 2, rate: ")
    lines.open_cell(1, RATE)
    QTest.keyClick(present(lines.cell), Qt.Key.Key_Escape)
    assert not lines.lines[1].slips
    type_cell(editor, 1, RATE, "abc")
    lines.choose_row(1)
    QTest.keyClick(lines, Qt.Key.Key_Escape)
    assert not lines.lines[1].slips
    assert editor.form.lines_card.problem.isHidden()


def test_undo_takes_bad_text_back_and_never_brings_it_again(
    editor: InvoiceEditorView, lines: EditorLines
) -> None:
    type_cell(editor, 1, RATE, "abc")
    assert editor.head.undo.isEnabled()
    editor.desk.undo()
    assert not present(editor.desk.draft).has_slips
    assert len(present(editor.desk.draft).lines) == 3
    type_cell(editor, 1, RATE, "abc")
    type_cell(editor, 1, RATE, "60")
    editor.desk.undo()
    assert not present(editor.desk.draft).has_slips
    assert present(editor.desk.draft).lines[1].edit.price == 50


@pytest.mark.parametrize(("column", "name"), [(QUANTITY, "quantity"), (RATE, "price")])
def test_a_sum_is_worked_out(editor: InvoiceEditorView, column: int, name: str) -> None:
    type_cell(editor, 0, column, "=12*95")
    assert getattr(stored(editor).lines[0], name) == 1140


def test_tab_out_of_the_last_cell_stays_in_the_form(
    editor: InvoiceEditorView, lines: EditorLines
) -> None:
    lines.open_cell(2, TAX)
    QTest.keyClick(present(lines.cell), Qt.Key.Key_Tab)
    QTest.keyClick(present(lines.cell), Qt.Key.Key_Tab)
    assert lines.cell is None
    focused = present(QApplication.focusWidget())
    assert editor.form.isAncestorOf(focused)
    assert focused.objectName() == "addLine"
