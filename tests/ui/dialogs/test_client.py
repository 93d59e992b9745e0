"""The sheets for a client and a contact: each error under its field, nothing lost or written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from billops_desktop.services.directory import clients
from billops_desktop.services.directory.clients import ClientDetails
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.dialogs.client import ClientSheet, ContactSheet
from billops_desktop.ui.views.clients import ClientsView
from tests.support.factories import make_client
from tests.support.present import child
from tests.support.window import OpenView


@pytest.fixture
def view(open_view: OpenView) -> ClientsView:
    return open_view("clients", ClientsView)


@pytest.fixture
def sheet(view: ClientsView) -> ClientSheet:
    view.add()
    return child(view.window(), ClientSheet)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "x\x00y"),
        ("vat_id", "DE1"),
        ("terms_days", "soon"),
        ("terms_days", "-3"),
    ],
)
def test_each_slip_is_told_at_its_field(
    workspace: Workspace, sheet: ClientSheet, field: str, typed: str
) -> None:
    sheet.texts["name"].setText("Acme")
    sheet.texts[field].setText(typed)
    kept = sheet.texts[field].text()
    sheet.confirm.click()
    assert sheet.isVisible()
    assert sheet.fields.fields[field].note.text()
    assert sheet.texts[field].property("wrong") is True
    assert sheet.texts[field].text() == kept
    assert workspace.read(clients.clients) == ()


def test_ctrl_enter_adds_with_all_that_was_typed(workspace: Workspace, sheet: ClientSheet) -> None:
    typed = {
        "name": "Acme GmbH",
        "number": "C-7",
        "street": "Hafen 1",
        "post_code": "20457",
        "city": "Hamburg",
        "vat_id": "DE136695976",
        "purchase_order": "PO 9",
        "terms_days": "14",
    }
    for name, text in typed.items():
        sheet.texts[name].setText(text)
    sheet.country.choose("DE")
    sheet.currency.choose("USD")
    sheet.email.setText("pay@acme.example")
    QTest.keyClick(sheet.texts["name"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    details = clients_by_name(workspace)["Acme GmbH"]
    assert (details.number, details.country, details.terms_days) == ("C-7", "DE", 14)
    assert (details.currency, details.purchase_order) == ("USD", "PO 9")
    assert details.contacts[0].email == "pay@acme.example"


def test_what_is_left_open_is_what_the_company_has(
    workspace: Workspace, sheet: ClientSheet
) -> None:
    sheet.texts["name"].setText("Acme")
    sheet.confirm.click()
    details = clients_by_name(workspace)["Acme"]
    assert (details.currency, details.language, details.terms_days) == ("EUR", "en", None)
    # An invoice cannot be issued without a country, and most clients are at home.
    assert details.country == "DE"


def test_esc_changes_nothing(workspace: Workspace, sheet: ClientSheet) -> None:
    sheet.texts["name"].setText("Acme")
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert workspace.read(clients.clients) == ()


def test_editing_shows_what_is_kept_with_the_notes(workspace: Workspace, view: ClientsView) -> None:
    client = make_client(workspace, notes="Call before noon")
    details = workspace.read(clients.client, client)
    sheet = ClientSheet(view, details, lambda _row, _changes: None)
    assert sheet.notes.text() == "Call before noon"
    sheet.notes.setText("")
    sheet.confirm.click()
    assert workspace.read(clients.client, client).notes == ""


def test_a_contact_needs_a_name(workspace: Workspace, view: ClientsView) -> None:
    client = make_client(workspace)
    sheet = ContactSheet(view, client, None, then=lambda _row, _changes: None)
    sheet.open()
    sheet.confirm.click()
    assert sheet.fields.fields["name"].note.text()
    assert workspace.read(clients.contacts, client) == ()
    sheet.reject()


def clients_by_name(workspace: Workspace) -> dict[str, ClientDetails]:
    rows = workspace.read(clients.clients)
    return {row.name: workspace.read(clients.client, row.id) for row in rows}
