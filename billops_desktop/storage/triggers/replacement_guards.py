"""Generates the triggers that refuse an INSERT over a row that stays as it is.

INSERT OR REPLACE deletes the row it collides with, and SQLite runs no delete trigger for that
while recursive triggers are off, which is the default of every other program.
"""

from __future__ import annotations

from billops_desktop.storage.triggers import guard_text as say

# Of the row that is there, ``o``: when it stays.
ISSUED_PART = f"{say.invoice_state('o')} <> 'draft'"
ISSUED = "o.state <> 'draft'"
BILLED = "o.billed_line_id IS NOT NULL"
CLAIMED = "o.claimed_at IS NOT NULL"
TAXING = say.taxes_issued("o")
ALWAYS = ""

# Table, the columns of a unique key, when the row there stays, what is said.
KEYS = (
    ("invoice", "id", ISSUED, say.ISSUED),
    ("invoice", "company_id number", ISSUED, say.TAKEN),
    ("invoice_line", "id", ISSUED_PART, say.ISSUED),
    ("invoice_charge", "id", ISSUED_PART, say.ISSUED),
    ("invoice_tax", "id", ISSUED_PART, say.ISSUED),
    ("line_entry", "id", CLAIMED, say.ISSUED),
    ("time_entry", "id", BILLED, say.BILLED),
    # Worded as its index has it, which is else not used.
    ("time_entry", "external_source external_id", f"o.external_id <> '' AND {BILLED}", say.BILLED),
    ("number_used", "id", ALWAYS, say.GIVEN),
    ("number_used", "company_id number", ALWAYS, say.TAKEN),
    ("number_used", "series_id period count", ALWAYS, say.TAKEN),
    ("number_counter", "id", ALWAYS, say.GIVEN),
    ("number_counter", "series_id period", ALWAYS, say.GIVEN),
    ("invoice_file", "id", ALWAYS, say.KEPT),
    ("invoice_file", "invoice_id kind sha256", ALWAYS, say.KEPT),
    ("change_record", "sequence", ALWAYS, say.APPENDED),
    ("event", "sequence", ALWAYS, say.APPENDED),
    ("tax_rate", "id", TAXING, say.FROZEN),
)


def triggers() -> dict[str, str]:
    """Return name and text of every trigger that refuses a replacement, one a table and reason."""
    conditions: dict[tuple[str, str], list[str]] = {}
    for table, key, stays, message in KEYS:
        conditions.setdefault((table, message), []).append(_there(table, key.split(), stays))
    made: dict[str, str] = {}
    for (table, message), found in conditions.items():
        name = "taken" if message == say.TAKEN else "again"
        made |= say.guard(table, "INSERT", " OR ".join(found), message, name=name)
    # A claim is made by UPDATE; only a foreign hand inserts one, over the claim that holds.
    held = _there("line_entry", ["entry_id"], f"{CLAIMED} AND o.released_at IS NULL")
    claim = f"NEW.claimed_at IS NOT NULL AND {held}"
    return made | say.guard("line_entry", "INSERT", claim, say.BILLED, name="claimed")


def _there(table: str, key: list[str], stays: str) -> str:
    """Return the condition that a row with the new row's key is there and stays.

    The key has an index: it is looked up on each insert, unless the new row leaves it empty.
    """
    same = " AND ".join(f'o."{column}" = NEW."{column}"' for column in key)
    more = f" AND {stays}" if stays else ""
    given = {"external_id": "NEW.external_id <> '' AND ", "number": "NEW.number IS NOT NULL AND "}
    first = given.get(key[-1], "")
    return f"({first}EXISTS (SELECT 1 FROM {table} AS o WHERE {same}{more}))"  # noqa: S608 - names of our metadata
