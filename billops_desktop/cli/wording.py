"""How rows read in a terminal: work, clocks, days, amounts, states; language of the screen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar
from zoneinfo import ZoneInfo

from billops_desktop.cli.output import visible
from billops_desktop.i18n import Amount, _, format_time

if TYPE_CHECKING:
    from billops_desktop.services.invoices.invoice_rows import InvoiceRow

SHORT_ID = 8
SHORTEST_ENDING = 4
KEYS_OF_INVOICE = (
    "id",
    "kind",
    "state",
    "status",
    "number",
    "client_id",
    "client_name",
    "title",
    "issue_on",
    "due_on",
    "days_late",
    "total",
    "open",
)


class Listed(Protocol):
    """A row of a list: the end of its id names it."""

    @property
    def id(self) -> str:
        """The whole id."""
        ...


Row = TypeVar("Row", bound=Listed)


class Work(Protocol):
    """What is worked on, as entries, recent work and the timer have it."""

    @property
    def description(self) -> str:
        """What was typed."""
        ...

    @property
    def project_name(self) -> str | None:
        """The project's name."""
        ...

    @property
    def client_name(self) -> str | None:
        """The client's name."""
        ...

    @property
    def task_name(self) -> str | None:
        """The task's name."""
        ...


class Numbered(Protocol):
    """A document that has a number once it is issued."""

    @property
    def id(self) -> str:
        """The record's id."""
        ...

    @property
    def number(self) -> str | None:
        """The number, None of a draft."""
        ...


def place_label(row: Work) -> str:
    """Return "Acme/Website, Design" or what of it there is."""
    project = "/".join(filter(None, (row.client_name, row.project_name)))
    return ", ".join(filter(None, (project, row.task_name)))


def work_label(row: Work) -> str:
    """Return the description with its project; what has neither is said to have none."""
    place = place_label(row)
    if row.description and place:
        return visible(f"{row.description} ({place})")
    return visible(row.description or place) or _("work without a description")


def clock_of(moment: datetime, zone: str) -> str:
    """Return the wall time of an instant in the zone it was lived in: 09:15."""
    return format_time(moment.astimezone(ZoneInfo(zone)).time())


def moment_label(moment: datetime, zone: str) -> str:
    """Return the day and the wall time of an instant in a zone: 25 Nov 2026, 09:15."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{day_label(local.date())}, {clock_of(moment, zone)}"


def size_label(size: int) -> str:
    """Return a number of bytes in megabytes, as the language writes them: 12.3 MB."""
    from decimal import Decimal

    from billops_desktop.i18n import format_decimal

    return f"{format_decimal(Decimal(size) / 1_000_000, places=1)} MB"


def day_label(day: date | None) -> str:
    """Return a date as the language writes it, nothing for none."""
    from billops_desktop.i18n import format_date

    return "" if day is None else format_date(day)


def amount_label(amount: Amount) -> str:
    """Return an amount as the language writes it."""
    from billops_desktop.i18n import format_money

    return format_money(amount)


def amounts_label(amounts: Iterable[Amount]) -> str:
    """Return amounts of several currencies beside each other; currencies are never added."""
    return " + ".join(amount_label(amount) for amount in amounts)


def short_id(record_id: str) -> str:
    """Return the end of an id: its beginning is a time that neighbours share."""
    return record_id[-SHORT_ID:]


def ending_so(rows: Iterable[Row], text: str) -> list[Row]:
    """Return the rows whose id is, or ends with, what was typed of it."""
    wanted = text.strip().lower()
    return [row for row in rows if len(wanted) >= SHORTEST_ENDING and row.id.endswith(wanted)]


def count_label(count: int, one: str, many: str) -> str:
    """Return "1 entry" or "3 entries" from both forms of a message."""
    from billops_desktop.i18n import ngettext

    return ngettext(one, many, count).format(count=count)


def invoice_label(row: Numbered) -> str:
    """Return the number, of a draft the end of its id."""
    return row.number or short_id(row.id)


def status_label(status: str) -> str:
    """Return the status of an invoice in words."""
    return {
        "draft": _("draft"),
        "issued": _("open"),
        "part_paid": _("part paid"),
        "paid": _("paid"),
        "overdue": _("overdue"),
        "credited": _("cancelled"),
    }.get(status, status)


def standing_label(row: InvoiceRow) -> str:
    """Return what an invoice or a credit note is, in one word."""
    issued_note = row.kind == "credit_note" and row.number
    return _("credit note") if issued_note else status_label(row.status)


def hint_label(row: InvoiceRow) -> str:
    """Return the hint beside an invoice's due date where it says more than its status."""
    return "" if row.note == standing_label(row) else row.note


def step_of(rule: str) -> str:
    """Name the command that mends what a finding's rule found; nothing where there is none."""
    if rule.startswith("entry "):
        return _("billops invoice edit ID --refresh-time takes the time of the draft again.")
    if rule == "numbers unsure":
        return _(
            "billops config confirm-numbers does so; billops config confirm-numbers 2026-0007 "
            "names a later one."
        )
    return ""
