"""What no test may do: reach the network, leave Qt objects running, or change the process."""

from __future__ import annotations

import gc
import ipaddress
import os
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest


class NetworkForbidden(AssertionError):
    """A test tried to reach something outside this machine."""


def _is_local(host: object) -> bool:
    """Tell whether a host is this machine: no name is looked up to find out."""
    if host in (None, "", "localhost", b"localhost"):
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _forbid_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook: refuse connections and look-ups that would leave the machine."""
    if event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        if isinstance(address, tuple) and not _is_local(address[0]):
            raise NetworkForbidden(f"tests reach no network: {event} {address!r}")
    elif event == "socket.getaddrinfo" and not _is_local(arguments[0]):
        raise NetworkForbidden(f"tests reach no network: look-up of {arguments[0]!r}")


def block_network() -> None:
    """Refuse every connection but Unix sockets and loopback, for the life of the process."""
    sys.addaudithook(_forbid_network)


_started_timers: weakref.WeakSet[Any] = weakref.WeakSet()


def _watch_timers(qtimer: Any) -> None:
    """Remember each QTimer that is started, so that one left running can be named."""
    if hasattr(qtimer.start, "watched"):
        return
    start: Callable[..., None] = qtimer.start

    def watched_start(timer: Any, *arguments: Any) -> None:
        _started_timers.add(timer)
        start(timer, *arguments)

    watched_start.watched = True  # type: ignore[attr-defined]  # marks the wrapper itself
    qtimer.start = watched_start


def _running_timers() -> list[str]:
    from shiboken6 import isValid

    return [
        f"timer {timer.objectName() or type(timer).__name__} every {timer.interval()} ms"
        for timer in list(_started_timers)
        if isValid(timer) and timer.isActive()
    ]


def _settle(app: Any) -> None:
    """Deliver deferred deletions; they wait for an event loop that a test may never enter."""
    from PySide6.QtCore import QCoreApplication, QEvent

    app.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _leftovers(known_widgets: set[int], known_threads: set[threading.Thread]) -> list[str]:
    from PySide6.QtCore import QThreadPool
    from PySide6.QtWidgets import QApplication
    from shiboken6 import getCppPointer

    found = [
        f"window {widget.objectName() or type(widget).__name__}"
        for widget in QApplication.topLevelWidgets()
        if getCppPointer(widget)[0] not in known_widgets
    ]
    found += _running_timers()
    pool = QThreadPool.globalInstance()
    if pool.activeThreadCount():
        found.append(f"{pool.activeThreadCount()} jobs in the global thread pool")
    found += [
        f"thread {thread.name}"
        for thread in threading.enumerate()
        if thread not in known_threads and not thread.daemon and thread.is_alive()
    ]
    return found


@pytest.fixture(autouse=True)
def _nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test that leaves a window, a running timer or a thread behind."""
    threads = set(threading.enumerate())
    widgets: set[int] = set()
    if "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication
        from shiboken6 import getCppPointer

        _watch_timers(QTimer)
        widgets = {getCppPointer(widget)[0] for widget in QApplication.topLevelWidgets()}
    yield
    if "PySide6.QtWidgets" not in sys.modules:
        return
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    if app is None:
        return
    _settle(app)
    if not _leftovers(widgets, threads):
        return
    gc.collect()  # a widget in a reference cycle lives until the collector has passed
    _settle(app)
    left = _leftovers(widgets, threads)
    if left:
        for widget in QApplication.topLevelWidgets():
            widget.close()
        pytest.fail(f"{request.node.name} left behind: {', '.join(left)}", pytrace=False)


@pytest.fixture(autouse=True)
def _same_process_settings() -> Iterator[None]:
    """Put the umask and the folder back: programs under test set both."""
    folder = os.getcwd()  # noqa: PTH109  # the plain string is what is given back
    mask = os.umask(0o022)
    yield
    os.umask(mask)
    os.chdir(folder)
