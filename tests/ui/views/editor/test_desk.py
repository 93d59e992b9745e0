"""The desk: changes are saved soon, one by one taken back, never lost to a slower answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from billops_desktop.domain.money import Money
from billops_desktop.errors import InvalidInput
from billops_desktop.services.drafts import drafting
from billops_desktop.services.drafts.drafting import DraftEdit
from billops_desktop.services.invoices.invoice_rows import detail
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.editor.desk import AUTOSAVE_MS, read_invoice, terms_words
from billops_desktop.ui.views.editor.lines.line_cell import CellEdit
from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from tests.support import money
from tests.support.invoicing import DESCRIPTION, QUANTITY, stored, type_cell
from tests.support.present import of_kind, present


def test_a_change_is_saved_without_being_asked(editor: InvoiceEditorView, qtbot: QtBot) -> None:
    editor.desk.change(within=AUTOSAVE_MS, note="Thank you")
    assert editor.desk.dirty
    assert stored(editor).note == ""
    qtbot.waitUntil(lambda: stored(editor).note == "Thank you", timeout=4_000)
    assert not editor.desk.dirty


def test_each_committed_cell_is_one_step_back(editor: InvoiceEditorView) -> None:
    type_cell(editor, 0, QUANTITY, "2")
    type_cell(editor, 0, QUANTITY, "3")
    editor.desk.undo()
    editor.desk.flush()
    assert stored(editor).lines[0].quantity == 2
    editor.desk.undo()
    editor.desk.flush()
    assert stored(editor).lines[0].quantity == 1
    editor.desk.redo()
    editor.desk.flush()
    assert stored(editor).lines[0].quantity == 2
    assert stored(editor).row.total == Money(238000, "EUR")


def test_running_text_is_one_step(editor: InvoiceEditorView) -> None:
    for text in ("T", "Th", "Thanks"):
        editor.desk.change(within=AUTOSAVE_MS, note=text)
    editor.desk.flush()
    assert len(editor.desk.steps.done) == 1


def test_a_new_line_gets_its_id_with_the_first_save(editor: InvoiceEditorView) -> None:
    editor.form.lines.add_line()
    of_kind(editor.form.lines.cell, CellEdit).setText("More")
    editor.form.lines.commit_cell()
    editor.desk.flush()
    first = stored(editor).lines[1].id
    type_cell(editor, 1, QUANTITY, "4")
    assert [row.id for row in stored(editor).lines][1] == first


def test_a_deleted_line_of_time_comes_back_with_its_entries(
    workspace: Workspace, job: money.Job, edit_invoice: Callable[[str], InvoiceEditorView]
) -> None:
    money.log(workspace, job)
    editor = edit_invoice(money.draft(workspace, job))
    editor.form.lines.choose_row(0)
    editor.form.lines.delete_lines()
    editor.desk.flush()
    assert stored(editor).lines == ()
    editor.desk.undo()
    editor.desk.flush()
    back = stored(editor).lines[0]
    assert (back.entry_count, back.tracked_seconds) == (1, 3600)
    assert stored(editor).unbilled_seconds == 0


def test_a_change_from_elsewhere_is_shown(editor: InvoiceEditorView, workspace: Workspace) -> None:
    workspace.execute(drafting.save, editor.invoice_id, DraftEdit(client_reference="PO 7"))
    assert present(editor.desk.draft).client_reference == "PO 7"


def test_what_is_not_saved_yet_stays_on_top_of_a_change_from_elsewhere(
    editor: InvoiceEditorView, workspace: Workspace
) -> None:
    editor.desk.change(within=AUTOSAVE_MS, note="Mine")
    workspace.execute(drafting.save, editor.invoice_id, DraftEdit(client_reference="PO 7"))
    assert present(editor.desk.draft).note == "Mine"
    editor.desk.flush()
    assert (stored(editor).note, stored(editor).client_reference) == ("Mine", "PO 7")


def test_a_refused_save_keeps_the_change_and_says_why(editor: InvoiceEditorView) -> None:
    errors: list[InvalidInput] = []
    editor.desk.refused.connect(errors.append)
    editor.desk.change(paper="A3")
    editor.desk.flush()
    assert errors[0].field == "paper"
    assert editor.desk.dirty
    assert stored(editor).paper == "A4"


def test_closing_saves_what_is_open(editor: InvoiceEditorView) -> None:
    editor.desk.change(within=AUTOSAVE_MS, note="Last words")
    editor.desk.close()
    assert stored(editor).note == "Last words"


def test_lines_that_slipped_are_not_saved_by_other_changes(editor: InvoiceEditorView) -> None:
    type_cell(editor, 0, QUANTITY, "many")
    type_cell(editor, 0, DESCRIPTION, "Course")
    line = stored(editor).lines[0]
    assert (line.description, line.quantity) == ("Course", 1)
    assert present(editor.desk.draft).lines[0].slips["quantity"].text == "many"


def test_an_invoice_is_read_with_its_client_and_the_taxes_of_its_day(
    editor: InvoiceEditorView, workspace: Workspace
) -> None:
    opened = workspace.read(read_invoice, editor.invoice_id)
    assert opened.detail == workspace.read(detail, editor.invoice_id)
    assert opened.taxes[0].percent == 19
    assert "EUR" in opened.client_parts


@pytest.mark.parametrize(("days", "words"), [(0, "due at once"), (14, "net 14 days")])
def test_terms_are_said_in_words(days: int, words: str) -> None:
    assert terms_words(days) == words


def test_a_draft_without_changes_is_never_sent(editor: InvoiceEditorView) -> None:
    before = stored(editor).updated_at
    editor.desk.draft = replace(present(editor.desk.draft))
    editor.desk.save()
    assert stored(editor).updated_at == before
