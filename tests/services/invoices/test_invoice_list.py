"""The list of invoices: tabs, order, hints, sums that never add currencies."""

from __future__ import annotations

from datetime import date

import pytest

from billops_desktop.domain.billing.lifecycle import Status
from billops_desktop.errors import NotFound
from billops_desktop.services.invoices import corrections, invoice_list
from billops_desktop.services.workspace import Workspace
from tests.support import money


def one_of_each(workspace: Workspace) -> dict[str, str]:
    """Make an invoice in every tab, the overdue one in pounds."""
    job = money.make_job(workspace)
    pound = money.make_job(workspace, "Globex Ltd", currency="GBP", country="GB")
    late = money.issued_item(
        workspace,
        pound,
        "50",
        issue_on=date(2026, 10, 1),
        due_on=date(2026, 11, 5),
        supply_to=date(2026, 9, 30),
    )
    open_, paid, gone = (money.issued_item(workspace, job, price) for price in ("10", "20", "30"))
    draft = money.draft_item(workspace, job)
    money.pay(workspace, paid.id, "23.80")
    money.pay(workspace, late.id, "10", currency="GBP")
    note = workspace.execute(corrections.cancel, gone.id, reason="Agreed")
    return {
        "late": late.id,
        "open": open_.id,
        "paid": paid.id,
        "gone": gone.id,
        "draft": draft,
        "note": note.id,
    }


def test_tabs_order_and_hints(workspace: Workspace) -> None:
    ids = one_of_each(workspace)
    page = workspace.read(invoice_list.invoices)

    assert page.counts == {"all": 6, "drafts": 1, "open": 1, "overdue": 1, "paid": 1}
    assert [row.id for row in page.rows][:3] == [ids["late"], ids["open"], ids["draft"]]
    rows = {row.id: row for row in page.rows}
    assert rows[ids["late"]].note == "20 days late · part paid"
    assert rows[ids["paid"]].note == "25 Nov 2026, bank transfer"
    assert rows[ids["gone"]].note == "by CN-2026-0001"
    assert rows[ids["note"]].status is Status.CREDITED
    assert [row.open.minor for row in page.rows if row.open.minor] == [4_950, 1_190]


@pytest.mark.parametrize(
    ("tab", "name"),
    [("drafts", "draft"), ("open", "open"), ("overdue", "late"), ("paid", "paid")],
)
def test_each_tab_holds_its_own(workspace: Workspace, tab: invoice_list.Tab, name: str) -> None:
    ids = one_of_each(workspace)
    page = workspace.read(invoice_list.invoices, tab=tab)
    assert [row.id for row in page.rows] == [ids[name]]


def test_search_and_pages(workspace: Workspace) -> None:
    one_of_each(workspace)
    found = workspace.read(invoice_list.invoices, text="globex")
    assert ([row.client_name for row in found.rows], found.counts["all"]) == (["Globex Ltd"], 1)
    by_number = workspace.read(invoice_list.invoices, text="2026-0002")
    assert [row.number for row in by_number.rows] == ["2026-0002", "CN-2026-0002"][:1]
    assert len(workspace.read(invoice_list.invoices, limit=2, offset=5).rows) == 1


def test_metrics_keep_currencies_apart_base_currency_first(workspace: Workspace) -> None:
    one_of_each(workspace)
    tiles = workspace.read(invoice_list.metrics)
    amounts = [(one.minor, one.currency) for one in tiles.outstanding.amounts]
    assert (tiles.outstanding.count, amounts) == (2, [(1_190, "EUR"), (4_950, "GBP")])
    assert (tiles.overdue.count, tiles.overdue.amounts[0].currency) == (1, "GBP")
    assert tiles.due_soon.count == 1
    assert [one.minor for one in tiles.paid_this_month.amounts] == [2_380, 1_000]


def test_an_invoice_is_found_by_number_or_id(workspace: Workspace) -> None:
    row = money.issued_item(workspace, money.make_job(workspace))
    assert workspace.read(invoice_list.by_number, "2026-0001") == row
    assert workspace.read(invoice_list.by_number, row.id) == row
    with pytest.raises(NotFound):
        workspace.read(invoice_list.by_number, "2026-0009")


def test_the_newest_of_a_client_are_theirs_alone(workspace: Workspace) -> None:
    ids = one_of_each(workspace)
    client = workspace.read(invoice_list.row, ids["open"]).client_id
    page = workspace.read(invoice_list.newest_of, client)
    assert page.counts["all"] == 5
    assert ids["late"] not in {row.id for row in page.rows}
    assert page.rows[0].id == ids["draft"]
    assert [row.id for row in workspace.read(invoice_list.newest_of, client, limit=2).rows] == [
        row.id for row in page.rows[:2]
    ]
