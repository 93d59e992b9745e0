"""The lines of the list: headings with sums, cards, selection, spoken sentences."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from billops_desktop.services import tracking
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.entries.entry_model import (
    DayLine,
    EntryLine,
    EntryModel,
    Field,
    day_words,
    lines_of,
    odd_words,
)
from tests.support.clock import MovableClock
from tests.support.factories import log
from tests.support.present import of_kind

FIRST, LAST = date(2026, 11, 23), date(2026, 11, 29)


def lines(workspace: Workspace) -> list[EntryLine | DayLine]:
    groups = workspace.read(tracking.day_groups, FIRST, LAST)
    return lines_of(groups, workspace.read(tracking.today).day)


@pytest.fixture
def model(workspace: Workspace, clock: MovableClock, qapp: QApplication) -> EntryModel:
    log(workspace, "2026-11-24 09:00", description="Yesterday's")
    log(workspace, "2026-11-25 09:00", description="First")
    log(workspace, "2026-11-25 10:00", description="Second")
    made = EntryModel(clock.now)
    made.show_lines(lines(workspace))
    return made


def test_each_day_has_a_heading_and_a_card(model: EntryModel) -> None:
    assert [type(line).__name__ for line in model.lines] == [
        "DayLine",
        "EntryLine",
        "EntryLine",
        "DayLine",
        "EntryLine",
    ]
    assert [(line.first, line.last) for line in model.lines if not isinstance(line, DayLine)] == [
        (True, False),
        (False, True),
        (True, True),
    ]
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.row_at(0) is None
    assert model.row_at(99) is None


def test_days_are_called_as_people_call_them() -> None:
    today = date(2026, 11, 25)
    assert day_words(today, today) == ("Today", "Wed 25 Nov")
    assert day_words(date(2026, 11, 24), today) == ("Yesterday", "Tue 24 Nov")
    assert day_words(date(2026, 11, 20), today) == ("Friday", "20 Nov")


def test_the_same_places_keep_the_view_others_build_it_again(
    workspace: Workspace, model: EntryModel
) -> None:
    row = model.rows()[0]
    workspace.execute(tracking.edit, row.id, tracking.EntryEdit(description="Changed"))
    assert model.show_lines(lines(workspace)) is False
    assert model.rows()[0].description == "Changed"
    model.select([row.id])
    workspace.execute(tracking.delete, [row.id])
    assert model.show_lines(lines(workspace)) is True
    assert model.selected == set()


def test_an_entry_is_one_sentence(model: EntryModel) -> None:
    place = model.place_of(model.rows()[0].id)
    model.select([model.rows()[0].id])
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(place, Field.DESCRIPTION).data(role) == (
        "Second, Without project, 11:00 – 12:00, 1 h 00, Not billable, selected"
    )
    assert model.index(place, Field.DURATION).data(role) == "1:00"
    assert model.headerData(5, Qt.Orientation.Horizontal) == "From and to"
    assert "Today" in model.index(0, 0).data(role)


def test_what_is_odd_is_said(workspace: Workspace, model: EntryModel) -> None:
    long = log(workspace, "2026-11-23 01:00", hours=13)
    assert odd_words(long, 43_200) == "Longer than 12 h"
    both = log(workspace, "2026-11-24 09:30")
    assert "Overlaps another entry" in odd_words(both, 43_200)
    assert odd_words(model.rows()[0], 43_200) == ""


def test_a_running_entry_counts_in_its_heading(
    workspace: Workspace, clock: MovableClock, model: EntryModel
) -> None:
    workspace.execute(tracking.start)
    clock.move(minutes=15)
    model.show_lines(lines(workspace))
    heading = of_kind(model.lines[0], DayLine)
    assert heading.seconds_at(clock.now()) == 2 * 3600 + 900
