"""Tests of billops_desktop.services.entries.entry_lookup: an entry by the end of its id."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from billops_desktop.bootstrap import open_workspace
from billops_desktop.errors import InvalidInput, NotFound
from billops_desktop.services import tracking
from billops_desktop.services.entries.entry_lookup import by_ending
from billops_desktop.services.profile import onboarding
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import TimeEntry
from billops_desktop.storage.unit_of_work import UnitOfWork
from tests.support.clock import MovableClock
from tests.support.present import present


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "profile", clock=MovableClock())
    workspace.execute(onboarding.set_up_neutrally)
    yield workspace
    workspace.close()


def test_the_end_of_an_id_is_enough(opened: Workspace) -> None:
    row = opened.execute(tracking.start, description="One")
    assert opened.read(by_ending, row.id) == row.id
    assert opened.read(by_ending, row.id[-8:].upper()) == row.id


def test_a_deleted_entry_is_not_found(opened: Workspace) -> None:
    row = opened.execute(tracking.start)
    opened.execute(tracking.delete, [row.id])
    with pytest.raises(NotFound):
        opened.read(by_ending, row.id[-8:])


@pytest.mark.parametrize("text", ["", "abc", "%%%%", "zzzz", "a" * 33, "12 4"])
def test_what_is_no_ending_is_refused(opened: Workspace, text: str) -> None:
    opened.execute(tracking.start)
    with pytest.raises(InvalidInput) as caught:
        opened.read(by_ending, text)
    assert caught.value.field == "entry"


def test_two_that_end_alike_are_asked_about(opened: Workspace) -> None:
    row = opened.execute(tracking.start)

    def twin(work: UnitOfWork) -> None:
        found = work.session.get(TimeEntry, row.id)
        columns = {c.key: getattr(found, c.key) for c in TimeEntry.__mapper__.column_attrs}
        columns |= {"id": "0" * 24 + row.id[-8:], "ended_at": present(found).started_at}
        columns.pop("seconds")
        work.session.add(TimeEntry(**columns))

    opened.execute(twin)
    with pytest.raises(InvalidInput, match="More than one entry ends with"):
        opened.read(by_ending, row.id[-8:])
