"""Starts BillOps, or a bare window, in this process and tells when it was painted and ready.

Prints "painted RSS" and, for BillOps, "ready RSS STALL": KiB of memory, and the longest gap of a
5 ms timer in milliseconds between the first frame and the last page being usable.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

PROBE_MS = 5
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
    from billops_desktop.ui import application

    class Watched(application.Session):
        def open_records(self) -> None:
            from PySide6.QtCore import Qt, QTimer

            say("painted", memory_kib())
            self.longest, self.last = 0.0, time.perf_counter()
            self.probe = QTimer(self, interval=PROBE_MS, timerType=Qt.TimerType.PreciseTimer)
            self.probe.timeout.connect(self.on_probe)
            self.probe.start()
            super().open_records()

        def on_probe(self) -> None:
            now = time.perf_counter()
            self.longest, self.last = max(self.longest, now - self.last), now

        def _on_start_values(self, values: Any) -> None:
            from PySide6.QtCore import QTimer

            super()._on_start_values(values)
            QTimer.singleShot(0, self.on_ready)

        def on_ready(self) -> None:
            self.on_probe()
            say("ready", memory_kib(), round(self.longest * 1000, 2))
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
