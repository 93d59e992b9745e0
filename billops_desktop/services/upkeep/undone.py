"""Which transactions were taken back by which: so that undo goes further back each time."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import select

from billops_desktop.services import activity
from billops_desktop.services.books import Unit
from billops_desktop.storage.models import Event
from billops_desktop.storage.unit_of_work import UnitOfWork

KIND, TABLE = "change.undone", "transaction"
# Thirty steps back, each of which may have been done again and taken back anew.
REMEMBERED = 200

Pair = tuple[str, str]


def note(work: UnitOfWork, transaction: str) -> None:
    """Note that this unit of work takes a transaction back."""
    activity.record(work, KIND, TABLE, transaction, by=work.transaction)


def cancelled(work: Unit) -> frozenset[str]:
    """Return the transactions that cancel each other out: what was undone, and its undoing."""
    return frozenset(one for pair in _standing(_pairs(work)) for one in pair)


def last_undone(work: Unit) -> str | None:
    """Return the newest undoing that was not done again; None when there is none."""
    pairs = _pairs(work)
    undoing: dict[str, bool] = {}
    for taken_back, by in reversed(pairs):
        # Taking back an undoing is doing again.
        undoing[by] = not undoing.get(taken_back, False)
    return next((by for _taken_back, by in _standing(pairs) if undoing[by]), None)


def _pairs(work: Unit) -> list[Pair]:
    """Return what was taken back by what, newest first."""
    found = work.session.execute(
        select(Event.record_id, Event.payload_json)
        .where(Event.record_table == TABLE, Event.kind == KIND, Event.person_id == work.person_id)
        .order_by(Event.sequence.desc())
        .limit(REMEMBERED)
    )
    return [(row.record_id, json.loads(row.payload_json)["by"]) for row in found]


def _standing(pairs: Sequence[Pair]) -> list[Pair]:
    """Leave out an undoing that was itself taken back later."""
    seen: set[str] = set()
    kept = []
    for pair in pairs:
        if seen.isdisjoint(pair):
            seen.update(pair)
            kept.append(pair)
    return kept
