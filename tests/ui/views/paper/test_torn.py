"""The pages in a window of their own: they follow, they lead to fields, they come back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from billops_desktop.ui.views.paper.torn import REMEMBERED
from tests.support.invoicing import QUANTITY, type_cell
from tests.support.present import present, window_of


def test_the_pages_leave_the_editor_and_come_back_with_esc(editor: InvoiceEditorView) -> None:
    sides = editor.sides
    before = sides.sizes()
    editor.preview.tear.click()
    torn = sides.torn
    assert present(torn).isVisible()
    assert editor.preview.window() is torn
    assert torn.windowTitle() == editor.heading()
    assert sides.left.width() == sides.width()
    torn.resize(700, 640)
    QTest.keyClick(torn, Qt.Key.Key_Escape)
    assert sides.torn is None
    assert editor.preview.window() is editor.window()
    assert sides.sizes() == before
    assert window_of(editor).state.values[REMEMBERED] == [700, 640]


def test_they_follow_what_is_typed_and_lead_to_it(editor: InvoiceEditorView) -> None:
    editor.preview.tear.click()
    editor.preview.render_now()
    content = editor.preview.content
    type_cell(editor, 0, QUANTITY, "3")
    editor.preview.render_now()
    assert editor.preview.content != content
    editor.preview.paper.field_wanted.emit("due_on")
    assert editor.form.fields.due_on.hasFocus() or editor.window().focusWidget() is (
        editor.form.fields.due_on
    )
    editor.sides.bring_back()


def test_in_a_narrow_window_the_form_has_all_the_room(editor: InvoiceEditorView) -> None:
    editor.window().resize(1100, 800)
    editor.head.tabs.buttons["preview"].click()
    editor.preview.tear.click()
    assert editor.sides.left.isVisibleTo(editor)
    assert not editor.head.tabs.isVisibleTo(editor)
    editor.sides.bring_back()
    assert editor.head.tabs.isVisibleTo(editor)


def test_leaving_the_invoice_brings_them_back(editor: InvoiceEditorView) -> None:
    editor.preview.tear.click()
    window_of(editor).go("invoices")
    assert editor.sides.torn is None
    assert editor.preview.window() is editor.window()
