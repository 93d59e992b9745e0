"""Tests of storage.triggers.guard_text: one trigger, named after its table and event."""

from __future__ import annotations

from billops_desktop.storage.triggers.guard_text import GIVEN, guard


def test_a_guard_is_named_and_refuses_while_its_condition_holds() -> None:
    [(name, sql)] = guard("invoice", "UPDATE OF state", "OLD.state = 'x'", GIVEN).items()
    assert name == "guard_invoice_update"
    assert sql.startswith("CREATE TRIGGER guard_invoice_update BEFORE UPDATE OF state ON invoice")
    assert "WHEN OLD.state = 'x'" in sql
    assert f"RAISE(ABORT, '{GIVEN}')" in sql
    [(other, always)] = guard("event", "DELETE", "", GIVEN, name="gone").items()
    assert other == "guard_event_gone"
    assert "WHEN" not in always
