"""The page of one client: figures, contacts, rates, archive with Undo."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from billops_desktop.services.directory import clients
from billops_desktop.services.rates import rate_book
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.dialogs.client import ClientSheet, ContactSheet
from billops_desktop.ui.dialogs.rate import RateSheet
from billops_desktop.ui.views.clients import ClientsView
from billops_desktop.ui.views.directory.client_page import ClientPage
from billops_desktop.ui.widgets.buttons import IconButton
from billops_desktop.ui.widgets.facts import RecordLine
from billops_desktop.ui.widgets.labels import PlainLabel
from tests.support import money
from tests.support.factories import log, make_client, make_project, set_rate
from tests.support.present import present, window_of
from tests.support.window import OpenView


@pytest.fixture
def acme(workspace: Workspace) -> str:
    client = make_client(workspace)
    set_rate(workspace, client_id=client)
    log(workspace, "2026-11-24 09:00", project_id=make_project(workspace, client_id=client))
    return client


@pytest.fixture
def page(open_view: OpenView, acme: str) -> ClientPage:
    view = open_view("clients", ClientsView)
    view.shell.go("clients", client_id=acme)
    found = view.page
    assert isinstance(found, ClientPage)
    return found


def words(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(PlainLabel) if one.isVisibleTo(widget)]


def test_it_shows_what_is_unbilled_and_who_they_are(page: ClientPage) -> None:
    assert page.unbilled.figure.text() == "€100.00"
    assert page.unbilled.note.text() == "1 h 00"
    assert page.open.note.text() == "Nothing owed"
    assert "Hafenstraße 1\n20457 Hamburg\nGermany" in words(page.facts)
    assert "€100.00 per hour" in words(page.rates)
    assert "Website" in words(page.projects)


def test_editing_keeps_what_was_typed(workspace: Workspace, acme: str, page: ClientPage) -> None:
    page.edit.click()
    sheet = page.window().findChild(ClientSheet)
    assert present(sheet).texts["city"].text() == "Hamburg"
    present(sheet).texts["city"].setText("Altona")
    present(sheet).texts["terms_days"].setText("21")
    present(sheet).confirm.click()
    details = workspace.read(clients.client, acme)
    assert (details.city, details.terms_days) == ("Altona", 21)
    assert any("Altona" in one for one in words(page.facts))


def test_contacts_are_added_changed_and_removed(
    workspace: Workspace, acme: str, page: ClientPage
) -> None:
    page.add_contact()
    sheet = page.window().findChild(ContactSheet)
    QTest.keyClicks(present(sheet).texts["name"], "Marta Lind")
    QTest.keyClicks(present(sheet).texts["email"], "not an address")
    present(sheet).confirm.click()
    assert present(sheet).fields.fields["email"].note.text()
    assert workspace.read(clients.contacts, acme) == ()
    present(sheet).texts["email"].setText("marta@acme.example")
    present(sheet).receives.choose("to")
    present(sheet).confirm.click()
    assert "marta@acme.example · receives invoices" in words(page.contacts)
    contact = workspace.read(clients.contacts, acme)[0]
    page._remove_contact(contact)
    assert workspace.read(clients.contacts, acme) == ()
    window_of(page).undo_stack.undo()
    assert workspace.read(clients.contacts, acme)[0].name == "Marta Lind"


def test_archiving_asks_nothing_and_can_be_undone(
    workspace: Workspace, acme: str, page: ClientPage
) -> None:
    page.archive.click()
    assert workspace.read(clients.client, acme).archived
    assert page.archived.isVisible()
    assert page.archive.text() == "Bring back"
    window_of(page).undo_stack.undo()
    assert not workspace.read(clients.client, acme).archived


def test_a_rate_of_the_client_is_set_and_removed(
    workspace: Workspace, acme: str, page: ClientPage
) -> None:
    page.set_rate()
    sheet = page.window().findChild(RateSheet)
    present(sheet).price.setText("130")
    present(sheet).confirm.click()
    assert "€130.00 per hour" in words(page.rates)
    assert len(workspace.read(rate_book.rules, client_id=acme)) == 1


def test_it_leads_to_invoices_and_unbilled_time(acme: str, page: ClientPage) -> None:
    page.show_invoices()
    assert window_of(page).view("invoices").place() == {"text": "Acme GmbH"}
    page.invoice.click()
    assert window_of(page).view("to_invoice").place() == {"client_id": acme}


def test_the_first_contact_receives_the_invoices_unless_somebody_does(page: ClientPage) -> None:
    page.add_contact()
    sheet = page.window().findChild(ContactSheet)
    assert present(sheet).receives.value() == "to"
    present(sheet).texts["name"].setText("Marta Lind")
    present(sheet).texts["email"].setText("marta@acme.example")
    present(sheet).confirm.click()
    page.add_contact()
    sheets = page.window().findChildren(ContactSheet)
    assert sheets[-1].receives.value() == ""
    sheets[-1].reject()


def test_the_five_newest_invoices_open_from_here(workspace: Workspace, page: ClientPage) -> None:
    assert not page.all_invoices.isVisible()
    job = money.make_job(workspace, "Globex")
    made = [money.issued_item(workspace, job, "10", due_on=date(2026, 12, 9)) for _n in range(6)]
    page.view.shell.go("clients", client_id=job.client_id)
    lines = page.invoices.findChildren(RecordLine)
    shown = [one for one in lines if one.isVisibleTo(page)]
    names = [one.accessibleName() for one in shown]
    assert [one.partition(",")[0] for one in names] == [
        "2026-0006", "2026-0005", "2026-0004", "2026-0003", "2026-0002",
    ]  # fmt: skip
    assert names[0] == "2026-0006, Open, due 9 Dec 2026, €11.90"
    assert page.all_invoices.text() == "Show all 6 invoices"
    present(shown[0].findChild(IconButton)).click()
    assert window_of(page).view("invoice").place() == {"invoice_id": made[5].id}
