"""The Invoices page: sums, tabs, filter, the panel beside the list, steps by key."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from billops_desktop.services.invoices.invoice_rows import invoices
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.billing import pdf_files
from billops_desktop.ui.views.invoices import InvoicesView
from billops_desktop.ui.widgets.sheet import Sheet
from tests.support import money
from tests.support.clock import MovableClock
from tests.support.hands import Hands
from tests.support.present import present, window_of
from tests.support.window import OpenView


@pytest.fixture
def three(workspace: Workspace) -> dict[str, str]:
    """Return a draft, an issued and a paid invoice by their state."""
    job = money.make_job(workspace)
    globex = money.make_job(workspace, "Globex Ltd")
    found = {
        "draft": money.draft_item(workspace, job, "50"),
        "open": money.issued_item(workspace, job, "1000").id,
        "paid": money.issued_item(workspace, globex, "200").id,
    }
    money.pay(workspace, found["paid"], "238")
    return found


@pytest.fixture
def view(three: dict[str, str], open_view: OpenView) -> InvoicesView:
    return open_view("invoices", InvoicesView)


def shown(view: InvoicesView) -> set[str]:
    model = view.table.rows_model
    return {model.row(number).id for number in range(model.rowCount())}


def test_all_are_listed_with_their_sums(view: InvoicesView, three: dict[str, str]) -> None:
    assert shown(view) == set(three.values())
    assert view.counts == {"all": 3, "drafts": 1, "open": 1, "overdue": 0, "paid": 1}
    assert view.tiles.outstanding.amount.text() == "€1,190.00"
    assert view.tiles.paid.amount.text() == "€238.00"


@pytest.mark.parametrize("tab", ["drafts", "open", "paid"])
def test_a_tab_shows_its_own(view: InvoicesView, three: dict[str, str], tab: str) -> None:
    view.tabs.buttons[tab].click()
    assert shown(view) == {three[tab.removesuffix("s")]}
    assert view.place()["tab"] == tab


def test_a_tile_goes_to_its_tab_and_an_empty_one_says_so(view: InvoicesView) -> None:
    QTest.mouseClick(view.tiles.overdue, Qt.MouseButton.LeftButton)
    assert view.tab == "overdue"
    assert view.empty.title.text() == "Nothing under “Overdue”"
    view.clear.click()
    assert (view.tab, len(shown(view))) == ("all", 3)


def test_typing_filters_by_client(view: InvoicesView, three: dict[str, str], hands: Hands) -> None:
    QTest.keyClicks(view.filter, "globex")
    hands.until(lambda: shown(view) == {three["paid"]}, "the filtered list")
    view.open_at({"text": "nobody"})
    assert view.empty.title.text() == "No invoices match “nobody”"


def test_the_chosen_invoice_stands_beside_the_list(
    view: InvoicesView, three: dict[str, str]
) -> None:
    view.open_at({"invoice_id": three["open"]})
    assert view.panel.isVisible()
    assert present(view.panel.row).id == three["open"]
    assert view.table.current().id == three["open"]
    view.panel.close_panel.click()
    assert not view.panel.isVisible()
    view.toggle_panel()
    assert view.panel.isVisible()


def test_p_goes_to_the_payment_and_it_shows_at_once(
    view: InvoicesView, three: dict[str, str], workspace: Workspace, hands: Hands
) -> None:
    view.open_at({"invoice_id": three["open"]})
    hands.activate(view.window())
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_P)
    assert view.panel.form.amount.hasFocus()
    view.panel.form.record.click()
    assert view.counts["paid"] == 2
    assert view.panel.badge.text() == "Paid"


def test_enter_and_the_step_of_a_draft_open_the_editor(
    view: InvoicesView, three: dict[str, str]
) -> None:
    view.open_at({"invoice_id": three["draft"]})
    view.next_step(view.table.current())
    assert window_of(view).view("invoice").place() == {"invoice_id": three["draft"]}


def test_the_step_of_a_paid_one_opens_its_pdf(
    view: InvoicesView, three: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(pdf_files, "open_file", opened.append)
    view.open_at({"invoice_id": three["paid"]})
    view.next_step(view.table.current())
    assert [path.suffix for path in opened] == [".pdf"]


def test_del_deletes_a_draft_and_leaves_an_issued_one(
    view: InvoicesView, three: dict[str, str], workspace: Workspace
) -> None:
    for name in ("open", "draft"):
        view.open_at({"invoice_id": three[name]})
        QTest.keyClick(view.table, Qt.Key.Key_Delete)
    assert shown(view) == {three["open"], three["paid"]}
    view.shell.feedback.toast.undo.click()
    assert three["draft"] in shown(view)


def test_the_menu_of_a_row_offers_what_fits(view: InvoicesView, three: dict[str, str]) -> None:
    view.open_at({"invoice_id": three["open"]})
    view._menu(view.table.current(), view.mapToGlobal(view.rect().center()))
    menu = view.findChildren(QMenu)[-1]
    words = [action.text().partition("\t")[0] for action in menu.actions()]
    menu.close()
    assert words == [
        "Open invoice", "Record payment", "Peek at the pages", "Open PDF", "Duplicate as draft",
        "Cancel with a credit note…",
    ]  # fmt: skip


def test_a_blank_invoice_asks_for_its_client(view: InvoicesView, workspace: Workspace) -> None:
    view.open_at({"blank": True})
    sheet = view.window().findChild(Sheet, "clientChoice")
    present(sheet).confirm.click()
    assert len(workspace.read(invoices, tab="drafts").rows) == 2


def test_the_title_counts_what_is_late(
    view: InvoicesView, three: dict[str, str], workspace: Workspace, clock: MovableClock
) -> None:
    assert view.heading() == "Invoices"
    clock.move(days=60)
    view.reload()
    assert view.heading() == "Invoices, 1 overdue"


def test_without_any_invoice_it_says_how_to_begin(
    open_view: OpenView,
) -> None:
    view = open_view("invoices", InvoicesView)
    assert view.empty.title.text() == "No invoices yet"
    assert view.from_time.isVisible()
    assert not view.clear.isVisible()
    view.from_time.click()
    assert window_of(view).journey.here == "to_invoice"


def test_a_tab_never_shows_the_panel_of_an_invoice_that_is_not_in_it(
    view: InvoicesView, three: dict[str, str]
) -> None:
    view.tabs.buttons["drafts"].click()
    view.chosen_id = three["open"]
    view.reload()
    assert present(view.panel.row).id == three["draft"]
    view.open_at({"invoice_id": three["open"]})
    assert (view.tab, present(view.panel.row).id) == ("all", three["open"])


def test_after_a_part_payment_p_goes_to_the_amount_again(
    view: InvoicesView, three: dict[str, str], qapp: QApplication
) -> None:
    view.table.choose(lambda row: row.id == three["open"])
    view.panel.form.half.click()
    view.panel.form.record.setFocus()
    QTest.keyClick(view.panel.form.record, Qt.Key.Key_Space)
    assert present(view.panel.row).open.minor == 59_500
    assert qapp.focusWidget() is view.panel.form.record
    QTest.keyClick(present(qapp.focusWidget()), Qt.Key.Key_P)
    assert qapp.focusWidget() is view.panel.form.amount
    QTest.keyClick(view.panel.form.amount, Qt.Key.Key_Return)
    assert not view.panel.form.isVisible()
    assert view.panel.isAncestorOf(present(qapp.focusWidget()))
