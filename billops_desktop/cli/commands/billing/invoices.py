"""invoice: list, show, issue, print and cancel invoices; drafts are made in drafts.py."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from billops_desktop.cli import asked_records, files
from billops_desktop.cli.commands.billing import drafts, invoice_sheet
from billops_desktop.cli.output import Column, Reply, Table, pick, plain, visible
from billops_desktop.cli.parsing import Parser, file_path, whole
from billops_desktop.cli.session import Session
from billops_desktop.cli.wording import (
    KEYS_OF_INVOICE,
    amount_label,
    day_label,
    hint_label,
    invoice_label,
    standing_label,
)
from billops_desktop.errors import InvalidInput, Refused
from billops_desktop.files import write_whole
from billops_desktop.i18n import _

if TYPE_CHECKING:
    from billops_desktop.services.balances import CreditRow
    from billops_desktop.services.invoices.invoice_rows import InvoiceRow

KEYS = KEYS_OF_INVOICE
SHOWN_KEYS = "{" + ", ".join(KEYS) + "}"
# The same words as services.invoices.invoice_rows.TABS; a test holds them equal.
TABS = ("all", "drafts", "open", "overdue", "paid")


def declare(parser: Parser, _name: str) -> None:
    """Add every verb of an invoice."""
    drafts.declare(parser)
    _declare_list(parser)
    showing = parser.verb(
        "show", invoice_sheet.show, _("Show an invoice with its lines, totals and payments")
    )
    showing.add_argument("invoice", help=_("Its number, or the end of a draft's id"))
    showing.examples(
        "billops invoice show 2026-0001",
        keys=f"invoice {SHOWN_KEYS}, lines[], taxes[], totals, payments[], findings[]",
    )
    issuing = parser.verb("issue", issue, _("Give a draft its number; from then on it is fixed"))
    issuing.add_argument("invoice", help=_("The end of the draft's id"))
    issuing.examples("billops invoice issue 3f9c21aa", keys=f"invoice {SHOWN_KEYS}")
    _declare_pdf(parser)
    _declare_cancel(parser)


def _declare_list(parser: Parser) -> None:
    listing = parser.verb("list", list_invoices, _("List invoices, overdue ones first"))
    listing.add_argument("--tab", choices=TABS, default="all", help=_("Only these"))
    listing.add_argument("--text", default="", help=_("Only what contains these words"))
    listing.add_argument("--limit", type=whole, default=200, metavar="N", help=_("At most so many"))
    listing.examples("billops invoice list --tab overdue", keys=f"counts, invoices[] {SHOWN_KEYS}")


def _declare_pdf(parser: Parser) -> None:
    printing = parser.verb("pdf", pdf, _("Write the PDF of one or more invoices"))
    printing.add_argument("invoice", nargs="+", help=_("Numbers, or ends of drafts' ids"))
    printing.add_argument(
        "--to", metavar="PATH", type=file_path, help=_("A file for one, a folder for several")
    )
    files.declare_force(printing)
    printing.examples(
        "billops invoice pdf 2026-0001",
        "billops invoice pdf 2026-0001 2026-0002 --to ~/invoices",
        keys="files[]",
    )


def _declare_cancel(parser: Parser) -> None:
    cancelling = parser.verb("cancel", cancel, _("Cancel an issued invoice by a credit note"))
    cancelling.add_argument("invoice", help=_("Its number"))
    cancelling.add_argument("--reason", required=True, help=_("Why; it stays in the books"))
    cancelling.add_argument(
        "--keep-entries", action="store_true", help=_("Do not free its time for another invoice")
    )
    cancelling.examples(
        "billops invoice cancel 2026-0001 --reason 'Wrong period'",
        keys=f"credit_note {SHOWN_KEYS}, invoice, credit[]",
    )
    releasing = parser.verb(
        "release", release, _("Free the time that a cancelled invoice still keeps")
    )
    releasing.add_argument("invoice", help=_("Its number"))
    releasing.examples(
        "billops invoice release 2026-0001", keys=f"released, invoice {SHOWN_KEYS}, transaction"
    )


def list_invoices(session: Session, asked: Namespace) -> Reply:
    """List the invoices of a tab."""
    from billops_desktop.services.invoices import invoice_rows

    if asked.limit < 1:
        raise InvalidInput(
            _("Nothing was listed: --limit is at least 1."), _("Leave it out."), field="limit"
        )
    page = session.workspace.read(
        invoice_rows.invoices, tab=asked.tab, text=asked.text, limit=asked.limit
    )
    content = {"counts": page.counts, "invoices": [pick(row, KEYS) for row in page.rows]}
    if not page.rows:
        return Reply(content, _("No invoices here. billops invoice draft makes one."))
    return Reply(content, invoice_table(page.rows).text(session.width()))


def invoice_table(rows: tuple[InvoiceRow, ...]) -> Table:
    """Return invoices as a table: number or draft's id, client, dates, amounts, status."""
    table = Table(
        [
            Column(_("Number")),
            Column(_("Client")),
            Column(_("Date")),
            Column(_("Due")),
            Column(_("Total"), right=True),
            Column(_("Open"), right=True),
            Column(_("Status")),
            Column(""),
        ]
    )
    for row in rows:
        table.add(
            invoice_label(row),
            row.client_name,
            day_label(row.issue_on),
            day_label(row.due_on),
            amount_label(row.total),
            amount_label(row.open),
            standing_label(row),
            hint_label(row),
        )
    return table


def issue(session: Session, asked: Namespace) -> Reply:
    """Issue a draft; what is issued already is named."""
    from billops_desktop.services.invoices import invoicing

    draft = asked_records.invoice(session, asked.invoice)
    if draft.number:
        raise Refused(
            _("Nothing was issued: it is issued as {number} already.").format(number=draft.number),
            _("billops invoice show {number} shows it.").format(number=draft.number),
            field="invoice",
        )
    found = session.workspace.read(invoicing.findings, draft.id)
    row = session.workspace.execute(invoicing.issue, draft.id)
    for finding in found:
        session.remark(finding.message)
    text = _("Issued {number} to {client}: {total}, due {due}.").format(
        number=visible(row.number or ""),
        client=visible(row.client_name),
        total=amount_label(row.total),
        due=day_label(row.due_on) or "–",
    )
    return Reply({"invoice": pick(row, KEYS)}, text)


def cancel(session: Session, asked: Namespace) -> Reply:
    """Cancel an invoice by a credit note over all of it."""
    from billops_desktop.services.invoices import corrections, invoice_rows, payments

    found = asked_records.invoice(session, asked.invoice)
    note = session.workspace.execute(
        corrections.cancel, found.id, reason=asked.reason, release=not asked.keep_entries
    )
    after = session.workspace.read(invoice_rows.row, found.id)
    freed = (
        _("Its time stays with it; billops invoice release frees it.")
        if asked.keep_entries
        else _("Its time can be invoiced again.")
    )
    text = _("{number} is cancelled by the credit note {note}. {freed}").format(
        number=visible(after.number or ""), note=visible(note.number or ""), freed=freed
    )
    credit = session.workspace.read(payments.client_credits, after.client_id)
    content = {
        "credit_note": pick(note, KEYS),
        "invoice": pick(after, KEYS),
        "credit": [plain(row.amount) for row in credit],
    }
    return Reply(content, "\n".join([text, *map(_credit_line, credit)]))


def _credit_line(row: CreditRow) -> str:
    words = _(
        "{client} has {amount} of credit from what was paid. billops payments use-credit NUMBER"
        " pays an invoice from it."
    )
    return words.format(client=visible(row.client_name), amount=amount_label(row.amount))


def release(session: Session, asked: Namespace) -> Reply:
    """Free the entries that stayed with an invoice when it was cancelled."""
    from billops_desktop.i18n import ngettext
    from billops_desktop.services.invoices import corrections, invoice_rows

    found = asked_records.invoice(session, asked.invoice)
    done = session.workspace.perform(corrections.release_entries, found.id)
    after = session.workspace.read(invoice_rows.row, found.id)
    number = visible(after.number or "")
    content = {
        "released": done.result,
        "invoice": pick(after, KEYS),
        "transaction": done.changes.transaction,
    }
    if not done.result:
        return Reply(
            content, _("{number} keeps no time; nothing was changed.").format(number=number)
        )
    words = ngettext(
        "{count} entry of {number} can be invoiced again.",
        "{count} entries of {number} can be invoiced again.",
        done.result,
    )
    return Reply(content, words.format(count=done.result, number=number))


def pdf(session: Session, asked: Namespace) -> Reply:
    """Write PDFs; what is there already under the name is replaced only when all is written."""
    rows = [asked_records.invoice(session, text) for text in asked.invoice]
    target = Path(asked.to).expanduser() if asked.to is not None else Path()
    if len(rows) == 1 and asked.to and not target.is_dir() and not asked.to.endswith("/"):
        files.check_new(target, force=asked.force, field="to")
        written = [_write_one(session, rows[0], target)]
    else:
        written = _write_many(session, rows, target)
    lines = [_("Wrote {file}.").format(file=visible(str(file))) for file in written]
    return Reply({"files": written}, "\n".join(lines))


def _write_one(session: Session, row: InvoiceRow, file: Path) -> Path:
    from billops_desktop.services.invoices import rendering

    if not file.parent.is_dir():
        raise InvalidInput(
            _("The PDF was not written: there is no folder {folder}.").format(folder=file.parent),
            _("Make it, or name another one after --to."),
            field="to",
        )
    if row.number:
        rendering.keep_pdf(session.workspace, row.id)
    return write_whole(file, rendering.render(session.workspace, row.id))


def _write_many(session: Session, rows: list[InvoiceRow], folder: Path) -> list[Path]:
    from billops_desktop.services.invoices import rendering

    ids = [row.id for row in rows]
    with session.progress(_("Writing PDFs")) as report, session.cancelling() as cancelled:
        files = rendering.export_pdf(
            session.workspace, ids, folder, progress=report, cancelled=cancelled
        )
    return [file.path for file in files]
