"""The head of the editor: what it says of a draft and of an issued invoice."""

from __future__ import annotations

from billops_desktop.services.invoices import invoicing
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from tests.support.invoicing import QUANTITY, type_cell


def test_a_draft_says_when_it_was_saved_and_which_number_it_would_get(
    editor: InvoiceEditorView,
) -> None:
    head = editor.head
    assert head.title.text() == "Acme GmbH, November"
    assert head.badge.text() == "Draft"
    assert head.saved.text() == "Saved 14:00  ·  gets number 2026-0001 when issued"
    assert head.issue.isVisibleTo(editor)


def test_steps_are_lit_as_they_come(editor: InvoiceEditorView) -> None:
    head = editor.head
    assert not head.undo.isEnabled()
    type_cell(editor, 0, QUANTITY, "2")
    assert head.undo.isEnabled()
    head.undo.click()
    assert head.redo.isEnabled()
    assert not head.undo.isEnabled()


def test_an_issued_invoice_offers_no_steps(editor: InvoiceEditorView, workspace: Workspace) -> None:
    workspace.execute(invoicing.issue, editor.invoice_id)
    head = editor.head
    assert head.title.text() == "2026-0001, Acme GmbH"
    assert head.badge.text() == "Open"
    assert not head.issue.isVisibleTo(editor)
    assert not head.undo.isVisibleTo(editor)


def test_what_is_not_saved_is_said_in_red(editor: InvoiceEditorView) -> None:
    editor.head.show_unsaved("Your last change is not saved")
    assert editor.head.saved.ink == "bad"


def test_a_narrow_head_leaves_whole_parts_out_and_keeps_the_title(
    editor: InvoiceEditorView,
) -> None:
    head = editor.head
    head.setParent(None)
    head.resize(880, 64)
    head.show()
    assert head.saved.text().startswith("Saved")
    assert "gets number" not in head.saved.text()
    assert head.title.width() >= head.title.fontMetrics().horizontalAdvance(head.title.text())
    head.resize(1300, 64)
    assert "gets number" in head.saved.text()
    assert head.saved.fontMetrics().horizontalAdvance(head.saved.text()) <= head.saved.width()
    head.setParent(editor)
