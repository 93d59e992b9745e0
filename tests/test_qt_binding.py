"""The Qt binding keeps Python alive: one that loses references to None aborts the app in use."""

from __future__ import annotations

import subprocess
import sys

# Python before 3.12 counts references to None. A binding that drops one per call kills the
# process without a traceback after some thousand calls: minutes of work, and all of it lost.
CALLS = """
import sys
from PySide6.QtWidgets import QApplication, QLabel, QWidget
app = QApplication([])
parent = QWidget()
label = QLabel("hours", parent)
before = sys.getrefcount(None)
for _ in range(5_000):
    label.setText("hours")
    label.setEnabled(True)
    parent.parent()
    parent.layout()
    app.focusWidget()
    label.setToolTip("")
print(sys.getrefcount(None) - before)
"""
LOST_AT_MOST = 50


def test_thirty_thousand_calls_leave_python_whole() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CALLS], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > -LOST_AT_MOST
