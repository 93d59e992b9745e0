"""The To invoice page: a month's unbilled time by client, ticked ones become drafts."""

from __future__ import annotations

from datetime import date

import pytest

from billops_desktop.services.drafts.unbilled import UnbilledRow
from billops_desktop.services.invoices import invoicing
from billops_desktop.services.invoices.invoice_rows import InvoiceRow, invoices
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.billing.month_time import check_words
from billops_desktop.ui.views.to_invoice import ToInvoiceView
from billops_desktop.ui.widgets.buttons import Button
from tests.support import money
from tests.support.present import window_of
from tests.support.window import OpenView


@pytest.fixture
def clients(workspace: Workspace) -> None:
    """Log an hour for Acme and two for Globex in November, and one in October."""
    acme, globex = money.make_job(workspace, "Acme"), money.make_job(workspace, "Globex")
    money.log(workspace, acme, "2026-11-24 09:00")
    money.log(workspace, globex, "2026-11-23 09:00", hours=2)
    money.log(workspace, globex, "2026-10-23 09:00")


@pytest.fixture
def view(open_view: OpenView) -> ToInvoiceView:
    return open_view("to_invoice", ToInvoiceView)


def drafts(workspace: Workspace) -> dict[str, InvoiceRow]:
    return {row.client_name: row for row in workspace.read(invoices, tab="drafts").rows}


def row_of(view: ToInvoiceView, name: str) -> UnbilledRow:
    return next(row for row in view.rows if row.client_name == name)


def bill(view: ToInvoiceView, workspace: Workspace) -> None:
    """Draft all that is ticked and issue it."""
    view.foot.draft.click()
    for row in drafts(workspace).values():
        workspace.execute(invoicing.issue, row.id)
    view.reload()


def test_the_month_that_is_due_lists_its_clients(clients: None, view: ToInvoiceView) -> None:
    assert view.heading() == "To invoice, November 2026"
    assert {row.client_name: row.seconds for row in view.rows} == {"Acme": 3600, "Globex": 7200}
    assert view.foot.amounts.text() == "€357.00"
    assert view.banner.date.value() == date(2026, 11, 25)


def test_drafts_are_made_for_the_ticked_ones_only(
    clients: None, view: ToInvoiceView, workspace: Workspace
) -> None:
    view.toggle(row_of(view, "Globex"))
    assert view.foot.draft.text() == "Create 1 draft"
    view.foot.draft.click()
    made = drafts(workspace)
    assert set(made) == {"Acme"}
    assert made["Acme"].issue_on == date(2026, 11, 25)
    assert view.shell.feedback.recent[0].startswith("1 draft created")
    # Time on a draft is free until it is issued; the list warns of it.
    assert row_of(view, "Acme").checks == ("1 h 00 is on a draft already",)
    assert row_of(view, "Globex").checks == ()


def test_review_opens_the_first_new_draft_and_names_the_others(
    clients: None, view: ToInvoiceView, workspace: Workspace
) -> None:
    view.foot.review.click()
    made = drafts(workspace)
    tour = (made["Acme"].id, made["Globex"].id)
    assert window_of(view).view("invoice").place() == {"invoice_id": tour[0], "tour": tour}


def test_what_is_on_a_draft_is_unticked_until_it_is_ticked_by_hand(
    clients: None, view: ToInvoiceView
) -> None:
    view.toggle(row_of(view, "Globex"))
    view.foot.review.click()
    view.shell.go("to_invoice")
    assert [row.client_name for row in view.chosen] == ["Globex"]
    acme = row_of(view, "Acme")
    assert acme.drafted_seconds == 3600
    assert check_words(acme) == ("On a draft",)
    view.toggle(acme)
    assert len(view.chosen) == 2


def test_a_client_with_a_draft_is_opened_at_its_drafts(clients: None, view: ToInvoiceView) -> None:
    view.toggle(row_of(view, "Globex"))
    view.foot.draft.click()
    view.table.opened.emit(row_of(view, "Acme"))
    assert window_of(view).view("invoices").place() == {"tab": "drafts", "text": "Acme"}


def test_all_or_none_by_the_head(clients: None, view: ToInvoiceView) -> None:
    view.toggle_all()
    assert view.chosen == []
    assert not view.foot.draft.isEnabled()
    view.toggle_all()
    assert len(view.chosen) == 2


def test_date_and_grouping_of_the_drafts_can_be_changed(
    clients: None, view: ToInvoiceView, workspace: Workspace
) -> None:
    view.banner.change.click()
    view.banner.date.setText("2026-11-30")
    view.banner.date.commit()
    view.banner.grouping.choose("all")
    view.banner.grouping.chosen.emit("all")
    assert "one line for all" in view.banner.words.text()
    view.foot.draft.click()
    assert drafts(workspace)["Acme"].issue_on == date(2026, 11, 30)


def test_a_bad_date_makes_no_draft(
    clients: None, view: ToInvoiceView, workspace: Workspace
) -> None:
    view.banner.change.click()
    view.banner.date.setText("someday")
    view.foot.draft.click()
    assert drafts(workspace) == {}


def test_another_month_is_dated_to_its_end(clients: None, view: ToInvoiceView) -> None:
    view.month.before.click()
    assert [row.client_name for row in view.rows] == ["Globex"]
    assert view.banner.date.value() == date(2026, 10, 31)
    assert view.place() == {"day": date(2026, 10, 1)}


def test_time_of_earlier_months_is_named_and_taken_along(
    clients: None, view: ToInvoiceView, workspace: Workspace
) -> None:
    assert view.earlier.words.text() == "Also unbilled from earlier months: 1 h 00, €100.00"
    assert row_of(view, "Globex").seconds == 7200
    assert view.found.note(row_of(view, "Acme").client_id) == ""
    noted = view.found.note(row_of(view, "Globex").client_id)
    assert noted == "From earlier: 1 h 00, €100.00"
    view.earlier.take.click()
    assert row_of(view, "Globex").seconds == 10800
    assert view.foot.amounts.text() == "€476.00"
    bill(view, workspace)
    assert view.pages.currentWidget() is view.empty
    assert view.empty.title.text() == "Nothing to invoice for November 2026"
    assert not view.earlier.isVisible()


def test_who_has_earlier_time_only_is_listed_and_the_badge_counts_the_rows(
    clients: None, view: ToInvoiceView, workspace: Workspace
) -> None:
    bill(view, workspace)
    (left,) = view.rows
    assert (left.client_name, left.seconds) == ("Globex", 3600)
    assert view.found.note(left.client_id) == "All from earlier months"
    assert view.chosen == []
    view.shell.directory.count()
    assert view.shell.directory.counts.to_invoice == len(view.rows) == 1
    view.toggle(left)
    bill(view, workspace)
    assert not view.rows
    view.shell.directory.count()
    assert view.shell.directory.counts.to_invoice == 0


def test_a_client_that_comes_to_nothing_is_never_ticked(
    workspace: Workspace, open_view: OpenView
) -> None:
    from tests.support import factories

    project = factories.make_project(workspace, "Free work")
    factories.log(workspace, "2026-11-24 09:00", project_id=project, billable=True)
    view = open_view("to_invoice", ToInvoiceView)
    for row in view.rows:
        view.toggle(row)
        assert not view.is_chosen(row)
    assert not view.foot.draft.isEnabled()


def test_with_nothing_logged_it_says_only_what_is_true_and_offers_to_log(
    view: ToInvoiceView,
) -> None:
    assert view.pages.currentWidget() is view.empty
    assert view.empty.line.text() == (
        "No billable time up to 30 November 2026 is waiting for an invoice."
    )
    assert view.log_time.kind == "primary"
    view.log_time.click()
    assert window_of(view).journey.here == "time"


def test_where_nothing_can_be_invoiced_a_blank_invoice_begins_at_once(
    open_view: OpenView,
) -> None:
    view = open_view("to_invoice", ToInvoiceView)
    blank = next(one for one in view.empty.findChildren(Button) if one.words() == "Blank invoice")
    blank.click()
    assert window_of(view).view("invoices").place() == {"blank": True}
