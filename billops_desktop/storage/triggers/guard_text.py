"""The text of a guard trigger, and the messages that guards refuse with."""

from __future__ import annotations

ISSUED = "issued-invoice: the document is issued"
BILLED = "billed-entry: the entry is on an issued invoice"
GIVEN = "number-given: a number that was given stays given"
TAKEN = "number-taken: another document has the number"
APPENDED = "append-only: what was recorded stays"
KEPT = "kept-file: the file stays as the client got it"
OVER = "over-allocated: more than the payment or the invoice"
UNLIKE = "unlike-allocation: the invoice is a draft or in another currency"
FROZEN = "frozen-tax: the tax is on an issued invoice"


def invoice_state(row: str) -> str:
    """Return the state of the invoice that a row ("OLD", "NEW") is a part of."""
    return f"(SELECT state FROM invoice WHERE id = {row}.invoice_id)"  # noqa: S608 - names of our metadata


def taxes_issued(row: str) -> str:
    """Return the condition that a tax bears on a line of an issued document."""
    return (
        "EXISTS (SELECT 1 FROM invoice_line AS l JOIN invoice AS i ON i.id = l.invoice_id"  # noqa: S608 - names of our metadata
        f" WHERE l.tax_rate_id = {row}.id AND i.state <> 'draft')"
    )


def guard(table: str, event: str, when: str, message: str, *, name: str = "") -> dict[str, str]:
    """Return the trigger that refuses ``event`` on ``table`` while ``when`` holds."""
    label = f"guard_{table}_{name or event.split(maxsplit=1)[0].lower()}"
    condition = f"WHEN {when}\n" if when else ""
    return {
        label: f"CREATE TRIGGER {label} BEFORE {event} ON {table}\n{condition}"
        f"BEGIN\n  SELECT RAISE(ABORT, '{message}');\nEND"
    }
