"""The fields of a draft: saved when left, refused under the field with the text kept."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from billops_desktop.ui.widgets.input.floating import FloatingField
from tests.support.invoicing import stored
from tests.support.present import of_kind


def enter(edit: QLineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def test_dates_and_references_are_saved(editor: InvoiceEditorView) -> None:
    fields = editor.form.fields
    enter(fields.issue_on, "24/11/2026")
    enter(fields.due_on, "1 Dec 2026")
    enter(fields.period, "1 - 24 Nov 2026")
    enter(fields.client_reference, "PO 4500")
    enter(fields.purchase_order, "7781")
    editor.desk.flush()
    found = stored(editor)
    assert (found.row.issue_on, found.row.due_on) == (date(2026, 11, 24), date(2026, 12, 1))
    assert (found.supply_from, found.supply_to) == (date(2026, 11, 1), date(2026, 11, 24))
    assert (found.client_reference, found.purchase_order) == ("PO 4500", "7781")


def test_terms_move_the_due_date(editor: InvoiceEditorView) -> None:
    fields = editor.form.fields
    fields.terms.choose(30)
    fields.terms.chosen.emit(30)
    editor.desk.flush()
    assert (stored(editor).row.due_on - stored(editor).row.issue_on).days == 30
    assert fields.terms.value() == 30


def test_language_and_paper_are_saved(editor: InvoiceEditorView) -> None:
    fields = editor.form.fields
    fields.language.chosen.emit("de")
    fields.paper.chosen.emit("Letter")
    editor.desk.flush()
    assert (stored(editor).language, stored(editor).paper) == ("de", "Letter")


def test_a_bad_date_stays_with_its_reason_and_nothing_is_saved(editor: InvoiceEditorView) -> None:
    fields = editor.form.fields
    before = stored(editor).row.issue_on
    enter(fields.issue_on, "someday")
    editor.desk.flush()
    field = fields.fields.fields["issue_on"]
    assert fields.issue_on.text() == "someday"
    assert of_kind(field, FloatingField).bubble.isVisible()
    assert stored(editor).row.issue_on == before
    assert not editor.form.commit()


def test_a_reference_with_a_control_character_is_refused(editor: InvoiceEditorView) -> None:
    fields = editor.form.fields
    fields.client_reference.setText("PO\x07")
    assert not fields.client_reference.commit()
    editor.desk.flush()
    assert stored(editor).client_reference == ""
    assert fields.client_reference.text() == "PO\x07"


def test_every_field_has_a_name_and_a_label(editor: InvoiceEditorView) -> None:
    for name, field in editor.form.fields.fields.fields.items():
        assert field.editor.objectName()
        assert field.editor.accessibleName(), name
        assert field.label.buddy() is field.editor


def test_the_terms_are_never_cut(editor: InvoiceEditorView) -> None:
    terms = editor.form.fields.terms
    widest = max(
        terms.fontMetrics().horizontalAdvance(terms.itemText(row)) for row in range(terms.count())
    )
    # Frame and chevron take 40.
    assert terms.width() >= widest + 40
