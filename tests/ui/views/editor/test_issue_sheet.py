"""The dialog that issues: it names what will be, holds where something blocks, issues once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from billops_desktop.services.invoices.invoice_rows import detail
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.editor.issue_sheet import IssueSheet
from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from billops_desktop.ui.widgets.labels import PlainLabel
from tests.support import money
from tests.support.present import child


def opened(editor: InvoiceEditorView) -> IssueSheet:
    editor.review()
    return child(editor.window(), IssueSheet)


def words(sheet: IssueSheet) -> str:
    return " ".join(label.text() for label in sheet.findChildren(PlainLabel))


def test_number_date_recipient_and_total_are_named(editor: InvoiceEditorView) -> None:
    said = words(opened(editor))
    for part in ("2026-0001", "25 Nov 2026", "Acme GmbH", "€1,190.00", "cannot be changed"):
        assert part in said


def test_ctrl_enter_issues(editor: InvoiceEditorView, workspace: Workspace) -> None:
    sheet = opened(editor)
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    row = workspace.read(detail, editor.invoice_id).row
    assert (row.state, row.number) == ("issued", "2026-0001")
    assert editor.sides.left.currentWidget() is editor.panel


def test_escape_issues_nothing(editor: InvoiceEditorView, workspace: Workspace) -> None:
    QTest.keyClick(opened(editor), Qt.Key.Key_Escape)
    assert workspace.read(detail, editor.invoice_id).row.state == "draft"


def test_what_blocks_is_named_and_holds_the_button(
    edit_invoice: Callable[[str], InvoiceEditorView], workspace: Workspace, job: money.Job
) -> None:
    empty = money.draft_item(workspace, job, lines=())
    sheet = opened(edit_invoice(empty))
    assert not sheet.confirm.isEnabled()
    assert "no line" in words(sheet)
