"""Drafts from unbilled time: grouped, rounded, taxed, currencies apart, entries left free."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from billops_desktop.errors import InvalidInput, NotFound, Refused
from billops_desktop.services import records
from billops_desktop.services.drafts import drafting
from billops_desktop.services.invoices import invoice_rows, invoicing
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import LineEntry, Project, RoundingPolicy, TimeEntry
from billops_desktop.storage.unit_of_work import ReadingUnit, UnitOfWork
from tests.support import factories, money


def lines_of(workspace: Workspace, invoice_id: str) -> tuple[invoice_rows.LineRow, ...]:
    return workspace.read(invoice_rows.detail, invoice_id).lines


def test_a_draft_takes_header_and_tax_from_the_client_and_leaves_the_entries_free(
    workspace: Workspace,
) -> None:
    job = money.make_job(workspace, language="de", purchase_order="PO 7", terms_days=30)
    entry_id = money.log(workspace, job, hours=2.25)
    invoice_id = money.draft(workspace, job)

    detail = workspace.read(invoice_rows.detail, invoice_id)
    assert detail.row.total.minor == 26_775
    assert (detail.language, detail.purchase_order, detail.currency) == ("de", "PO 7", "EUR")
    assert detail.row.due_on == date(2026, 12, 25)
    assert (detail.supply_from, detail.supply_to) == (date(2026, 11, 24), date(2026, 11, 24))
    (line,) = detail.lines
    assert (line.quantity, line.unit, line.base_quantity) == (Decimal(8100), "SEC", Decimal(3600))
    assert (line.tax_category, line.tax_percent) == ("S", Decimal(19))
    assert (line.entry_count, line.tracked_seconds, line.billed_seconds) == (1, 8100, 8100)
    assert "2:15 tracked, 2:15 billed" in line.derivation

    def free(work: ReadingUnit) -> tuple[datetime | None, str | None]:
        link = work.session.scalars(select(LineEntry)).one()
        return link.claimed_at, work.session.get_one(TimeEntry, entry_id).billed_line_id

    assert workspace.read(free) == (None, None)


@pytest.mark.parametrize(
    ("grouping", "count"),
    [
        ("entry", 4),
        ("task", 2),
        ("project", 1),
        ("person", 1),
        ("day", 3),
        ("week", 2),
        ("month", 2),
        ("project_person", 1),
        ("task_person", 2),
        ("all", 1),
    ],
)
def test_grouping_changes_the_lines_and_never_the_seconds(
    workspace: Workspace, grouping: str, count: int
) -> None:
    job = money.make_job(workspace)
    other = factories.make_task(workspace, "Review", project_id=job.project_id)
    money.log(workspace, job, "2026-10-30 09:00")
    money.log(workspace, job, "2026-11-23 09:00")
    money.log(workspace, job, "2026-11-24 09:00")
    money.log(workspace, job, "2026-11-24 11:00", task_id=other)

    lines = lines_of(workspace, money.draft(workspace, job, grouping=grouping))
    assert len(lines) == count
    assert sum(line.billed_seconds for line in lines) == 4 * 3600


def test_only_the_client_s_time_of_the_period_and_projects_is_taken(workspace: Workspace) -> None:
    job, other = money.make_job(workspace), money.make_job(workspace, "Globex Ltd")
    second = factories.make_project(workspace, "Audit", client_id=job.client_id)
    money.log(workspace, job, "2026-11-01 09:00")
    money.log(workspace, job, "2026-10-31 09:00")
    money.log(workspace, job, "2026-11-02 09:00", project_id=second, task_id=None)
    money.log(workspace, job, "2026-11-03 09:00", billable=False)
    money.log(workspace, other, "2026-11-04 09:00")

    invoice_id = money.draft(
        workspace, job, from_on=date(2026, 11, 1), project_ids=(job.project_id,)
    )
    (line,) = lines_of(workspace, invoice_id)
    assert line.tracked_seconds == 3600


def test_time_in_another_currency_and_without_a_rate_is_left_out_visibly(
    workspace: Workspace,
) -> None:
    client_id = factories.make_client(workspace)
    priced = factories.make_project(workspace, "Euro", client_id=client_id)
    foreign = factories.make_project(workspace, "Dollar", client_id=client_id)
    silent = factories.make_project(workspace, "Free", client_id=client_id)
    factories.set_rate(workspace, "100", project_id=priced)
    factories.set_rate(workspace, "120", "USD", project_id=foreign)
    for project_id in (priced, foreign, silent):
        factories.log(workspace, project_id=project_id)
    request = drafting.DraftRequest(client_id=client_id, to_on=money.TO_ON, grouping="project")

    preview = workspace.read(drafting.preview, request)
    assert [(left.reason, left.count) for left in preview.left_out] == [
        ("no_rate", 1),
        ("other_currency", 1),
    ]
    assert [line.description for line in preview.lines] == ["Euro"]

    asked = drafting.DraftRequest(
        client_id=client_id, to_on=money.TO_ON, grouping="project", include_unpriced=True
    )
    invoice_id = workspace.execute(drafting.draft_from_time, asked)
    prices = {line.description: line.price for line in lines_of(workspace, invoice_id)}
    assert prices == {"Euro": Decimal(100), "Free": Decimal(0)}
    found = workspace.read(invoicing.findings, invoice_id)
    assert "price" in {finding.rule for finding in found}


def test_nothing_to_bill_is_refused_and_says_why(workspace: Workspace) -> None:
    client_id = factories.make_client(workspace)
    project_id = factories.make_project(workspace, client_id=client_id)
    factories.log(workspace, project_id=project_id)
    request = drafting.DraftRequest(client_id=client_id, to_on=money.TO_ON)

    with pytest.raises(Refused, match="has no rate"):
        workspace.execute(drafting.draft_from_time, request)


def _rounded(workspace: Workspace, job: money.Job, **policy: Any) -> str:
    def give(work: UnitOfWork) -> str:
        stored = records.add(work, RoundingPolicy(name="Quarter", version=3, **policy))
        project = work.session.get_one(Project, job.project_id)
        records.change(work, project, {"rounding_policy_id": stored.id})
        return stored.id

    return workspace.execute(give)


@pytest.mark.parametrize(
    ("applies_to", "billed"), [("entry", 5400), ("day_task", 4500), ("line", 4500), ("total", 4500)]
)
def test_the_nearest_rounding_policy_makes_the_billed_seconds_and_is_kept_with_its_version(
    workspace: Workspace, applies_to: str, billed: int
) -> None:
    job = money.make_job(workspace)
    policy_id = _rounded(workspace, job, step_seconds=900, mode="up", applies_to=applies_to)
    for minute in (0, 25, 50):
        start = f"2026-11-24 09:{minute:02}"
        money.log(workspace, job, start, hours=0.4)

    (line,) = lines_of(workspace, money.draft(workspace, job))
    assert (line.tracked_seconds, line.billed_seconds) == (4320, billed)

    links = workspace.read(lambda work: work.session.scalars(select(LineEntry)).all())
    assert {(one.rounding_policy_id, one.rounding_policy_version) for one in links} == {
        (policy_id, 3)
    }


def test_unbilled_time_is_added_to_a_draft_once(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    money.log(workspace, job, "2026-11-23 09:00")
    invoice_id = money.draft(workspace, job)
    money.log(workspace, job, "2026-11-24 09:00")
    request = drafting.DraftRequest(client_id=job.client_id, to_on=money.TO_ON)

    assert workspace.execute(drafting.add_unbilled, invoice_id, request) == 1
    detail = workspace.read(invoice_rows.detail, invoice_id)
    assert [line.tracked_seconds for line in detail.lines] == [3600, 3600]
    assert detail.row.total.minor == 23_800
    assert detail.unbilled_seconds == 0
    with pytest.raises(Refused):
        workspace.execute(drafting.add_unbilled, invoice_id, request)


def test_a_deleted_draft_is_gone_and_an_issued_invoice_cannot_be_deleted(
    workspace: Workspace,
) -> None:
    job = money.make_job(workspace)
    invoice_id = money.draft_item(workspace, job)
    workspace.execute(drafting.delete_draft, invoice_id)
    with pytest.raises(NotFound):
        workspace.read(invoice_rows.detail, invoice_id)

    row = money.issued_item(workspace, job)
    with pytest.raises(Refused):
        workspace.execute(drafting.delete_draft, row.id)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"grouping": "moon"}, "grouping"),
        ({"from_on": date(2027, 1, 1)}, "to_on"),
        ({"client_id": "nobody"}, "client"),
    ],
)
def test_a_wrong_request_names_its_field(
    workspace: Workspace, wrong: dict[str, object], field: str
) -> None:
    job = money.make_job(workspace)
    fields: dict[str, Any] = {"client_id": job.client_id, "to_on": money.TO_ON, **wrong}
    with pytest.raises(InvalidInput) as caught:
        workspace.execute(drafting.draft_from_time, drafting.DraftRequest(**fields))
    assert caught.value.field == field
