"""payments: what came in listed, a payment taken back, a client's credit used for an invoice."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from billops_desktop.cli import asked_records, asking
from billops_desktop.cli.output import Column, Reply, Table, pick, visible
from billops_desktop.cli.parsing import Parser, shorten
from billops_desktop.cli.session import Session
from billops_desktop.cli.wording import amount_label, day_label, ending_so, short_id
from billops_desktop.errors import InvalidInput, NotFound
from billops_desktop.i18n import _

if TYPE_CHECKING:
    from billops_desktop.services.invoices.payments import PaymentRow

KEYS = ("id", "client_name", "received_on", "amount", "credit", "method", "reference", "note")
PART_KEYS = ("invoice_id", "number", "amount", "cash_discount")
INVOICE_KEYS = ("number", "status", "open")
SHOWN_KEYS = "{" + ", ".join((*KEYS, "allocations[]")) + "}"


def declare(parser: Parser, _name: str) -> None:
    """Add list, take-back and use-credit."""
    listing = parser.verb("list", list_payments, _("List payments, the newest first"))
    listing.add_argument("--client", metavar="CLIENT", help=_("Only those of a client"))
    listing.add_argument("--invoice", metavar="NUMBER", help=_("Only those of an invoice"))
    asking.declare_period(listing)
    listing.examples("billops payments list --month 2026-11", keys=f"payments[] {SHOWN_KEYS}")
    taking = parser.verb(
        "take-back", take_back, _("Take back a payment; what it paid is open again")
    )
    taking.add_argument("payment", help=_("The end of its id, as the list shows it"))
    taking.examples(
        "billops payments take-back 3f9c21aa",
        keys=f"payment {SHOWN_KEYS}, invoices[] {{{', '.join(INVOICE_KEYS)}}}, transaction",
    )
    using = parser.verb("use-credit", use_credit, _("Pay an invoice from its client's credit"))
    using.add_argument("invoice", help=_("The invoice's number"))
    using.examples(
        "billops payments use-credit 2026-0002",
        keys=f"used, invoice {{{', '.join(INVOICE_KEYS)}}}, transaction",
    )


def list_payments(session: Session, asked: Namespace) -> Reply:
    """List the payments of a client, of an invoice, of some days, or all."""
    from billops_desktop.services.invoices import payments

    days = asking.period(session, asked, default=asking.FOREVER)
    of = asked_records.invoice(session, asked.invoice) if asked.invoice is not None else None
    rows = session.workspace.read(
        payments.payments,
        client_id=asked_records.chosen_client(session, asked),
        invoice_id=None if of is None else of.id,
        from_on=days.first,
        to_on=days.last,
    )
    content = {"payments": [_content(row) for row in rows]}
    if not rows:
        return Reply(content, _("No payments here. billops pay records one."))
    table = Table(
        [
            Column(_("Id")),
            Column(_("Date")),
            Column(_("Client")),
            Column(_("Invoice")),
            Column(_("Amount"), right=True),
            Column(_("Credit"), right=True),
            Column(_("Reference")),
        ]
    )
    for row in rows:
        table.add(
            short_id(row.id),
            day_label(row.received_on),
            row.client_name,
            ", ".join(part.number for part in row.allocations),
            amount_label(row.amount),
            amount_label(row.credit) if row.credit.minor else "",
            row.reference,
        )
    return Reply(content, table.text(session.width()))


def take_back(session: Session, asked: Namespace) -> Reply:
    """Take back a payment that was recorded by mistake."""
    from billops_desktop.services.invoices import invoice_rows, payments

    found = _payment(session, asked.payment)
    done = session.workspace.perform(payments.remove, found.id)
    after = [
        session.workspace.read(invoice_rows.row, part.invoice_id) for part in found.allocations
    ]
    content = {
        "payment": _content(found),
        "invoices": [pick(row, INVOICE_KEYS) for row in after],
        "transaction": done.changes.transaction,
    }
    lines = [
        _("Took back {amount} of {client}. billops entries undo brings it back.").format(
            amount=amount_label(found.amount), client=visible(found.client_name)
        )
    ]
    lines += [
        _("{amount} of {number} is open.").format(
            amount=amount_label(row.open), number=visible(row.number or "")
        )
        for row in after
        if row.open.minor
    ]
    return Reply(content, "\n".join(lines))


def use_credit(session: Session, asked: Namespace) -> Reply:
    """Settle an invoice from what its client paid too much."""
    from billops_desktop.services.invoices import invoice_rows, payments

    found = asked_records.invoice(session, asked.invoice)
    done = session.workspace.perform(payments.use_credit, found.id)
    after = session.workspace.read(invoice_rows.row, found.id)
    content = {
        "used": done.result,
        "invoice": pick(after, INVOICE_KEYS),
        "transaction": done.changes.transaction,
    }
    text = _("{used} of the client's credit went to {number}; {open} is still open.").format(
        used=amount_label(done.result),
        number=visible(after.number or ""),
        open=amount_label(after.open),
    )
    return Reply(content, text)


def _content(row: PaymentRow) -> dict[str, Any]:
    return pick(row, KEYS) | {"allocations": [pick(part, PART_KEYS) for part in row.allocations]}


def _payment(session: Session, typed: str) -> PaymentRow:
    """Return the payment whose id is, or ends with, what was typed."""
    from billops_desktop.services.invoices import payments

    found = ending_so(session.workspace.read(payments.payments), typed)
    if len(found) == 1:
        return found[0]
    hint = _("billops payments list shows their ids.")
    if found:
        title = _("More than one payment ends with {text}.").format(text=shorten(typed))
        raise InvalidInput(title, hint, field="payment")
    title = _("There is no payment {text}.").format(text=shorten(typed))
    raise NotFound(title, hint, field="payment")
