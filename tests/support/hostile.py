"""Hostile text in every column that holds text, as another program or another device writes it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import CheckConstraint, Table, Text

from billops_desktop.bootstrap import open_workspace
from billops_desktop.services.invoices import invoicing, rendering
from billops_desktop.storage.connection import connect
from billops_desktop.storage.models import Record
from tests.support.clock import MovableClock

# What the program itself writes and reads back: codes, hashes, JSON. Other words in them are
# damage, not text, and told by `check`.
CODES = {
    "base_currency", "currency", "language", "zone", "template", "country", "colour", "pattern",
    "period", "media_type", "einvoice_format", "value_json", "context_json", "payload_json",
    "snapshot_json", "old_json", "new_json", "table_name", "record_table", "unit", "tax_category",
}  # fmt: skip
# Not text of people: the record of changes and the names of settings.
INTERNAL = {"change_record", "capture_context", "event", "setting", "invoice_file"}


def text_columns() -> list[tuple[str, str]]:
    """Return (table, column) of all text of people: a new column is among them the day it is."""
    return [
        (table.name, column.name)
        for table in Record.metadata.sorted_tables
        if table.name not in INTERNAL
        for column in table.columns
        if type(column.type) is Text
        and not column.primary_key
        and not column.foreign_keys
        and column.name not in CODES
        and not column.name.endswith(("sha256", "_id"))
        and f"{column.name} IN (" not in _rules(table)
    ]


def _rules(table: Table) -> str:
    return " ".join(
        str(rule.sqltext) for rule in table.constraints if isinstance(rule, CheckConstraint)
    )


def write(profile: Path, text_of: Callable[[str, str, int], str]) -> None:
    """Fill every text column of every row, past the triggers; ``text_of(table, column, row)``."""
    with closing(connect(profile / "billops.db")) as foreign:
        foreign.execute("BEGIN IMMEDIATE")
        rules = foreign.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _sql in rules:
            foreign.execute(f'DROP TRIGGER "{name}"')
        for table, column in text_columns():
            rows = foreign.execute(
                f'SELECT rowid, "{column}" FROM {table} ORDER BY rowid'
            ).fetchall()
            for number, (rowid, value) in enumerate(rows):
                if value is None:
                    continue  # a draft has no number
                change = f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?'
                foreign.execute(change, (text_of(table, column, number), rowid))
        for _name, sql in rules:
            foreign.execute(sql)
        foreign.execute("COMMIT")


def fill(profile: Path) -> None:
    """Give a fresh profile a row for every page: work, a draft, an issued and a part paid one."""
    from tests.support import money

    opened = open_workspace(profile, clock=MovableClock())
    job = money.make_job(opened)
    for hour in (9, 11, 13):
        money.log(opened, job, f"2026-11-24 {hour:02}:00")
    issued = opened.execute(invoicing.issue, money.draft(opened, job))
    rendering.keep_pdf(opened, issued.id)
    money.pay(opened, issued.id, "50")
    money.draft_item(opened, job, note="Thanks", terms="Soon", title="Work", footer="Bye")
    money.log(opened, job, "2026-11-25 09:00")
    money.log(opened, job, "2026-11-24 15:00")
    opened.close()
