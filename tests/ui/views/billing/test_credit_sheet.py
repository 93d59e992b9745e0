"""Cancelling: the reason is needed, the time is freed or kept, the credit note is issued."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtTest import QTest

from billops_desktop.services.entries.entry_rows import entries
from billops_desktop.services.invoices import invoicing
from billops_desktop.services.invoices.invoice_rows import InvoiceRow, detail
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.jobs import Jobs
from billops_desktop.ui.main_window import MainWindow
from billops_desktop.ui.views.billing.credit_sheet import credit_sheet
from billops_desktop.ui.widgets.input.fields import Combo, TextField
from billops_desktop.ui.widgets.labels import PlainLabel
from billops_desktop.ui.widgets.sheet import Sheet
from tests.support import money
from tests.support.factories import WEDNESDAY
from tests.support.present import child


@pytest.fixture
def issued(workspace: Workspace) -> InvoiceRow:
    """Return an issued invoice over one hour of time."""
    job = money.make_job(workspace)
    money.log(workspace, job)
    return workspace.execute(invoicing.issue, money.draft(workspace, job))


def free(workspace: Workspace) -> bool:
    (entry,) = workspace.read(entries, from_on=WEDNESDAY - timedelta(days=7), to_on=WEDNESDAY)
    return entry.locked_by is None


def open_sheet(
    issued: InvoiceRow, small_window: MainWindow, jobs: Jobs, notes: list[InvoiceRow]
) -> Sheet:
    return credit_sheet(issued, jobs, small_window, notes.append)


@pytest.mark.parametrize("release", [True, False])
def test_the_credit_note_is_issued_with_its_reason(
    workspace: Workspace, small_window: MainWindow, jobs: Jobs, issued: InvoiceRow, release: bool
) -> None:
    notes: list[InvoiceRow] = []
    sheet = open_sheet(issued, small_window, jobs, notes)
    QTest.keyClicks(child(sheet, TextField, "creditReason"), "Wrong month")
    child(sheet, Combo, "creditRelease").choose(release)
    sheet.confirm.click()
    assert not sheet.isVisible()
    assert (notes[0].kind, notes[0].total.minor) == ("credit_note", issued.total.minor)
    assert workspace.read(detail, issued.id).cancel_reason == "Wrong month"
    assert free(workspace) == release


def test_without_a_reason_nothing_is_issued(
    workspace: Workspace, small_window: MainWindow, jobs: Jobs, issued: InvoiceRow
) -> None:
    notes: list[InvoiceRow] = []
    sheet = open_sheet(issued, small_window, jobs, notes)
    sheet.confirm.click()
    assert sheet.isVisible()
    assert sheet.fields.fields["reason"].note.text()
    assert notes == []
    assert workspace.read(detail, issued.id).row.status == "issued"
    sheet.close_done()


def test_money_that_came_in_is_named(
    workspace: Workspace, small_window: MainWindow, jobs: Jobs, issued: InvoiceRow
) -> None:
    def said(row: InvoiceRow) -> list[str]:
        sheet = open_sheet(row, small_window, jobs, [])
        found = [label.text() for label in sheet.findChildren(PlainLabel)]
        sheet.reject()
        return [words for words in found if "came in" in words]

    assert said(issued) == []
    money.pay(workspace, issued.id, "19")
    paid = workspace.read(detail, issued.id).row
    assert said(paid) == ["€19.00 came in for it already and becomes credit of Acme GmbH."]
