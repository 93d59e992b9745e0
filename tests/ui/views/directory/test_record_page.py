"""What the pages of one client and one project do alike: head, rates, archive with Undo."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QScrollArea

from billops_desktop.services.directory import clients, projects
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.dialogs.rate import RateSheet
from billops_desktop.ui.views.clients import ClientsView
from billops_desktop.ui.views.directory.list_page import ListPage
from billops_desktop.ui.views.directory.record_page import RecordPage
from billops_desktop.ui.views.projects import ProjectsView
from tests.support.factories import make_client, make_project
from tests.support.present import child, present
from tests.support.window import OpenView


@pytest.fixture(params=["client", "project"])
def page(
    request: pytest.FixtureRequest,
    workspace: Workspace,
    open_view: OpenView,
) -> RecordPage:
    client = make_client(workspace)
    ids = {"client": client, "project": make_project(workspace, client_id=client)}
    kinds = {"client": ClientsView, "project": ProjectsView}
    view = open_view(f"{request.param}s", kinds[request.param])
    view.shell.go(view.name, **{f"{view.noun}_id": ids[request.param]})
    return view.page


def listed(workspace: Workspace, page: RecordPage) -> tuple[object, ...]:
    """Return the rows of the list that the page's record stands in."""
    if page.noun == "client":
        return workspace.read(clients.clients)
    return workspace.read(projects.projects)


def test_the_head_names_the_record(page: RecordPage) -> None:
    assert page.name.text() == {"client": "Acme GmbH", "project": "Website"}[page.noun]
    assert not page.archived.isVisible()
    assert page.archive.text() == "Archive"


def test_archive_asks_nothing_and_is_undone(workspace: Workspace, page: RecordPage) -> None:
    page.archive.click()
    assert page.archived.isVisible()
    assert page.archive.text() == "Bring back"
    assert listed(workspace, page) == ()
    page.view.shell.feedback.toast.undo.click()
    assert not page.archived.isVisible()
    assert len(listed(workspace, page)) == 1


def test_what_is_archived_is_brought_back(workspace: Workspace, page: RecordPage) -> None:
    page.archive.click()
    page.archive.click()
    assert len(listed(workspace, page)) == 1
    assert page.view.shell.feedback.toast.words.text() == f"{page.name.text()} is back in the lists"


def test_a_rate_is_set_for_the_record(page: RecordPage) -> None:
    page.set_rate()
    sheet = page.window().findChild(RateSheet)
    assert isinstance(page.view, ListPage)
    assert present(sheet).scope == {f"{page.noun}_id": page.view.open_id}


def test_in_a_narrow_window_the_buttons_stand_under_the_name(page: RecordPage) -> None:
    page.resize(1100, 700)
    assert page.edit.geometry().top() < page.name.geometry().bottom()
    page.resize(page.deeds.sizeHint().width() + 40, 700)
    present(page.layout()).activate()
    assert page.edit.geometry().top() > page.name.geometry().bottom()
    assert page.name.width() >= page.name.sizeHint().width()


def test_nothing_of_a_narrow_page_is_wider_than_it(page: RecordPage) -> None:
    page.show_head("Quarterly review of everything that was agreed", "teal", archived=False)
    page.resize(560, 700)
    present(page.layout()).activate()
    inner = child(page, QScrollArea).widget()
    assert present(inner).minimumSizeHint().width() <= 560
