"""The running timer as the whole window knows it: bar, chip, tray and popover watch this one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from billops_desktop.ui.jobs import Jobs
from billops_desktop.values import dataclass

if TYPE_CHECKING:
    from billops_desktop.clock import Clock
    from billops_desktop.domain.changes import Changes
    from billops_desktop.services.stopwatch import TimerRow
    from billops_desktop.services.tracking import EntryRow, RecentRow, TodayRow

SHOWS: Final = frozenset({"time_entry", "project", "client", "task"})
RECENTS: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningEntry:
    """The entry that runs."""

    id: str
    description: str
    started_at: datetime
    zone: str
    billable: bool
    project_id: str | None
    project_name: str
    project_colour: str
    client_name: str
    task_id: str | None = None
    task_name: str = ""
    break_seconds: int = 0

    @classmethod
    def of(cls, row: Any) -> RunningEntry:
        """Return what the window shows of an entry: a full row or one of the first glance."""
        return cls(
            id=row.id,
            description=row.description,
            started_at=row.started_at,
            zone=row.zone,
            billable=row.billable,
            project_id=row.project_id,
            project_name=row.project_name or "",
            project_colour=row.project_colour or "",
            client_name=row.client_name or "",
            task_id=getattr(row, "task_id", None),
            task_name=row.task_name or "",
            break_seconds=getattr(row, "break_seconds", 0),
        )

    def seconds(self, now: datetime) -> int:
        """Return the tracked seconds up to now."""
        return max(0, (now - self.started_at) // timedelta(seconds=1) - self.break_seconds)


class Timer(QObject):
    """Starts, stops and edits the running entry; says ``changed`` when anything of it did.

    ``answered`` follows ``changed`` when that is the answer to a click, and before anything else
    hears of it: who shows the timer paints it then.
    """

    changed = Signal()
    answered = Signal()
    failed = Signal(object)
    started = Signal(object)
    stopped = Signal(object, object)

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        super().__init__()
        self.setObjectName("timer")
        self.jobs = jobs
        self.clock = clock
        self.running: RunningEntry | None = None
        self.recents: tuple[RecentRow, ...] = ()
        self.today: TodayRow | None = None
        jobs.changed.connect(self._on_changed)
        jobs.opened.connect(self._on_opened)

    def show_glance(self, entry: Any) -> None:
        """Show the running entry of the first glance, before the records are open."""
        self.running = None if entry is None else RunningEntry.of(entry)
        self.changed.emit()

    def seconds(self) -> int:
        """Return the tracked seconds of the running entry; 0 when none runs."""
        return self.running.seconds(self.clock.now()) if self.running else 0

    def load(self) -> None:
        """Read the running entry, the recent work and today's sums."""
        self.jobs.query(_state, done=self._on_state, failed=self.failed.emit)

    def toggle(self) -> None:
        """Stop what runs, or start the latest work again; in an empty profile, an empty entry."""
        if self.running is not None:
            self.stop()
        else:
            self._run(_resume_last)

    def start(self, **facts: Any) -> None:
        """Start an entry (project_id, task_id, description, billable); what runs ends."""
        self._run(_start, **facts)

    def stop(self) -> None:
        """Stop the running entry."""
        self.jobs.run_first(_stop, done=self._on_stopped, failed=self.failed.emit)

    def resume(self, entry_id: str) -> None:
        """Start new work like an earlier entry's."""
        self._run(_resume, entry_id)

    def start_recent(self, number: int) -> None:
        """Start the recent work of a number, 0 first; nothing when there is none."""
        if number < len(self.recents):
            recent = self.recents[number]
            self.start(
                project_id=recent.project_id,
                task_id=recent.task_id,
                description=recent.description,
                billable=recent.billable,
            )

    def others(self) -> list[tuple[int, RecentRow]]:
        """Return the recent work beside what runs, each with its number for start_recent."""
        now = self.running
        running = now and (now.description, now.project_id, now.task_id)
        return [
            (number, row)
            for number, row in enumerate(self.recents)
            if (row.description, row.project_id, row.task_id) != running
        ]

    def recent_project_ids(self) -> list[str]:
        """Return the projects of the recent work, the latest first."""
        return list(dict.fromkeys(row.project_id for row in self.recents if row.project_id))

    def edit(self, **fields: Any) -> None:
        """Change fields of the running entry."""
        if self.running is not None:
            step = (_edit, self.running.id, fields)
            self.jobs.run(*step, done=self._on_running, failed=self.failed.emit)

    def _run(self, deed: Any, *args: Any, **facts: Any) -> None:
        self.jobs.run_first(deed, *args, done=self._on_started, failed=self.failed.emit, **facts)

    def _on_running(self, row: EntryRow | TimerRow, changes: Changes) -> None:
        if row.ended_at is None:
            self.running = RunningEntry.of(row)
            self.changed.emit()

    def _on_started(self, row: EntryRow | TimerRow, changes: Changes) -> None:
        self._on_running(row, changes)
        self.answered.emit()
        self.started.emit(row)

    def _on_stopped(self, row: EntryRow | TimerRow, changes: Changes) -> None:
        self.running = None
        self.changed.emit()
        self.answered.emit()
        self.stopped.emit(row, changes)

    def _on_state(self, state: tuple[Any, Any, Any]) -> None:
        row, self.recents, self.today = state
        self.running = None if row is None else RunningEntry.of(row)
        self.changed.emit()

    def _on_opened(self, workspace: object) -> None:
        self.load()

    def _on_changed(self, changes: Changes) -> None:
        if changes.meets(SHOWS):
            self.load()


# These run on the db lane. Services are imported there: the window must be painted before them.


def _state(work: Any) -> tuple[Any, Any, Any]:
    from billops_desktop.services import tracking

    return tracking.running(work), tracking.recents(work, limit=RECENTS), tracking.today(work)


def _start(workspace: Any, told: Any, **facts: Any) -> None:
    from billops_desktop.services import switching

    switching.start(workspace, told, **facts)


def _stop(workspace: Any, told: Any) -> None:
    from billops_desktop.services import switching

    switching.stop(workspace, told)


def _resume(workspace: Any, told: Any, entry_id: str) -> None:
    from billops_desktop.services import switching

    switching.resume(workspace, told, entry_id)


def _resume_last(workspace: Any, told: Any) -> None:
    from billops_desktop.services import switching

    switching.resume_last(workspace, told)


def _edit(work: Any, entry_id: str, fields: dict[str, Any]) -> EntryRow:
    from billops_desktop.services import tracking

    return tracking.edit(work, entry_id, tracking.EntryEdit(**fields))
