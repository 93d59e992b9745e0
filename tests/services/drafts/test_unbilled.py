"""What can be invoiced: worth exactly what a draft comes to, with all that is to be checked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from billops_desktop.domain.money import Money
from billops_desktop.services.drafts import unbilled
from billops_desktop.services.invoices import invoice_rows, invoicing
from billops_desktop.services.workspace import Workspace
from tests.support import factories, money
from tests.support.clock import MovableClock


def test_a_row_per_client_is_worth_what_its_draft_comes_to(workspace: Workspace) -> None:
    acme = money.make_job(workspace)
    globex = money.make_job(workspace, "Globex Ltd", currency="GBP")
    money.log(workspace, acme, "2026-11-02 09:00", hours=1.5)
    money.log(workspace, acme, "2026-11-03 09:00", hours=0.4)
    money.log(workspace, globex, "2026-11-04 09:00")

    rows = workspace.read(unbilled.unbilled, to_on=money.TO_ON)
    assert [row.client_name for row in rows] == ["Acme GmbH", "Globex Ltd"]
    first, second = rows
    assert (first.entry_count, first.seconds) == (2, 6840)
    assert (first.first_on, first.last_on) == (date(2026, 11, 2), date(2026, 11, 3))
    assert (first.net, first.values) == (Money(19_000, "EUR"), (Money(19_000, "EUR"),))
    assert (first.projects, first.checks) == (("Acme GmbH website",), ())
    assert second.net.currency == "GBP"

    invoice_id = money.draft(workspace, acme)
    assert workspace.read(invoice_rows.row, invoice_id).total == first.total


def test_drafted_time_stays_listed_and_billed_time_goes(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    money.log(workspace, job)
    invoice_id = money.draft(workspace, job)
    (row,) = workspace.read(unbilled.unbilled)
    assert row.checks == ("1 h 00 is on a draft already",)
    assert (row.seconds, row.drafted_seconds) == (3600, 3600)

    workspace.execute(invoicing.issue, invoice_id)
    assert workspace.read(unbilled.unbilled) == ()


def test_what_cannot_be_billed_as_it_is_is_said(workspace: Workspace) -> None:
    client_id = factories.make_client(workspace)
    priced = factories.make_project(workspace, "Euro", client_id=client_id)
    foreign = factories.make_project(workspace, "Dollar", client_id=client_id)
    silent = factories.make_project(workspace, "Free", client_id=client_id)
    factories.set_rate(workspace, "100", project_id=priced)
    factories.set_rate(workspace, "120", "USD", project_id=foreign)
    for project_id in (priced, foreign, silent):
        factories.log(workspace, project_id=project_id)

    (row,) = workspace.read(unbilled.unbilled, client_id=client_id)
    assert row.values == (Money(10_000, "EUR"), Money(12_000, "USD"))
    assert row.seconds == 3 * 3600
    told = " | ".join(row.checks)
    for words in ("has no rate", "in another currency", "without description"):
        assert words in told


def test_only_the_period_and_client_asked_for(workspace: Workspace) -> None:
    acme, globex = money.make_job(workspace), money.make_job(workspace, "Globex Ltd")
    money.log(workspace, acme, "2026-10-31 09:00")
    money.log(workspace, globex, "2026-11-04 09:00")
    november = workspace.read(unbilled.unbilled, from_on=date(2026, 11, 1), to_on=money.TO_ON)
    assert [row.client_name for row in november] == ["Globex Ltd"]
    mine = workspace.read(unbilled.unbilled, client_id=acme.client_id, to_on=money.TO_ON)
    assert [row.client_name for row in mine] == ["Acme GmbH"]


def test_a_million_billed_entries_are_not_walked_through(workspace: Workspace) -> None:
    money.log(workspace, money.make_job(workspace))
    run: list[tuple[str, Any]] = []
    engine = workspace.database.engine

    def note(*told: Any) -> None:
        run.append((told[2], told[3]))

    event.listen(engine, "before_cursor_execute", note)
    workspace.read(unbilled.unbilled)
    event.remove(engine, "before_cursor_execute", note)
    sums = next(one for one in run if "count(*)" in one[0])
    with workspace.reading() as work:
        plan = work.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sums[0]}", sums[1])
        assert "ix_time_entry_unbilled" in str(plan.all())


def test_the_clients_that_wait_are_those_up_to_the_month_that_is_due(
    workspace: Workspace, clock: MovableClock
) -> None:
    acme, globex = money.make_job(workspace, "Acme"), money.make_job(workspace, "Globex")
    money.log(workspace, acme, "2026-10-20 09:00")
    money.log(workspace, globex, "2026-11-02 09:00")
    assert workspace.read(unbilled.waiting_clients) == 2
    clock.move(days=-5)
    assert workspace.read(unbilled.waiting_clients) == 1


@pytest.mark.parametrize(
    ("day", "month"),
    [(date(2026, 11, 24), 11), (date(2026, 11, 23), 10), (date(2026, 1, 1), 12)],
)
def test_the_present_month_is_due_near_its_end(day: date, month: int) -> None:
    first, last = unbilled.due_month(day)
    assert (first.month, first.day) == (month, 1)
    assert (last.month, last.day) == (month, 31 if month in {10, 12} else 30)
