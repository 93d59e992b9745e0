"""The sheet that sets a rate shows what it changes, and refuses what cannot be."""

from __future__ import annotations

from decimal import Decimal

import pytest

from billops_desktop.services.rates import rate_book
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.dialogs.rate import RateSheet
from billops_desktop.ui.views.projects import ProjectsView
from billops_desktop.ui.widgets.input.edits import DateEdit, DecimalEdit
from tests.support.factories import log, make_client, make_project, set_rate
from tests.support.window import OpenView


@pytest.fixture
def project(workspace: Workspace) -> str:
    client = make_client(workspace)
    set_rate(workspace, client_id=client)
    project = make_project(workspace, "Website", client_id=client)
    for day in range(16, 25):
        log(workspace, f"2026-11-{day} 09:00", project_id=project, description=f"Day {day}")
    return project


@pytest.fixture
def sheet(open_view: OpenView, project: str) -> RateSheet:
    view = open_view("projects", ProjectsView)
    made = RateSheet(
        view, {"project_id": project}, "EUR", name="Website", then=lambda _row, _changes: None
    )
    made.open()
    return made


def type_in(edit: DecimalEdit | DateEdit, text: str) -> None:
    edit.setText(text)
    edit.commit()


def test_the_preview_counts_all_and_names_the_first(
    workspace: Workspace, project: str, sheet: RateSheet
) -> None:
    type_in(sheet.price, "120.50")
    assert sheet.effect.text() == "9 unbilled entries change: €900.00 → €1,084.50"
    assert sheet.entries.text().endswith("and 3 more")
    type_in(sheet.valid_from, "20.11.2026")
    assert sheet.effect.text().startswith("5 unbilled entries change")
    assert workspace.read(rate_book.rules, project_id=project) == ()
    sheet.confirm.click()
    rule = workspace.read(rate_book.rules, project_id=project)[0]
    assert (rule.price, rule.kind) == (Decimal("120.50"), "hourly")


def test_a_daily_rate(workspace: Workspace, project: str, sheet: RateSheet) -> None:
    sheet.kind.choose("daily")
    type_in(sheet.price, "800")
    sheet.confirm.click()
    assert workspace.read(rate_book.rules, project_id=project)[0].kind == "daily"


@pytest.mark.parametrize(
    ("price", "start", "end", "field"),
    [
        ("", "", "", "price"),
        ("lots", "", "", "price"),
        ("-5", "", "", "price"),
        ("100", "someday", "", "valid_from"),
        ("100", "1.12.2026", "1.11.2026", "valid_to"),
    ],
)
def test_slips_are_told_at_their_field(
    workspace: Workspace,
    project: str,
    sheet: RateSheet,
    price: str,
    start: str,
    end: str,
    field: str,
) -> None:
    for edit, text in ((sheet.price, price), (sheet.valid_from, start), (sheet.valid_to, end)):
        edit.setText(text)
    sheet.confirm.click()
    assert sheet.isVisible()
    assert sheet.fields.fields[field].note.text()
    assert sheet.price.text().startswith(price)
    assert workspace.read(rate_book.rules, project_id=project) == ()
    sheet.reject()


def test_rates_that_make_room_are_named_with_their_dates(
    workspace: Workspace, project: str, sheet: RateSheet
) -> None:
    set_rate(workspace, project_id=project, price="90")
    type_in(sheet.price, "120")
    assert sheet.moved.text() == "€90.00/h (always) is replaced."
    type_in(sheet.valid_from, "20.11.2026")
    assert sheet.moved.text() == "€90.00/h (always) then holds until 19 Nov 2026."
    type_in(sheet.valid_to, "22.11.2026")
    words = "€90.00/h (always) then holds until 19 Nov 2026 and from 23 Nov 2026 on."
    assert sheet.moved.text() == words
    assert sheet.moved.isVisibleTo(sheet)
    type_in(sheet.price, "lots")
    assert not sheet.moved.isVisibleTo(sheet)
