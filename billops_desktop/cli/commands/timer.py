"""start, stop, switch and resume: the running timer."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from billops_desktop.cli import asked_records, asking
from billops_desktop.cli.output import Reply, hours, pick
from billops_desktop.cli.parsing import Parser
from billops_desktop.cli.session import Session
from billops_desktop.cli.wording import clock_of, work_label
from billops_desktop.i18n import _

if TYPE_CHECKING:
    from billops_desktop.services.stopwatch import TimerRow
    from billops_desktop.services.tracking import EntryRow

    Timed = TimerRow | EntryRow

KEYS = (
    "id",
    "description",
    "project_id",
    "project_name",
    "client_name",
    "task_id",
    "task_name",
    "started_at",
    "ended_at",
    "zone",
    "seconds",
    "billable",
    "needs_check",
)
SHOWN_KEYS = "{" + ", ".join(KEYS) + "}"


def declare(parser: Parser, name: str) -> None:
    """Add what start, stop, switch and resume take."""
    if name in {"start", "switch"}:
        declare_work(parser)
        parser.add_argument("--at", metavar="TIME", help=_("Since when: 9:15, yesterday 16:00"))
        parser.set_defaults(run=start)
        parser.examples(
            f'billops {name} "Sprint review" --project Acme/Website',
            f"billops {name} --project Website --task Design --at 9:15",
            keys=_("started {keys}, stopped (the entry that ended, or null)").format(
                keys=SHOWN_KEYS
            ),
        )
    elif name == "stop":
        parser.add_argument("--at", metavar="TIME", help=_("When it ended: 17:30"))
        parser.set_defaults(run=stop)
        parser.examples("billops stop", "billops stop --at 17:30", keys=f"stopped {SHOWN_KEYS}")
    else:
        parser.add_argument("entry", nargs="?", help=_("End of an entry's id; else the latest"))
        parser.set_defaults(run=resume)
        parser.examples("billops resume", "billops resume 3f9c21", keys="started, stopped")


def declare_work(parser: Parser) -> None:
    """Add the options that say what is worked on."""
    parser.add_argument("description", nargs="?", default="", help=_("What you work on"))
    parser.add_argument("--project", metavar="PROJECT", help=_("As Client/Project or its name"))
    parser.add_argument("--task", metavar="TASK", help=_("A task of the project"))
    billed = parser.add_mutually_exclusive_group()
    billed.add_argument(
        "--billable", action="store_true", default=None, help=_("Charge it, whatever the project")
    )
    billed.add_argument(
        "--no-billable", dest="billable", action="store_false", help=_("Do not charge it")
    )


def start(session: Session, asked: Namespace) -> Reply:
    """Start the timer; what ran ends in the same second."""
    return _start_at_once(session, asked) or _start_by_the_book(session, asked)


def _start_at_once(session: Session, asked: Namespace) -> Reply | None:
    """Start without waiting for SQLAlchemy where the work is named plainly, else None."""
    from billops_desktop.services.stopwatch import stopwatch

    at = asking.timer_instant(session, asked.at)
    with stopwatch(session.profile, session.clock) as watch:
        place = None if watch is None else watch.place(asked.project, asked.task)
        if watch is None or place is None:
            return None
        started, ended = watch.start(place, asked.description, billable=asked.billable, at=at)
        session.speak(watch.language())
    return _started(started, ended)


def _start_by_the_book(session: Session, asked: Namespace) -> Reply:
    from billops_desktop.services import tracking

    at = asking.timer_instant(session, asked.at)
    before = session.workspace.read(tracking.running)
    project, task = asked_records.project_and_task(session, asked)
    row = session.workspace.execute(
        tracking.start,
        project_id=project,
        task_id=task,
        description=asked.description,
        billable=asked.billable,
        at=at,
    )
    return _started(row, _ended(session, row, before))


def resume(session: Session, asked: Namespace) -> Reply:
    """Start new work like the entry named, or like the latest."""
    from billops_desktop.services import tracking

    before = session.workspace.read(tracking.running)
    if asked.entry is not None:
        entry = asked_records.entry_id(session, asked.entry)
        row = session.workspace.execute(tracking.resume, entry)
    else:
        row = session.workspace.execute(tracking.resume_last)
    return _started(row, _ended(session, row, before))


def stop(session: Session, asked: Namespace) -> Reply:
    """Stop the timer."""
    from billops_desktop.services.stopwatch import stopwatch

    at = asking.timer_instant(session, asked.at)
    ended: Timed | None = None
    with stopwatch(session.profile, session.clock) as watch:
        if watch is not None:
            ended = watch.stop(at)
            session.speak(watch.language())
    if ended is None:
        from billops_desktop.services import tracking

        ended = session.workspace.execute(tracking.stop, at=at)
    return Reply({"stopped": pick(ended, KEYS)}, _stopped_line(ended))


def _ended(session: Session, row: EntryRow, before: EntryRow | None) -> EntryRow | None:
    from billops_desktop.services import tracking

    if before is None or before.id == row.id:
        return None
    return session.workspace.read(tracking.entry, before.id)


def _started(row: Timed, ended: Timed | None) -> Reply:
    lines = [] if ended is None else [_stopped_line(ended)]
    lines.append(
        _("Started {work} at {time}.").format(
            work=work_label(row), time=clock_of(row.started_at, row.zone)
        )
    )
    content = {
        "started": pick(row, KEYS),
        "stopped": None if ended is None else pick(ended, KEYS),
    }
    return Reply(content, "\n".join(lines))


def _stopped_line(row: Timed) -> str:
    line = _("Stopped {work} after {hours}.").format(
        work=work_label(row), hours=hours(row.seconds or 0)
    )
    if row.needs_check and row.ended_at == row.started_at:
        # Only a clock that was set back ends a timer at its own start.
        line += "\n" + _("The clock was set back since its start. Its times are to be checked.")
    return line
