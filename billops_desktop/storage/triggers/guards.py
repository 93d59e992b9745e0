"""Generates the triggers that keep what is issued, given or billed as it is, whoever writes.

Each message begins with a stable code that ``faults.py`` turns into the user's words.
"""

from __future__ import annotations

from billops_desktop.storage.models import (
    ChangeRecord,
    Event,
    Invoice,
    InvoiceCharge,
    InvoiceFile,
    InvoiceLine,
    InvoiceTax,
    LineEntry,
    NumberUsed,
    TaxRate,
    TimeEntry,
)
from billops_desktop.storage.record import Record
from billops_desktop.storage.triggers import replacement_guards
from billops_desktop.storage.triggers.guard_text import (
    APPENDED,
    BILLED,
    FROZEN,
    GIVEN,
    ISSUED,
    KEPT,
    OVER,
    UNLIKE,
    guard,
    invoice_state,
    taxes_issued,
)

# The columns that may still change, by what remains open after issue.
CANCELLING = ("state", "cancelled_by_id", "cancel_reason", "updated_at")
CLAIMING = ("claimed_at", "updated_at")
RELEASING = ("released_at", "updated_at")
BILLING = ("billed_line_id", "updated_at")
ENDING = ("valid_to", "is_default", "archived", "updated_at", "_v")


def triggers() -> dict[str, str]:
    """Return name and text of every guard trigger."""
    return {
        **_invoice(),
        **_parts(InvoiceLine),
        **_parts(InvoiceCharge),
        **_parts(InvoiceTax),
        **_line_entry(),
        **_time_entry(),
        **_only_grows(NumberUsed, GIVEN),
        **_only_grows(InvoiceFile, KEPT),
        **_only_grows(ChangeRecord, APPENDED),
        **_only_grows(Event, APPENDED),
        **_number_counter(),
        **_allocation(),
        **_payment(),
        **_tax_rate(),
        **replacement_guards.triggers(),
    }


def _same(record: type[Record], *, but: tuple[str, ...]) -> str:
    """Return the condition that an update leaves all columns as they are, but those named."""
    return " AND ".join(
        f'NEW."{column.name}" IS OLD."{column.name}"'
        for column in record.__table__.columns
        if column.name not in but and column.computed is None
    )


def _only_grows(record: type[Record], message: str) -> dict[str, str]:
    table = record.__tablename__
    return guard(table, "UPDATE", "", message) | guard(table, "DELETE", "", message)


def _invoice() -> dict[str, str]:
    """Let an issued document become cancelled, once, by a credit note that corrects it."""
    cancels = (
        "OLD.state = 'issued' AND NEW.state = 'cancelled' AND EXISTS (SELECT 1 FROM invoice AS n"
        " WHERE n.id = NEW.cancelled_by_id AND n.corrects_invoice_id = OLD.id"
        " AND n.kind = 'credit_note')"
    )
    unchanged = _same(Invoice, but=CANCELLING)
    return {
        **guard(
            "invoice",
            "UPDATE",
            f"OLD.state <> 'draft' AND NOT ({cancels} AND {unchanged})",
            ISSUED,
        ),
        **guard("invoice", "DELETE", "OLD.state <> 'draft'", ISSUED),
    }


def _parts(record: type[Record]) -> dict[str, str]:
    table = record.__tablename__
    old, new = (invoice_state(row) for row in ("OLD", "NEW"))
    return {
        **guard(table, "INSERT", f"{new} <> 'draft'", ISSUED),
        **guard(table, "UPDATE", f"{old} <> 'draft' OR {new} <> 'draft'", ISSUED),
        **guard(table, "DELETE", f"{old} <> 'draft'", ISSUED),
    }


def _line_state(line: str) -> str:
    return (
        "(SELECT i.state FROM invoice_line AS l JOIN invoice AS i ON i.id = l.invoice_id"  # noqa: S608 - names of our metadata
        f" WHERE l.id = {line})"
    )


def _line_entry() -> dict[str, str]:
    """Let issue claim an entry and a cancelled invoice release it; nothing else moves."""
    state = _line_state("OLD.line_id")
    claims = f"OLD.claimed_at IS NULL AND {_same(LineEntry, but=CLAIMING)}"
    releases = (
        f"{state} = 'cancelled' AND OLD.released_at IS NULL AND {_same(LineEntry, but=RELEASING)}"
    )
    return {
        **guard("line_entry", "INSERT", f"{_line_state('NEW.line_id')} <> 'draft'", ISSUED),
        **guard(
            "line_entry",
            "UPDATE",
            f"{state} <> 'draft' AND NOT ({claims}) AND NOT ({releases})",
            ISSUED,
        ),
        **guard("line_entry", "DELETE", f"{state} <> 'draft'", ISSUED),
    }


def _time_entry() -> dict[str, str]:
    """Keep a billed entry as it was billed; only its invoice, when cancelled, lets it go."""
    held = f"{_line_state('OLD.billed_line_id')} = 'issued'"
    moved = "NEW.billed_line_id IS NOT OLD.billed_line_id"
    unchanged = _same(TimeEntry, but=BILLING)
    return {
        **guard(
            "time_entry",
            "UPDATE",
            f"OLD.billed_line_id IS NOT NULL AND (NOT ({unchanged}) OR ({moved} AND {held}))",
            BILLED,
        ),
        **guard("time_entry", "DELETE", "OLD.billed_line_id IS NOT NULL", BILLED),
    }


def _number_counter() -> dict[str, str]:
    back = (
        "NEW.last_given < OLD.last_given OR NEW.series_id IS NOT OLD.series_id"
        " OR NEW.period IS NOT OLD.period"
    )
    return {
        **guard("number_counter", "UPDATE", back, GIVEN),
        **guard("number_counter", "DELETE", "", GIVEN),
    }


def _allocated(column: str) -> str:
    return (
        "coalesce((SELECT sum(a.amount_minor) FROM allocation AS a"  # noqa: S608 - names of our metadata
        f" WHERE a.{column} = NEW.{column} AND a.deleted_at IS NULL AND a.id <> NEW.id), 0)"
        " + NEW.amount_minor"
    )


def _allocation() -> dict[str, str]:
    """Hold the parts of a payment within the payment and within the invoice they settle."""
    live = "NEW.deleted_at IS NULL"
    fits = (
        "EXISTS (SELECT 1 FROM invoice AS i JOIN payment AS p ON p.id = NEW.payment_id"
        " WHERE i.id = NEW.invoice_id AND i.state <> 'draft' AND i.currency = p.currency)"
    )
    payment = "(SELECT amount_minor FROM payment WHERE id = NEW.payment_id)"
    invoice = "(SELECT gross_minor FROM invoice WHERE id = NEW.invoice_id)"
    over = (
        f"abs({_allocated('payment_id')}) > abs({payment})"
        f" OR abs({_allocated('invoice_id')}) > abs({invoice})"
    )
    made: dict[str, str] = {}
    for event in ("INSERT", "UPDATE"):
        verb = event.lower()
        made |= guard("allocation", event, f"{live} AND NOT {fits}", UNLIKE, name=f"unlike_{verb}")
        made |= guard("allocation", event, f"{live} AND ({over})", OVER, name=f"over_{verb}")
    return made


def _payment() -> dict[str, str]:
    parts = (
        "SELECT coalesce(sum(a.amount_minor), 0) FROM allocation AS a"
        " WHERE a.payment_id = OLD.id AND a.deleted_at IS NULL"
    )
    return {
        **guard(
            "payment",
            "UPDATE OF amount_minor",
            f"abs(({parts})) > abs(NEW.amount_minor)",
            OVER,
            name="amount",
        ),
        **guard(
            "payment",
            "UPDATE OF currency",
            f"NEW.currency IS NOT OLD.currency AND ({parts}) <> 0",
            UNLIKE,
            name="currency",
        ),
    }


def _tax_rate() -> dict[str, str]:
    used = taxes_issued("OLD")
    return {
        **guard("tax_rate", "UPDATE", f"NOT ({_same(TaxRate, but=ENDING)}) AND {used}", FROZEN),
        **guard("tax_rate", "DELETE", used, FROZEN),
    }
