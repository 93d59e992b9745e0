"""A blank invoice begins with its client."""

from __future__ import annotations

from dataclasses import replace

from billops_desktop.services.invoices.invoice_rows import detail
from billops_desktop.ui.views.billing.client_sheet import client_sheet
from billops_desktop.ui.widgets.input.fields import Combo
from tests.support.factories import make_client


def test_the_draft_is_for_the_client_that_was_chosen(workspace, small_window, jobs) -> None:
    make_client(workspace, "Acme")
    globex = make_client(workspace, "Globex")
    small_window.directory.load()
    made: list[str] = []
    sheet = client_sheet(small_window.directory.clients, jobs, small_window, made.append)
    sheet.findChild(Combo, "newInvoiceClient").choose(globex)
    sheet.confirm.click()
    assert not sheet.isVisible()
    found = workspace.read(detail, made[0])
    assert (found.row.client_name, found.row.state, found.lines) == ("Globex", "draft", ())


def test_without_a_client_it_says_so_and_cannot_be_confirmed(small_window, jobs) -> None:
    sheet = client_sheet([], jobs, small_window, lambda _id: None)
    assert not sheet.confirm.isEnabled()
    sheet.close_done()
    assert not sheet.isVisible()


def test_a_client_that_is_gone_is_told_in_the_dialog(workspace, small_window, jobs) -> None:
    make_client(workspace, "Gone")
    small_window.directory.load()
    made: list[str] = []
    listed = [replace(one, id="0" * 32) for one in small_window.directory.clients]
    sheet = client_sheet(listed, jobs, small_window, made.append)
    sheet.confirm.click()
    assert sheet.isVisible()
    assert made == []
    sheet.close_done()
