"""The sheet of named fields: closes when all went well, holds its button meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from billops_desktop.errors import InvalidInput, Refused
from billops_desktop.ui.dialogs.record_sheet import RecordSheet
from billops_desktop.ui.views.clients import ClientsView
from billops_desktop.ui.widgets.input.fields import TextField
from tests.support.window import OpenView


@pytest.fixture
def sheet(open_view: OpenView) -> RecordSheet:
    view = open_view("clients", ClientsView)
    made = RecordSheet("Title", "Save", view)
    made.line(made.field("name", "Name", TextField("name", made)), widths=(120,))
    made.open()
    return made


def refusing(error: Exception) -> Callable[[object], None]:
    def use_case(_work: object) -> None:
        raise error

    return use_case


def test_it_closes_and_tells_when_all_went_well(sheet: RecordSheet) -> None:
    told = []
    sheet.perform(lambda _work: "row", then=lambda row, _changes: told.append(row))
    assert told == ["row"]


def test_an_error_of_a_field_stands_under_it(sheet: RecordSheet) -> None:
    error = InvalidInput("A name is needed.", "Nothing was saved.", field="name")
    sheet.perform(refusing(error), then=print)
    assert sheet.isVisible()
    assert sheet.fields.fields["name"].note.text() == "A name is needed. Nothing was saved."
    assert sheet.confirm.isEnabled()
    sheet.reject()


def test_another_error_stands_over_the_buttons(sheet: RecordSheet) -> None:
    sheet.perform(refusing(Refused("Not now.", "Nothing was changed.")), then=print)
    assert sheet.problem.isVisible()
    assert sheet.problem.text() == "Not now. Nothing was changed."
    sheet.reject()
