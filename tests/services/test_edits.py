"""A partial edit says what changes; None empties a field, UNCHANGED leaves it."""

from __future__ import annotations

from billops_desktop.services.edits import UNCHANGED, changed_fields
from billops_desktop.services.tracking import EntryEdit


def test_only_named_fields_change_and_none_is_a_value() -> None:
    assert changed_fields(EntryEdit()) == {}
    edit = EntryEdit(project_id=None, description="", billable=False)
    assert changed_fields(edit) == {"project_id": None, "description": "", "billable": False}
    assert changed_fields(EntryEdit(description=UNCHANGED)) == {}
