"""log and entries: past work added, listed, edited, deleted, and the last change undone."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from billops_desktop.cli import asked_records, asking
from billops_desktop.cli.asked_span import span
from billops_desktop.cli.commands.timer import declare_work
from billops_desktop.cli.output import Column, Reply, Table, hours, pick, visible
from billops_desktop.cli.parsing import Parser
from billops_desktop.cli.session import Session
from billops_desktop.cli.wording import (
    amount_label,
    amounts_label,
    clock_of,
    count_label,
    day_label,
    place_label,
    short_id,
    work_label,
)
from billops_desktop.errors import InvalidInput, NotFound
from billops_desktop.i18n import N_, _

if TYPE_CHECKING:
    from billops_desktop.services.tracking import EntryEdit, EntryRow

KEYS = (
    "id",
    "description",
    "project_id",
    "project_name",
    "client_id",
    "client_name",
    "task_id",
    "task_name",
    "started_at",
    "ended_at",
    "zone",
    "local_on",
    "seconds",
    "break_seconds",
    "billable",
    "value",
    "locked_by",
    "overlaps",
    "needs_check",
    "source",
)
SHOWN_KEYS = "{" + ", ".join(KEYS) + "}"
LISTED_DAYS = 7


def declare(parser: Parser, name: str) -> None:
    """Add what log and entries take."""
    if name == "log":
        _declare_log(parser)
        return
    _declare_list(parser)
    _declare_edit(parser)
    deleting = parser.verb("delete", delete, _("Delete entries; undo brings them back"))
    deleting.add_argument("entry", nargs="+", help=_("End of the entry's id"))
    deleting.examples("billops entries delete 3f9c21aa", keys="deleted, transaction")
    undoing = parser.verb("undo", undo, _("Take the last change back, each time one more"))
    undoing.add_argument("transaction", nargs="?", help=_("As an earlier answer named it"))
    undoing.examples("billops entries undo", keys="undone")
    redoing = parser.verb("redo", redo, _("Do again what undo took back last"))
    redoing.examples("billops entries redo", keys="redone")


def _declare_log(parser: Parser) -> None:
    declare_work(parser)
    parser.add_argument("--on", metavar="DAY", help=_("Day of the start; without it today"))
    parser.add_argument("--from", dest="start", metavar="TIME", help=_("When it started"))
    parser.add_argument("--to", dest="end", metavar="TIME", help=_("When it ended"))
    parser.add_argument("--duration", metavar="LENGTH", help=_("How long: 1h30, 1:30, 90m"))
    parser.add_argument("--break", dest="pause", metavar="LENGTH", help=_("Pause within it"))
    parser.set_defaults(run=log)
    parser.examples(
        'billops log "Workshop" --project Acme/Website --on yesterday --from 9:00 --to 11:00',
        'billops log "Call" --project Website --duration 0:20',
        keys=f"entry {SHOWN_KEYS}, warnings, transaction",
    )


def _declare_list(parser: Parser) -> None:
    listing = parser.verb("list", list_entries, _("List entries, by default of the last 7 days"))
    asking.declare_period(listing)
    listing.add_argument("--client", metavar="CLIENT", help=_("Only work for this client"))
    listing.add_argument("--project", metavar="PROJECT", help=_("Only this project"))
    listing.add_argument("--text", default="", help=_("Only what contains these words"))
    listing.examples(
        "billops entries list --month 2026-11 --client Acme",
        "billops entries list --on today --json",
        keys=f"from, to, seconds, values[], entries[] {SHOWN_KEYS}",
    )


def _declare_edit(parser: Parser) -> None:
    editing = parser.verb("edit", edit, _("Change an entry; what is not named stays"))
    editing.add_argument("entry", help=_("End of the entry's id"))
    editing.add_argument("--description", metavar="TEXT", help=_("What was done"))
    editing.add_argument("--project", metavar="PROJECT", help=_("Move it; '' takes it away"))
    editing.add_argument("--task", metavar="TASK", help=_("Its task; '' takes it away"))
    editing.add_argument("--from", dest="start", metavar="TIME", help=_("New start"))
    editing.add_argument("--to", dest="end", metavar="TIME", help=_("New end"))
    editing.add_argument("--break", dest="pause", metavar="LENGTH", help=_("Pause within it"))
    editing.add_argument("--rate", metavar="PRICE", help=_("Price an hour; '' asks the rate book"))
    billed = editing.add_mutually_exclusive_group()
    billed.add_argument("--billable", action="store_true", default=None, help=_("Charge it"))
    billed.add_argument(
        "--no-billable", dest="billable", action="store_false", help=_("Do not charge it")
    )
    editing.examples(
        'billops entries edit 3f9c21aa --description "Review" --to 11:30',
        keys=f"entry {SHOWN_KEYS}, warnings, transaction",
    )


def log(session: Session, asked: Namespace) -> Reply:
    """Add an entry for work that is already done."""
    from billops_desktop.services import tracking

    started_at, ended_at = span(session, asked)
    project, task = asked_records.project_and_task(session, asked)
    new = tracking.NewEntry(
        started_at=started_at,
        ended_at=ended_at,
        project_id=project,
        task_id=task,
        description=asked.description,
        billable=asked.billable,
        break_seconds=asking.duration(asked.pause) if asked.pause is not None else 0,
    )
    done = session.workspace.perform(tracking.add, new)
    return _kept(
        session, done.result, done.changes.transaction, N_("Logged {work}, {hours} on {day}.")
    )


def edit(session: Session, asked: Namespace) -> Reply:
    """Change the named fields of one entry."""
    from billops_desktop.services import tracking

    found = asked_records.entry_id(session, asked.entry)
    before = session.workspace.read(tracking.entry, found)
    done = session.workspace.perform(tracking.edit, found, _edit_of(session, asked, before))
    return _kept(
        session, done.result, done.changes.transaction, N_("Changed {work}, {hours} on {day}.")
    )


def _edit_of(session: Session, asked: Namespace, before: EntryRow) -> EntryEdit:
    """Return the fields that were typed; times without a day stay on the entry's own day."""
    from billops_desktop.services.tracking import EntryEdit

    fields = _place_of(session, asked, before)
    if asked.description is not None:
        fields["description"] = asked.description
    if asked.start is not None:
        fields["started_at"] = _moved_to(session, asked.start, "from", before)
    if asked.end is not None:
        fields["ended_at"] = _moved_to(session, asked.end, "to", before)
    if asked.pause is not None:
        fields["break_seconds"] = asking.duration(asked.pause)
    if asked.billable is not None:
        fields["billable"] = asked.billable
    if asked.rate is not None:
        fields["rate"] = asking.price(asked.rate, "rate") if asked.rate else None
    if not fields:
        raise InvalidInput(
            _("Nothing was changed: no field was named."),
            _("billops entries edit --help lists them."),
        )
    return EntryEdit(**fields)  # type: ignore[arg-type]  # each key above is set with its own type


def _place_of(session: Session, asked: Namespace, before: EntryRow) -> dict[str, object]:
    """Return the project and the task that were typed; '' takes them away."""
    typed = Namespace(project=asked.project or None, task=asked.task or None)
    project, task = asked_records.project_and_task(session, typed, within=before.project_id)
    fields: dict[str, object] = {}
    if asked.project is not None:
        fields["project_id"] = project
    if asked.task is not None:
        fields["task_id"] = task
    return fields


def _moved_to(session: Session, text: str, field: str, before: EntryRow) -> datetime:
    """Return the new start or end; a time alone stays on the day of the old one."""
    old = before.ended_at if field == "to" and before.ended_at else before.started_at
    day = old.astimezone(ZoneInfo(before.zone)).date()
    return asking.instant(session, text, field, on=day, zone=before.zone)


def _kept(session: Session, row: EntryRow, transaction: str, words: str) -> Reply:
    from billops_desktop.services import tracking

    odd = session.workspace.read(tracking.warnings, row)
    line = _(words).format(
        work=work_label(row), hours=hours(row.seconds or 0), day=day_label(row.local_on)
    )
    text = "\n".join([line, *(visible(warning) for warning in odd)])
    content = {"entry": pick(row, KEYS), "warnings": odd, "transaction": transaction}
    return Reply(content, text)


def list_entries(session: Session, asked: Namespace) -> Reply:
    """List the entries of a period, newest first."""
    from billops_desktop.services import tracking
    from billops_desktop.services.entries.entry_rows import sums

    today = session.today()
    default = asking.Period(today - timedelta(days=LISTED_DAYS - 1), today)
    days = asking.period(session, asked, default=default)
    rows = session.workspace.read(
        tracking.entries,
        from_on=days.first,
        to_on=days.last,
        client_id=asked_records.chosen_client(session, asked),
        project_id=asked_records.chosen_project(session, asked),
        text=asked.text,
    )
    seconds = sum(row.seconds_at(session.clock.now()) for row in rows)
    values = sums(row.value for row in rows)
    content = {
        "from": days.first,
        "to": days.last,
        "seconds": seconds,
        "values": values,
        "entries": [pick(row, KEYS) for row in rows],
    }
    if not rows:
        return Reply(content, _("No entries in this time. billops start begins one."))
    total = _("{count}, {hours}").format(
        count=count_label(len(rows), "{count} entry", "{count} entries"),
        hours=hours(seconds),
    )
    worth = f", {amounts_label(values)}" if values else ""
    return Reply(content, f"{_table(session, rows)}\n\n{total}{worth}")


def _table(session: Session, rows: tuple[EntryRow, ...]) -> str:
    table = Table(
        [
            Column(_("Id")),
            Column(_("Day")),
            Column(_("From")),
            Column(_("To")),
            Column(_("Time"), right=True),
            Column(_("Value"), right=True),
            Column(_("Project")),
            Column(_("Description")),
            Column(""),
        ]
    )
    now = session.clock.now()
    for row in rows:
        table.add(
            short_id(row.id),
            day_label(row.local_on),
            clock_of(row.started_at, row.zone),
            _("runs") if row.ended_at is None else clock_of(row.ended_at, row.zone),
            hours(row.seconds_at(now)),
            "" if row.value is None else amount_label(row.value),
            place_label(row),
            row.description,
            _marks(row),
        )
    return table.text(session.width())


def _marks(row: EntryRow) -> str:
    marks = []
    if row.locked_by:
        marks.append(_("invoice {number}").format(number=row.locked_by))
    if not row.billable:
        marks.append(_("not billable"))
    if row.overlaps:
        marks.append(_("overlaps"))
    if row.needs_check:
        marks.append(_("to check"))
    return ", ".join(marks)


def delete(session: Session, asked: Namespace) -> Reply:
    """Delete entries, all or none."""
    from billops_desktop.services import tracking

    ids = [asked_records.entry_id(session, text) for text in asked.entry]
    done = session.workspace.perform(tracking.delete, ids)
    text = _("{count} deleted. billops entries undo brings back what was deleted.").format(
        count=count_label(done.result, "{count} entry", "{count} entries")
    )
    return Reply({"deleted": done.result, "transaction": done.changes.transaction}, text)


def undo(session: Session, asked: Namespace) -> Reply:
    """Take back the last change that was made here, or the one named."""
    from billops_desktop.services.upkeep import history

    transaction = asked.transaction or session.workspace.read(history.latest_transaction)
    if transaction is None:
        raise NotFound(
            _("There is nothing to undo."), _("Only changes made on this computer are listed.")
        )
    what = session.workspace.execute(history.undo, transaction)
    return Reply({"undone": what}, _("Undone: {what}.").format(what=visible(what)))


def redo(session: Session, _asked: Namespace) -> Reply:
    """Do again what was taken back last."""
    from billops_desktop.services.upkeep import history, undone

    transaction = session.workspace.read(undone.last_undone)
    if transaction is None:
        raise NotFound(
            _("There is nothing to do again."), _("billops entries undo takes a change back.")
        )
    what = session.workspace.execute(history.undo, transaction)
    return Reply(
        {"redone": what}, _("Done again. Taken back was: {what}.").format(what=visible(what))
    )
