"""The logical dump: all that a profile knows as canonical JSON lines, to compare and to keep.

One line per row: ``{"table": ..., "id": ..., column: value, ...}`` with sorted keys, lines sorted
by table and id. Left out, because they differ between two profiles that hold the same facts:
``created_at``, ``updated_at``, ``_v`` (when and in which version a row was written) and columns
that the database derives itself (``time_entry.seconds``). Tables that are local to one device
(change records, capture context, activity log) are left out whole. Values stand as stored: money
in smallest units, decimals in millionths, instants in microseconds since 1970 UTC.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Table

from billops_desktop.services.books import Unit
from billops_desktop.storage.triggers.capture import captured_columns, captured_tables

if TYPE_CHECKING:
    from billops_desktop.services.workspace import Workspace

VOLATILE = frozenset({"created_at", "updated_at", "_v"})


class TextSink(Protocol):
    """Takes text: a file, standard output."""

    def write(self, text: str, /) -> object:
        """Take one piece of text."""
        ...


def dump_logical(workspace: Workspace, out: TextSink) -> int:
    """Write the dump of a profile to ``out`` from one snapshot; return the number of lines."""
    return workspace.read(_write_all, out.write)


def lines(work: Unit) -> Iterator[str]:
    """Return the dump line by line, without line ends; rows are streamed."""
    for table in synced_tables():
        names = kept_columns(table)
        listed = ", ".join(f'"{name}"' for name in names)
        query = f'SELECT {listed} FROM "{table.name}" ORDER BY id'  # noqa: S608 - names come from the model
        for values in work.session.connection().exec_driver_sql(query):
            row = dict(zip(names, values, strict=True)) | {"table": table.name}
            yield json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def synced_tables() -> tuple[Table, ...]:
    """Return the tables that hold the facts of the profile, by name."""
    return tuple(sorted(captured_tables(), key=lambda table: table.name))


def kept_columns(table: Table) -> tuple[str, ...]:
    """Return the columns of a table that the dump shows, by name."""
    return tuple(sorted(name for name in captured_columns(table) if name not in VOLATILE))


def _write_all(work: Unit, write: Callable[[str], object]) -> int:
    count = 0
    for line in lines(work):
        write(line + "\n")
        count += 1
    return count
