"""invoice show: one invoice with its lines, totals, payments and what is still to be mended."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from billops_desktop.cli import asked_records
from billops_desktop.cli.output import (
    FINDING_KEYS,
    Column,
    Reply,
    Table,
    hours,
    pairs,
    pick,
    plain,
    visible,
)
from billops_desktop.cli.session import Session
from billops_desktop.cli.wording import (
    KEYS_OF_INVOICE,
    amount_label,
    day_label,
    hint_label,
    invoice_label,
    standing_label,
)
from billops_desktop.i18n import _

if TYPE_CHECKING:
    from billops_desktop.services.invoices.invoice_rows import ChargeRow, InvoiceDetail, LineRow

LINE_KEYS = (
    "position",
    "kind",
    "description",
    "details",
    "quantity",
    "unit",
    "price",
    "base_quantity",
    "discount_percent",
    "discount",
    "net",
    "tax_category",
    "tax_percent",
    "derivation",
    "entry_count",
    "tracked_seconds",
    "billed_seconds",
)
HEADER_KEYS = (
    "supply_from",
    "supply_to",
    "language",
    "client_reference",
    "purchase_order",
    "terms",
    "note",
    "footer",
    "cancel_reason",
    "next_number",
    "unbilled_seconds",
    "received",
)
TOTAL_KEYS = (
    "sum_lines",
    "allowance_total",
    "charge_total",
    "net",
    "tax",
    "gross",
    "prepaid",
    "rounding",
    "due",
)
CHARGE_KEYS = ("kind", "reason", "percent", "amount", "tax_category", "tax_percent")
SHARE_KEYS = ("tax_category", "tax_percent", "amount")
PAYMENT_KEYS = ("id", "received_on", "amount", "credit", "method", "reference", "note")


def show(session: Session, asked: Namespace) -> Reply:
    """Show one invoice in full."""
    from billops_desktop.services.invoices import invoice_rows

    found = asked_records.invoice(session, asked.invoice)
    detail = session.workspace.read(invoice_rows.detail, found.id)
    return Reply(_content(detail), _text(session, detail))


def _content(detail: InvoiceDetail) -> dict[str, Any]:
    taxes = [
        plain(
            {
                "category": tax.group.category,
                "percent": tax.group.percent,
                "base": tax.base,
                "tax": tax.tax,
            }
        )
        for tax in detail.totals.taxes
    ]
    return {
        "invoice": pick(detail.row, KEYS_OF_INVOICE) | pick(detail, HEADER_KEYS),
        "lines": [pick(line, LINE_KEYS) for line in detail.lines],
        "charges": [_charge(one) for one in detail.charges],
        "taxes": taxes,
        "totals": pick(detail.totals, TOTAL_KEYS),
        "payments": [pick(payment, PAYMENT_KEYS) for payment in detail.payments],
        "history": [pick(one, ("at", "kind", "text")) for one in detail.history],
        "findings": [pick(finding, FINDING_KEYS) for finding in detail.findings],
    }


def _charge(row: ChargeRow) -> dict[str, Any]:
    return pick(row, CHARGE_KEYS) | {"shares": [pick(one, SHARE_KEYS) for one in row.shares]}


def _text(session: Session, detail: InvoiceDetail) -> str:
    row = detail.row
    head = [
        (_("Number"), invoice_label(row)),
        (_("Client"), row.client_name),
        (_("Status"), " · ".join(filter(None, (standing_label(row), hint_label(row))))),
        (_("Date"), day_label(row.issue_on)),
        (_("Due"), day_label(row.due_on)),
    ]
    if detail.cancel_reason:
        head.append((_("Reason"), detail.cancel_reason))
    parts = [pairs(head), _line_table(session, detail), _totals(detail)]
    if detail.payments:
        lines = [
            (day_label(payment.received_on), amount_label(payment.amount))
            for payment in detail.payments
        ]
        parts.append(_("Payments") + "\n" + pairs(lines))
    if detail.findings:
        found = [f"- {visible(finding.message)}" for finding in detail.findings]
        parts.append("\n".join([_("Before it is issued:"), *found]))
    return "\n\n".join(parts)


def _line_table(session: Session, detail: InvoiceDetail) -> str:
    table = Table(
        [
            Column("#", right=True),
            Column(_("Description")),
            Column(_("Quantity"), right=True),
            Column(_("Price"), right=True),
            Column(_("Tax"), right=True),
            Column(_("Net"), right=True),
        ]
    )
    for line in detail.lines:
        table.add(
            str(line.position),
            " · ".join(filter(None, (line.description, line.details))),
            _quantity(line),
            _decimal(line.price, 2),
            _percent(line.tax_percent),
            amount_label(line.net),
        )
    return table.text(session.width())


def _quantity(line: LineRow) -> str:
    """Return the quantity so that a reader can multiply it with the price."""
    if line.unit != "SEC":
        return _decimal(line.quantity)
    from billops_desktop.i18n import format_hours

    return format_hours(int(line.quantity))


def _decimal(value: Any, at_least: int = 0) -> str:
    from billops_desktop.i18n import format_decimal

    return format_decimal(value, at_least=at_least)


def _charge_label(row: ChargeRow) -> str:
    """Return what a discount or charge is called, with its percentage where it has one."""
    name = row.reason or (_("Discount") if row.kind == "discount" else _("Charge"))
    return name if row.percent is None else f"{name} ({_percent(row.percent)})"


def _totals(detail: InvoiceDetail) -> str:
    totals = detail.totals
    charged = [
        (_charge_label(one), -one.amount if one.kind == "discount" else one.amount)
        for one in detail.charges
        if one.amount
    ]
    lines = [(_("Sum of lines"), totals.sum_lines), *charged] if charged else []
    lines += [(_("Net"), totals.net), (_("Tax"), totals.tax), (_("Total"), totals.gross)]
    if totals.prepaid.minor:
        lines.append((_("Paid before"), totals.prepaid))
    if detail.received.minor:
        lines.append((_("Received"), detail.received))
    if detail.row.number:
        lines.append((_("Open"), detail.row.open))
    table = Table([Column(""), Column("", right=True)])
    for label, amount in lines:
        table.add(label, amount_label(amount))
    if detail.unbilled_seconds:
        table.add(_("Not on it yet"), f"{hours(detail.unbilled_seconds)} h")
    return table.text()


def _percent(value: Any) -> str:
    from billops_desktop.i18n import format_percent

    return format_percent(value)
