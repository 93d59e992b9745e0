"""A search box finds typed letters, in any case and either composition, and knows no pattern."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from billops_desktop.services.searching import matching
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.models import Task
from tests.support.factories import make_task

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


def test_no_word_is_no_condition() -> None:
    assert matching(" \t", (Task.name,)) is None
