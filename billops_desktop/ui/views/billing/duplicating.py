"""A second invoice that says the same as another: a new draft, dated today, without its time."""

from __future__ import annotations

from typing import Any

from billops_desktop.services.drafts import drafting
from billops_desktop.services.drafts.drafting import ChargeEdit, DraftEdit, LineEdit
from billops_desktop.services.invoices.invoice_rows import ChargeRow, LineRow, detail


def duplicate(work: Any, invoice_id: str) -> str:
    """Draft an invoice with the lines of another one; its time stays where it is billed."""
    source = detail(work, invoice_id)
    copy = drafting.draft_blank(work, source.row.client_id)
    drafting.save(
        work,
        copy,
        DraftEdit(
            language=source.language,
            paper=source.paper,
            client_reference=source.client_reference,
            purchase_order=source.purchase_order,
            note=source.note,
            footer=source.footer,
            lines=tuple(_line(row) for row in source.lines),
            charges=tuple(_charge(row) for row in source.charges),
        ),
    )
    return copy


def _line(row: LineRow) -> LineEdit:
    return LineEdit(
        description=row.description,
        details=row.details,
        kind="item" if row.kind == "time" else row.kind,
        quantity=row.quantity,
        unit=row.unit,
        base_quantity=row.base_quantity,
        price=row.price,
        discount_percent=row.discount_percent,
        discount=row.discount,
        tax_rate_id=row.tax_rate_id,
        tax_category=row.tax_category,
        tax_percent=row.tax_percent,
    )


def _charge(row: ChargeRow) -> ChargeEdit:
    amount = None if row.percent is not None else row.amount
    return ChargeEdit(
        kind=row.kind,
        reason=row.reason,
        percent=row.percent,
        amount=amount,
        tax_category=row.tax_category,
        tax_percent=row.tax_percent,
    )
