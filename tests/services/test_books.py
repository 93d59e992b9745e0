"""The open book: today in the company's zone, rows that exist, many rows at once."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from billops_desktop.errors import NotFound, Refused
from billops_desktop.services import books
from billops_desktop.services.drafts import drafting
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.identifiers import new_ids
from billops_desktop.storage.models import ChangeRecord, Contact
from billops_desktop.storage.record import Record
from billops_desktop.storage.unit_of_work import UnitOfWork
from tests.support import factories, money
from tests.support.clock import MovableClock


def test_today_is_the_date_in_the_company_s_zone(workspace: Workspace, clock: MovableClock) -> None:
    clock.at = clock.at.replace(hour=23, minute=30)
    clock.travel("America/New_York")
    assert workspace.read(books.today) == date(2026, 11, 26)


def test_a_unit_knows_the_folder_of_its_profile(workspace: Workspace) -> None:
    assert workspace.read(books.profile_of) == workspace.profile


def test_a_blank_profile_has_neither_book_nor_company(blank_workspace: Workspace) -> None:
    for ask in (books.book, books.company_of):
        with pytest.raises(Refused):
            blank_workspace.read(ask)


def test_what_is_not_there_or_was_deleted_is_said(workspace: Workspace) -> None:
    invoice_id = money.draft_item(workspace, money.make_job(workspace))
    workspace.execute(drafting.delete_draft, invoice_id)
    for ask, named in ((books.client_of, "x"), (books.invoice_of, invoice_id)):
        with pytest.raises(NotFound):
            workspace.read(ask, named)


def test_many_rows_go_in_with_times_and_change_records(workspace: Workspace) -> None:
    client_id = factories.make_client(workspace)
    count = books.MOST_VARIABLES // 8 + 7

    def insert(work: UnitOfWork) -> None:
        table = Record.metadata.tables["contact"]
        ids = new_ids(count, work.clock.now())
        assert ids == sorted(set(ids))
        columns = ("id", "client_id", "position", "name", "email", "phone", "role")
        rows = [(id_, client_id, 1, "Lena", "", "", "") for id_ in ids]
        filled = [(*row, "") for row in rows]
        books.insert_many(work, table, (*columns, "receives_invoices"), filled)
        books.insert_many(work, table, columns, [])

    done = workspace.perform(insert)
    assert len(done.changes.ids["contact"]) == count
    recorded = select(func.count()).where(ChangeRecord.table_name == "contact")
    assert workspace.read(lambda work: work.session.scalar(recorded)) == count
    one = workspace.read(lambda work: work.session.scalars(select(Contact).limit(1)).one())
    assert (one.created_at, one.name) == (workspace.clock.now(), "Lena")
