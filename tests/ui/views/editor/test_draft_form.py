"""The form of a draft: where findings and errors lead, the note, unbilled time."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from billops_desktop.errors import InvalidInput
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.editor.lines.line_cell import CellEdit
from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from billops_desktop.ui.widgets.input.floating import FloatingField
from tests.support import money
from tests.support.hands import Hands
from tests.support.invoicing import stored
from tests.support.present import of_kind


@pytest.mark.parametrize(
    ("field", "column"),
    [("lines.1.description", "description"), ("lines.1.price", "rate"), ("lines.1", "description")],
)
def test_a_finding_about_a_line_opens_its_cell(
    editor: InvoiceEditorView, field: str, column: str
) -> None:
    editor.form.focus_field(field)
    assert of_kind(editor.form.lines.cell, CellEdit).column == column


@pytest.mark.parametrize("field", ["issue_on", "due_on", "supply_to", "terms"])
def test_a_finding_about_a_field_goes_there(editor: InvoiceEditorView, field: str) -> None:
    editor.window().activateWindow()
    editor.form.focus_field(field)
    names = {"supply_to": "supply_from", "terms": "due_on"}
    assert editor.focusWidget().objectName() == names.get(field, field)


def test_an_error_of_saving_stands_where_it_belongs(editor: InvoiceEditorView) -> None:
    form = editor.form
    assert form.show_error(InvalidInput("Too large.", field="lines[0].quantity"))
    assert "Too large." in form.lines_card.problem.text()
    assert form.show_error(InvalidInput("No.", field="due_on"))
    assert of_kind(form.fields.fields.fields["due_on"], FloatingField).bubble.words.text() == "No."
    assert form.show_error(InvalidInput("No.", field="note"))
    assert not form.show_error(InvalidInput("No.", field="elsewhere"))


def test_the_note_is_saved_after_a_pause(editor: InvoiceEditorView, qtbot: QtBot) -> None:
    editor.form.note.setFocus()
    QTest.keyClicks(editor.form.note, "Thank you")
    qtbot.waitUntil(lambda: stored(editor).note == "Thank you", timeout=4_000)


def test_a_note_with_control_characters_is_refused(editor: InvoiceEditorView) -> None:
    editor.form.note.setText("a\x07b")
    assert not editor.form.commit()
    assert editor.form.note_field.note.isVisibleTo(editor.form.note_field)
    editor.desk.flush()
    assert stored(editor).note == ""


def test_unbilled_time_is_offered_and_added(
    editor: InvoiceEditorView, workspace: Workspace, job: money.Job
) -> None:
    card = editor.form.lines_card
    assert not card.unbilled.isVisibleTo(card)
    money.log(workspace, job, hours=2.25)
    assert card.unbilled.isVisibleTo(card)
    assert card.left.text() == "2 h 15"
    card.grouping.choose("day")
    QTest.mouseClick(card.unbilled, Qt.MouseButton.LeftButton)
    assert [row.entry_count for row in stored(editor).lines] == [0, 1]
    assert not card.unbilled.isVisibleTo(card)


def test_a_line_left_blank_is_on_no_invoice_and_vanishes(
    editor: InvoiceEditorView, hands: Hands
) -> None:
    lines = editor.form.lines
    findings = stored(editor).findings
    editor.form.lines_card.add.click()
    editor.desk.flush()
    assert (len(lines.lines), len(stored(editor).lines)) == (2, 1)
    assert not editor.desk.steps.done
    editor.desk.change(note="Thanks")
    editor.desk.flush()
    assert stored(editor).findings == findings
    assert len(lines.lines) == 2
    assert lines.cell is not None
    editor.form.note.setFocus()
    hands.until(lambda: len(lines.lines) == 1, "the blank line to vanish")
    assert len(stored(editor).lines) == 1


def test_a_line_that_says_something_stays(editor: InvoiceEditorView, hands: Hands) -> None:
    lines = editor.form.lines
    editor.form.lines_card.add.click()
    assert isinstance(lines.cell, CellEdit)
    lines.cell.setText("Hosting")
    QTest.keyClick(lines.cell, Qt.Key.Key_Tab)
    editor.form.note.setFocus()
    editor.form.lines_card.drop_blank()
    editor.desk.flush()
    assert [row.description for row in stored(editor).lines][1] == "Hosting"
