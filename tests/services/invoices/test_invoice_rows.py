"""Invoices for faces: everything of the list and of the detail under one name."""

from __future__ import annotations

from billops_desktop.services.invoices import invoice_details, invoice_list, invoice_rows


def test_faces_find_list_and_detail_here() -> None:
    assert invoice_rows.invoices is invoice_list.invoices
    assert invoice_rows.detail is invoice_details.detail
    assert all(hasattr(invoice_rows, name) for name in invoice_rows.__all__)
