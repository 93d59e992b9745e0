"""status: what runs, today's total and what waits; by plain SQL, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from billops_desktop.bootstrap import Glance, glance
from billops_desktop.cli.output import Reply, hours, pick
from billops_desktop.cli.wording import clock_of, count_label, work_label
from billops_desktop.i18n import _

if TYPE_CHECKING:
    from argparse import Namespace

    from billops_desktop.cli.parsing import Parser
    from billops_desktop.cli.session import Session

KEYS = (
    "id",
    "description",
    "project_id",
    "project_name",
    "client_name",
    "task_name",
    "started_at",
    "zone",
    "billable",
)


def declare(parser: Parser, _name: str) -> None:
    """Add nothing: status takes no arguments of its own."""
    parser.set_defaults(run=status)
    parser.examples(
        "billops status",
        "billops status --json",
        keys="running (null, or {" + ", ".join(KEYS) + ", seconds}), today {day, seconds,"
        " entries}, drafts, overdue",
    )


def status(session: Session, _asked: Namespace | None = None) -> Reply:
    """Show what runs and today's total."""
    found = glance(session.profile, session.clock)
    if found is None or not found.set_up:
        # Nothing there yet, or an older schema: opening the profile makes or upgrades it.
        session.open()
        found = glance(session.profile, session.clock)
    assert found is not None
    session.speak(found.settings.get("appearance.language"))
    running = found.running
    elapsed = 0 if running is None else running.seconds_at(session.clock.now())
    begun_today = any(row.ended_at is None for row in found.today_rows)
    seconds = found.today_seconds + (elapsed if begun_today else 0)
    content = {
        "running": None if running is None else pick(running, KEYS) | {"seconds": elapsed},
        "today": {"day": found.today, "seconds": seconds, "entries": len(found.today_rows)},
        "drafts": found.draft_count,
        "overdue": found.overdue_count,
    }
    return Reply(content, "\n".join(_lines(found, elapsed, seconds)))


def _lines(found: Glance, elapsed: int, seconds: int) -> list[str]:
    running = found.running
    if running is None:
        lines = [_("No timer is running.")]
    else:
        lines = [
            _("{work} has been running since {time}, {hours}.").format(
                work=work_label(running),
                time=clock_of(running.started_at, running.zone),
                hours=hours(elapsed),
            )
        ]
    lines.append(
        _("Today {hours} in {count}.").format(
            hours=hours(seconds),
            count=count_label(len(found.today_rows), "{count} entry", "{count} entries"),
        )
    )
    if found.overdue_count:
        lines.append(
            count_label(
                found.overdue_count,
                "{count} invoice is overdue.",
                "{count} invoices are overdue.",
            )
        )
    return lines
