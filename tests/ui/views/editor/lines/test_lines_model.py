"""The lines as a model: words for screen readers."""

from __future__ import annotations

from PySide6.QtCore import Qt

from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from tests.support.invoicing import RATE, type_cell


def test_a_cell_is_spoken_with_the_name_of_its_column(editor: InvoiceEditorView) -> None:
    model = editor.form.lines.lines_model
    index = model.index(0, RATE)
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Rate 1,000.00"
    assert model.data(index) == "1,000.00"
    assert (model.rowCount(), model.columnCount()) == (1, 6)
    assert model.line_at(5) is None


def test_what_is_wrong_with_a_cell_is_spoken(editor: InvoiceEditorView) -> None:
    type_cell(editor, 0, RATE, "-5")
    model = editor.form.lines.lines_model
    spoken = model.data(model.index(0, RATE), Qt.ItemDataRole.AccessibleDescriptionRole)
    assert "below zero" in spoken
