"""The timer for those who click: by the stopwatch where the work is plain, else by tracking.

Each of these is one transaction. ``told`` hears of it once it is on the disk, before anybody else.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from billops_desktop.services import tracking
from billops_desktop.services.stopwatch import Stopwatch, TimerRow, stopwatch_of
from billops_desktop.services.workspace import Workspace
from billops_desktop.storage.plain_unit import PlainUnit
from billops_desktop.storage.unit_of_work import UnitOfWork

Told = Callable[[Any], object]


class _NotPlain(Exception):
    """The work is not plain enough for the stopwatch."""


def start(  # noqa: PLR0913 - what a new entry is told, each by its name
    workspace: Workspace,
    told: Told,
    *,
    project_id: str | None = None,
    task_id: str | None = None,
    description: str = "",
    billable: bool | None = None,
) -> None:
    """Start an entry now; one that runs ends in that same second."""

    def plainly(watch: Stopwatch) -> TimerRow | None:
        place = watch.place_of(project_id, task_id)
        if place is None:
            return None
        return watch.start(place, description, billable=billable, at=None)[0]

    def by_the_book(work: UnitOfWork) -> tracking.EntryRow:
        return tracking.start(
            work,
            project_id=project_id,
            task_id=task_id,
            description=description,
            billable=billable,
        )

    _do(workspace, told, plainly, by_the_book)


def stop(workspace: Workspace, told: Told) -> None:
    """End the running entry now; NothingRuns when none is."""
    _do(workspace, told, lambda watch: watch.stop(None), tracking.stop)


def resume(workspace: Workspace, told: Told, entry_id: str) -> None:
    """Start new work like that of an earlier entry; the earlier one stays as it is."""
    _do(
        workspace,
        told,
        lambda watch: _again(watch, entry_id),
        lambda work: tracking.resume(work, entry_id),
    )


def resume_last(workspace: Workspace, told: Told) -> None:
    """Start new work like the latest entry; in an empty profile, an empty entry."""

    def by_the_book(work: UnitOfWork) -> tracking.EntryRow:
        try:
            return tracking.resume_last(work)
        except tracking.NothingRuns:
            return tracking.start(work)

    _do(workspace, told, lambda watch: _again(watch, None), by_the_book)


def _again(watch: Stopwatch, entry_id: str | None) -> TimerRow | None:
    earlier = watch.earlier(entry_id)
    if earlier is None:
        return None
    place, description = earlier
    return watch.start(place, description, billable=None, at=None)[0]


def _do(
    workspace: Workspace,
    told: Told,
    plainly: Callable[[Stopwatch], TimerRow | None],
    by_the_book: Callable[[UnitOfWork], tracking.EntryRow],
) -> None:
    """Do it plainly; what the stopwatch declines has written nothing and is done by the book."""

    def deed(work: PlainUnit) -> TimerRow:
        watch = stopwatch_of(work)
        row = None if watch is None else plainly(watch)
        if row is None:
            raise _NotPlain
        return row

    with suppress(_NotPlain):
        workspace.perform_plainly(deed, told)
        return
    workspace.perform_first(by_the_book, told)
