"""The Invoice page as a whole: from draft to issued and paid, by keys, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from billops_desktop.domain.billing.findings import ADVICE, BLOCK, Finding
from billops_desktop.domain.money import Money
from billops_desktop.services import tracking
from billops_desktop.services.invoices import invoicing
from billops_desktop.services.invoices.invoice_rows import detail
from billops_desktop.services.profile import settings
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.billing.client_choice import ClientChoice
from billops_desktop.ui.views.editor.issue_sheet import IssueSheet
from billops_desktop.ui.views.editor.lines.line_cell import CellEdit
from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from billops_desktop.ui.widgets.panels import Banner
from tests.support import factories, money
from tests.support.invoicing import QUANTITY, RATE, stored, type_cell
from tests.support.present import child, of_kind, present, window_of

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_the_chords_of_the_editor_act_before_those_of_the_window(editor: InvoiceEditorView) -> None:
    type_cell(editor, 0, QUANTITY, "2")
    editor.setFocus()
    QTest.keyClick(editor.window(), Qt.Key.Key_Z, CTRL)
    QTest.keyClick(editor, Qt.Key.Key_Z, CTRL)
    editor.desk.flush()
    assert stored(editor).lines[0].quantity == 1
    QTest.keyClick(editor, Qt.Key.Key_Z, CTRL | SHIFT)
    editor.desk.flush()
    assert stored(editor).lines[0].quantity == 2


def test_ctrl_enter_reviews_and_a_bad_cell_keeps_the_dialog_closed(
    editor: InvoiceEditorView,
) -> None:
    type_cell(editor, 0, RATE, "bad")
    QTest.keyClick(editor, Qt.Key.Key_Return, CTRL)
    assert editor.window().findChild(IssueSheet) is None
    type_cell(editor, 0, RATE, "10")
    QTest.keyClick(editor, Qt.Key.Key_Return, CTRL)
    assert editor.window().findChild(IssueSheet) is not None


def test_what_is_typed_in_an_open_cell_is_part_of_what_is_reviewed(
    editor: InvoiceEditorView,
) -> None:
    editor.form.lines.open_cell(0, RATE)
    of_kind(editor.form.lines.cell, CellEdit).setText("2000")
    editor.review()
    assert child(editor.window(), IssueSheet).detail.totals.net == Money(200000, "EUR")


def test_ctrl_t_adds_unbilled_time(
    editor: InvoiceEditorView, workspace: Workspace, job: money.Job
) -> None:
    money.log(workspace, job)
    QTest.keyClick(editor, Qt.Key.Key_T, CTRL)
    assert len(stored(editor).lines) == 2


def test_an_issued_invoice_is_read_only_and_takes_a_payment(
    editor: InvoiceEditorView, workspace: Workspace
) -> None:
    editor.review()
    child(editor.window(), IssueSheet).confirm.click()
    assert editor.sides.left.currentWidget() is editor.panel
    assert editor.sides.left.width() == editor.panel.width()
    editor.panel.form.submit()
    row = stored(editor).row
    assert (row.status, row.open) == ("paid", Money(0, "EUR"))
    assert editor.head.badge.text() == "Paid"


def test_the_export_writes_what_is_typed(
    editor: InvoiceEditorView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from billops_desktop.ui.views.billing import pdf_files

    monkeypatch.setattr(pdf_files, "choose_folder", lambda _parent: tmp_path)
    editor.form.lines.open_cell(0, RATE)
    of_kind(editor.form.lines.cell, CellEdit).setText("77")
    QTest.keyClick(editor, Qt.Key.Key_E, CTRL)
    assert [path.suffix for path in tmp_path.glob("*.pdf")] == [".pdf"]
    assert stored(editor).lines[0].price == Decimal(77)


def test_the_preview_is_a_tab_in_a_narrow_window(editor: InvoiceEditorView) -> None:
    window = editor.window()
    assert editor.preview.isVisibleTo(editor)
    window.resize(1100, 800)
    assert editor.head.tabs.isVisibleTo(editor)
    assert editor.sides.left.isVisibleTo(editor)
    assert not editor.preview.isVisibleTo(editor)
    editor.head.tabs.buttons["preview"].click()
    assert editor.preview.isVisibleTo(editor)
    assert not editor.sides.left.isVisibleTo(editor)
    window.resize(1440, 900)
    assert editor.sides.left.isVisibleTo(editor)


@pytest.mark.parametrize(
    ("rule", "field", "page"),
    [
        ("BR-06", "seller.name", "settings"),
        ("number", "series", "settings"),
        ("BR-07", "buyer.name", "clients"),
    ],
)
def test_a_finding_leads_to_the_page_where_it_is_mended(
    editor: InvoiceEditorView, rule: str, field: str, page: str
) -> None:
    editor.mend(Finding(rule, BLOCK, "…", field))
    assert window_of(editor).journey.here == page


def test_a_finding_about_time_adds_it(
    editor: InvoiceEditorView, workspace: Workspace, job: money.Job
) -> None:
    money.log(workspace, job)
    editor.mend(Finding("time left", ADVICE, "…", "lines"))
    assert len(stored(editor).lines) == 2


def test_a_finding_about_changed_time_takes_it_again(
    workspace: Workspace, job: money.Job, edit_invoice: Callable[[str], InvoiceEditorView]
) -> None:
    entry = money.log(workspace, job)
    view = edit_invoice(money.draft(workspace, job))
    workspace.execute(tracking.edit, entry, tracking.EntryEdit(break_seconds=1800))
    view.mend(Finding("entry changed", BLOCK, "…", "lines.1"))
    assert stored(view).lines[0].quantity == 1800


def test_a_changed_rate_is_advice_in_the_open_editor_and_taken_in_one_step(
    workspace: Workspace, job: money.Job, edit_invoice: Callable[[str], InvoiceEditorView]
) -> None:
    money.log(workspace, job)
    view = edit_invoice(money.draft(workspace, job))
    factories.set_rate(workspace, "120", project_id=job.project_id)
    [finding] = [one for one in present(view.opened).detail.findings if one.rule == "rate changed"]
    view.mend(finding)
    assert stored(view).lines[0].price == 120
    assert view.shell.feedback.recent[0].startswith("1 line priced by the rate book")
    assert "rate changed" not in {one.rule for one in present(view.opened).detail.findings}


def test_leaving_the_page_saves_what_is_typed(editor: InvoiceEditorView) -> None:
    editor.form.lines.open_cell(0, RATE)
    of_kind(editor.form.lines.cell, CellEdit).setText("55")
    window_of(editor).go("invoices")
    assert stored(editor).lines[0].price == 55


def test_a_refused_save_is_told_and_can_be_tried_again(editor: InvoiceEditorView) -> None:
    editor.desk.change(paper="A3")
    editor.desk.flush()
    assert "not saved" in editor.head.saved.text()
    editor.desk.change(paper="Letter")
    editor.desk.flush()
    assert "Saved" in editor.head.saved.text()
    assert stored(editor).paper == "Letter"


def test_the_page_remembers_its_invoice(editor: InvoiceEditorView) -> None:
    assert editor.place() == {"invoice_id": editor.invoice_id}
    assert editor.heading() == "Acme GmbH, November"


def test_another_invoice_starts_without_the_messages_of_the_one_before(
    editor: InvoiceEditorView, workspace: Workspace, job: money.Job
) -> None:
    editor.shell.feedback.show_banner("bad", "Not saved.", page=editor)
    editor.desk.change(within=60_000, note="Kept")
    first = editor.invoice_id
    editor.open_at({"invoice_id": money.draft_item(workspace, job)})
    assert not [one for one in editor.findChildren(Banner) if one.isVisibleTo(editor)]
    assert present(editor.desk.draft).note == ""
    assert workspace.read(detail, first).note == "Kept"


def test_review_says_how_many_cells_need_mending_and_opens_the_first(
    editor: InvoiceEditorView,
) -> None:
    type_cell(editor, 0, RATE, "abc")
    type_cell(editor, 0, QUANTITY, "many")
    editor.review()
    assert editor.shell.feedback.recent[0] == "2 cells need mending"
    assert of_kind(editor.form.lines.cell, CellEdit).column == "quantity"
    assert editor.window().findChild(IssueSheet) is None


def test_time_that_another_invoice_bills_is_taken_off(
    workspace: Workspace, job: money.Job, edit_invoice: Callable[[str], InvoiceEditorView]
) -> None:
    money.log(workspace, job, "2026-11-23 09:00")
    first, second = money.draft(workspace, job), money.draft(workspace, job)
    workspace.execute(invoicing.issue, first)
    view = edit_invoice(second)
    finding = next(
        one for one in present(view.opened).detail.findings if one.rule == "entry billed"
    )
    view.form.checks.wanted.emit(finding)
    assert stored(view).lines == ()


def test_time_that_is_not_billable_any_more_is_taken_off(
    workspace: Workspace, job: money.Job, edit_invoice: Callable[[str], InvoiceEditorView]
) -> None:
    entry = money.log(workspace, job)
    view = edit_invoice(money.draft(workspace, job))
    workspace.execute(tracking.edit, entry, tracking.EntryEdit(billable=False))
    [finding] = [one for one in present(view.opened).detail.findings if one.blocks]
    view.form.checks.wanted.emit(finding)
    assert stored(view).lines == ()


def test_a_changed_rounding_is_advice_in_the_open_editor_and_taken_in_one_step(
    workspace: Workspace, job: money.Job, edit_invoice: Callable[[str], InvoiceEditorView]
) -> None:
    money.log(workspace, job)
    view = edit_invoice(money.draft(workspace, job))
    up = settings.NewPolicy(name="Two hours", step_seconds=7200, mode="up")
    policy = workspace.execute(settings.add_policy, up)
    workspace.execute(settings.use_policy, policy.id)
    [finding] = [
        one for one in present(view.opened).detail.findings if one.rule == "rounding changed"
    ]
    view.form.checks.wanted.emit(finding)
    assert stored(view).lines[0].quantity == 7200


def test_change_gives_the_draft_to_another_client(
    editor: InvoiceEditorView, workspace: Workspace
) -> None:
    globex = factories.make_client(workspace, "Globex")
    editor.shell.directory.load()
    editor.form.client.change.click()
    sheet = editor.window().findChild(ClientChoice)
    present(sheet).chosen.choose(globex)
    present(sheet).confirm.click()
    assert stored(editor).row.client_name == "Globex"
    assert editor.form.client.name.text() == "Globex"
    assert editor.head.title.text().startswith("Globex")


def test_why_the_client_cannot_be_changed_is_said_in_the_sheet(
    workspace: Workspace, job: money.Job, edit_invoice: Callable[[str], InvoiceEditorView]
) -> None:
    globex = factories.make_client(workspace, "Globex")
    money.log(workspace, job)
    view = edit_invoice(money.draft(workspace, job))
    view.shell.directory.load()
    view.form.client.change.click()
    sheet = view.window().findChild(ClientChoice)
    present(sheet).chosen.choose(globex)
    present(sheet).confirm.click()
    assert present(sheet).isVisible()
    assert (
        "entry of Acme GmbH is on this draft"
        in present(sheet).fields.fields["client_id"].note.text()
    )
    assert stored(view).row.client_name == "Acme GmbH"
    present(sheet).reject()


def test_the_record_of_the_client_is_one_click_away(editor: InvoiceEditorView) -> None:
    editor.form.client.record.click()
    assert window_of(editor).journey.here == "clients"


def test_credit_settles_an_invoice_from_its_panel(
    editor: InvoiceEditorView, workspace: Workspace, job: money.Job
) -> None:
    money.pay(workspace, money.issued_item(workspace, job).id, "1290")
    editor.review()
    child(editor.window(), IssueSheet).confirm.click()
    editor.panel.use_credit.click()
    assert stored(editor).row.open == Money(109000, "EUR")
    assert editor.shell.feedback.recent[0] == "€100.00 of credit used"
    assert not editor.panel.use_credit.isVisibleTo(editor.panel)
