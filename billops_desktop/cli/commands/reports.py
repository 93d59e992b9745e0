"""report: unbilled time by client, and the time and worth of a day, a week or a month."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from billops_desktop.cli import asked_records, asking
from billops_desktop.cli.output import Column, Reply, Table, hours, pick, visible
from billops_desktop.cli.parsing import Parser
from billops_desktop.cli.session import Session
from billops_desktop.cli.wording import amount_label, amounts_label, day_label
from billops_desktop.i18n import _

if TYPE_CHECKING:
    from billops_desktop.services.reports import Report

UNBILLED_KEYS = (
    "client_id",
    "client_name",
    "projects",
    "first_on",
    "last_on",
    "entry_count",
    "seconds",
    "net",
    "total",
    "checks",
)
ROW_KEYS = ("on", "name", "client_name", "seconds", "billable_seconds", "values")
SUM_KEYS = ("from_on", "to_on", "seconds", "billable_seconds", "values")
WAYS = ("day", "week", "month", "project", "client")
USUAL = {"day": "project", "week": "day", "month": "project"}


def declare(parser: Parser, _name: str) -> None:
    """Add unbilled, day, week and month."""
    unbilled = parser.verb("unbilled", report_unbilled, _("What can be invoiced, by client"))
    unbilled.add_argument("--until", metavar="DAY", help=_("Last day; without it today"))
    unbilled.add_argument("--since", metavar="DAY", help=_("First day"))
    unbilled.add_argument("--client", metavar="CLIENT", help=_("Only this client"))
    unbilled.examples(
        "billops report unbilled --until 30.11.2026",
        keys="clients[] {" + ", ".join(UNBILLED_KEYS) + "}",
    )
    for verb, summary in (
        ("day", _("The time of a day, by project")),
        ("week", _("The time of a week, by day")),
        ("month", _("The time of a month, by project")),
    ):
        one = parser.verb(verb, report_period, summary)
        one.add_argument("on", nargs="?", metavar="DAY", help=_("A day in it; without it today"))
        one.add_argument("--by", choices=WAYS, default=USUAL[verb], help=_("What is summed"))
        one.examples(
            f"billops report {verb}",
            f"billops report {verb} 2026-11-02 --by client",
            keys=", ".join(SUM_KEYS) + ", rows[] {" + ", ".join(ROW_KEYS) + "}",
        )


def report_unbilled(session: Session, asked: Namespace) -> Reply:
    """Show the unbilled time of each client."""
    from billops_desktop.services.drafts import unbilled

    first, last = asking.since_until(session, asked)
    rows = session.workspace.read(
        unbilled.unbilled,
        from_on=first,
        to_on=last,
        client_id=asked_records.chosen_client(session, asked),
    )
    content = {"clients": [pick(row, UNBILLED_KEYS) for row in rows]}
    if not rows:
        return Reply(content, _("All time is invoiced, or not billable."))
    table = Table(
        [
            Column(_("Client")),
            Column(_("From")),
            Column(_("To")),
            Column(_("Time"), right=True),
            Column(_("Net"), right=True),
            Column(_("With tax"), right=True),
            Column(_("Projects")),
        ]
    )
    for row in rows:
        table.add(
            row.client_name,
            day_label(row.first_on),
            day_label(row.last_on),
            hours(row.seconds),
            amount_label(row.net),
            amount_label(row.total),
            ", ".join(row.projects),
        )
    checks = [f"- {visible(row.client_name)}: {visible(c)}" for row in rows for c in row.checks]
    return Reply(content, "\n".join([table.text(session.width()), *checks]))


def report_period(session: Session, asked: Namespace) -> Reply:
    """Show the time and worth of the period around a day."""
    from billops_desktop.domain.periods import month_of
    from billops_desktop.services import reports

    on = asking.day(session, asked.on, "on", past=True) if asked.on is not None else session.today()
    days = asking.Period(on, on)
    if asked.verb == "week":
        days = asking.week(session, asked.on)
    elif asked.verb == "month":
        days = asking.Period(*month_of(on))
    found = session.workspace.read(reports.report, from_on=days.first, to_on=days.last, by=asked.by)
    content = pick(found, SUM_KEYS) | {"rows": [pick(row, ROW_KEYS) for row in found.rows]}
    if not found.rows:
        return Reply(content, _("No time in this period."))
    return Reply(content, _text(session, found))


def _text(session: Session, found: Report) -> str:
    from billops_desktop.i18n import format_period

    table = Table(
        [
            Column(_("What")),
            Column(_("Time"), right=True),
            Column(_("Billable"), right=True),
            Column(_("Value"), right=True),
        ]
    )
    for row in found.rows:
        name = "/".join(filter(None, (row.client_name, row.name))) or _("without a project")
        table.add(
            name if row.on is None else day_label(row.on),
            hours(row.seconds),
            hours(row.billable_seconds),
            amounts_label(row.values),
        )
    table.add(
        _("Sum"),
        hours(found.seconds),
        hours(found.billable_seconds),
        amounts_label(found.values),
    )
    return f"{format_period(found.from_on, found.to_on)}\n\n{table.text(session.width())}"
