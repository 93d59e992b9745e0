"""What is done with an invoice from any page: each step can be taken back or says it is final."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtTest import QTest

from billops_desktop.domain.money import Money
from billops_desktop.services.invoices.invoice_rows import InvoiceRow, detail, invoices
from billops_desktop.services.invoices.payments import NewPayment
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.billing import invoice_deeds
from billops_desktop.ui.views.invoices import InvoicesView
from billops_desktop.ui.widgets.input.fields import TextField
from billops_desktop.ui.widgets.sheet import Sheet
from tests.support import money
from tests.support.present import present, window_of
from tests.support.window import OpenView


@pytest.fixture
def view(open_view: OpenView) -> InvoicesView:
    return open_view("invoices", InvoicesView)


@pytest.fixture
def issued(workspace: Workspace) -> InvoiceRow:
    return money.issued_item(workspace, money.make_job(workspace))


@pytest.fixture
def draft(workspace: Workspace) -> InvoiceRow:
    invoice_id = money.draft_item(workspace, money.make_job(workspace))
    return workspace.read(detail, invoice_id).row


def euros(amount: int) -> Money:
    return Money.of(Decimal(amount), "EUR")


def status(workspace: Workspace, row: InvoiceRow) -> str:
    return workspace.read(detail, row.id).row.status


def test_a_payment_is_recorded_and_taken_back_from_the_toast(
    workspace: Workspace, issued: InvoiceRow, view: InvoicesView
) -> None:
    new = NewPayment(invoice_id=issued.id, amount=euros(1200), allow_credit=True)
    invoice_deeds.record(view, view.panel, new)
    assert status(workspace, issued) == "paid"
    toast = view.shell.feedback.toast
    assert toast.words.text() == "€1,200.00 recorded · €10.00 kept as credit for Acme GmbH"
    toast.undo.click()
    assert status(workspace, issued) == "issued"
    assert view.shell.feedback.recent[0].startswith("Payment of €1,200.00 taken back")


def test_a_refused_payment_stands_in_the_form(
    workspace: Workspace, issued: InvoiceRow, view: InvoicesView
) -> None:
    view.panel.show_detail(workspace.read(detail, issued.id))
    view.panel.form.submit()
    invoice_deeds.record(view, view.panel, NewPayment(invoice_id="0" * 32, amount=euros(5)))
    form = view.panel.form
    told = [field.note.text() for field in form.fields.fields.values()] + [form.problem.text()]
    assert any(told)


def test_a_draft_is_deleted_and_comes_back_by_the_toast(
    workspace: Workspace, draft: InvoiceRow, view: InvoicesView
) -> None:
    invoice_deeds.delete(view, draft)
    assert workspace.read(invoices).rows == ()
    view.shell.feedback.toast.undo.click()
    assert [row.id for row in workspace.read(invoices).rows] == [draft.id]


def test_an_issued_invoice_is_not_deleted(
    workspace: Workspace, issued: InvoiceRow, view: InvoicesView
) -> None:
    invoice_deeds.delete(view, issued)
    assert [row.id for row in workspace.read(invoices).rows] == [issued.id]


def test_a_copy_is_a_draft_and_opens(
    workspace: Workspace, issued: InvoiceRow, view: InvoicesView
) -> None:
    invoice_deeds.copy(view, issued)
    (copy,) = workspace.read(invoices, tab="drafts").rows
    assert window_of(view).view("invoice").place() == {"invoice_id": copy.id}


def test_crediting_asks_for_a_reason_first(
    workspace: Workspace, issued: InvoiceRow, view: InvoicesView
) -> None:
    invoice_deeds.credit(view, issued)
    sheet = view.window().findChild(Sheet, "creditSheet")
    QTest.keyClicks(present(present(sheet).findChild(TextField, "creditReason")), "Wrong client")
    present(sheet).confirm.click()
    assert status(workspace, issued) == "credited"
    assert "issued" in view.shell.feedback.recent[0]


def test_a_draft_cannot_be_credited(draft: InvoiceRow, view: InvoicesView) -> None:
    invoice_deeds.credit(view, draft)
    assert view.window().findChild(Sheet, "creditSheet") is None


def test_unbilled_time_is_added_and_the_toast_takes_it_off(
    workspace: Workspace, draft: InvoiceRow, view: InvoicesView
) -> None:
    job = money.make_job(workspace, "Globex")
    own = money.draft_item(workspace, job)
    money.log(workspace, job)
    invoice_deeds.add_unbilled(view, workspace.read(detail, own), "task")
    found = workspace.read(detail, own)
    assert [line.kind for line in found.lines] == ["item", "time"]
    assert view.shell.feedback.toast.words.text() == "1 entry added"
    view.shell.feedback.toast.undo.click()
    assert [line.kind for line in workspace.read(detail, own).lines] == ["item"]


def test_the_pdf_of_an_issued_invoice_is_kept(
    workspace: Workspace, issued: InvoiceRow, view: InvoicesView
) -> None:
    before = {path for path in workspace.profile.rglob("*") if path.is_file()}
    invoice_deeds.keep_pdf(view.shell, issued.id)
    new = {path for path in workspace.profile.rglob("*") if path.is_file()} - before
    assert [path.read_bytes()[:5] for path in new] == [b"%PDF-"]


def test_the_panels_buttons_do_their_steps(
    workspace: Workspace, issued: InvoiceRow, view: InvoicesView
) -> None:
    view.open_at({"invoice_id": issued.id})
    view.panel.duplicate_wanted.emit(issued)
    assert len(workspace.read(invoices, tab="drafts").rows) == 1
    view.panel.form.record.click()
    assert status(workspace, issued) == "paid"
