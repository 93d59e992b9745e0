"""Identifiers: a type of its own per kind of record, a plain string when the program runs."""

from __future__ import annotations

from billops_desktop.domain import identifiers


def test_every_kind_of_record_has_its_own_identifier() -> None:
    kinds = {name for name in vars(identifiers) if name.endswith("Id")}
    assert {"EntryId", "InvoiceId", "ClientId", "ProjectId", "PaymentId"} <= kinds
    for name in kinds:
        kind = getattr(identifiers, name)
        assert kind.__name__ == name
        assert kind("0198") == "0198"
