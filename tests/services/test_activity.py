"""The activity log is written with what it tells of, or not at all."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from billops_desktop.services import activity
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import Event
from billops_desktop.storage.unit_of_work import UnitOfWork
from tests.support.clock import AFTERNOON


def noted(workspace: Workspace) -> list[Event]:
    query = select(Event).where(Event.kind == "backup.made")
    return list(workspace.read(lambda work: work.session.scalars(query).all()))


def test_an_event_names_when_who_and_what(workspace: Workspace) -> None:
    workspace.execute(
        lambda work: activity.record(work, "backup.made", "client", "c1", size=7, reason="x")
    )
    [event] = noted(workspace)
    assert (event.at, event.person_id) == (AFTERNOON, workspace.person_id)
    assert (event.record_table, event.record_id) == ("client", "c1")
    assert event.payload_json == '{"reason": "x", "size": 7}'


def test_an_event_goes_with_its_transaction(workspace: Workspace) -> None:
    def fail(work: UnitOfWork) -> None:
        activity.record(work, "backup.made", "client", "c1")
        raise RuntimeError("power")

    with pytest.raises(RuntimeError):
        workspace.execute(fail)
    assert noted(workspace) == []
