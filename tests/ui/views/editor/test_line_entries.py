"""The entries behind a line: opened by click and by key, with hours, rate and reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest

from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.editor.line_entries import LineEntriesSheet
from billops_desktop.ui.views.editor.lines.line_painter import clock_area
from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from tests.support import money
from tests.support.present import child


@pytest.fixture
def view(
    workspace: Workspace, job: money.Job, edit_invoice: Callable[[str], InvoiceEditorView]
) -> InvoiceEditorView:
    """Return the editor of a draft that bills two entries in one line."""
    money.log(workspace, job, "2026-11-23 09:00", description="Login form")
    money.log(workspace, job, "2026-11-24 09:00", description="Payment page", hours=2)
    return edit_invoice(money.draft(workspace, job))


def shown(view: InvoiceEditorView) -> LineEntriesSheet:
    return child(view.window(), LineEntriesSheet)


def test_the_clock_of_a_line_opens_its_entries(view: InvoiceEditorView) -> None:
    lines = view.form.lines
    cell = QRectF(lines.visualRect(lines.lines_model.index(0, 1)))
    at = clock_area(cell).center().toPoint()
    QTest.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=at)
    sheet = shown(view)
    assert lines.cell is None
    rows = sheet.table.rows_model.rows
    assert [row.description for row in rows] == ["Login form", "Payment page"]
    words = [[column.words(row) for column in sheet.table.rows_model.columns] for row in rows]
    assert words[0][2:] == ["1 h 00", "1 h 00", "€100.00/h"]
    assert sheet.sums.text() == "2 entries, 3 h 00 tracked, 3 h 00 billed"
    assert sheet.reason.text() == "The rate: client rate, 100 EUR per hour"
    sheet.confirm.click()
    assert not sheet.isVisible()


def test_a_key_opens_them_and_a_line_without_time_has_none(view: InvoiceEditorView) -> None:
    lines = view.form.lines
    lines.choose_row(0)
    lines.setFocus()
    QTest.keyClick(lines, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert shown(view) is not None
    shown(view).close()
    asked: list[object] = []
    lines.entries_wanted.connect(asked.append)
    lines.add_line()
    lines.close_cell()
    lines.show_entries(1)
    assert asked == []
