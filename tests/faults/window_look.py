"""The window over a profile, offscreen: opened, looked at, quit; what it said is returned."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Any

PATIENCE_MS = 30_000
LOOK_MS = 20


def look(profile: Path) -> dict[str, Any]:
    """Open the window of a profile as a user does; return whether it opened and what it says."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from billops_desktop import bootstrap
    from billops_desktop.paths import make_private_folder
    from billops_desktop.ui import application
    from billops_desktop.ui.widgets.panels import Banner
    from tests.support.clock import MovableClock

    clock = MovableClock()
    make_private_folder(profile)
    running = QApplication(["billops"])
    session = application.Session(
        running, profile, clock, partial(bootstrap.glance, profile, clock)
    )
    settled: list[bool] = []
    session.settled.connect(lambda: settled.append(True))
    loop = QEventLoop()
    looking = QTimer(loop, interval=LOOK_MS)

    def banners() -> list[Any]:
        found = [] if session.window.first_page is None else [session.window.first_page]
        return [banner for page in found for banner in page.findChildren(Banner)]

    def see() -> None:
        if settled or banners():
            loop.quit()

    looking.timeout.connect(see)
    looking.start()
    QTimer.singleShot(PATIENCE_MS, loop.quit)
    session.start(partial(bootstrap.open_workspace, profile, clock=clock))
    loop.exec()
    said = [f"{banner.title.text()} {banner.text.text()}" for banner in banners()]
    opened = bool(settled)
    session.quit()
    return {"opened": opened, "said": said}
