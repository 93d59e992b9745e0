"""Tests of storage.triggers.replacement_guards: REPLACE by a plain connection is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from tests.storage.triggers.test_guards import Book, book

__all__ = ["book"]

REPLACED = [
    *(("invoice", what) for what in ("", "id")),
    *(("used", what) for what in ("", "id", "number", "count")),
    *(("counter", what) for what in ("", "id")),
    *(("file", what) for what in ("", "id")),
    *((part, "") for part in ("line", "charge", "group", "claim", "entry", "tax", "event")),
    ("claim", "id"),
]


@pytest.mark.parametrize(("part", "fresh"), REPLACED)
def test_no_foreign_hand_replaces_what_stays(
    profile: Path, book: Book, part: str, fresh: str
) -> None:
    """SQLite runs no delete trigger for REPLACE while recursive triggers are off, its default.

    A ``fresh`` column gets another value: the row then collides by its other keys.
    """
    row = getattr(book, part)
    table = row.__tablename__
    columns = [column.name for column in row.__table__.columns if column.computed is None]
    values = {name: f'"{name}"' for name in columns}
    if part in {"line", "charge", "group"}:
        # What the guard of new parts lets by: a part of a draft.
        values["invoice_id"] = f"'{book.draft.id}'"
    if fresh:
        values[fresh] = "99" if fresh == "count" else "'new'"
    key = "sequence" if part == "event" else "id"
    foreign = dbapi2.connect(str(profile / "billops.db"))
    try:
        assert foreign.execute("PRAGMA recursive_triggers").fetchone() == (0,)
        names = ", ".join(f'"{name}"' for name in columns)
        chosen = ", ".join(values[name] for name in columns)
        with pytest.raises(
            dbapi2.IntegrityError, match=r"issued|given|taken|append|kept|billed|frozen"
        ):
            foreign.execute(
                f"INSERT OR REPLACE INTO {table} ({names})"
                f" SELECT {chosen} FROM {table} WHERE {key} = ?",
                (getattr(row, key),),
            )
    finally:
        foreign.close()


def test_no_foreign_hand_replaces_a_change_record(profile: Path, book: Book) -> None:
    foreign = dbapi2.connect(str(profile / "billops.db"))
    try:
        with pytest.raises(dbapi2.IntegrityError, match="append-only"):
            foreign.execute("INSERT OR REPLACE INTO change_record SELECT * FROM change_record")
    finally:
        foreign.close()
