"""The panel beside the list: figures, what can be done in each state, what its menu offers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.services.drafts import drafting
from billops_desktop.services.invoices import corrections, invoicing
from billops_desktop.services.invoices.invoice_rows import detail
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.growing import at_once
from billops_desktop.ui.views.billing.invoice_panel import InvoicePanel, ShareBar
from tests.support import money
from tests.support.clock import MovableClock
from tests.support.factories import WEDNESDAY
from tests.support.hands import Hands
from tests.support.present import present


@pytest.fixture
def panel(holder: QWidget) -> InvoicePanel:
    made = at_once(InvoicePanel.steps(lambda: WEDNESDAY, lambda: "Europe/Berlin", holder))
    made.resize(352, 690)
    made.show()
    return made


@pytest.fixture
def show(panel: InvoicePanel, workspace: Workspace) -> Callable[[str], None]:
    """Return a function that reads an invoice and shows it."""

    def shown(invoice_id: str) -> None:
        panel.show_detail(workspace.read(detail, invoice_id))

    return shown


@pytest.fixture
def issued(workspace: Workspace) -> str:
    return money.issued_item(workspace, money.make_job(workspace)).id


def menu(panel: InvoicePanel) -> list[str]:
    panel.open_menu()
    found = panel.findChild(QMenu, "invoiceMenu")
    words = [action.text() for action in present(found).actions()]
    present(found).close()
    present(found).setParent(None)
    return words


def test_a_draft_is_opened_and_takes_no_money(
    panel: InvoicePanel, show: Callable[[str], None], workspace: Workspace, qtbot: QtBot
) -> None:
    show(money.draft_item(workspace, money.make_job(workspace)))
    assert (panel.number.text(), panel.badge.text()) == ("Acme GmbH", "Draft")
    assert (panel.amount.text(), panel.of.text()) == ("€1,190.00", "total")
    assert not panel.form.isVisible()
    assert not panel.bar.isVisible()
    # Nothing of the panel runs past the window: no widget wants more than the panel's width.
    QCoreApplication.processEvents()
    assert present(panel.holder.widget()).minimumSizeHint().width() <= panel.width() - 1
    with qtbot.waitSignal(panel.open_wanted) as opened:
        panel.main.click()
    assert opened.args == [panel.row]
    assert menu(panel) == ["Open invoice", "Export PDF", "Duplicate as draft", "Delete draft"]


def test_the_largest_amounts_stay_whole_within_the_panel(
    panel: InvoicePanel, show: Callable[[str], None], workspace: Workspace
) -> None:
    job = money.make_job(workspace, "Sons", currency="KWD")
    show(money.issued_item(workspace, job, "9876543.21").id)
    QCoreApplication.processEvents()
    assert present(panel.holder.widget()).minimumSizeHint().width() <= panel.width() - 1
    assert panel.amount.width() >= panel.amount.sizeHint().width()
    # What it is open of goes on under it.
    assert panel.of.geometry().top() >= panel.amount.geometry().bottom()


def test_an_issued_one_says_what_is_open(
    panel: InvoicePanel,
    show: Callable[[str], None],
    workspace: Workspace,
    issued: str,
    qtbot: QtBot,
) -> None:
    show(issued)
    assert panel.number.text() == "2026-0001"
    assert (panel.amount.text(), panel.of.text()) == ("€1,190.00", "open of €1,190.00")
    assert (panel.received.text(), panel.bar.share) == ("€0.00 received", 0.0)
    assert panel.form.isVisible()
    assert not panel.main.isVisible()
    assert menu(panel) == ["Open invoice", "Duplicate as draft", "Cancel with a credit note…"]
    with qtbot.waitSignal(panel.pdf_wanted), qtbot.waitSignal(panel.export_wanted):
        panel.pdf.click()
        panel.export.click()
    with qtbot.waitSignal(panel.payment_wanted) as paid:
        panel.form.record.click()
    assert paid.args[0].amount == present(panel.row).open


def test_payments_fill_the_bar_and_can_be_taken_back(
    panel: InvoicePanel, show: Callable[[str], None], workspace: Workspace, issued: str
) -> None:
    money.pay(workspace, issued, "595")
    show(issued)
    assert (panel.amount.text(), panel.bar.share) == ("€595.00", 0.5)
    assert menu(panel)[-1] == "Take back the payment of €595.00"
    money.pay(workspace, issued, "600")
    show(issued)
    assert (panel.badge.text(), panel.bar.share) == ("Paid", 1.0)
    assert panel.credit.text() == "€5.00 is kept as credit for Acme GmbH."
    assert not panel.form.isVisible()


def test_late_days_are_counted(
    panel: InvoicePanel,
    show: Callable[[str], None],
    workspace: Workspace,
    issued: str,
    clock: MovableClock,
) -> None:
    clock.move(days=40)
    show(issued)
    late = present(panel.row).days_late
    assert late > 1
    assert panel.late.text() == f"{late} days late"
    assert panel.late.ink == "bad"


def test_a_cancelled_one_gives_its_reason(
    panel: InvoicePanel, show: Callable[[str], None], workspace: Workspace, issued: str
) -> None:
    workspace.execute(corrections.cancel, issued, reason="Sent twice")
    show(issued)
    assert panel.credit.text() == "Cancelled: Sent twice"


def test_the_amount_gets_the_focus_and_the_panel_closes(
    panel: InvoicePanel, show: Callable[[str], None], issued: str, qtbot: QtBot, hands: Hands
) -> None:
    show(issued)
    hands.activate(panel.window())
    panel.start_payment()
    assert panel.form.amount.hasFocus()
    assert panel.form.amount.selectedText() == panel.form.amount.text()
    with qtbot.waitSignal(panel.closed):
        panel.close_panel.click()


def test_a_share_lies_between_nothing_and_all(holder: QWidget) -> None:
    bar = ShareBar(holder)
    for part, whole, share in ((1, 4, 0.25), (9, 4, 1.0), (-1, 4, 0.0), (1, 0, 0.0)):
        bar.show_share(part, whole)
        assert bar.share == share


def test_alone_on_a_page_it_does_not_repeat_the_head(
    panel: InvoicePanel, show: Callable[[str], None], workspace: Workspace
) -> None:
    panel.stand_alone()
    show(money.issued_item(workspace, money.make_job(workspace)).id)
    assert not panel.number.isVisible()
    assert not panel.badge.isVisible()
    assert not panel.close_panel.isVisible()
    assert panel.amount.isVisible()


def test_credit_of_the_client_is_offered_and_only_where_something_is_open(
    panel: InvoicePanel,
    show: Callable[[str], None],
    workspace: Workspace,
    issued: str,
    qtbot: QtBot,
) -> None:
    show(issued)
    assert not panel.use_credit.isVisible()
    client = present(panel.row).client_id
    money.pay(workspace, issued, "1500")
    show(issued)
    assert not panel.use_credit.isVisible()
    other = workspace.execute(drafting.draft_blank, client)
    line = drafting.LineEdit(description="More", price=Decimal(100))
    workspace.execute(drafting.save, other, drafting.DraftEdit(lines=(line,), supply_to=WEDNESDAY))
    workspace.execute(invoicing.issue, other)
    show(other)
    assert panel.use_credit.words() == "Use €119.00 of credit"
    with qtbot.waitSignal(panel.credit_use_wanted) as wanted:
        panel.use_credit.click()
    assert wanted.args[0].id == other


def test_a_cancelled_invoice_and_its_credit_note_lead_to_each_other(
    panel: InvoicePanel,
    show: Callable[[str], None],
    workspace: Workspace,
    issued: str,
    qtbot: QtBot,
) -> None:
    money.pay(workspace, issued, "1190")
    note = workspace.execute(corrections.cancel, issued, reason="Wrong month", release=True)
    show(issued)
    assert panel.credit.text() == ("Cancelled: Wrong month\nAcme GmbH has €1,190.00 to its credit.")
    with qtbot.waitSignal(panel.related_wanted) as wanted:
        panel.related.click()
    assert wanted.args == [note.id]
    show(note.id)
    assert panel.related.words() == "Open the cancelled invoice"
    with qtbot.waitSignal(panel.related_wanted) as back:
        panel.related.click()
    assert back.args == [issued]


def test_alone_it_leaves_out_what_the_head_says(
    panel: InvoicePanel, show: Callable[[str], None], issued: str
) -> None:
    panel.stand_alone()
    show(issued)
    assert "Acme" not in panel.line.text()
    assert panel.line.geometry().top() < panel.amount.geometry().top()
    assert abs(panel.line.geometry().center().y() - panel.more.geometry().center().y()) < 12
