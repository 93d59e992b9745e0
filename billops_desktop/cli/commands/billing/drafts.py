"""invoice draft, edit and delete-draft: what is done to an invoice before it is issued."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from billops_desktop.cli import asked_records, asking, files
from billops_desktop.cli.commands.billing import draft_charges
from billops_desktop.cli.output import FINDING_KEYS, Reply, pick, visible
from billops_desktop.cli.parsing import Parser, file_path, shorten
from billops_desktop.cli.session import Session
from billops_desktop.cli.wording import (
    KEYS_OF_INVOICE,
    amount_label,
    invoice_label,
)
from billops_desktop.config import declared
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _

if TYPE_CHECKING:
    from billops_desktop.domain.billing.invoice_facts import Finding
    from billops_desktop.services.invoices.invoice_rows import InvoiceRow

GROUPINGS = declared("invoicing.grouping").choices
TEXTS = ("title", "client_reference", "purchase_order", "language", "paper")
PROSE = ("terms", "note", "footer")
DATES = ("issue_on", "due_on", "supply_from", "supply_to")
# What a file says itself.
OTHERS = (
    *("since", "until", "month", "project", "by"),
    *("issue_on", "include_unpriced", "tax", "blank"),
)
LARGEST_DOCUMENT = 50_000_000
SHOWN_KEYS = "{" + ", ".join(KEYS_OF_INVOICE) + "}"


def declare(parser: Parser) -> None:
    """Add draft, edit and delete-draft to the verbs of invoice."""
    _declare_draft(parser)
    editing = parser.verb("edit", edit, _("Change what a draft says around its lines"))
    editing.add_argument("invoice", help=_("The end of the draft's id"))
    for field in (*DATES, *TEXTS, *PROSE):
        option = "--" + field.replace("_", "-")
        metavar = "DAY" if field in DATES else "TEXT"
        editing.add_argument(option, metavar=metavar, help=_label(field))
    editing.add_argument(
        "--refresh-time",
        action="store_true",
        help=_("Take its time and rounding again; what it cannot bill is taken off"),
    )
    editing.add_argument(
        "--take-rates", action="store_true", help=_("Price its time by the rate book of now")
    )
    editing.add_argument("--tax", metavar="TAX", help=_("Tax of all lines: a name, S19, AE"))
    draft_charges.declare(editing)
    editing.examples(
        "billops invoice edit 3f9c21aa --due-on 31.12.2026 --note 'Thank you for your trust.'",
        "billops invoice edit 3f9c21aa --tax S19",
        "billops invoice edit 3f9c21aa --take-rates --refresh-time",
        "billops invoice edit 3f9c21aa --discount '5% Loyal client' --charge '12.50 Courier'",
        keys=f"invoice {SHOWN_KEYS}, findings[]",
    )
    deleting = parser.verb("delete-draft", delete_draft, _("Delete a draft; its time stays free"))
    deleting.add_argument("invoice", help=_("The end of the draft's id"))
    deleting.examples("billops invoice delete-draft 3f9c21aa", keys="deleted, transaction")


def _declare_draft(parser: Parser) -> None:
    drafting = parser.verb("draft", draft, _("Draft an invoice from unbilled time or from a file"))
    source = drafting.add_mutually_exclusive_group(required=True)
    source.add_argument("--client", metavar="CLIENT", help=_("Bill the unbilled time of a client"))
    source.add_argument(
        "--from",
        dest="file",
        metavar="FILE.json",
        type=file_path,
        help=_("Take a document; - reads stdin"),
    )
    drafting.add_argument("--since", metavar="DAY", help=_("First day of the time billed"))
    drafting.add_argument("--until", metavar="DAY", help=_("Last day; without it today"))
    drafting.add_argument("--month", metavar="MONTH", help=_("A whole month: 2026-11"))
    drafting.add_argument(
        "--project", action="append", default=[], metavar="PROJECT", help=_("Only these projects")
    )
    drafting.add_argument("--by", choices=GROUPINGS, help=_("What becomes one line"))
    drafting.add_argument("--issue-on", metavar="DAY", help=_("Date of the invoice"))
    drafting.add_argument(
        "--include-unpriced", action="store_true", help=_("Time without a rate too, at zero")
    )
    drafting.add_argument("--tax", metavar="TAX", help=_("Tax of all lines: a name, S19, AE"))
    drafting.add_argument("--blank", action="store_true", help=_("Without any lines"))
    drafting.examples(
        "billops invoice draft --client Acme --month 2026-11",
        "billops invoice draft --client Acme --since 1.11.2026 --by project",
        "billops invoice draft --from invoice.json",
        keys=f"invoice {SHOWN_KEYS}, findings[]",
    )
    drafting.epilog = f"{drafting.epilog}\n\n{_document_help()}"


def _document_help() -> str:
    """Return the form of FILE.json in short."""
    example = """{"client": "Acme GmbH",
   "issue_on": "2026-11-30", "due_on": "2026-12-14",
   "supply_from": "2026-11-01", "supply_to": "2026-11-30",
   "currency": "EUR", "language": "de", "reference": "PO 4500", "note": "...", "terms": "...",
   "lines": [
     {"description": "Design", "details": "...", "hours": "12:30", "price": "95.00"},
     {"description": "Licence", "quantity": "2", "unit": "C62", "price": "40.00",
      "discount_percent": "10", "tax": "S19"}],
   "charges": [{"kind": "discount", "reason": "Loyalty", "percent": "2", "tax": "S19"}]}"""
    needed = _("Needed are client and lines with description and price. Numbers are texts.")
    who = _("client may be an object too: name, number, street, post_code, city, country, vat_id,")
    return "\n".join(
        [
            _("FILE.json:"),
            f"  {example}",
            needed,
            who,
            _("currency, language; a client that is new is added. tax names a tax of yours, or"),
            _("category and percent (S19, AE)."),
        ]
    )


def _label(field: str) -> str:
    return {
        "issue_on": _("Date of the invoice"),
        "due_on": _("Date it is due"),
        "supply_from": _("First day of the work"),
        "supply_to": _("Last day of the work"),
        "title": _("A name for your lists"),
        "client_reference": _("The client's reference"),
        "purchase_order": _("The client's purchase order"),
        "language": _("Language of the invoice: en, de"),
        "paper": _("A4 or Letter"),
        "terms": _("Terms of payment"),
        "note": _("Note below the lines"),
        "footer": _("Foot of the page"),
    }[field]


def draft(session: Session, asked: Namespace) -> Reply:
    """Draft an invoice."""
    from billops_desktop.services.invoices import invoice_rows, invoicing

    made = _from_file(session, asked) if asked.file is not None else _from_time(session, asked)
    row = session.workspace.read(invoice_rows.row, made)
    found = session.workspace.read(invoicing.findings, made)
    lines = [
        _("Drafted {id} for {client}: {total}.").format(
            id=invoice_label(row), client=visible(row.client_name), total=amount_label(row.total)
        )
    ]
    lines += [f"- {visible(finding.message)}" for finding in found]
    lines.append(_("billops invoice issue {id} gives it its number.").format(id=invoice_label(row)))
    return _drafted(row, found, lines)


def _drafted(row: InvoiceRow, findings: Sequence[Finding], lines: Sequence[str]) -> Reply:
    """Answer with a draft and what is still to be mended on it."""
    content = {
        "invoice": pick(row, KEYS_OF_INVOICE),
        "findings": [pick(one, FINDING_KEYS) for one in findings],
    }
    return Reply(content, "\n".join(lines))


def _from_time(session: Session, asked: Namespace) -> str:
    from billops_desktop.services.drafts import drafting
    from billops_desktop.services.profile import settings

    client = asked_records.client_id(session, asked.client)
    issue_on = (
        asking.day(session, asked.issue_on, "issue_on") if asked.issue_on is not None else None
    )
    if asked.blank:
        if asked.tax is not None:
            raise InvalidInput(
                _("Nothing was drafted. --tax does not go with --blank."),
                _("A blank draft has no lines yet."),
                field="tax",
            )
        return session.workspace.execute(drafting.draft_blank, client, issue_on=issue_on)
    first, last = _period(session, asked)
    request = drafting.DraftRequest(
        client_id=client,
        from_on=first,
        to_on=last,
        grouping=asked.by or str(session.workspace.read(settings.preference, "invoicing.grouping")),
        project_ids=tuple(asked_records.project_id(session, name) for name in asked.project),
        issue_on=issue_on,
        include_unpriced=asked.include_unpriced,
        tax=asked.tax or "",
    )
    return session.workspace.execute(drafting.draft_from_time, request)


def _period(session: Session, asked: Namespace) -> tuple[date | None, date]:
    if asked.month is not None:
        if asked.since or asked.until:
            raise InvalidInput(
                _("Nothing was drafted. --month does not go with --since or --until."),
                _("Name either the month or its days."),
                field="month",
            )
        whole = asking.month(session, asked.month)
        return whole.first, whole.last
    return asking.since_until(session, asked)


def _from_file(session: Session, asked: Namespace) -> str:
    from billops_desktop.services.drafts import drafting

    for name in OTHERS:
        if getattr(asked, name):
            option = "--" + name.replace("_", "-")
            raise InvalidInput(
                _("Nothing was drafted. {option} does not go with --from.").format(option=option),
                _("The file says all that is drafted."),
                field=name,
            )
    return session.workspace.execute(drafting.draft_from_document, read_document(asked.file))


def read_document(name: str) -> dict[str, Any]:
    """Return the JSON object of a file, or of stdin for "-"; numbers stay as they are written."""
    from json import JSONDecodeError

    from billops_desktop.cli.json_words import read_json

    source = _("the input") if name == "-" else shorten(name)
    try:
        if name == "-" and sys.stdin is None:
            raw = b""  # a script that closed it: no JSON, and said so
        elif name == "-":
            raw = sys.stdin.buffer.read(LARGEST_DOCUMENT + 1)
        else:
            raw = files.read_file(Path(name).expanduser(), LARGEST_DOCUMENT)
        if len(raw) > LARGEST_DOCUMENT:
            raise InvalidInput(
                _("Nothing was drafted: {source} is larger than 50 MB.").format(source=source),
                _("An invoice has at most 10,000 lines."),
                field="from",
            )
        found = read_json(raw.decode("utf-8-sig"), source)
    except (ValueError, RecursionError) as fault:
        where = f" {fault}" if isinstance(fault, JSONDecodeError) else ""
        raise InvalidInput(
            _("Nothing was drafted: {source} is not JSON.").format(source=source) + where,
            _("billops invoice draft --help shows the form."),
            field="from",
        ) from None
    if not isinstance(found, dict):
        raise InvalidInput(
            _("Nothing was drafted: {source} is not a JSON object.").format(source=source),
            _("billops invoice draft --help shows the form."),
            field="from",
        )
    return found


def edit(session: Session, asked: Namespace) -> Reply:
    """Change what a draft says around its lines, or take time and rates anew; all or nothing."""
    from billops_desktop.services.drafts import draft_steps, drafting
    from billops_desktop.services.invoices import invoice_rows, invoicing

    fields = _edited_fields(session, asked)
    charging = asked.discount or asked.charge or asked.charge_tax is not None or asked.no_charges
    if not (fields or charging or asked.refresh_time or asked.take_rates):
        raise InvalidInput(
            _("Nothing was changed: no field was named."),
            _("billops invoice edit --help lists them."),
        )
    found = asked_records.invoice(session, asked.invoice)
    steps = draft_steps.DraftSteps(
        take_rates=asked.take_rates,
        refresh_time=asked.refresh_time,
        without_charges=asked.no_charges,
        charges=draft_charges.read(asked, found.total.currency),
        charge_tax=asked.charge_tax or "",
        edit=drafting.DraftEdit(**fields),
    )
    session.workspace.execute(draft_steps.take_steps, found.id, steps)
    row = session.workspace.read(invoice_rows.row, found.id)
    left = session.workspace.read(invoicing.findings, found.id)
    text = _("Changed {id}: {total}.").format(id=invoice_label(row), total=amount_label(row.total))
    return _drafted(row, left, [text, *(f"- {visible(one.message)}" for one in left)])


def _edited_fields(session: Session, asked: Namespace) -> dict[str, Any]:
    """Return the header fields that were named; an empty date takes one away."""
    fields: dict[str, Any] = {
        name: getattr(asked, name) for name in (*TEXTS, *PROSE) if getattr(asked, name) is not None
    }
    for name in DATES:
        typed = getattr(asked, name)
        if typed is not None:
            fields[name] = asking.day(session, typed, name) if typed else None
    if asked.tax is not None:
        fields["tax"] = asked.tax
    return fields


def delete_draft(session: Session, asked: Namespace) -> Reply:
    """Delete a draft."""
    from billops_desktop.services.drafts import drafting

    found = asked_records.invoice(session, asked.invoice)
    done = session.workspace.perform(drafting.delete_draft, found.id)
    text = _("Deleted the draft for {client}. billops entries undo brings it back.").format(
        client=visible(found.client_name)
    )
    return Reply({"deleted": found.id, "transaction": done.changes.transaction}, text)
