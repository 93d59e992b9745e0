"""Parsed entries land once, on the clients, projects and tasks that are there already."""

from __future__ import annotations

from datetime import date

import pytest

from billops_desktop import i18n
from billops_desktop.services.directory import people
from billops_desktop.services.entries import entry_rows
from billops_desktop.services.transfer.csv_text import CsvRecord
from billops_desktop.services.transfer.entry_landing import land, new_ones
from billops_desktop.services.transfer.entry_parsing import EntryParser, ParsedEntry, ParsingRules
from billops_desktop.services.workspace import Workspace
from tests.support.factories import make_client, make_project, make_task

HEADER = ("id", "date", "start", "hours", "client", "project", "task", "email")


def silent(done: int, total: int) -> None:
    """Hear of progress and say nothing."""


def entry(*cells: str) -> ParsedEntry:
    rules = ParsingRules(zone="Europe/Berlin", today=date(2026, 11, 25))
    parser = EntryParser(CsvRecord(1, "", list(HEADER)), rules)
    found = parser.parse(CsvRecord(2, "", list(cells)))
    assert isinstance(found, ParsedEntry)
    return found


def test_names_are_found_whatever_their_case(workspace: Workspace) -> None:
    client_id = make_client(workspace, "Acme")
    site = make_project(workspace, "Website", client_id=client_id)
    general = make_task(workspace, "Admin")
    rows = [
        entry("", "2026-11-25", "9:00", "1", "ACME", "website", "admin", ""),
        entry("", "2026-11-25", "10:00", "1", "acme", "New", "Build", ""),
        entry("", "2026-11-25", "11:00", "1", "acme", "new", "build", ""),
    ]
    landed = workspace.execute(land, rows, silent)
    assert (landed.added, landed.clients, landed.projects, landed.tasks) == (3, 0, 1, 1)
    day = date(2026, 11, 25)
    found = workspace.read(entry_rows.entries, from_on=day, to_on=day, project_id=site)
    assert [(row.task_id, row.billable) for row in found] == [(general, True)]


def test_an_entry_goes_to_the_person_with_its_address(workspace: Workspace) -> None:
    jo = workspace.execute(people.add, people.NewPerson(email="jo@x.example"))
    rows = [
        entry("", "2026-11-25", "9:00", "1", "", "", "", "JO@x.example"),
        entry("", "2026-11-25", "10:00", "1", "", "", "", "stranger@x.example"),
    ]
    workspace.execute(land, rows, silent)
    day = date(2026, 11, 25)
    found = workspace.read(entry_rows.entries, from_on=day, to_on=day)
    assert [row.person_id for row in found] == [workspace.person_id, jo.id]


def test_what_is_there_is_not_new_also_within_one_file(workspace: Workspace) -> None:
    rows = [
        entry("a" * 32, "2026-11-25", "9:00", "1", "", "", "", ""),
        entry("a" * 32, "2026-11-25", "9:00", "2", "", "", "", ""),
        entry("", "2026-11-25", "9:00", "3", "", "", "", ""),
    ]
    assert workspace.read(new_ones, rows) == [rows[0], rows[2]]
    workspace.execute(land, rows, silent)
    assert workspace.read(new_ones, rows) == []


def test_a_task_that_is_not_billed_makes_no_billable_time(workspace: Workspace) -> None:
    client_id = make_client(workspace, "Acme")
    site = make_project(workspace, "Website", client_id=client_id)
    make_task(workspace, "Admin", project_id=site, billable=False)
    rows = [
        entry("", "2026-11-25", "9:00", "1", "Acme", "Website", "Admin", ""),
        entry("", "2026-11-25", "10:00", "1", "Acme", "Website", "", ""),
    ]
    workspace.execute(land, rows, silent)
    day = date(2026, 11, 25)
    found = workspace.read(entry_rows.entries, from_on=day, to_on=day, project_id=site)
    assert sorted((row.task_name, row.billable) for row in found if row.task_name) == [
        ("Admin", False)
    ]
    assert [row.billable for row in found if not row.task_name] == [True]


def test_rows_without_a_project_share_one_in_whatever_language(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = [entry("", "2026-11-25", "9:00", "1", "Acme", "", "", "")]
    assert workspace.execute(land, first, silent).projects == 1
    monkeypatch.setattr(i18n._Current, "words", i18n.translator("de"))
    second = [entry("", "2026-11-25", "10:00", "1", "Acme", "", "", "")]
    assert workspace.execute(land, second, silent).projects == 0
    assert workspace.execute(land, first, silent).added == 0
