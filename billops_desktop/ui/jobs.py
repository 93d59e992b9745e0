"""The only threads: run a use case off screen, bring its result and the changes to the views."""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import field
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import _
from billops_desktop.values import dataclass

if TYPE_CHECKING:
    from billops_desktop.domain.changes import Changes
    from billops_desktop.services.workspace import Workspace

Workflow = Callable[["Task"], Any]
Answer = Callable[..., object]

# What another program did is shown within two seconds, the reading of it included.
POLL_MS: Final = 1_500
CLOSE_SECONDS: Final = 5.0
IO_WORKERS: Final = 3
PROGRESS_SECONDS: Final = 0.05
log = logging.getLogger(__name__)


class Unexpected(BillOpsError):
    """A fault of the program: the step did not happen; ``details`` is the trace for experts."""

    def __init__(self, title: str, hint: str, details: str) -> None:
        super().__init__(title, hint)
        self.details = details


class CancelToken:
    """Asks a job to end early; the job looks at it between two steps."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the job to end at its next step."""
        self._event.set()

    def __call__(self) -> bool:
        """Return whether the job was asked to end: this is what workflows take as ``cancelled``."""
        return self._event.is_set()


@dataclass(slots=True)
class Task:
    """What a workflow on the io lane gets: the workspace, its cancel token, its way to report."""

    workspace: Workspace
    cancelled: CancelToken
    report: Callable[..., None]


@dataclass(frozen=True, slots=True)
class Call:
    """Who is told on the main thread when a job is over; ``owner`` gone means nobody."""

    done: Answer | None = None
    failed: Answer | None = None
    owner: QObject | None = None

    def alive(self) -> bool:
        """Return whether everything the answers belong to still exists."""
        bound = (getattr(answer, "__self__", None) for answer in (self.done, self.failed))
        return all(
            shiboken6.isValid(one) for one in (self.owner, *bound) if isinstance(one, QObject)
        )


@dataclass(slots=True)
class Lane:
    """Workers that take jobs in order; daemons, so that a hung one never holds the process."""

    name: str
    workers: int
    queue: SimpleQueue[Callable[[], None] | None] = field(default_factory=SimpleQueue)
    threads: list[Any] = field(default_factory=list)

    def submit(self, job: Callable[[], None]) -> None:
        """Queue a job; the workers start with the first one."""
        if not self.threads:
            for number in range(self.workers):
                thread = threading.Thread(  # noqa: TID251 - this module is where threads live
                    target=self._work, name=f"{self.name}-{number}", daemon=True
                )
                self.threads.append(thread)
                thread.start()
        self.queue.put(job)

    def close(self, deadline: float) -> bool:
        """Let queued jobs end; return whether all did before ``deadline`` (monotonic seconds)."""
        for _thread in self.threads:
            self.queue.put(None)
        for thread in self.threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self.threads)

    def _work(self) -> None:
        while (job := self.queue.get()) is not None:
            job()


class Jobs(QObject):
    """Takes work off the main thread and brings results, errors and changes back to it."""

    changed = Signal(object)
    failed = Signal(object)
    opened = Signal(object)
    replaced = Signal()
    _arrived = Signal(object)

    def __init__(self, workspace: Workspace | None = None, *, inline: bool = False) -> None:
        super().__init__()
        self.setObjectName("jobs")
        self.inline = inline
        self.closed = False
        self._workspace: Workspace | None = None
        self._open_error: BillOpsError | None = None
        self._db = Lane("db", 1)
        self._io = Lane("io", IO_WORKERS)
        self._running: dict[str, CancelToken] = {}
        self._seen: tuple[int, ...] = ()
        self._polling = False
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.poll)
        if workspace is not None:
            self.adopt(workspace)

    @property
    def workspace(self) -> Workspace:
        """Return the open workspace; the error of opening it when it could not be opened."""
        if self._workspace is None:
            raise self._open_error or BillOpsError(_("The company file is not open yet."))
        return self._workspace

    @property
    def ready(self) -> bool:
        """Return whether the workspace is open."""
        return self._workspace is not None

    def adopt(self, workspace: Workspace) -> None:
        """Use an open workspace: hear its changes and look for those of other processes."""
        self._workspace = workspace
        workspace.listeners.append(self._hear)
        self._seen = self._signature()
        if not self.inline:
            self._timer.start()

    def open(self, open_workspace: Callable[[], Workspace], done: Answer, failed: Answer) -> None:
        """Open the workspace on the db lane; jobs submitted meanwhile wait behind it."""
        call = Call(done, failed)
        self._submit(self._db, call, partial(self._open, open_workspace))

    def reopen(
        self,
        between: Callable[[Callable[..., None]], Any],
        open_workspace: Callable[[], Workspace],
        *,
        done: Answer,
        failed: Answer,
        progress: Callable[..., object] | None = None,
    ) -> None:
        """Close the records, put others there on the db lane and open them, come what may.

        ``between`` gets what calls ``progress`` on the main thread. ``done(result)`` finds the
        records open again, and so does ``failed(error)``; only the first says ``replaced``.
        """
        answered = self._on_reopened
        call = Call(partial(answered, done, True), partial(answered, failed, False))
        report = partial(self._report, _Pace(), progress)
        self._submit(
            self._db, call, partial(self._reopen, partial(between, report), open_workspace)
        )

    def run(
        self,
        use_case: Callable[..., Any],
        *args: Any,
        done: Answer | None = None,
        failed: Answer | None = None,
        owner: QObject | None = None,
        **kwargs: Any,
    ) -> None:
        """Perform a use case in one transaction, then call done(result, changes)."""

        def step() -> tuple[Any, ...]:
            outcome = self.workspace.perform(use_case, *args, **kwargs)
            return outcome.result, outcome.changes

        self._submit(self._db, Call(done, failed, owner), step)

    def run_first(
        self,
        workflow: Callable[..., Any],
        *args: Any,
        done: Answer,
        failed: Answer | None = None,
        **kwargs: Any,
    ) -> None:
        """Run workflow(workspace, told, ...) of one transaction on the db lane.

        Once it is durable done(result, changes) is called; only then does any view hear of it.
        """

        def told(outcome: Any) -> None:
            values = (outcome.result, outcome.changes)
            self._deliver(partial(self._tell, Call(done), done, values))

        def step() -> tuple[Any, ...]:
            workflow(self.workspace, told, *args, **kwargs)
            return ()

        self._submit(self._db, Call(None, failed), step)

    def query(
        self,
        fn: Callable[..., Any],
        *args: Any,
        done: Answer | None = None,
        failed: Answer | None = None,
        owner: QObject | None = None,
        **kwargs: Any,
    ) -> None:
        """Read in one transaction, then call done(result)."""
        step = partial(self._read, fn, *args, **kwargs)
        self._submit(self._db, Call(done, failed, owner), step)

    def work(
        self,
        key: str,
        fn: Workflow,
        *,
        done: Answer | None = None,
        failed: Answer | None = None,
        progress: Callable[..., object] | None = None,
    ) -> CancelToken | None:
        """Start a workflow fn(task) on the io lane; None when one of this key already runs."""
        if key in self._running or self.closed:
            return None
        token = self._running[key] = CancelToken()
        call = Call(done, failed)
        report = partial(self._report, _Pace(), progress)

        def step() -> tuple[Any, ...]:
            try:
                return (fn(Task(self.workspace, token, report)),)
            finally:
                self._running.pop(key, None)

        self._submit(self._io, call, step)
        return token

    def runs(self, key: str) -> bool:
        """Return whether a workflow of this key is under way."""
        return key in self._running

    def close(self) -> bool:
        """Stop timers, cancel workflows, close the workspace; wait at most five seconds."""
        if self.closed:
            return True
        self._timer.stop()
        for token in list(self._running.values()):
            token.cancel()
        self.closed = True
        deadline = time.monotonic() + CLOSE_SECONDS
        ended = self._io.close(deadline)
        workspace = self._workspace
        if workspace is not None and self.inline:
            workspace.close()
        elif workspace is not None:
            self._db.submit(workspace.close)
        return self._db.close(deadline) and ended

    def poll(self) -> None:
        """Look now for changes of other processes, if the database file has changed at all."""
        signature = self._signature()
        if self._polling or self.closed or signature == self._seen or not self.ready:
            return
        self._seen = signature
        self._polling = True
        self._submit(self._db, Call(self._on_polled, self._on_poll_failed), self._poll)

    def _poll(self) -> tuple[Any, ...]:
        return (self.workspace.poll(),)

    def _on_polled(self, _changes: Changes | None) -> None:
        # The workspace has told its listeners already, and _hear is one of them.
        self._polling = False

    def _on_poll_failed(self, error: BillOpsError) -> None:
        self._polling = False
        log.warning("Changes of other programs could not be read: %s", error)

    def _open(self, open_workspace: Callable[[], Workspace]) -> tuple[Any, ...]:
        try:
            workspace = open_workspace()
        except BillOpsError as error:
            self._open_error = error
            raise
        self._workspace = workspace
        return (workspace,)

    def _reopen(
        self, between: Callable[[], Any], open_workspace: Callable[[], Workspace]
    ) -> tuple[Any, ...]:
        self.workspace.close()
        try:
            return (between(),)
        finally:
            self._open(open_workspace)

    def _on_reopened(self, answer: Answer, replaced: bool, outcome: Any) -> None:
        if self._workspace is not None:
            self.adopt(self._workspace)
        if replaced:
            self.replaced.emit()
        answer(outcome)

    def _read(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> tuple[Any, ...]:
        return (self.workspace.read(fn, *args, **kwargs),)

    def _submit(self, lane: Lane, call: Call, step: Callable[[], tuple[Any, ...]]) -> None:
        if self.closed:
            return
        if self.inline:
            self._on_arrived(self._outcome(call, step))
        else:
            lane.submit(lambda: self._deliver(self._outcome(call, step)))

    def _outcome(self, call: Call, step: Callable[[], tuple[Any, ...]]) -> Callable[[], None]:
        try:
            return partial(self._tell, call, call.done, step())
        except BillOpsError as error:
            return partial(self._tell, call, call.failed or self.failed.emit, (error,))
        except Exception as error:
            log.exception("A job failed")
            wrapped = Unexpected(
                _("BillOps could not finish this step."),
                _("Nothing was changed by it. Your saved work is not affected."),
                "".join(traceback.format_exception(error)),
            )
            return partial(self._tell, call, call.failed or self.failed.emit, (wrapped,))

    def _tell(self, call: Call, answer: Answer | None, values: tuple[Any, ...]) -> None:
        if answer is not None and call.alive():
            answer(*values)

    def _deliver(self, outcome: Callable[[], None]) -> None:
        if self.inline:
            outcome()
        elif shiboken6.isValid(self):  # the application may have been torn down meanwhile
            self._arrived.emit(outcome)

    def _report(self, pace: _Pace, progress: Callable[..., object] | None, *values: Any) -> None:
        if progress is not None and pace.due():
            self._deliver(partial(self._tell, Call(progress), progress, values))

    def _hear(self, changes: Changes) -> None:
        self._deliver(partial(self.changed.emit, changes))

    def _on_arrived(self, outcome: Callable[[], None]) -> None:
        outcome()

    def _signature(self) -> tuple[int, ...]:
        return () if self._workspace is None else self._workspace.signature()


class _Pace:
    """Lets a report through at most twenty times a second: more cannot be seen."""

    def __init__(self) -> None:
        self.last = 0.0

    def due(self) -> bool:
        now = time.monotonic()
        if now - self.last < PROGRESS_SECONDS:
            return False
        self.last = now
        return True
