"""Peek: Space shows the pages of the chosen invoice, the arrows go on, Enter opens it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from billops_desktop.services.invoices import rendering
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.invoices import InvoicesView
from billops_desktop.ui.views.paper.peek import Peek, open_peek
from tests.support import money
from tests.support.present import present, window_of
from tests.support.window import OpenView


@pytest.fixture
def view(workspace: Workspace, open_view: OpenView) -> InvoicesView:
    """Return the list of an issued invoice and a draft, the first of them chosen."""
    job = money.make_job(workspace)
    money.issued_item(workspace, job)
    money.draft_item(workspace, job, "50")
    made = open_view("invoices", InvoicesView)
    made.table.selectRow(0)
    made.table.setFocus()
    return made


def shown(view: QWidget) -> Peek | None:
    found = [one for one in view.window().findChildren(Peek) if one.isVisible()]
    return found[0] if found else None


def test_space_shows_the_very_pages_and_puts_them_away(
    view: InvoicesView, workspace: Workspace
) -> None:
    QTest.keyClick(view.table, Qt.Key.Key_Space)
    peek = shown(view)
    row = view.table.current()
    assert present(peek).row == row
    assert present(peek).title.text() == f"{row.number or 'Draft'}, Acme GmbH"
    assert present(peek).preview.content == rendering.render(workspace, row.id)
    QTest.keyClick(present(peek).preview.paper, Qt.Key.Key_Space)
    assert shown(view) is None


def test_the_arrows_go_on_in_the_list_and_stop_at_its_ends(view: InvoicesView) -> None:
    QTest.keyClick(view.table, Qt.Key.Key_Space)
    peek = shown(view)
    first = present(peek).row
    QTest.keyClick(present(peek).preview.paper, Qt.Key.Key_Up)
    assert present(peek).row == first
    QTest.keyClick(present(peek).preview.paper, Qt.Key.Key_Down)
    assert present(peek).row != first
    assert view.table.current() == present(peek).row
    assert present(peek).preview.invoice_id == present(present(peek).row).id
    QTest.keyClick(present(peek), Qt.Key.Key_Escape)
    assert shown(view) is None


def test_enter_opens_the_invoice(view: InvoicesView) -> None:
    QTest.keyClick(view.table, Qt.Key.Key_Space)
    peek = shown(view)
    row = present(peek).row
    QTest.keyClick(present(peek).preview.paper, Qt.Key.Key_Return)
    assert window_of(view).view("invoice").place() == {"invoice_id": present(row).id}


def test_nothing_chosen_shows_nothing(view: InvoicesView) -> None:
    view.table.rows_model.set_rows(())
    assert open_peek(view, view.table) is None
