"""pay: money that came in for an invoice is recorded; what is too much stays as credit."""

from __future__ import annotations

from argparse import Namespace

from billops_desktop.cli import asked_records, asking
from billops_desktop.cli.output import Reply, pick, visible
from billops_desktop.cli.parsing import Parser
from billops_desktop.cli.session import Session
from billops_desktop.cli.wording import amount_label
from billops_desktop.i18n import _

KEYS = ("id", "client_name", "received_on", "amount", "credit", "method", "reference", "note")
# The same words as services.invoices.payments.METHODS, which is not imported to print a help text;
# a test holds them equal.
METHODS = ("bank_transfer", "cash", "card", "direct_debit", "cheque", "online", "other")


def declare(parser: Parser, _name: str) -> None:
    """Add what pay takes."""
    parser.add_argument("invoice", help=_("The invoice's number"))
    parser.add_argument("amount", nargs="?", help=_("By default the whole open amount"))
    parser.add_argument("--on", metavar="DAY", help=_("The day it came in; without it today"))
    parser.add_argument("--method", choices=METHODS, default=METHODS[0], help=_("How it came in"))
    parser.add_argument("--reference", metavar="TEXT", default="", help=_("As on the statement"))
    parser.add_argument("--note", metavar="TEXT", default="", help=_("A note for yourself"))
    parser.add_argument(
        "--credit", action="store_true", help=_("Keep what is more than open as credit")
    )
    parser.set_defaults(run=pay)
    parser.examples(
        "billops pay 2026-0001",
        "billops pay 2026-0001 500.00 --on yesterday --reference 'RF18 5390'",
        keys="payment {"
        + ", ".join(KEYS)
        + "}, invoice {number, status, open}, warning, notice, transaction",
    )


def pay(session: Session, asked: Namespace) -> Reply:
    """Record a payment."""
    from billops_desktop.services.invoices import invoice_rows, payments

    invoice = asked_records.invoice(session, asked.invoice)
    currency = invoice.total.currency
    amount = asking.money(asked.amount, currency) if asked.amount is not None else invoice.open
    new = payments.NewPayment(
        invoice_id=invoice.id,
        amount=amount,
        received_on=asking.day(session, asked.on, "on", past=True)
        if asked.on is not None
        else None,
        method=asked.method,
        reference=asked.reference,
        note=asked.note,
        allow_credit=asked.credit,
    )
    done = session.workspace.perform(payments.record, new)
    payment, after = done.result, session.workspace.read(invoice_rows.row, invoice.id)
    content = {
        "payment": pick(payment, KEYS),
        "invoice": pick(after, ("number", "status", "open")),
        "warning": payments.date_warning(payment, after.issue_on),
        "notice": payments.discount_notice(payment),
        "transaction": done.changes.transaction,
    }
    lines = [
        _("{amount} recorded for {number}.").format(
            amount=amount_label(payment.amount), number=visible(after.number or "")
        )
    ]
    if after.open.minor:
        lines.append(_("{amount} is still open.").format(amount=amount_label(after.open)))
    else:
        lines.append(_("The invoice is paid."))
    if payment.credit.minor:
        lines.append(
            _("{amount} more than was open stays as credit of {client}.").format(
                amount=amount_label(payment.credit), client=visible(payment.client_name)
            )
        )
    lines += [visible(str(content[name])) for name in ("warning", "notice") if content[name]]
    return Reply(content, "\n".join(lines))
