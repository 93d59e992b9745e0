"""Billable time: the nearest policy, daily prices, what a tie leaves out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from billops_desktop.services.drafts import drafting
from billops_desktop.services.invoices import invoice_rows
from billops_desktop.services.workspace import Workspace
from tests.support import factories, money

DAY = date(2026, 11, 25)


def test_a_daily_price_counts_days_and_a_tie_is_left_out(workspace: Workspace) -> None:
    client_id = factories.make_client(workspace)
    project_id = factories.make_project(workspace, client_id=client_id)
    factories.set_rate(workspace, "800", project_id=project_id, kind="daily")
    factories.log(workspace, project_id=project_id, hours=6)
    job = money.Job(client_id, project_id, "")

    (line,) = workspace.read(invoice_rows.detail, money.draft(workspace, job)).lines
    assert (line.base_quantity, line.net.minor) == (Decimal(28_800), 60_000)


def test_a_rate_typed_on_the_entry_beats_all(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    money.log(workspace, job, rate=Decimal("55.5"))
    money.log(workspace, job, "2026-11-24 11:00")
    lines = workspace.read(invoice_rows.detail, money.draft(workspace, job)).lines
    assert {line.price for line in lines} == {Decimal("55.5"), Decimal(100)}


def test_lines_speak_the_language_of_the_client(workspace: Workspace) -> None:
    job = money.make_job(workspace, language="de")
    money.log(workspace, job)
    preview = workspace.read(
        drafting.preview,
        drafting.DraftRequest(client_id=job.client_id, to_on=money.TO_ON, grouping="month"),
    )
    assert [line.description for line in preview.lines] == ["November 2026"]
    german = workspace.read(
        drafting.preview,
        drafting.DraftRequest(client_id=job.client_id, to_on=money.TO_ON, grouping="day"),
    )
    assert [line.description for line in german.lines] == ["24.11.2026"]
