"""Invoices as rows, for faces: the list with its tabs, the sums, one invoice in detail."""

from __future__ import annotations

from billops_desktop.services.invoices.invoice_details import (
    ChargeRow,
    ChargeShare,
    HistoryRow,
    InvoiceDetail,
    LineEntryRow,
    LineRow,
    detail,
    entries_of_line,
)
from billops_desktop.services.invoices.invoice_list import (
    TABS,
    InvoiceMetrics,
    InvoicePage,
    InvoiceRow,
    Metric,
    Tab,
    by_number,
    invoices,
    metrics,
    newest_of,
    row,
)

__all__ = [
    "TABS",
    "ChargeRow",
    "ChargeShare",
    "HistoryRow",
    "InvoiceDetail",
    "InvoiceMetrics",
    "InvoicePage",
    "InvoiceRow",
    "LineEntryRow",
    "LineRow",
    "Metric",
    "Tab",
    "by_number",
    "detail",
    "entries_of_line",
    "invoices",
    "metrics",
    "newest_of",
    "row",
]
