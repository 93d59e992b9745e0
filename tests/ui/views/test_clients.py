"""The Clients page: list, filter, new client, the way into one and back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from billops_desktop.services.directory import clients
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.dialogs.client import ClientSheet
from billops_desktop.ui.views.clients import ClientsView
from billops_desktop.ui.widgets.panels import Banner
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
def view(open_view: OpenView) -> ClientsView:
    return open_view("clients", ClientsView)


def names(view: ClientsView) -> list[str]:
    return [row.name for row in view.table.rows_model.rows]


def test_the_list_shows_what_each_client_is_worth(acme: str, view: ClientsView) -> None:
    model = view.table.rows_model
    assert [column.words(model.row(0)) for column in model.columns] == [
        "Acme GmbH",
        "Hamburg, DE",
        "1",
        "1:00",
        "€100.00",
        "",
    ]
    assert view.pages.currentWidget() is view.listing


def test_typing_filters_and_says_when_nothing_matches(
    workspace: Workspace, acme: str, view: ClientsView
) -> None:
    make_client(workspace, "Globex")
    QTest.keyClicks(view.search, "glo")
    assert names(view) == ["Globex"]
    QTest.keyClicks(view.search, "zzz")
    assert view.empty.title.text() == "No clients match “glozzz”"
    QTest.keyClick(view.search, Qt.Key.Key_Escape)
    assert len(names(view)) == 2


def test_a_name_is_enough_for_a_new_client(workspace: Workspace, view: ClientsView) -> None:
    assert view.pages.currentWidget() is view.empty
    view.new.click()
    sheet = view.window().findChild(ClientSheet)
    QTest.keyClicks(present(sheet).texts["name"], "Initech")
    present(sheet).confirm.click()
    assert [row.name for row in workspace.read(clients.clients)] == ["Initech"]
    assert view.page.name.text() == "Initech"
    assert view.shell.feedback.toast.words.text() == "Added Initech"
    view.shell.feedback.toast.undo.click()
    assert workspace.read(clients.clients) == ()
    assert view.open_id == ""
    assert view.pages.currentWidget() is view.empty
    assert not view.findChildren(Banner)


def test_enter_opens_a_client_and_back_returns(acme: str, view: ClientsView) -> None:
    view.table.selectRow(0)
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert view.page.isVisible()
    assert view.place() == {"client_id": acme}
    window_of(view).on_back()
    assert view.listing.isVisible()
    assert view.filter_field() is view.search


def test_archived_clients_have_their_own_list(
    workspace: Workspace, acme: str, view: ClientsView
) -> None:
    workspace.execute(clients.archive, acme)
    assert view.pages.currentWidget() is view.empty
    view.state.buttons["archived"].click()
    assert names(view) == ["Acme GmbH"]
