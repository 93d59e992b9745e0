"""What the words of a command mean: days, instants, lengths, amounts, and which record."""

from __future__ import annotations

import os
from argparse import Namespace
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from billops_desktop.cli.parsing import Parser, shorten
from billops_desktop.cli.session import Session
from billops_desktop.errors import InvalidInput, NotFound
from billops_desktop.i18n import _

if TYPE_CHECKING:
    from billops_desktop.domain.money import Money
    from billops_desktop.services.invoices.invoice_rows import InvoiceRow


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` to ``last``, both included."""

    first: date
    last: date


FOREVER = Period(date.min, date.max)


def declare_period(parser: Parser) -> None:
    """Add the options by which a command is told its days."""
    parser.add_argument("--from", dest="first", metavar="DAY", help=_("First day"))
    parser.add_argument("--to", dest="last", metavar="DAY", help=_("Last day"))
    whole = parser.add_mutually_exclusive_group()
    whole.add_argument("--on", metavar="DAY", help=_("One day: today, yesterday, 25.11.2026"))
    whole.add_argument("--week", metavar="DAY", help=_("The week of this day"))
    whole.add_argument("--month", metavar="MONTH", help=_("A month as 2026-11, or one of its days"))


def period(session: Session, asked: Namespace, *, default: Period) -> Period:
    """Return the days asked for; ends that are not named are those of ``default``."""
    whole = _whole_period(session, asked)
    if whole is not None:
        if asked.first is not None or asked.last is not None:
            raise InvalidInput(
                _("Nothing was done. --from and --to do not go with --on, --week or --month."),
                _("Name either both ends or the whole."),
                field="from",
            )
        return whole
    first = day(session, asked.first, "from") if asked.first is not None else default.first
    last = day(session, asked.last, "to") if asked.last is not None else max(default.last, first)
    if last < first:
        raise InvalidInput(
            _("Nothing was done. The period ends before it starts."),
            _("Name the earlier day after --from."),
            field="to",
        )
    return Period(first, last)


def _whole_period(session: Session, asked: Namespace) -> Period | None:
    if asked.on is not None:
        chosen = day(session, asked.on, "on")
        return Period(chosen, chosen)
    if asked.week is not None:
        return week(session, asked.week)
    return month(session, asked.month) if asked.month is not None else None


def week(session: Session, text: str | None) -> Period:
    """Return the workspace's week around a day, by default around today."""
    from billops_desktop.domain.periods import week_of
    from billops_desktop.services.profile import settings

    on = day(session, text, "week") if text else session.today()
    return Period(*week_of(on, session.workspace.read(settings.workspace_row).first_weekday))


def month(session: Session, text: str) -> Period:
    """Return the days of the month that "2026-11", or any day of it, names."""
    from billops_desktop.domain.periods import month_of

    year, dash, number = text.partition("-")
    whole = dash and len(year) == 4 and len(number) == 2
    return Period(*month_of(day(session, f"{text}-01" if whole else text, "month")))


def day(session: Session, text: str, field: str) -> date:
    """Return the day that ``text`` names; InvalidInput says what a day looks like."""
    from billops_desktop.domain.typed_dates import read_date

    today = session.clock.now().astimezone(ZoneInfo(session.clock.zone())).date()
    with _named(field):
        return read_date(text, today=today)


def instant(
    session: Session, text: str, field: str, *, on: date | None = None, zone: str | None = None
) -> datetime:
    """Return the instant meant by "9:15", "yesterday 9:15" or an ISO time with its offset.

    A time without a day is one of ``on``, by default of today; ``zone`` is by default the user's.
    """
    from billops_desktop.domain.periods import TimeOccursTwice, local_to_utc
    from billops_desktop.domain.typed import read_time

    exact = _iso_with_offset(text)
    if exact is not None:
        return exact
    named, clock = _day_and_time(text)
    chosen = day(session, named, field) if named else on or session.today()
    place = zone or session.clock.zone()
    with _named(field):
        try:
            return local_to_utc(chosen, read_time(clock), place)
        except TimeOccursTwice as twice:
            twice.hint = _("Type which one is meant: {first} or {second}.").format(
                first=_with_offset(twice.first, place), second=_with_offset(twice.second, place)
            )
            raise


def past(session: Session, text: str) -> datetime:
    """Return the instant of the timer that --at names: a time of the calendar day it is now."""
    zone = session.clock.zone()
    return instant(session, text, "at", on=session.clock.now().astimezone(ZoneInfo(zone)).date())


def _day_and_time(text: str) -> tuple[str, str]:
    """Split "yesterday 9:15 pm" before its time."""
    words = text.replace("T", " ", 1).split() if text[:1].isdigit() else text.split()
    last = -2 if len(words) > 1 and words[-1].casefold() in {"am", "pm"} else -1
    return " ".join(words[:last]), " ".join(words[last:])


def _with_offset(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes")


def _iso_with_offset(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def span(session: Session, asked: Namespace) -> tuple[datetime, datetime]:
    """Return start and end of past work: two times, or one of them and a length.

    An end that lies before the start belongs to the next day: 23:15 to 00:30.
    """
    on = day(session, asked.on, "on") if asked.on is not None else session.today()
    length = duration(asked.duration) if asked.duration is not None else None
    start = instant(session, asked.start, "from", on=on) if asked.start is not None else None
    end = instant(session, asked.end, "to", on=on) if asked.end is not None else None
    if start is not None and end is not None and length is None:
        if end < start:
            end = instant(session, asked.end, "to", on=on + timedelta(days=1))
        return start, end
    if length is not None and start is not None and end is None:
        return start, start + timedelta(seconds=length)
    if length is not None and start is None:
        ended = end or (session.clock.now() if not asked.on else None)
        if ended is not None:
            return ended - timedelta(seconds=length), ended
    raise InvalidInput(
        _("Nothing was logged. Two of --from, --to and --duration say when it was."),
        _("For example: --on yesterday --from 9:00 --duration 1h30"),
        field="from",
    )


def duration(text: str, field: str = "duration") -> int:
    """Return the seconds that "1h30", "1:30" or "90m" mean."""
    from billops_desktop.domain.typed import read_duration

    with _named(field):
        return read_duration(text)


def money(text: str, currency: str, field: str = "amount") -> Money:
    """Return the amount typed, in ``currency``; a currency typed with it must be the same."""
    from billops_desktop.domain.typed import read_money

    amount = text.strip()
    head, _space, tail = amount.rpartition(" ")
    if head and tail.isalpha():
        if tail.upper() != currency:
            raise InvalidInput(
                _("Nothing was done. {typed} is not in {currency}.").format(
                    typed=shorten(text), currency=currency
                ),
                _("Currencies are not converted: type the amount in {currency}.").format(
                    currency=currency
                ),
                field=field,
            )
        amount = head
    with _named(field):
        return read_money(amount, currency)


def price(text: str, field: str = "price") -> Decimal:
    """Return the price typed: any number of places that the rate book keeps."""
    from billops_desktop.domain.typed import read_decimal

    with _named(field):
        return read_decimal(text)


def project_id(session: Session, text: str) -> str:
    """Return the id of the project named "Client/Project", "Project" or by its id.

    The part before the slash may be all by which the client is known: Acme for Acme GmbH.
    """
    from billops_desktop.services.directory import projects

    client, slash, name = text.partition("/")
    with _named("project"):
        try:
            return session.workspace.read(projects.find, text).id
        except NotFound as missing:
            if not slash or not client.strip():
                raise
            owner = client_id(session, client)
            rows = [
                row
                for archived in (False, True)
                for row in session.workspace.read(
                    projects.projects, archived=archived, client_id=owner
                )
            ]
            wanted = name.strip().casefold()
            found = [row for row in rows if row.name.casefold() == wanted]
            if len(found) != 1:
                raise missing from None
    return found[0].id


def client_id(session: Session, text: str) -> str:
    """Return the id of the client with this name, number or id."""
    from billops_desktop.services.directory import clients

    with _named("client"):
        return session.workspace.read(clients.find, text).id


def place(
    session: Session, asked: Namespace, *, within: str | None = None
) -> tuple[str | None, str | None]:
    """Return the ids of the project and the task that were named, None where none was.

    A task named without a project is looked for ``within`` this one.
    """
    project = project_id(session, asked.project) if asked.project is not None else None
    if asked.task is None:
        return project, None
    from billops_desktop.services.directory import projects

    owner = within if asked.project is None else project
    with _named("task"):
        return project, session.workspace.read(projects.find_task, asked.task, owner).id


def entry_id(session: Session, text: str) -> str:
    """Return the id of the entry whose id is, or ends with, what was typed."""
    from billops_desktop.services.entries import entry_lookup

    with _named("entry"):
        return session.workspace.read(entry_lookup.by_ending, text)


def currency_of(session: Session, client: str | None, project: str | None) -> str:
    """Return the currency in which a client or a project is charged, else the base currency."""
    from billops_desktop.services.directory import clients, projects
    from billops_desktop.services.profile import settings

    if project is not None:
        return session.workspace.read(projects.project, project).currency
    if client is not None:
        return session.workspace.read(clients.client, client).currency
    return session.workspace.read(settings.workspace_row).base_currency


def invoice(session: Session, text: str) -> InvoiceRow:
    """Return the invoice with this number or id, or the draft whose id ends so."""
    from billops_desktop.services.invoices import invoice_rows

    wanted = text.strip()
    with _named("invoice"):
        try:
            return session.workspace.read(invoice_rows.by_number, wanted)
        except NotFound:
            drafts = session.workspace.read(invoice_rows.invoices, tab="drafts", limit=100_000)
        found = [row for row in drafts.rows if len(wanted) > 3 and row.id.endswith(wanted.lower())]
        if len(found) != 1:
            raise _no_invoice(wanted, several=bool(found))
    return found[0]


def _no_invoice(text: str, *, several: bool) -> InvalidInput:
    hint = _("billops invoice list shows numbers, and ids of drafts.")
    if several:
        title = _("More than one draft ends with {text}.").format(text=shorten(text))
        return InvalidInput(title, hint, field="invoice")
    title = _("There is no invoice {text}.").format(text=shorten(text))
    return NotFound(title, hint, field="invoice")


def read_file(file: Path, largest: int) -> bytes:
    """Return the bytes of a regular file; InvalidInput for what is none, missing or too large."""
    if not file.is_file():
        reason = _("it is no file") if file.exists() else _("it does not exist")
        raise InvalidInput(
            _("{file} was not read: {reason}.").format(file=file, reason=reason),
            _("Nothing was written. Name another file."),
            field="file",
        )
    with file.open("rb") as opened:
        return opened.read(largest + 1)


def write_whole(file: Path, content: bytes) -> Path:
    """Write a file whole or not at all, over an older one of its name; return it."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return file


class _named:  # noqa: N801 - reads as a word where it is used
    """Give a fault the name of the option in which its cause was typed."""

    def __init__(self, field: str) -> None:
        self.field = field

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, failure: BaseException | None, _trace: object) -> None:
        if isinstance(failure, InvalidInput):
            failure.field = self.field
