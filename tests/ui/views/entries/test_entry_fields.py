"""What is typed into a field of an entry becomes the edit that was meant, or a refusal."""

from __future__ import annotations

from datetime import date

import pytest

from billops_desktop.errors import InvalidInput
from billops_desktop.services import tracking
from billops_desktop.services.edits import UNCHANGED
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.entries.entry_fields import (
    duration_hint,
    edit_of_description,
    edit_of_duration,
    edit_of_range,
    range_text,
    read_range,
)
from tests.support.factories import log, utc
from tests.support.present import present

BERLIN = "Europe/Berlin"
DAY = date(2026, 11, 25)


@pytest.fixture
def row(workspace: Workspace) -> tracking.EntryRow:
    """10:00:20 to 11:30:40 in Berlin."""
    new = tracking.NewEntry(
        started_at=utc("2026-11-25 09:00:20"), ended_at=utc("2026-11-25 10:30:40")
    )
    return workspace.execute(tracking.add, new)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("9:15-10:30", "2026-11-25 08:15", "2026-11-25 09:30"),
        ("0915 – 1030", "2026-11-25 08:15", "2026-11-25 09:30"),
        ("9am to 11", "2026-11-25 08:00", "2026-11-25 10:00"),
        ("9 bis 11", "2026-11-25 08:00", "2026-11-25 10:00"),
        ("23:15-00:30", "2026-11-25 22:15", "2026-11-25 23:30"),
        ("9:00 – 15:00 +1", "2026-11-25 08:00", "2026-11-26 14:00"),
    ],
)
def test_spans_are_read_as_people_write_them(text: str, start: str, end: str) -> None:
    read = read_range(text, DAY, BERLIN)
    assert (read.started_at, read.ended_at) == (utc(start), utc(end))


@pytest.mark.parametrize("text", ["14:02", "14:02 – now", "14:02-"])
def test_an_open_end_stays_open(text: str) -> None:
    assert read_range(text, DAY, BERLIN).ended_at is None


@pytest.mark.parametrize("text", ["", "9:15-9:00", "x-y", "25:00-26:00"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_range(text, DAY, BERLIN)


def test_an_end_that_reads_the_same_keeps_its_seconds(row: tracking.EntryRow) -> None:
    assert range_text(row) == "10:00 – 11:30"
    assert edit_of_range(row, "10:00 – 11:30") is None
    assert edit_of_range(row, "10-11:30") is None
    edit = edit_of_range(row, "9:45-11:30")
    assert present(edit).started_at == utc("2026-11-25 08:45")
    assert present(edit).ended_at == row.ended_at


def test_a_finished_entry_needs_its_end(row: tracking.EntryRow) -> None:
    with pytest.raises(InvalidInput, match="end is missing"):
        edit_of_range(row, "10:15")


def test_a_length_moves_one_end_and_leaves_breaks_in(
    workspace: Workspace, row: tracking.EntryRow
) -> None:
    assert edit_of_duration(row, "1:30", moves_start=False) is None
    later = edit_of_duration(row, "2h", moves_start=False)
    assert (present(later).started_at, present(later).ended_at) == (
        UNCHANGED,
        utc("2026-11-25 11:00:20"),
    )
    earlier = edit_of_duration(row, "2h", moves_start=True)
    assert (present(earlier).started_at, present(earlier).ended_at) == (
        utc("2026-11-25 08:30:40"),
        UNCHANGED,
    )
    paused = log(workspace, "2026-11-24 09:00", hours=2, break_seconds=1800)
    assert present(edit_of_duration(paused, "1h", moves_start=False)).ended_at == utc(
        "2026-11-24 10:30"
    )


def test_the_hint_says_which_end_moves(row: tracking.EntryRow) -> None:
    assert duration_hint(row, "2h", moves_start=False) == "Ends at 12:00. Alt moves the start."
    assert duration_hint(row, "2h", moves_start=True) == "Starts at 09:30"
    assert duration_hint(row, "1:30", moves_start=False).startswith("Moves the end")
    assert duration_hint(row, "abc", moves_start=False) == ""


def test_what_runs_has_a_start_only(workspace: Workspace) -> None:
    running = workspace.execute(tracking.start, description="Now")
    assert range_text(running) == "14:00 – now"
    assert present(edit_of_range(running, "13:30")).started_at == utc("2026-11-25 12:30")
    with pytest.raises(InvalidInput, match="running"):
        edit_of_range(running, "13:30-13:45")
    with pytest.raises(InvalidInput, match="running"):
        edit_of_duration(running, "1h", moves_start=False)


def test_an_unchanged_description_is_no_edit(row: tracking.EntryRow) -> None:
    assert edit_of_description(row, "  ") is None
    assert present(edit_of_description(row, " Call ")).description == "Call"


def test_an_end_on_a_later_day_says_so_and_may_be_typed_as_shown(workspace: Workspace) -> None:
    new = tracking.NewEntry(started_at=utc("2026-11-23 08:00"), ended_at=utc("2026-11-24 14:00"))
    long = workspace.execute(tracking.add, new)
    assert range_text(long) == "09:00 – 15:00 +1"
    edit = edit_of_range(long, "08:00 – 15:00 +1")
    assert edit is not None
    assert (edit.started_at, edit.ended_at) == (utc("2026-11-23 07:00"), long.ended_at)
