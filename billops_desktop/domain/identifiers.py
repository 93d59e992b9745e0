"""Identifiers: one type of id per kind of record, so that they are not taken for one another."""

from __future__ import annotations

from typing import NewType

PersonId = NewType("PersonId", str)
CompanyId = NewType("CompanyId", str)
ClientId = NewType("ClientId", str)
ContactId = NewType("ContactId", str)
ProjectId = NewType("ProjectId", str)
TaskId = NewType("TaskId", str)
EntryId = NewType("EntryId", str)
RuleId = NewType("RuleId", str)
PolicyId = NewType("PolicyId", str)
TaxRateId = NewType("TaxRateId", str)
SeriesId = NewType("SeriesId", str)
InvoiceId = NewType("InvoiceId", str)
LineId = NewType("LineId", str)
PaymentId = NewType("PaymentId", str)
TransactionId = NewType("TransactionId", str)
