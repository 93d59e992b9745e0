"""Tests for jobs: results and changes arrive on the main thread, in order, and never too late."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from billops_desktop.bootstrap import open_workspace
from billops_desktop.errors import Refused
from billops_desktop.services import switching, tracking
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui import jobs as jobs_module
from billops_desktop.ui.jobs import Jobs, Unexpected


@pytest.fixture
def threaded(workspace: Workspace, qapp: Any) -> Iterator[Jobs]:
    made = Jobs(workspace)
    yield made
    assert made.close()


def on_main(qapp: Any) -> bool:
    return bool(QThread.currentThread() == qapp.thread())


def test_a_use_case_answers_on_the_main_thread_after_its_changes(
    threaded: Jobs, qtbot: QtBot, qapp: Any
) -> None:
    seen: list[Any] = []
    threaded.changed.connect(lambda changes: seen.append(("changed", changes.kinds, on_main(qapp))))
    threaded.run(
        tracking.start,
        description="Review",
        done=lambda row, _changes: seen.append(("done", row.description, on_main(qapp))),
    )
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[0][0] == "changed"
    assert "time_entry" in seen[0][1]
    assert seen[1] == ("done", "Review", True)
    assert seen[0][2]


def test_who_asked_first_is_answered_before_any_view_hears(
    threaded: Jobs, qtbot: QtBot, qapp: Any
) -> None:
    seen: list[Any] = []
    threaded.changed.connect(lambda changes: seen.append((changes.kinds, on_main(qapp))))
    threaded.run_first(
        switching.start,
        description="Review",
        done=lambda row, changes: seen.append((row.description, changes.kinds, on_main(qapp))),
    )
    qtbot.waitUntil(lambda: len(seen) == 2)
    kinds = frozenset({"time_entry"})
    assert seen == [("Review", kinds, True), (kinds, True)]
    failures: list[Any] = []
    threaded.run_first(switching.resume, "0" * 32, done=seen.append, failed=failures.append)
    qtbot.waitUntil(lambda: len(failures) == 1)
    assert len(seen) == 2


def test_a_query_answers_and_announces_nothing(threaded: Jobs, qtbot: QtBot) -> None:
    changes: list[Any] = []
    rows: list[Any] = []
    threaded.changed.connect(changes.append)
    threaded.query(tracking.running, done=rows.append)
    qtbot.waitUntil(lambda: rows == [None])
    assert changes == []


def test_an_error_arrives_once_and_where_it_was_asked_for(threaded: Jobs, qtbot: QtBot) -> None:
    own: list[Any] = []
    general: list[Any] = []
    threaded.failed.connect(general.append)
    threaded.run(tracking.stop, failed=own.append)
    threaded.run(tracking.stop)
    qtbot.waitUntil(lambda: len(own) == 1 and len(general) == 1)
    assert isinstance(own[0], Refused)


def test_a_fault_of_the_program_becomes_words_with_details(threaded: Jobs, qtbot: QtBot) -> None:
    def broken(work: Any) -> None:
        raise ZeroDivisionError("inside")

    seen: list[Any] = []
    threaded.query(broken, done=seen.append, failed=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 1)
    assert isinstance(seen[0], Unexpected)
    assert "ZeroDivisionError" in seen[0].details
    assert "ZeroDivisionError" not in str(seen[0])


def test_a_result_for_a_widget_that_is_gone_is_dropped(threaded: Jobs, qtbot: QtBot) -> None:
    gate = threading.Event()
    seen: list[str] = []

    class Page(QWidget):
        def take(self, value: str) -> None:
            seen.append(value)

    page, owner = Page(), QObject()

    def wait(work: Any) -> str:
        gate.wait(5)
        return "late"

    threaded.query(wait, done=page.take)
    threaded.query(lambda _work: "owned", done=seen.append, owner=owner)
    threaded.query(lambda _work: "last", done=seen.append)
    import shiboken6

    shiboken6.delete(page)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: seen == ["last"])


def test_one_workflow_of_a_key_at_a_time_with_progress_and_cancel(
    threaded: Jobs, qtbot: QtBot
) -> None:
    started = threading.Event()
    seen: list[object] = []
    steps: list[object] = []

    def export(task: Any) -> str:
        task.report(1, 3)
        started.set()
        while not task.cancelled():
            started.wait(0.01)
        return "stopped"

    token = threaded.work("export", export, done=seen.append, progress=lambda *v: steps.append(v))
    assert token is not None
    assert started.wait(5)
    assert threaded.runs("export")
    assert threaded.work("export", export) is None
    token.cancel()
    qtbot.waitUntil(lambda: seen == ["stopped"])
    assert steps == [(1, 3)]
    assert not threaded.runs("export")


def test_changes_of_another_process_are_heard(
    threaded: Jobs, qtbot: QtBot, profile: Path, clock: Any
) -> None:
    seen: list[Any] = []
    threaded.changed.connect(lambda changes: seen.append(changes.kinds))
    other = open_workspace(profile, clock=clock)
    other.execute(tracking.start, description="from elsewhere")
    threaded.poll()
    qtbot.waitUntil(lambda: len(seen) == 1)
    assert "time_entry" in seen[0]
    other.close()


def test_nothing_is_read_while_the_file_stays_the_same(
    threaded: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threaded.workspace, "poll", lambda: pytest.fail("the file has not changed"))
    threaded._seen = threaded._signature()
    threaded.poll()
    assert not threaded._polling


def test_jobs_wait_behind_the_opening_of_the_workspace(
    qapp: Any, qtbot: QtBot, profile: Path, clock: Any
) -> None:
    made = Jobs()
    seen: list[Any] = []
    made.open(lambda: open_workspace(profile, clock=clock), seen.append, seen.append)
    made.query(tracking.running, done=lambda _row: seen.append("answered"))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[1] == "answered"
    assert made.close()


def test_a_workspace_that_cannot_be_opened_fails_what_waits_behind_it(
    qapp: Any, qtbot: QtBot
) -> None:
    made = Jobs()
    seen: list[Any] = []

    def refuse() -> Workspace:
        raise Refused("Not opened.")

    made.open(refuse, seen.append, seen.append)
    made.query(tracking.running, done=seen.append, failed=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert all(isinstance(error, Refused) for error in seen)
    assert made.close()


def test_closing_cancels_workflows_and_takes_no_new_ones(workspace: Workspace, qapp: Any) -> None:
    made = Jobs(workspace)
    started = threading.Event()

    def endless(task: Any) -> None:
        started.set()
        while not task.cancelled():
            started.wait(0.01)

    made.work("endless", endless)
    assert started.wait(5)
    assert made.close()
    assert made.work("more", endless) is None


def test_a_hung_job_does_not_hold_the_program(
    workspace: Workspace, qapp: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module, "CLOSE_SECONDS", 0.2)
    made, hold = Jobs(workspace), threading.Event()
    made.work("hung", lambda _task: hold.wait(30))
    assert not made.close()
    assert all(thread.daemon for thread in made._io.threads)
    hold.set()


def test_inline_runs_on_the_spot(workspace: Workspace, qapp: Any) -> None:
    made = Jobs(workspace, inline=True)
    seen: list[Any] = []
    made.changed.connect(lambda _changes: seen.append("changed"))
    made.run(tracking.start, done=lambda *_answer: seen.append("done"))
    assert seen == ["changed", "done"]


def test_records_are_opened_again_whatever_came_between(
    threaded: Jobs, qtbot: QtBot, clock: Any
) -> None:
    first = threaded.workspace
    answers: list[Any] = []

    def again() -> Workspace:
        return open_workspace(first.profile, clock=clock)

    def between(report: Any) -> str:
        report("so far")
        return "between"

    def refuse(_report: Any) -> None:
        raise Refused("Not now.")

    replaced: list[str] = []
    threaded.replaced.connect(lambda: replaced.append("again"))
    told: list[Any] = []
    told_in = {"done": answers.append, "failed": answers.append}
    threaded.reopen(between, again, **told_in, progress=told.append)
    threaded.reopen(refuse, again, **told_in)
    threaded.query(tracking.running, done=answers.append)
    qtbot.waitUntil(lambda: len(answers) == 3)
    assert answers[0] == "between"
    assert answers[1].title == "Not now."
    assert answers[2] is None
    assert (told, replaced) == (["so far"], ["again"])
    assert threaded.workspace is not first
    changes: list[Any] = []
    threaded.changed.connect(changes.append)
    threaded.run(tracking.start, description="Review")
    qtbot.waitUntil(lambda: bool(changes))
