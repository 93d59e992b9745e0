"""Starts BillOps, or a bare window, in this process and tells when it was painted and ready.

Prints "painted RSS" and, for BillOps, "ready RSS" once every page can be used and "calm STALL" a
second later: KiB of memory, and the longest gap of a 5 ms timer in milliseconds since the frame.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from pathlib import Path

PROBE_MS = 5
CALM_MS = 1_000
PATIENCE_SECONDS = 60


def memory_kib() -> int:
    """Return the resident memory of this process."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0])


def say(*words: object) -> None:
    """Tell the measuring process at once."""
    print(*words, flush=True)


def bare_window() -> None:
    """Show an empty QMainWindow; end after its first frame."""
    from PySide6.QtCore import QEvent, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def event(self, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, painted)
            return super().event(event)

    def painted() -> None:
        say("painted", memory_kib())
        os._exit(0)

    app = QApplication([])
    window = Window()
    window.resize(1180, 760)
    window.show()
    app.exec()


def billops(profile: Path) -> None:
    """Start the window of a profile as its users do; end once every page can be used."""
    # As __main__ does.
    gc.disable()
    from billops_desktop.ui import application

    class Watched(application.Session):
        def open_records(self) -> None:
            from PySide6.QtCore import Qt, QTimer

            say("painted", memory_kib())
            self.longest, self.last = 0.0, time.perf_counter()
            self.probe = QTimer(self, interval=PROBE_MS, timerType=Qt.TimerType.PreciseTimer)
            self.probe.timeout.connect(self.on_probe)
            self.probe.start()
            self.settled.connect(self.on_ready)
            super().open_records()

        def on_probe(self) -> None:
            now = time.perf_counter()
            self.longest, self.last = max(self.longest, now - self.last), now

        def on_ready(self) -> None:
            from PySide6.QtCore import QTimer

            say("ready", memory_kib())
            QTimer.singleShot(CALM_MS, self.on_calm)

        def on_calm(self) -> None:
            self.on_probe()
            say("calm", round(self.longest * 1000, 2))
            os._exit(0)

    application.Session = Watched  # type: ignore[misc]  # watched from inside, started as it is
    application.run(profile)


if __name__ == "__main__":
    # A start that goes wrong must not hold the measurements up for ever.
    signal.alarm(PATIENCE_SECONDS)
    if len(sys.argv) > 1:
        billops(Path(sys.argv[1]))
    else:
        bare_window()
