"""The Time page is worked with by real keys and clicks, over a real workspace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from billops_desktop.services import tracking
from billops_desktop.services.drafts import drafting
from billops_desktop.services.invoices import invoicing
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.views.entries.cell_editor import CellEditor
from billops_desktop.ui.views.entries.entry_model import Field
from billops_desktop.ui.views.entries.entry_painter import continue_place, more_place
from billops_desktop.ui.views.tracker import TrackerView
from billops_desktop.ui.widgets.buttons import Button
from tests.support.clock import MovableClock
from tests.support.factories import WEDNESDAY, log, make_client, make_project, set_rate, utc
from tests.support.present import child, present, window_of
from tests.support.window import OpenView

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
Rows = list[tracking.EntryRow]


@pytest.fixture
def project(workspace: Workspace) -> str:
    client = make_client(workspace)
    set_rate(workspace, client_id=client)
    return make_project(workspace, "Website", client_id=client)


@pytest.fixture
def three(workspace: Workspace, project: str) -> Rows:
    """Three entries of today (10:00 to 13:00 in Berlin), newest first."""
    words = ("Wireframes", "Meeting", "Coding")
    return [
        log(workspace, f"2026-11-25 {hour:02d}:00", description=text, project_id=project)
        for hour, text in zip((11, 10, 9), words, strict=True)
    ]


@pytest.fixture
def view(open_view: OpenView) -> TrackerView:
    return open_view("time", TrackerView)


def now(view: TrackerView, row: tracking.EntryRow) -> tracking.EntryRow:
    """Return the entry as it is kept now."""
    return view.shell.jobs.workspace.read(tracking.entry, row.id)


def click(
    view: TrackerView,
    row: tracking.EntryRow,
    field: Field,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    *,
    at: Callable[[QRect], QRect] | None = None,
) -> None:
    table = view.table
    cell = table.cell_rect(table.entries.place_of(row.id), field)
    place = at(cell).center() if at else cell.center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifiers, place)


def key(
    widget: QWidget | None,
    what: Qt.Key,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    QTest.keyClick(present(widget), what, modifiers)


def retype(editor: CellEditor | None, text: str) -> None:
    present(editor).selectAll()
    QTest.keyClicks(present(editor), text)


def test_a_week_is_shown_by_day_with_its_sums(
    workspace: Workspace, three: Rows, view: TrackerView
) -> None:
    assert view.head.week.title.text() == "23–29 November"
    assert view.head.week.total.text() == "3 h 00"
    assert view.head.week.value.text() == "€300.00"
    assert [row.description for row in view.table.entries.rows()] == [
        "Wireframes",
        "Meeting",
        "Coding",
    ]
    assert "Today" in view.table.entries.index(0, 0).data()


def test_enter_keeps_a_description_and_stays(three: Rows, view: TrackerView) -> None:
    click(view, three[1], Field.DESCRIPTION)
    retype(view.table.editor, "Meeting with Marta")
    key(view.table.editor, Qt.Key.Key_Return)
    assert now(view, three[1]).description == "Meeting with Marta"
    assert view.table.editor is None
    assert present(view.table.current_row()).description == "Meeting with Marta"
    assert view.shell.feedback.recent[0] == "Entry changed"


def test_esc_takes_the_typing_back(three: Rows, view: TrackerView) -> None:
    click(view, three[1], Field.DESCRIPTION)
    retype(view.table.editor, "Nonsense")
    key(view.table.editor, Qt.Key.Key_Escape)
    assert view.table.editor is None
    assert now(view, three[1]).description == "Meeting"


def test_a_length_moves_the_end_and_with_alt_the_start(three: Rows, view: TrackerView) -> None:
    click(view, three[2], Field.DURATION)
    retype(view.table.editor, "0:45")
    assert present(view.table.editor).note.words == "Ends at 10:45. Alt moves the start."
    key(view.table.editor, Qt.Key.Key_Return)
    changed = now(view, three[2])
    assert (changed.started_at, changed.seconds) == (three[2].started_at, 2700)
    click(view, three[0], Field.DURATION)
    retype(view.table.editor, "30m")
    key(view.table.editor, Qt.Key.Key_Return, ALT)
    changed = now(view, three[0])
    assert (changed.ended_at, changed.seconds) == (three[0].ended_at, 1800)


def test_a_span_is_typed_as_one_reads_it(three: Rows, view: TrackerView) -> None:
    click(view, three[2], Field.RANGE)
    assert present(view.table.editor).text() == "10:00 – 11:00"
    retype(view.table.editor, "9:15-10:30")
    key(view.table.editor, Qt.Key.Key_Return)
    changed = now(view, three[2])
    assert changed.started_at == utc("2026-11-25 08:15")
    assert changed.ended_at == utc("2026-11-25 09:30")


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        (Field.DURATION, "abc", "is not a duration"),
        (Field.RANGE, "9:15-9:00", "Ends at 09:00, before it starts (09:15)"),
        (Field.RANGE, "soon", "is not a time of day"),
        (Field.DESCRIPTION, "a\x07b", "a character that cannot be kept"),
    ],
)
def test_bad_typing_is_told_at_the_field_and_nothing_is_written(
    three: Rows, view: TrackerView, field: Field, typed: str, says: str
) -> None:
    before = now(view, three[1])
    click(view, three[1], field)
    editor = view.table.editor
    present(editor).setText(typed)
    key(editor, Qt.Key.Key_Return)
    assert view.table.editor is editor
    assert present(editor).text() == typed
    assert says in present(editor).note.words
    assert present(editor).note.ink == "bad"
    assert says in present(editor).accessibleDescription()
    assert now(view, three[1]) == before


def test_what_the_service_refuses_is_told_at_the_field_too(
    workspace: Workspace, three: Rows, view: TrackerView
) -> None:
    click(view, three[1], Field.DESCRIPTION)
    retype(view.table.editor, "Too late")
    workspace.execute(tracking.delete, [three[1].id])
    key(view.table.editor, Qt.Key.Key_Return)
    assert present(view.table.editor).text() == "Too late"
    assert "Nothing was changed" in present(view.table.editor).note.words
    key(view.table.editor, Qt.Key.Key_Escape)
    assert [row.description for row in view.table.entries.rows()] == ["Wireframes", "Coding"]


def test_tab_walks_the_fields_and_saves_on_the_way(three: Rows, view: TrackerView) -> None:
    click(view, three[1], Field.DESCRIPTION)
    retype(view.table.editor, "Call")
    key(view.table.editor, Qt.Key.Key_Tab)
    assert now(view, three[1]).description == "Call"
    assert view.picker.isVisible()
    key(view.picker.field, Qt.Key.Key_Tab)
    assert now(view, three[1]).project_id == three[1].project_id
    assert present(view.table.editor).field == Field.RANGE
    key(view.table.editor, Qt.Key.Key_Tab)
    assert present(view.table.editor).field == Field.DURATION
    key(view.table.editor, Qt.Key.Key_Tab)
    assert present(view.table.editor).field == Field.DESCRIPTION
    assert present(view.table.editor).row.description == "Coding"
    key(view.table.editor, Qt.Key.Key_Backtab)
    assert present(view.table.editor).field == Field.DURATION
    assert present(view.table.editor).row.description == "Call"


def test_the_project_is_picked_by_typing(
    workspace: Workspace, three: Rows, view: TrackerView
) -> None:
    other = make_project(workspace, "Audit", client_id=make_client(workspace, "Initech"))
    click(view, three[0], Field.PROJECT)
    QTest.keyClicks(view.picker.field, "aud")
    key(view.picker.field, Qt.Key.Key_Return)
    assert now(view, three[0]).project_id == other
    assert view.shell.feedback.recent[0] == "Moved to Audit"


def test_a_timer_over_midnight_counts_whole_where_it_began(
    workspace: Workspace, project: str, view: TrackerView, clock: MovableClock
) -> None:
    workspace.execute(tracking.start, project_id=project, description="Late shift")
    clock.move(hours=14)
    view.load()
    heading = view.table.entries.index(0, 0).data()
    assert heading.startswith("Yesterday")
    assert "14 h 00" in heading
    assert "€1,400.00" in heading
    assert view.head.week.total.text() == "14 h 00"
    assert view.head.week.value.text() == "€1,400.00"


def test_billable_is_a_switch(three: Rows, view: TrackerView) -> None:
    click(view, three[0], Field.BILLABLE)
    assert now(view, three[0]).billable is False
    view.table.setFocus()
    key(view.table, Qt.Key.Key_B)
    assert now(view, three[0]).billable is True


def test_del_deletes_and_undo_brings_back(three: Rows, view: TrackerView) -> None:
    view.table.go_to(view.table.entries.place_of(three[1].id), 0)
    key(view.table, Qt.Key.Key_Delete)
    assert [row.description for row in view.table.entries.rows()] == ["Wireframes", "Coding"]
    toast = view.shell.feedback.toast
    assert toast.words.text() == "1 entry deleted"
    toast.undo.click()
    assert len(view.table.entries.rows()) == 3


def test_rows_are_selected_and_changed_together(
    workspace: Workspace, three: Rows, view: TrackerView
) -> None:
    other = make_project(workspace, "Audit", client_id=make_client(workspace, "Initech"))
    click(view, three[0], Field.DESCRIPTION, CONTROL)
    assert view.head.currentWidget() is view.head.bulk
    click(view, three[2], Field.DESCRIPTION, SHIFT)
    assert view.head.bulk.count.text() == "3 entries selected"
    view.head.bulk.billable.click()
    assert {now(view, row).billable for row in three} == {False}
    view.head.bulk.project.click()
    QTest.keyClicks(view.picker.field, "audit")
    key(view.picker.field, Qt.Key.Key_Return)
    assert {now(view, row).project_id for row in three} == {other}
    view.head.bulk.remove.click()
    assert view.table.entries.rows() == []
    assert view.head.currentWidget() is view.head.week
    assert view.pages.currentWidget() is view.empty


def test_keys_select_too(three: Rows, view: TrackerView) -> None:
    view.table.go_to(1, 0)
    view.table.setFocus()
    key(view.table, Qt.Key.Key_X)
    assert view.table.entries.selected == {three[0].id}
    key(view.table, Qt.Key.Key_Down, SHIFT)
    assert view.table.entries.selected == {three[0].id, three[1].id}
    key(view.table, Qt.Key.Key_A, CONTROL)
    assert len(view.table.entries.selected) == 3
    key(view.table, Qt.Key.Key_Escape)
    assert view.table.entries.selected == set()
    assert view.head.currentWidget() is view.head.week


def test_continue_starts_the_same_work_again(three: Rows, view: TrackerView) -> None:
    click(view, three[2], Field.ACTIONS, at=continue_place)
    running = view.shell.timer.running
    assert (present(running).description, present(running).project_name) == ("Coding", "Website")
    assert view.table.entries.rows()[0].ended_at is None
    assert view.shell.feedback.recent[0] == "Started: Coding"


def test_the_menu_says_what_can_be_done(three: Rows, view: TrackerView) -> None:
    menu = view.deeds.menu(three[0], view.table.edit_field)
    assert [action.text() for action in menu.actions()] == [
        "Continue work\tC",
        "Edit description",
        "Choose project…\tP",
        "Change times…\tE",
        "Mark as not billable\tB",
        "Delete\tDel",
    ]
    next(one for one in menu.actions() if one.text().startswith("Change times…")).trigger()
    assert view.table.editor is not None
    view.table.editor.give_up()
    asked = []
    view.table.menu_wanted.connect(lambda row, _place: asked.append(row.id))
    view.table.menu_wanted.disconnect(view._on_menu)
    click(view, three[0], Field.ACTIONS, at=more_place)
    assert asked == [three[0].id]


def test_what_is_invoiced_is_locked_with_the_way_to_its_invoice(
    workspace: Workspace, three: Rows, view: TrackerView
) -> None:
    client = three[0].client_id
    request = drafting.DraftRequest(client_id=present(client), to_on=WEDNESDAY)
    issued = workspace.execute(
        invoicing.issue, workspace.execute(drafting.draft_from_time, request)
    )
    row = view.table.entries.rows()[0]
    assert row.locked_by == issued.number
    click(view, row, Field.DESCRIPTION)
    assert view.table.editor is None
    toast = view.shell.feedback.toast
    assert toast.words.text() == f"This entry is on invoice {issued.number}, so it is locked."
    key(view.table, Qt.Key.Key_Delete)
    assert now(view, row).id == row.id
    toast.undo.click()
    assert window_of(view).journey.here == "invoice"
    assert window_of(view).view("invoice").place() == {"invoice_id": issued.id}


def test_overlaps_and_odd_lengths_are_shown_not_refused(
    workspace: Workspace, three: Rows, view: TrackerView
) -> None:
    view.log_past()
    form = view.form
    QTest.keyClicks(form.description, "Night shift")
    form.start.setText("8:00")
    form.end.setText("10:30")
    key(form.end, Qt.Key.Key_Return)
    row = next(one for one in view.table.entries.rows() if one.description == "Night shift")
    assert row.overlaps
    place = view.table.entries.place_of(row.id)
    tip = view.table.entries.index(place, Field.RANGE).data(Qt.ItemDataRole.ToolTipRole)
    assert "Overlaps another entry" in tip
    assert "It overlaps “Coding”" in view.shell.feedback.recent[0]


def test_weeks_are_walked_by_keys(workspace: Workspace, three: Rows, view: TrackerView) -> None:
    log(workspace, "2026-11-17 09:00", description="Last week")
    view.table.setFocus()
    key(view.table, Qt.Key.Key_BracketLeft)
    assert [row.description for row in view.table.entries.rows()] == ["Last week"]
    key(view.table, Qt.Key.Key_BracketLeft)
    assert view.pages.currentWidget() is view.empty
    key(view, Qt.Key.Key_T)
    assert len(view.table.entries.rows()) == 3
    assert view.place() == {"day": None}
    view.head.week.after.click()
    assert view.place() == {"day": date(2026, 11, 30)}


def test_a_gap_is_filled_from_the_panel(
    workspace: Workspace, three: Rows, view: TrackerView
) -> None:
    workspace.execute(tracking.delete, [three[1].id])
    fill = child(view.panel, Button, "fillGap")
    fill.click()
    assert (view.form.start.text(), view.form.end.text()) == ("11:00", "12:00")
    assert view.form.description.hasFocus()
    QTest.keyClicks(view.form.description, "Lunch talk")
    key(view.form.description, Qt.Key.Key_Return)
    assert [row.description for row in view.table.entries.rows()][1] == "Lunch talk"


def test_what_another_program_writes_appears(
    workspace: Workspace, three: Rows, view: TrackerView
) -> None:
    log(workspace, "2026-11-25 06:00", description="From the command line")
    assert len(view.table.entries.rows()) == 4


def test_rows_wait_while_a_field_is_edited(
    workspace: Workspace, three: Rows, view: TrackerView
) -> None:
    click(view, three[0], Field.DESCRIPTION)
    log(workspace, "2026-11-25 06:00", description="Meanwhile")
    assert len(view.table.entries.rows()) == 3
    key(view.table.editor, Qt.Key.Key_Escape)
    assert len(view.table.entries.rows()) == 4


def test_what_runs_counts_on(
    workspace: Workspace, clock: MovableClock, three: Rows, view: TrackerView
) -> None:
    workspace.execute(tracking.start, description="Now")
    clock.move(minutes=30)
    row = view.table.entries.rows()[0]
    assert view.table.entries.words(row, Field.DURATION) == "0:30"
    view._on_minute()
    assert view.head.week.total.text() == "3 h 30"
    click(view, row, Field.DURATION)
    assert present(view.table.editor).field == Field.RANGE
    retype(view.table.editor, "13:45")
    key(view.table.editor, Qt.Key.Key_Return)
    assert now(view, row).started_at == utc("2026-11-25 12:45")
