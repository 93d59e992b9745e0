"""Carries given numbers into a database that is to be restored, so that none is given twice."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from billops_desktop.errors import IntegrityFault
from billops_desktop.storage import number_log
from billops_desktop.storage.connection import connect
from billops_desktop.storage.faults import explained
from billops_desktop.storage.identifiers import new_id
from billops_desktop.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

SERIES = (
    "SELECT id, company_id, kind, pattern, reset, first_number, created_at, updated_at"
    " FROM number_series"
)
# At rest: the backup says which series goes on.
ADD_SERIES = (
    "INSERT INTO number_series (id, company_id, kind, pattern, reset, first_number, created_at,"
    " updated_at, active) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0"
    " WHERE EXISTS (SELECT 1 FROM company WHERE id = ?2)"
    " AND NOT EXISTS (SELECT 1 FROM number_series WHERE id = ?1)"
)
COUNTERS = (
    "SELECT c.id, c.series_id, c.period, c.last_given, c.created_at, c.updated_at"
    " FROM number_counter AS c"
)
# Not an upsert: the guard of given numbers refuses an INSERT over a counter, whatever follows it.
RAISE_COUNTER = (
    "UPDATE number_counter SET last_given = max(last_given, ?4), updated_at = ?6"
    " WHERE series_id = ?2 AND period = ?3"
)
ADD_COUNTER = (
    "INSERT INTO number_counter (id, series_id, period, last_given, created_at, updated_at)"
    " SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS (SELECT 1 FROM number_series WHERE id = ?2)"
    " AND NOT EXISTS (SELECT 1 FROM number_counter WHERE series_id = ?2 AND period = ?3)"
)
GIVEN = (
    "SELECT id, company_id, series_id, period, count, number, created_at, updated_at"
    " FROM number_used"
)
VOID = (
    "INSERT INTO number_used (id, company_id, series_id, period, count, number, created_at,"
    " updated_at, void_reason) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9"
    " WHERE EXISTS (SELECT 1 FROM number_series WHERE id = ?3)"
    " AND NOT EXISTS (SELECT 1 FROM number_used AS u WHERE u.id = ?1"
    " OR (u.company_id = ?2 AND u.number = ?6)"
    " OR (u.series_id = ?3 AND u.period = ?4 AND u.count = ?5))"
)
VOID_REASON = "given after the backup that was restored"
TABLES = ("number_series", "number_counter", "number_used")
PLACES = "SELECT series_id, period, count FROM number_used"
BOOKS = "SELECT id FROM workspace"

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the replaced records say of numbers: series, counters, numbers, and whose they are."""

    series: Rows
    counters: Rows
    given: Rows
    places: frozenset[tuple[Any, ...]]
    books: frozenset[tuple[Any, ...]]


def carry_numbers(old: Path | None, fresh: Path, profile: Path, *, now: datetime) -> bool:
    """Let numbers given since the backup stay given in ``fresh``; return whether all are known.

    They are known when the ``old`` records could be read and are a continuation of the backup. What
    the log beside the records holds is carried too.
    """
    known = None if old is None else _read(old)
    with closing(connect(fresh)) as target, explained(fresh):
        target.execute("BEGIN IMMEDIATE")
        sure = known is not None and _continues(known, target)
        if known is not None:
            _carry(target, known.series, known.counters, known.given)
        _carry_noted(target, number_log.noted(profile), now)
        target.execute("COMMIT")
        # One file again, to be put in place by one rename.
        target.execute("PRAGMA journal_mode=DELETE")
    return sure


def _read(old: Path) -> _Known | None:
    """Return what the replaced records say; None when a part of it cannot be read."""
    try:
        with closing(connect(old, "still")) as source, explained(old):
            for table in TABLES:
                if source.execute(f"PRAGMA quick_check({table})").fetchall() != [("ok",)]:
                    return None
            return _Known(
                series=source.execute(SERIES).fetchall(),
                counters=source.execute(COUNTERS).fetchall(),
                given=source.execute(GIVEN).fetchall(),
                places=frozenset(map(tuple, source.execute(PLACES))),
                books=frozenset(map(tuple, source.execute(BOOKS))),
            )
    except IntegrityFault:
        return None


def _continues(known: _Known, fresh: Any) -> bool:
    """Tell whether the replaced records are the backup's own, with all numbers that it has."""
    same_book = known.books == frozenset(map(tuple, fresh.execute(BOOKS)))
    return same_book and known.places >= frozenset(map(tuple, fresh.execute(PLACES)))


def _carry(fresh: Any, series: Rows, counters: Rows, given: Rows) -> None:
    for row in series:
        fresh.execute(ADD_SERIES, row)
    for row in given:
        fresh.execute(VOID, (*row, VOID_REASON))
    for row in counters:
        fresh.execute(RAISE_COUNTER, row)
        fresh.execute(ADD_COUNTER, row)


def _carry_noted(fresh: Any, noted: list[number_log.NotedNumber], now: datetime) -> None:
    for one in noted:
        place = (one.series_id, one.period, one.count)
        series = (one.series_id, one.company_id, one.kind, one.pattern, one.reset)
        given = (one.id, one.company_id, *place, one.number, one.at, one.at)
        counter = (new_id(now), *place, one.at, one.at)
        _carry(fresh, [(*series, one.first_number, one.at, one.at)], [counter], [given])
