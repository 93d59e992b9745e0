"""What the Clients and the Projects page do alike: list, filter, the way in, back and out of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from billops_desktop.errors import EnvironmentFault
from billops_desktop.services.directory import clients, projects
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.clients import ClientsView
from billops_desktop.ui.views.directory.list_page import ListPage
from billops_desktop.ui.views.projects import ProjectsView
from billops_desktop.ui.widgets.panels import Banner
from tests.support.factories import make_client, make_project
from tests.support.window import OpenView


@pytest.fixture(params=["clients", "projects"])
def view(
    request: pytest.FixtureRequest,
    workspace: Workspace,
    open_view: OpenView,
) -> ListPage:
    client = make_client(workspace)
    make_project(workspace, client_id=client)
    kinds = {"clients": ClientsView, "projects": ProjectsView}
    return open_view(request.param, kinds[request.param])


def first(view: ListPage) -> str:
    return str(view.table.rows_model.row(0).id)


def test_a_row_opens_its_record_in_the_place_of_the_list(view: ListPage) -> None:
    assert view.pages.currentWidget() is view.listing
    assert view.filter_field() is view.search
    view.table.selectRow(0)
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert view.pages.currentWidget() is view.page
    assert view.place() == {f"{view.noun}_id": first(view)}
    assert view.filter_field() is None
    assert not view.title.isVisible()
    view.page.back.click()
    assert view.pages.currentWidget() is view.listing


def test_the_filter_says_when_nothing_matches_and_leaves_with_esc(view: ListPage) -> None:
    QTest.keyClicks(view.search, "zzz")
    assert view.pages.currentWidget() is view.empty
    assert view.empty.title.text() == f"No {view.name} match “zzz”"
    QTest.keyClick(view.search, Qt.Key.Key_Escape)
    assert view.pages.currentWidget() is view.listing


def test_the_archived_have_a_list_of_their_own(workspace: Workspace, view: ListPage) -> None:
    view.state.buttons["archived"].click()
    assert view.empty.title.text() == f"No archived {view.name}"
    use_cases = {"clients": clients, "projects": projects}[view.name]
    view.state.buttons["active"].click()
    workspace.execute(use_cases.archive, first(view))
    view.state.buttons["archived"].click()
    assert view.row_count == 1


def test_a_record_that_is_gone_leads_back_to_the_list_without_an_error(view: ListPage) -> None:
    view.shell.go(view.name, **{f"{view.noun}_id": "0" * 32})
    assert view.open_id == ""
    assert view.pages.currentWidget() is view.listing
    assert not view.findChildren(Banner)


def test_a_record_that_cannot_be_read_leads_back_and_says_why(
    view: ListPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(work: object, record_id: str) -> None:
        raise EnvironmentFault("The file cannot be read.", "Nothing was changed.")

    monkeypatch.setattr(type(view.page), "reads", broken)
    view.shell.go(view.name, **{f"{view.noun}_id": first(view)})
    assert view.open_id == ""
    assert view.findChildren(Banner)
