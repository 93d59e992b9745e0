"""The main job in the real window: from the tray's start to a paid invoice, by clicks and keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from billops_desktop.ui.views.billing import pdf_files
from billops_desktop.ui.views.editor.lines.cells import COLUMNS
from billops_desktop.ui.views.entries.entry_model import Field
from tests.support.present import present
from tests.support.story import Story

CONTROL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def test_from_the_tray_to_paid(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    track(story)
    correct(story)
    take_back(story)
    editor = draft(story)
    edit_line(story, editor)
    issue(story, editor)
    check_pdf(story, editor, tmp_path, monkeypatch)
    pay(story, editor)
    look_it_up(story)


def track(story: Story) -> None:
    """Start, switch and stop from the tray: the file has it, and the window shows it."""
    story.tray("Concept")
    first = story.hands.until(story.running, "the first entry")
    assert (present(first).description, present(first).started_at) == ("Concept", story.clock.at)
    story.hands.until(lambda: story.window.timer.running, "its row in the window")
    story.clock.move(hours=1)
    story.tray("Coding")
    second = story.hands.until(
        lambda: (
            now if (now := story.running()) is not None and now.id != present(first).id else None
        ),
        "the second entry",
    )
    story.hands.until(lambda: story.window.timer.running.id == present(second).id)
    assert story.window.view("time").bar.description.text() == "Coding"
    story.clock.move(minutes=30)
    story.tray("Stop timer")
    story.hands.until(lambda: story.running() is None and not story.window.timer.running)
    newest, before = story.today()
    assert before.ended_at == newest.started_at
    assert (before.seconds, newest.seconds) == (3600, 1800)
    assert story.window.feedback.recent[0].startswith("Stopped: 0:30")


def correct(story: Story) -> None:
    """Type other words over an entry in the list."""
    table = story.window.view("time").table
    entry = story.today()[0]
    story.hands.until(lambda: table.entries.place_of(entry.id) >= 0, "the entry in the list")
    cell = table.cell_rect(table.entries.place_of(entry.id), Field.DESCRIPTION)
    story.hands.click(table.viewport(), cell.center())
    story.hands.type("Review of the concept", over=True)
    story.hands.key(Key.Key_Return)
    story.hands.until(
        lambda: story.today()[0].description == "Review of the concept", "the new words"
    )
    story.hands.until(lambda: table.editor is None, "the closed line")
    assert table.current_row().id == entry.id


def take_back(story: Story) -> None:
    """Delete the entry by key, and have it back by Ctrl+Z."""
    kept = story.today()
    story.hands.key(Key.Key_Delete)
    story.hands.until(lambda: len(story.today()) == 1, "the entry gone")
    table = story.window.view("time").table
    story.hands.until(lambda: table.entries.place_of(kept[0].id) < 0, "the list without it")
    story.hands.key(Key.Key_Z, CONTROL)
    story.hands.until(lambda: story.today() == kept, "the entry back")
    story.hands.until(lambda: table.entries.place_of(kept[0].id) >= 0, "the list with it")


def draft(story: Story) -> Any:
    """Find the client under To invoice, and go from there to the draft."""
    view = story.page("to_invoice", Key.Key_3)
    story.hands.until(lambda: view.rows and view.foot.review.isEnabled(), "the unbilled client")
    assert [(row.client_name, row.seconds) for row in view.rows] == [("Acme GmbH", 12_600)]
    assert view.foot.amounts.text() == "€416.50"
    story.hands.click(story.hands.find(view, "reviewDrafts"))
    story.hands.until(lambda: story.window.journey.here == "invoice", "the editor")
    editor = story.window.view("invoice")
    story.hands.until(lambda: editor.opened and editor.form.isVisible(), "the draft")
    return editor


def edit_line(story: Story, editor: Any) -> None:
    """Type another rate into the line; total and pages follow."""
    lines = editor.form.lines_card.lines
    assert len(lines.lines) == 1
    cell = lines.visualRect(lines.lines_model.index(0, COLUMNS.index("rate")))
    story.hands.click(lines.viewport(), cell.center())
    story.hands.type("120", over=True)
    story.hands.key(Key.Key_Tab)
    total = "499.80"
    story.hands.until(
        lambda: f"{story.invoice(editor.invoice_id).total.decimal:.2f}" == total, "the saved rate"
    )
    assert story.invoice(editor.invoice_id).number is None


def issue(story: Story, editor: Any) -> None:
    """Review and issue: the dialog says what cannot be changed later; then it has its number."""
    story.hands.click(story.hands.find(editor, "reviewAndIssue"))
    sheet = story.hands.until(QApplication.activeModalWidget, "the dialog")
    assert present(sheet).objectName() == "issueSheet"
    story.hands.click(story.hands.find(present(sheet), "confirm"))
    story.hands.until(lambda: story.invoice(editor.invoice_id).state == "issued", "the issue")
    story.hands.until(editor.panel.isVisible, "the issued invoice")
    row = story.invoice(editor.invoice_id)
    assert row.number
    assert editor.panel.number.text() == row.number
    assert all(entry.locked_by == row.number for entry in story.today())


def check_pdf(story: Story, editor: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Export the PDF: it says what the window says, and is the very file of the preview."""
    row = story.invoice(editor.invoice_id)
    # The question for the folder is the desktop's own.
    monkeypatch.setattr(pdf_files, "choose_folder", lambda _parent: tmp_path)
    story.hands.click(story.hands.find(editor, "editorPdf"))
    file = story.hands.until(lambda: next(tmp_path.glob("*.pdf"), None), "the PDF")
    story.hands.until(
        lambda: editor.preview.content == present(file).read_bytes(), "the same pages"
    )
    text = "".join(page.extract_text() for page in PdfReader(present(file)).pages)
    for words in (
        present(row.number),
        "Haldane Consulting",
        "Acme GmbH",
        "120.00",
        "420.00",
        "499.80",
    ):
        assert words in text


def pay(story: Story, editor: Any) -> None:
    """Record the half, then the rest."""
    panel = editor.panel
    story.hands.click(story.hands.find(panel, "paymentHalf"))
    assert panel.form.record.text() == "Record €249.90"
    story.hands.click(panel.form.record)
    story.hands.until(lambda: story.invoice(editor.invoice_id).status == "part_paid", "a payment")
    story.hands.until(lambda: panel.row.open.minor == 24_990, "what is left")
    assert panel.amount.text() == "€249.90"
    story.hands.until(panel.form.record.isEnabled, "the form for the rest")
    story.hands.click(panel.form.amount)
    story.hands.type("249.90", over=True)
    story.hands.key(Key.Key_Return)
    story.hands.until(lambda: story.invoice(editor.invoice_id).status == "paid", "all of it")
    story.hands.until(lambda: panel.badge.text() == "Paid", "the status")
    assert not panel.form.isVisible()


def look_it_up(story: Story) -> None:
    """The list has it among the paid ones, with nothing open."""
    view = story.page("invoices", Key.Key_4)
    story.hands.until(lambda: view.counts.get("paid") == 1, "the list")
    row = story.hands.until(lambda: view.table.rows_model.row(0), "the row")
    assert (row.status, row.open.minor, row.client_name) == ("paid", 0, "Acme GmbH")
    assert view.counts["open"] == view.counts["drafts"] == 0
