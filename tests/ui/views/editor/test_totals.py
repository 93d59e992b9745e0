"""Sums, discounts and surcharges of a draft."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from billops_desktop.domain.money import Money
from billops_desktop.errors import InvalidInput
from billops_desktop.services.drafts.drafting import ChargeEdit
from billops_desktop.ui.views.editor.totals import Totals, charge_text, read_charge
from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from tests.support.invoicing import QUANTITY, stored, type_cell


def shown(totals: Totals) -> list[str]:
    found = []
    for row in range(totals._sum_rows):
        cells = (totals.sums.itemAtPosition(row, column) for column in (0, 1))
        words = [getattr(cell.widget(), "text", str)() for cell in cells if cell is not None]
        found.append(" ".join(filter(None, words)))
    return [words for words in found if words]


def add_discount(editor: InvoiceEditorView, typed: str) -> None:
    totals = editor.form.totals
    QTest.mouseClick(totals.discount, Qt.MouseButton.LeftButton)
    row = totals._rows[-1]
    row.value.setText(typed)
    row.value.commit()
    editor.desk.flush()


def test_the_sums_follow_each_cell_at_once(editor: InvoiceEditorView) -> None:
    assert shown(editor.form.totals) == [
        "Subtotal €1,000.00",
        "VAT 19% €190.00",
        "Total €1,190.00",
    ]
    type_cell(editor, 0, QUANTITY, "2")
    assert shown(editor.form.totals)[-1] == "Total €2,380.00"
    assert editor.form.totals.totals == stored(editor).totals


def test_a_discount_in_per_cent_is_taken_off(editor: InvoiceEditorView) -> None:
    add_discount(editor, "10 %")
    assert stored(editor).charges[0].percent == 10
    assert stored(editor).row.total == Money(107100, "EUR")
    assert shown(editor.form.totals)[1:3] == [
        "Discount \N{MINUS SIGN}€100.00",
        "Net €900.00",
    ]


def test_a_discount_is_named_and_removed(editor: InvoiceEditorView) -> None:
    add_discount(editor, "50")
    row = editor.form.totals._rows[0]
    row.reason.setText("Loyal client")
    row.reason.editingFinished.emit()
    editor.desk.flush()
    assert stored(editor).charges[0].reason == "Loyal client"
    assert stored(editor).charges[0].amount == Money(5000, "EUR")
    editor.form.totals._rows[0].removed.emit()
    editor.desk.flush()
    assert stored(editor).charges == ()


def test_a_surcharge_is_added(editor: InvoiceEditorView) -> None:
    QTest.mouseClick(editor.form.totals.surcharge, Qt.MouseButton.LeftButton)
    row = editor.form.totals._rows[0]
    row.value.setText("20")
    row.value.commit()
    editor.desk.flush()
    assert stored(editor).charges[0].kind == "charge"
    assert stored(editor).totals.net == Money(102000, "EUR")


def test_a_bad_discount_stays_with_its_reason(editor: InvoiceEditorView) -> None:
    add_discount(editor, "lots")
    row = editor.form.totals._rows[0]
    assert row.value.text() == "lots"
    assert row.problem.isVisible()
    assert stored(editor).row.total == Money(119000, "EUR")


@pytest.mark.parametrize("typed", ["120 %", "-5", "-5 %", "x"])
def test_what_is_no_discount_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        read_charge(typed, "EUR")


def test_a_discount_is_written_as_it_is_read() -> None:
    for charge in (ChargeEdit(percent=Decimal("7.5")), ChargeEdit(amount=Money(5000, "EUR"))):
        assert read_charge(charge_text(charge), "EUR") == charge


def test_a_discount_that_comes_to_nothing_is_not_on_the_invoice(editor: InvoiceEditorView) -> None:
    QTest.mouseClick(editor.form.totals.discount, Qt.MouseButton.LeftButton)
    editor.desk.flush()
    assert stored(editor).charges == ()
    editor.desk.change(note="Thank you")
    editor.desk.flush()
    assert stored(editor).note == "Thank you"
    assert len(editor.form.totals._rows) == 1


def test_a_discount_left_at_nothing_vanishes_when_it_is_left(
    editor: InvoiceEditorView, qapp: QApplication
) -> None:
    totals = editor.form.totals
    QTest.mouseClick(totals.discount, Qt.MouseButton.LeftButton)
    row = totals._rows[0]
    row.value.setFocus()
    row.reason.setFocus()
    assert totals._rows == [row]
    editor.form.note.setFocus()
    assert totals._rows == []
    assert stored(editor).charges == ()


def test_a_discount_that_cannot_be_read_stays_where_it_is_left(
    editor: InvoiceEditorView, qapp: QApplication
) -> None:
    totals = editor.form.totals
    QTest.mouseClick(totals.discount, Qt.MouseButton.LeftButton)
    totals._rows[0].value.setFocus()
    totals._rows[0].value.setText("ten")
    editor.form.note.setFocus()
    assert totals._rows[0].value.text() == "ten"


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def tab() -> str:
    """Press Tab where the focus is; return the name of where it went."""
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    return focus().objectName()


def test_tab_goes_through_a_new_discount_and_on_in_the_form(
    editor: InvoiceEditorView, qapp: QApplication
) -> None:
    QTest.mouseClick(editor.form.totals.discount, Qt.MouseButton.LeftButton)
    assert focus().objectName() == "chargeValue0"
    QTest.keyClicks(focus(), "5%")
    assert tab() == "chargeRemove0"
    assert tab() == "note"
    editor.desk.flush()
    assert stored(editor).charges[0].percent == 5


def test_the_focus_stays_in_the_row_that_stays(
    editor: InvoiceEditorView, qapp: QApplication
) -> None:
    totals = editor.form.totals
    add_discount(editor, "10 %")
    QTest.mouseClick(totals.surcharge, Qt.MouseButton.LeftButton)
    second = totals._rows[1]
    second.value.setText("20")
    second.value.setFocus()
    totals._rows[0].removed.emit()
    assert totals._rows == [second]
    assert focus() is second.value
    assert (second.value.text(), second.value.objectName()) == ("20", "chargeValue0")


def test_a_row_taken_away_leaves_the_focus_in_the_form(
    editor: InvoiceEditorView, qapp: QApplication
) -> None:
    totals = editor.form.totals
    add_discount(editor, "10 %")
    totals._rows[0].remove.setFocus()
    totals._rows[0].remove.click()
    assert totals._rows == []
    assert focus() is totals.surcharge


def test_undo_shows_the_charge_before_in_the_row_it_stands_in(
    editor: InvoiceEditorView,
) -> None:
    totals = editor.form.totals
    add_discount(editor, "10 %")
    row = totals._rows[0]
    row.value.setText("20 %")
    row.value.commit()
    editor.desk.undo()
    assert totals._rows == [row]
    assert row.value.text() == "10%"
