"""Past time is logged from a form: from and to, or a length, each slip told at its field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from billops_desktop.services import tracking
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.live.directory import Picked
from billops_desktop.ui.views.entries.past_form import PastForm
from billops_desktop.ui.views.tracker import TrackerView
from tests.support.factories import log, make_project, utc
from tests.support.present import present
from tests.support.window import OpenView


@pytest.fixture
def view(open_view: OpenView) -> TrackerView:
    return open_view("time", TrackerView)


@pytest.fixture
def form(view: TrackerView) -> PastForm:
    view.log_past()
    return view.form


def logged(view: TrackerView) -> tracking.EntryRow:
    return view.table.entries.rows()[0]


def submit(form: PastForm, **texts: str) -> None:
    edits = {"day": form.day, "start": form.start, "end": form.end, "length": form.length}
    for name, text in texts.items():
        edits[name].setText(text)
    QTest.keyClick(form.description, Qt.Key.Key_Return)


def test_from_and_to_on_another_day(
    workspace: Workspace, view: TrackerView, form: PastForm
) -> None:
    make_project(workspace, "Website")
    form.chip.click()
    QTest.keyClicks(form.picker.field, "web")
    QTest.keyClick(form.picker.field, Qt.Key.Key_Return)
    QTest.keyClicks(form.description, "Workshop")
    submit(form, day="yesterday", start="9", end="11:30")
    row = logged(view)
    assert (row.description, row.project_name) == ("Workshop", "Website")
    assert (row.started_at, row.seconds) == (utc("2026-11-24 08:00"), 9000)
    assert not form.isVisible()
    assert view.shell.feedback.recent[0] == "Logged 2:30 on Tue 24 Nov"
    assert view.day is None


def test_from_and_a_length(view: TrackerView, form: PastForm) -> None:
    submit(form, start="9:00", length="1:30")
    assert logged(view).ended_at == utc("2026-11-25 09:30")


def test_a_length_and_an_end(view: TrackerView, form: PastForm) -> None:
    submit(form, end="12:00", length="2h")
    assert logged(view).started_at == utc("2026-11-25 09:00")


def test_a_bare_length_ends_now(view: TrackerView, form: PastForm) -> None:
    submit(form, length="45m")
    assert logged(view).ended_at == utc("2026-11-25 13:00")


def test_a_bare_length_of_another_day_follows_its_last_entry(
    workspace: Workspace, view: TrackerView, form: PastForm
) -> None:
    log(workspace, "2026-11-24 09:00")
    submit(form, day="yesterday", length="1h")
    assert logged(view).started_at == utc("2026-11-24 10:00")
    view.log_past()
    submit(form, day="monday", length="1h")
    assert view.table.entries.rows()[-1].started_at == utc("2026-11-23 08:00")


def test_a_night_reaches_into_the_next_day(view: TrackerView, form: PastForm) -> None:
    submit(form, day="yesterday", start="23:15", end="0:30")
    assert logged(view).seconds == 4500


@pytest.mark.parametrize(
    ("texts", "field", "says"),
    [
        ({}, "from", "When was it?"),
        ({"start": "9:00"}, "to", "The end is missing."),
        (
            {"start": "9:15", "end": "9:00"},
            "to",
            "before it starts (09:15). For a night longer than 12 hours type from and a duration.",
        ),
        ({"start": "noon?", "end": "13"}, "from", "is not a time of day"),
        ({"length": "abc"}, "duration", "is not a duration"),
        ({"day": "someday", "length": "1h"}, "date", "is not a date"),
        ({"day": "", "length": "1h"}, "date", "This field is empty."),
        ({"day": "29.3.2026", "start": "2:30", "end": "4"}, "from", "02:30"),
    ],
)
def test_slips_are_told_at_their_field_and_nothing_is_written(
    workspace: Workspace,
    view: TrackerView,
    form: PastForm,
    texts: dict[str, str],
    field: str,
    says: str,
) -> None:
    QTest.keyClicks(form.description, "Kept")
    submit(form, **texts)
    assert form.isVisible()
    assert says in form.fields.fields[field].note.text()
    assert form.description.text() == "Kept"
    everything: dict[str, Any] = {"from_on": date(2026, 1, 1), "to_on": date(2026, 12, 31)}
    assert workspace.read(tracking.entries, **everything) == ()


def test_esc_closes_and_forgets(form: PastForm) -> None:
    QTest.keyClicks(form.description, "Typed")
    QTest.keyClick(form.description, Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert form.description.text() == ""


def test_from_and_to_echo_their_length(form: PastForm) -> None:
    form.start.setText("9")
    form.start.commit()
    form.end.setText("10:45")
    form.end.commit()
    assert form.length.text() == "1:45"


def test_billable_is_the_projects_unless_it_is_chosen(
    workspace: Workspace, view: TrackerView, form: PastForm
) -> None:
    assert form._billable is None
    assert not form.billable.isChecked()
    submit(form, length="10m")
    assert logged(view).billable is False
    view.log_past()
    form.billable.click()
    submit(form, length="5m")
    assert logged(view).billable is True


def test_every_slip_is_told_at_once_and_the_first_has_the_focus(form: PastForm) -> None:
    submit(form, start="noon?", end="later", length="abc")
    for field in ("from", "to", "duration"):
        assert form.fields.fields[field].note.text()
    assert form.start.hasFocus()


def test_the_sign_is_lit_as_the_entry_will_be_kept(
    workspace: Workspace, view: TrackerView, form: PastForm
) -> None:
    make_project(workspace, "Website")
    view.shell.directory.load()
    assert not form.billable.isChecked()
    form._on_picked(Picked(view.shell.directory.projects[0]))
    assert form.billable.isChecked()
    form._on_picked(Picked())
    assert not form.billable.isChecked()


def test_nothing_overlaps_beside_the_panel_of_today(view: TrackerView, form: PastForm) -> None:
    view.window().resize(1180, 800)
    present(view.window().layout()).activate()
    present(form.layout()).activate()
    places = [
        field.geometry()
        for field in form.fields.fields.values()
        if field.editor is not form.description
    ]
    places += [button.geometry() for button in (form.cancel, form.log)]
    assert not any(
        one.intersects(other) for n, one in enumerate(places) for other in places[n + 1 :]
    )
    assert all(form.rect().contains(one) for one in places)


def test_letters_in_the_form_do_not_act_on_the_page(
    view: TrackerView, form: PastForm, qapp: QApplication
) -> None:
    form.billable.setFocus()
    for key in (Qt.Key.Key_S, Qt.Key.Key_N, Qt.Key.Key_T, Qt.Key.Key_BracketLeft):
        QTest.keyClick(form.billable, key)
    assert view.shell.timer.running is None
    assert qapp.focusWidget() is form.billable
    assert view.day is None


def test_letters_typed_on_the_chip_open_the_picker_with_them(
    workspace: Workspace, form: PastForm
) -> None:
    make_project(workspace, "Website")
    form.chip.setFocus()
    QTest.keyClicks(form.chip, "s")
    assert form.picker.isVisible()
    assert form.picker.field.text() == "s"


def test_work_of_another_week_is_shown_there(view: TrackerView, form: PastForm) -> None:
    QTest.keyClicks(form.description, "Workshop")
    submit(form, day="2026-11-05", start="9", end="10")
    assert view.shell.feedback.recent[0] == "Logged 1:00 on Thu 5 Nov"
    assert view.day == date(2026, 11, 5)
    assert logged(view).description == "Workshop"
