"""The rules of entries, each by itself."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from billops_desktop.errors import InvalidInput, NotFound
from billops_desktop.services.entries import entry_rules
from billops_desktop.services.workspace import Workspace
from tests.support.clock import AFTERNOON
from tests.support.factories import make_project, make_task


def test_a_break_fits_between_the_ends() -> None:
    end = AFTERNOON + timedelta(minutes=1)
    entry_rules.check_span(AFTERNOON, end, 59)
    entry_rules.check_span(AFTERNOON, AFTERNOON, 0)
    entry_rules.check_span(AFTERNOON, None, 7_200)
    for ends, breaks in ((end, 60), (end, -1), (AFTERNOON - timedelta(seconds=1), 0)):
        with pytest.raises(InvalidInput):
            entry_rules.check_span(AFTERNOON, ends, breaks)


def test_rates_that_can_be_typed() -> None:
    assert entry_rules.checked_rate(None) is None
    assert entry_rules.checked_rate(Decimal(0)) == 0
    for wrong in ("-1", "NaN", "Infinity", "1000000"):
        with pytest.raises(InvalidInput):
            entry_rules.checked_rate(Decimal(wrong))


def test_where_an_entry_belongs(workspace: Workspace) -> None:
    project_id = make_project(workspace)
    task_id = make_task(workspace, project_id=project_id, billable=False)
    found = workspace.execute(entry_rules.place, None, task_id, None)
    assert found == {"project_id": project_id, "task_id": task_id, "billable": False}
    found = workspace.execute(entry_rules.place, None, None, None)
    assert found == {"project_id": None, "task_id": None, "billable": False}
    with pytest.raises(NotFound):
        workspace.execute(entry_rules.place, "nowhere", None, None)
