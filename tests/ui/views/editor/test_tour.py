"""The steps from one draft to the next: what they say, by click and by key, and where they end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.editor.tour import TourSwitch
from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from tests.support import money
from tests.support.present import present, window_of

CTRL = Qt.KeyboardModifier.ControlModifier


Drafts = tuple[InvoiceEditorView, str, str]


@pytest.fixture
def tour(
    workspace: Workspace, edit_invoice: Callable[[str], InvoiceEditorView], job: money.Job
) -> Drafts:
    """Return the editor of the first of two drafts, and both ids."""
    first, second = (money.draft_item(workspace, job) for _number in range(2))
    view = edit_invoice(first)
    view.open_at({"invoice_id": first, "tour": (first, second)})
    return view, first, second


def test_it_says_which_of_how_many_and_goes_there_by_click(tour: Drafts) -> None:
    view, first, second = tour
    assert view.head.tour.words.text() == "1 of 2"
    assert not view.head.tour.before.isEnabled()
    view.head.tour.after.click()
    assert view.invoice_id == second
    assert present(view.opened).detail.row.id == second
    assert view.head.tour.words.text() == "2 of 2"
    assert not view.head.tour.after.isEnabled()
    assert view.place() == {"invoice_id": second, "tour": (first, second)}


def test_it_goes_on_and_back_by_keys_and_stops_at_the_ends(tour: Drafts) -> None:
    view, first, second = tour
    QTest.keyClick(view, Qt.Key.Key_PageUp, CTRL)
    assert view.invoice_id == first
    QTest.keyClick(view, Qt.Key.Key_PageDown, CTRL)
    assert view.invoice_id == second
    QTest.keyClick(view, Qt.Key.Key_PageDown, CTRL)
    assert view.invoice_id == second
    QTest.keyClick(view, Qt.Key.Key_PageUp, CTRL)
    assert view.invoice_id == first


def test_the_way_back_leads_to_where_it_began(tour: Drafts) -> None:
    view, _first, _second = tour
    assert view.head.back.text() == "To invoice"
    view.head.back.click()
    assert window_of(view).journey.here == "to_invoice"


def test_an_invoice_that_is_none_of_them_ends_it(tour: Drafts) -> None:
    view, first, _second = tour
    view.open_at({"invoice_id": first})
    assert not view.head.tour.isVisibleTo(view.head)
    assert view.head.back.text() == "Invoices"
    assert view.place() == {"invoice_id": first}


def test_one_alone_has_no_steps(holder: QWidget) -> None:
    switch = TourSwitch(holder)
    switch.show_stops(("one",), "one")
    assert not switch.isVisibleTo(holder)
