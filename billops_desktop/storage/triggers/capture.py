"""Generates, installs and verifies the triggers that record every change of every row.

The record is written by SQLite itself in the writer's transaction, so that no way of writing gets
past it: ORM, bulk statements, raw SQL, another program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from billops_desktop.storage.models import Record
from billops_desktop.storage.triggers.fingerprint import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Table

    Run = Callable[[str], Any]

# A program that did not say who it is writes without a context; its time is SQLite's own.
FOREIGN_AT_MS = "CAST(unixepoch('subsec') * 1000 AS INTEGER)"
TRIGGER_NAMES = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
SEED = "INSERT OR IGNORE INTO capture_context (id, applying) VALUES (1, 0)"


def captured_tables() -> tuple[Table, ...]:
    """Return the tables whose changes are recorded: all but those that say otherwise."""
    return tuple(
        table for table in Record.metadata.sorted_tables if table.info.get("captured", True)
    )


def captured_columns(table: Table) -> tuple[str, ...]:
    """Return the columns a record holds: all but those SQLite computes from the others."""
    return tuple(column.name for column in table.columns if column.computed is None)


def triggers() -> dict[str, str]:
    """Return name and text of every capture trigger."""
    made: dict[str, str] = {"capture_context_kept": _context_kept()}
    for table in captured_tables():
        made |= _triggers_of(table)
    return made


def install(run: Run, wanted: Mapping[str, str]) -> None:
    """Drop every trigger and create the wanted ones; ``run`` executes one statement."""
    names = [row[0] for row in run(TRIGGER_NAMES)]
    for name in names:
        run(f'DROP TRIGGER "{name}"')
    for text in wanted.values():
        run(text)
    run(SEED)


def verify(run: Run, wanted: Mapping[str, str]) -> list[str]:
    """Return the names of triggers that are missing or changed, and of what is not ours."""
    found = dict(tuple(row) for row in run(RULES))
    wrong = {name for name, text in wanted.items() if found.get(name) != text}
    wrong |= found.keys() - wanted.keys()
    if not list(run("SELECT 1 FROM capture_context WHERE id = 1 AND applying = 0")):
        wrong.add("capture_context")
    return sorted(wrong)


def _context_kept() -> str:
    return (
        "CREATE TRIGGER capture_context_kept BEFORE DELETE ON capture_context BEGIN\n"
        "  SELECT RAISE(ABORT, 'append-only: the capture context stays');\n"
        "END"
    )


def _triggers_of(table: Table) -> dict[str, str]:
    name = table.name
    columns = captured_columns(table)
    return {
        f"capture_{name}_insert": _trigger(
            name,
            "insert",
            "AFTER INSERT",
            _record(name, "NEW", "I", "NULL", _whole("NEW", columns)),
        ),
        f"capture_{name}_update": _trigger(
            name,
            "update",
            "AFTER UPDATE",
            _record(name, "NEW", "U", "d.old", "d.new", beside=_differing(columns)),
        ),
        f"capture_{name}_delete": _trigger(
            name,
            "delete",
            "AFTER DELETE",
            _record(name, "OLD", "D", _whole("OLD", columns), "NULL"),
        ),
        f"capture_{name}_id": _trigger(
            name,
            "id",
            "BEFORE UPDATE OF id",
            "SELECT RAISE(ABORT, 'fixed-id: a record keeps its id');",
            when="OLD.id IS NOT NEW.id",
        ),
    }


def _trigger(table: str, suffix: str, event: str, body: str, *, when: str = "") -> str:
    condition = f"WHEN {when}\n" if when else ""
    head = f"CREATE TRIGGER capture_{table}_{suffix} {event} ON {table}"
    return f"{head}\n{condition}BEGIN\n  {body}\nEND"


def _record(  # noqa: PLR0913 - the parts of one statement
    table: str, row: str, operation: str, old: str, new: str, *, beside: str = ""
) -> str:
    return (
        "INSERT INTO change_record (transaction_id, table_name, row_id, operation,"  # noqa: S608 - names of our metadata
        " old_json, new_json, at_ms, person_id, device_id)\n"
        f"  SELECT c.transaction_id, '{table}', {row}.id, '{operation}',\n    {old},\n    {new},\n"
        f"    coalesce(c.at_ms, {FOREIGN_AT_MS}), c.person_id, c.device_id\n"
        f"  FROM capture_context AS c{beside} WHERE c.id = 1 AND c.applying = 0;"
    )


def _whole(row: str, columns: tuple[str, ...]) -> str:
    pairs = ", ".join(f"'{c}', {row}.\"{c}\"" for c in columns)
    return f"json_object({pairs})"


def _differing(columns: tuple[str, ...]) -> str:
    """Return the table ``d`` of one row, old and new as JSON, or of none where nothing differs.

    Each column is named once and not six times: every connection parses these texts anew, and
    they were half of the schema.
    """
    (first, *others) = columns
    listed = [f'SELECT \'{first}\' AS name, OLD."{first}" AS old, NEW."{first}" AS new']
    listed += [f'SELECT \'{c}\', OLD."{c}", NEW."{c}"' for c in others]
    return (
        ",\n    (SELECT json_group_object(name, old) AS old,"  # noqa: S608 - names of our metadata
        " json_group_object(name, new) AS new\n    FROM (\n      "
        + "\n      UNION ALL ".join(listed)
        + ")\n    WHERE old IS NOT new HAVING count(*) > 0) AS d\n "
    )
