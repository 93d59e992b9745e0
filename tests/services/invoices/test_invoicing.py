"""Issuing: one transaction, all findings at once, numbers without holes, sealed for good."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from hashlib import sha256

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import InstrumentedAttribute

from billops_desktop.errors import Refused
from billops_desktop.services.drafts import drafting
from billops_desktop.services.invoices import invoicing
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import (
    Event,
    Invoice,
    InvoiceLine,
    LineEntry,
    NumberUsed,
    TimeEntry,
)
from billops_desktop.storage.unit_of_work import ReadingUnit, UnitOfWork
from tests.support import money


def stored(workspace: Workspace, invoice_id: str) -> Invoice:
    return workspace.read(lambda work: work.session.get_one(Invoice, invoice_id))


def test_issue_takes_the_number_claims_the_entries_and_seals_the_document(
    workspace: Workspace,
) -> None:
    job = money.make_job(workspace)
    entry_id = money.log(workspace, job, hours=1.5)
    invoice_id = money.draft(workspace, job)

    assert workspace.read(invoicing.next_number, invoice_id) == "2026-0001"
    row = workspace.execute(invoicing.issue, invoice_id)

    assert (row.number, row.state, row.total.minor) == ("2026-0001", "issued", 17_850)
    invoice = stored(workspace, invoice_id)
    assert invoice.snapshot_json is not None
    assert invoice.content_sha256 == sha256(invoice.snapshot_json.encode()).hexdigest()
    assert json.loads(invoice.snapshot_json)["number"] == "2026-0001"
    assert invoice.issued_at == workspace.clock.now()

    def links(work: ReadingUnit) -> tuple[str | None, LineEntry, Sequence[str]]:
        entry = work.session.get_one(TimeEntry, entry_id)
        link = work.session.scalars(select(LineEntry)).one()
        kinds = work.session.scalars(select(Event.kind)).all()
        return entry.billed_line_id, link, kinds

    billed_line_id, link, kinds = workspace.read(links)
    assert billed_line_id == link.line_id
    assert link.claimed_at == workspace.clock.now()
    assert {"invoice.issued", "entry.billed"} <= set(kinds)


def test_the_hashes_of_two_invoices_form_a_chain(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    first = stored(workspace, money.issued_item(workspace, job).id)
    second = stored(workspace, money.issued_item(workspace, job).id)

    assert first.previous_sha256 is None
    assert second.previous_sha256 == first.content_sha256
    chained = f"{first.content_sha256}{second.snapshot_json}"
    assert second.content_sha256 == sha256(chained.encode()).hexdigest()


def test_a_draft_that_is_not_ready_is_refused_with_all_findings_and_nothing_written(
    workspace: Workspace,
) -> None:
    job = money.make_job(workspace, street="", city="", post_code="")
    nameless = drafting.LineEdit(description="", price=Decimal(1000))
    invoice_id = money.draft_item(workspace, job, lines=(nameless,), supply_to=None)

    with pytest.raises(invoicing.NotReady) as caught:
        workspace.execute(invoicing.issue, invoice_id)

    fields = {finding.field for finding in caught.value.findings if finding.blocks}
    assert {"lines.1.description", "supply_from", "buyer.address"} <= fields
    assert stored(workspace, invoice_id).state == "draft"
    assert workspace.read(lambda work: work.session.scalars(select(NumberUsed)).all()) == []


def test_an_entry_on_two_drafts_is_billed_once_and_the_second_names_the_first(
    workspace: Workspace,
) -> None:
    job = money.make_job(workspace)
    money.log(workspace, job)
    first, second = money.draft(workspace, job), money.draft(workspace, job)
    workspace.execute(invoicing.issue, first)

    with pytest.raises(invoicing.NotReady, match="2026-0001"):
        workspace.execute(invoicing.issue, second)
    assert stored(workspace, second).state == "draft"


def test_issuing_twice_is_refused(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    row = money.issued_item(workspace, job)

    with pytest.raises(Refused):
        workspace.execute(invoicing.issue, row.id)


def test_numbers_count_by_invoice_date_and_year_without_holes(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    days = [date(2026, 12, 31), date(2027, 1, 2)] * 3
    numbers = [
        money.issued_item(workspace, job, issue_on=day, due_on=date(2027, 2, 1)).number
        for day in days
    ]
    counted = [f"{year}-000{count}" for count in (1, 2, 3) for year in (2026, 2027)]
    assert numbers == counted


def test_a_failed_issue_leaves_no_hole(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    money.issued_item(workspace, job)
    invoice_id = money.draft_item(workspace, job)

    def fail_after_issue(work: UnitOfWork) -> None:
        invoicing.issue(work, invoice_id)
        message = "power cut"
        raise RuntimeError(message)

    with pytest.raises(RuntimeError):
        workspace.execute(fail_after_issue)
    assert workspace.execute(invoicing.issue, invoice_id).number == "2026-0002"


def test_an_earlier_date_than_the_last_number_is_advice(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    money.issued_item(workspace, job)
    invoice_id = money.draft_item(
        workspace, job, issue_on=date(2026, 11, 1), due_on=date(2026, 12, 1)
    )

    found = workspace.read(invoicing.findings, invoice_id)
    rules = {finding.rule: finding.severity for finding in found}
    assert rules["date order"] == "advice"
    assert workspace.execute(invoicing.issue, invoice_id).number == "2026-0002"


def test_time_left_out_changed_or_deleted_after_the_draft_is_found(workspace: Workspace) -> None:
    from billops_desktop.services import tracking

    job = money.make_job(workspace)
    first, second = (
        money.log(workspace, job, "2026-11-23 09:00"),
        money.log(workspace, job, "2026-11-24 09:00"),
    )
    invoice_id = money.draft(workspace, job, grouping="entry", from_on=date(2026, 11, 1))
    money.log(workspace, job, "2026-11-25 09:00")
    workspace.execute(tracking.edit, first, tracking.EntryEdit(break_seconds=600))
    workspace.execute(tracking.delete, [second])

    found = workspace.read(invoicing.findings, invoice_id)
    severities = {finding.rule: finding.severity for finding in found}
    assert severities["entry changed"] == "block"
    assert severities["entry gone"] == "block"
    assert severities["time left"] == "advice"


def test_later_changes_of_the_parties_never_reach_an_issued_document(workspace: Workspace) -> None:
    from billops_desktop.services.directory import clients
    from billops_desktop.services.invoices import rendering

    job = money.make_job(workspace)
    row = money.issued_item(workspace, job)
    before = workspace.read(rendering.document, row.id)

    workspace.execute(clients.edit, job.client_id, clients.ClientEdit(name="Acme SE", city="Kiel"))

    assert workspace.read(rendering.document, row.id) == before
    assert before.buyer.name == "Acme GmbH"


def _columns(table: str) -> list[str]:
    from billops_desktop.storage.record import Record

    return [column.name for column in Record.metadata.tables[table].columns]


@pytest.mark.parametrize("table", ["invoice", "invoice_line", "invoice_tax"])
def test_no_column_of_an_issued_invoice_can_be_changed_by_sql(
    workspace: Workspace, table: str
) -> None:
    job = money.make_job(workspace)
    money.log(workspace, job)
    invoice_id = money.draft(workspace, job)
    workspace.execute(invoicing.issue, invoice_id)
    key = "id" if table == "invoice" else "invoice_id"

    def attempt(statement: str) -> None:
        workspace.execute(
            lambda work: work.session.execute(text(statement), {"invoice": invoice_id})
        )

    for column in _columns(table):
        value = f"\"{column}\" || 'x'" if column in {"id", "number", "description"} else "7"
        with pytest.raises(Exception, match=r"(?i)issued|cannot|identity|changed"):
            attempt(f'UPDATE {table} SET "{column}" = {value} WHERE {key} = :invoice')
    with pytest.raises(Refused):
        attempt(f"DELETE FROM {table} WHERE {key} = :invoice")


@pytest.mark.parametrize(
    ("model", "key"), [(Invoice, Invoice.id), (InvoiceLine, InvoiceLine.invoice_id)]
)
def test_no_issued_row_can_be_changed_by_orm(
    workspace: Workspace,
    model: type[Invoice | InvoiceLine],
    key: InstrumentedAttribute[str],
) -> None:
    row = money.issued_item(workspace, money.make_job(workspace))

    def change(work: UnitOfWork) -> None:
        found = work.session.scalars(select(model).where(key == row.id)).one()
        assert isinstance(found, Invoice | InvoiceLine)
        found.net_minor += 1

    def delete(work: UnitOfWork) -> None:
        work.session.delete(work.session.scalars(select(model).where(key == row.id)).one())

    for attempt in (change, delete):
        with pytest.raises(Refused):
            workspace.execute(attempt)


def test_no_series_for_the_kind_is_a_finding(workspace: Workspace) -> None:
    job = money.make_job(workspace)
    invoice_id = money.draft_item(workspace, job)
    workspace.execute(lambda work: work.session.execute(text("UPDATE number_series SET active=0")))

    found = workspace.read(invoicing.findings, invoice_id)
    assert [finding.field for finding in found if finding.rule == "number"] == ["series"]


def test_who_comes_second_learns_that_it_is_issued_and_as_what(workspace: Workspace) -> None:
    row = money.issued_item(workspace, money.make_job(workspace))
    steps: tuple[Callable[[], object], ...] = (
        partial(workspace.execute, invoicing.issue, row.id),
        partial(workspace.read, invoicing.findings, row.id),
    )
    for late in steps:
        with pytest.raises(Refused, match="it is issued as 2026-0001 already") as refused:
            late()
        assert "credit note" not in str(refused.value)
