"""A blank invoice begins with its client, who may be new."""

from __future__ import annotations

from dataclasses import replace

import pytest

from billops_desktop.services.directory.clients import clients
from billops_desktop.services.invoices.invoice_rows import detail
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.dialogs.client import ClientSheet
from billops_desktop.ui.views.billing.client_choice import ClientChoice, blank_invoice, change_sheet
from billops_desktop.ui.views.invoices import InvoicesView
from billops_desktop.ui.widgets.buttons import Button
from tests.support.factories import make_client
from tests.support.present import child, of_kind, present
from tests.support.window import OpenView


@pytest.fixture
def view(open_view: OpenView) -> InvoicesView:
    return open_view("invoices", InvoicesView)


def test_the_draft_is_for_the_client_that_was_chosen(
    workspace: Workspace, view: InvoicesView
) -> None:
    make_client(workspace, "Acme")
    globex = make_client(workspace, "Globex")
    view.shell.directory.load()
    made: list[str] = []
    sheet = blank_invoice(view, made.append)
    of_kind(sheet, ClientChoice).chosen.choose(globex)
    sheet.confirm.click()
    assert not sheet.isVisible()
    found = workspace.read(detail, made[0])
    assert (found.row.client_name, found.row.state, found.lines) == ("Globex", "draft", ())


def test_without_a_client_the_first_one_is_asked_for_and_the_draft_made_at_once(
    workspace: Workspace, view: InvoicesView
) -> None:
    made: list[str] = []
    sheet = blank_invoice(view, made.append)
    assert isinstance(sheet, ClientSheet)
    sheet.texts["name"].setText("First")
    sheet.confirm.click()
    assert not sheet.isVisible()
    assert workspace.read(detail, made[0]).row.client_name == "First"


def test_a_new_client_is_offered_beside_those_that_are_there(
    workspace: Workspace, view: InvoicesView
) -> None:
    make_client(workspace, "Acme")
    view.shell.directory.load()
    made: list[str] = []
    choice = blank_invoice(view, made.append)
    child(choice, Button, "choiceNewClient").click()
    assert not choice.isVisible()
    sheet = view.window().findChild(ClientSheet)
    present(sheet).texts["name"].setText("Globex")
    present(sheet).confirm.click()
    assert workspace.read(detail, made[0]).row.client_name == "Globex"
    assert {row.name for row in workspace.read(clients)} == {"Acme", "Globex"}


def test_a_draft_can_be_given_to_a_client_that_is_new(
    workspace: Workspace, view: InvoicesView
) -> None:
    make_client(workspace, "Acme")
    view.shell.directory.load()
    made: list[str] = []
    blank_invoice(view, made.append).confirm.click()
    row = workspace.read(detail, made[0]).row
    told: list[object] = []
    choice = change_sheet(view, row, done=lambda result, _changes: told.append(result))
    of_kind(choice, ClientChoice).new.click()
    sheet = view.window().findChild(ClientSheet)
    present(sheet).texts["name"].setText("Globex")
    present(sheet).confirm.click()
    assert workspace.read(detail, row.id).row.client_name == "Globex"
    assert told == [None]


def test_a_client_that_is_gone_is_told_in_the_dialog(
    workspace: Workspace, view: InvoicesView
) -> None:
    make_client(workspace, "Gone")
    view.shell.directory.load()
    directory = view.shell.directory
    directory.clients = tuple(replace(one, id="0" * 32) for one in directory.clients)
    made: list[str] = []
    sheet = blank_invoice(view, made.append)
    assert isinstance(sheet, ClientChoice)
    sheet.confirm.click()
    assert sheet.isVisible()
    assert made == []
    sheet.close_done()
