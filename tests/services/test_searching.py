"""A search box finds typed letters, in any case and either composition, and knows no pattern."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Select, func, select

from billops_desktop.services.books import Unit
from billops_desktop.services.searching import matching
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import Task, TimeEntry
from tests.support.factories import log, make_task

NAMES = ("Änderung 100%", "plain_text", "İstanbul", "a\\b", "'; DROP TABLE task")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("änd", {"Änderung 100%"}),
        ("ÄNDERUNG", {"Änderung 100%"}),
        ("A\u0308nderung", {"Änderung 100%"}),
        ("PLAIN", {"plain_text"}),
        ("%", {"Änderung 100%"}),
        ("_", {"plain_text"}),
        ("\\", {"a\\b"}),
        ("'; DROP", {"'; DROP TABLE task"}),
        ("text plain", {"plain_text"}),
        ("plain 100", set()),
    ],
)
def test_what_is_found(workspace: Workspace, typed: str, found: set[str]) -> None:
    for name in NAMES:
        make_task(workspace, name)
    condition = matching(typed, (Task.name,))
    assert condition is not None
    query = select(Task.name).where(condition)
    assert set(workspace.read(lambda work: work.session.scalars(query).all())) == found


def test_a_word_that_is_too_long_for_a_pattern_is_found_as_it_is_written(
    workspace: Workspace,
) -> None:
    log(workspace, "2026-11-25 09:00", description="a " + "€" * 9_990)
    for typed, found in (("€" * 9_990, 1), ("€" * 9_991, 0), ("%" * 60_000, 0)):
        condition = matching(typed, (TimeEntry.description,))
        assert condition is not None
        counted = select(func.count()).select_from(TimeEntry).where(condition)
        assert workspace.read(_counted, counted) == found


def test_no_word_is_no_condition() -> None:
    assert matching(" \t", (Task.name,)) is None


def _counted(work: Unit, query: Select[Any]) -> int:
    return int(work.session.scalars(query).one())
