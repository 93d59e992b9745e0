"""Runs the window in this process, does one thing with it, and prints figures as JSON.

``clicks PROFILE`` clicks start, switch and stop in turn and tells the milliseconds of each, beside
an fdatasync of one page; ``hour PROFILE`` works an hour and tells each step's longest turn of the
event loop, in CPU milliseconds;
``ticks shown|hidden PROFILE`` and ``ticks bare`` tell the CPU milliseconds of some seconds.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget

from billops_desktop import bootstrap
from tests.support.clock import MovableClock

PATIENCE_SECONDS = 300
ROUNDS = 15
TICKING_SECONDS = 12
LOOK_MS = 2


class RunningClock(MovableClock):
    """Starts at the tests' afternoon and goes on as the real time does."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = time.monotonic()

    def now(self) -> datetime:
        """Return the tests' afternoon and what has passed since."""
        return self.at + timedelta(seconds=time.monotonic() - self.begun)


class Painted(QObject):
    """Notes when a widget was first painted while a condition held."""

    noted = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.at = 0.0
        self.wanted: Callable[[], object] = bool
        widget.installEventFilter(self)

    def expect(self, condition: Callable[[], object]) -> None:
        """Forget what was; note the next paint for which the condition holds."""
        self.at, self.wanted = 0.0, condition

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at the clock once the widget has painted itself."""
        if event.type() != QEvent.Type.Paint or self.at or not self.wanted():
            return False
        watched.event(event)
        self.at = time.perf_counter()
        self.noted.emit()
        return True

    def wait(self) -> None:
        """Let the window live until then; nothing of ours runs meanwhile."""
        if not self.at:
            loop = QEventLoop()
            self.noted.connect(loop.quit)
            loop.exec()


def spin(condition: Callable[[], object]) -> None:
    """Let the window live until a condition holds."""
    if condition():
        return
    loop = QEventLoop()
    look = QTimer(interval=LOOK_MS, timerType=Qt.TimerType.PreciseTimer)
    look.timeout.connect(lambda: loop.quit() if condition() else None)
    look.start()
    loop.exec()
    look.stop()


def opened(profile: Path) -> Any:
    """Return a session whose window can be used."""
    from billops_desktop.ui.application import SWITCH_SECONDS, Session

    # As run() does: otherwise each hand-over between window and lane waits for five milliseconds.
    sys.setswitchinterval(SWITCH_SECONDS)
    clock = RunningClock()
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    session = Session(app, profile, clock, partial(bootstrap.glance, profile, clock))
    session.window.resize(1440, 900)
    gc.disable()
    session.start(partial(bootstrap.open_workspace, profile, clock=clock))
    spin(lambda: session.tray is not None and session.window.timer.today is not None)
    reason = session.jobs.workspace.read_only_reason
    if reason is not None:
        # What is refused takes no time: figures of it would look better than they are.
        message = f"the profile is read-only: {reason}"
        raise RuntimeError(message)
    settle(session)
    return session


def settle(session: Any, linger_ms: int = 60) -> None:
    """Wait until nothing is under way on any lane, and a moment more for what follows it."""
    calm = [time.perf_counter()]

    def idle() -> bool:
        jobs = session.jobs
        if jobs._running or jobs._db.queue.qsize() or not answered:
            calm[0] = time.perf_counter()
        return (time.perf_counter() - calm[0]) * 1000 > linger_ms

    for _ in range(2):
        answered: list[object] = []
        session.jobs.query(lambda _work: None, done=answered.append)
        spin(idle)


def press(widget: QWidget) -> None:
    """Click in the middle of a widget."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())


def runs_another(timer: Any, entry_id: str) -> bool:
    """Return whether something else runs than this entry."""
    return timer.running is not None and timer.running.id != entry_id


def clicks(profile: Path) -> dict[str, list[float]]:
    """Click start, switch, stop in turn; milliseconds to a durable row and a repainted window."""
    session = opened(profile)
    window, timer = session.window, session.window.timer
    bar, table = window.view("time").bar, window.view("time").table
    shown = Painted(bar.clock)
    found: dict[str, list[float]] = {"start": [], "switch": [], "stop": [], "fdatasync": []}
    page = os.open(profile / "page", os.O_RDWR | os.O_CREAT)

    def measure(name: str, click: Callable[[], object], runs: Callable[[], bool]) -> None:
        settle(session)
        # The lane answers after its commit, so what runs on the screen is on the disk.
        shown.expect(runs)
        begun = time.perf_counter()
        click()
        shown.wait()
        found[name].append((shown.at - begun) * 1000)
        # The control comes after each, when the window is at rest as before the click.
        settle(session)
        begun = time.perf_counter()
        os.pwrite(page, os.urandom(1) * 4096, 0)
        os.fdatasync(page)
        found["fdatasync"].append((time.perf_counter() - begun) * 1000)

    def other_work() -> None:
        """Alt+2: the work before the one that runs."""
        QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)

    for _turn in range(ROUNDS + 1):
        measure("start", partial(press, bar.button), lambda: timer.running is not None)
        before = timer.running.id
        measure("switch", other_work, partial(runs_another, timer, before))
        measure("stop", partial(press, bar.button), lambda: timer.running is None)
    os.close(page)
    assert table.entries.rows()
    session.quit()
    return {name: values[1:] for name, values in found.items()}


def ticks(how: str, profile: Path | None) -> dict[str, float]:
    """Let a window tick for some seconds; CPU milliseconds of the whole process meanwhile."""
    app = QApplication([])
    held: list[object] = []
    if profile is None:
        window = QMainWindow()
        label = QLabel("0:00:00", window)
        window.setCentralWidget(label)
        window.resize(1180, 760)
        tick = QTimer(window, interval=1000)
        tick.timeout.connect(lambda: label.setText(time.strftime("%H:%M:%S")))
        tick.start()
        window.show()
        held.append(window)
    else:
        session = opened(profile)
        if session.window.timer.running is None:
            session.window.timer.start(description="Sprint review")
            spin(lambda: session.window.timer.running is not None)
        if how == "hidden":
            session.window.hide()
        settle(session, 1_500)
        held.append(session)
    loop = QEventLoop()
    QTimer.singleShot(1_000, loop.quit)
    loop.exec()
    begun = time.process_time()
    QTimer.singleShot(TICKING_SECONDS * 1000, loop.quit)
    loop.exec()
    spent = (time.process_time() - begun) * 1000
    assert app is not None
    return {"cpu": spent}


def main() -> None:
    """Do what the command line says and print what was found."""
    # What goes wrong must not hold the measurements up for ever.
    signal.alarm(PATIENCE_SECONDS)
    what, *rest = sys.argv[1:]
    if what == "clicks":
        found: Any = clicks(Path(rest[0]))
    elif what == "hour":
        from tests.bench.working_hour import work_through

        found = work_through(opened(Path(rest[0])))
    else:
        found = ticks(rest[0], Path(rest[1]) if len(rest) > 1 else None)
    print(json.dumps(found), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
