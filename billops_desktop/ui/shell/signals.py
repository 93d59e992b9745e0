"""SIGTERM and SIGINT end the window cleanly instead of killing it."""

from __future__ import annotations

import contextlib
import signal
import socket
import sys
from collections.abc import Callable, Iterator

from PySide6.QtCore import QSocketNotifier


@contextlib.contextmanager
def ends_on_signals(end: Callable[[], None]) -> Iterator[None]:
    """End cleanly on SIGTERM and SIGINT: a byte on a socket wakes Qt, which then runs Python."""
    reading, writing = socket.socketpair()
    for side in (reading, writing):
        side.setblocking(False)
    notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read)

    def on_byte() -> None:
        with contextlib.suppress(OSError):
            reading.recv(64)
        end()

    notifier.activated.connect(on_byte)
    wanted = [signal.SIGINT, signal.SIGTERM]
    old = {number: signal.signal(number, lambda *_frame: None) for number in wanted}
    old_fd = signal.set_wakeup_fd(writing.fileno())
    try:
        yield
    finally:
        signal.set_wakeup_fd(old_fd)
        for number, before in old.items():
            signal.signal(number, before)
        notifier.setEnabled(False)
        reading.close()
        writing.close()
        sys.stdout.flush()
