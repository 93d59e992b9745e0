"""The whole program in this process, its work on its own threads, and a second look at its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from billops_desktop import bootstrap
from billops_desktop.services import tracking
from billops_desktop.services.entries import entry_rows
from billops_desktop.services.invoices import invoice_rows
from billops_desktop.services.workspace import Workspace
from tests.support import factories, money
from tests.support.present import present

if TYPE_CHECKING:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from billops_desktop.ui.application import Session
    from tests.support.clock import MovableClock
    from tests.support.hands import Hands


@dataclass
class Story:
    """The running program, the hands that work it, and the records as another reader sees them."""

    session: Session
    hands: Hands
    records: Workspace
    clock: MovableClock
    profile: Path

    @property
    def window(self) -> Any:
        """The one main window."""
        return self.session.window

    def running(self) -> tracking.EntryRow | None:
        """Return what runs according to the file, not to the screen."""
        return self.records.read(tracking.running)

    def today(self) -> tuple[tracking.EntryRow, ...]:
        """Return today's entries, newest first."""
        day = factories.WEDNESDAY
        return tuple(self.records.read(entry_rows.entries, from_on=day, to_on=day))

    def invoice(self, invoice_id: str) -> invoice_rows.InvoiceRow:
        """Return an invoice as the file has it."""
        return self.records.read(invoice_rows.detail, invoice_id).row

    def tray(self, words: str) -> None:
        """Choose from the tray's menu."""
        assert self.session.tray is not None
        self.hands.choose(self.session.tray.menu, words)

    def page(self, name: str, key: Qt.Key) -> Any:
        """Go to a page by Ctrl and a key; return its view."""
        from PySide6.QtCore import Qt

        self.hands.activate(self.window)
        self.hands.key(key, Qt.KeyboardModifier.ControlModifier)
        self.hands.until(lambda: self.window.journey.here == name, f"the page {name}")
        return self.window.view(name)


@pytest.fixture
def records(profile: Path, clock: MovableClock) -> Iterator[Workspace]:
    """Open the profile as another program would; it holds a client and two past days of work."""
    opened = bootstrap.open_workspace(profile, clock=clock)
    job = money.make_job(opened)
    money.log(opened, job, "2026-11-23 09:00", description="Concept")
    money.log(opened, job, "2026-11-24 09:00", description="Coding")
    yield opened
    opened.close()


@pytest.fixture
def story(
    records: Workspace,
    profile: Path,
    clock: MovableClock,
    dressed: QApplication,
    hands: Hands,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Story]:
    """Start the program as it starts for a user and wait until it is usable."""
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    from billops_desktop.ui import application

    # A fault in a slot must fail the test, not open the dialog for users.
    monkeypatch.setattr(application, "install_crash_hook", lambda _feedback: None)
    session = application.Session(
        dressed, profile, clock, partial(bootstrap.glance, profile, clock)
    )
    session.window.resize(1440, 900)
    session.start(partial(bootstrap.open_workspace, profile, clock=clock))
    hands.until(lambda: session.tray is not None, "the tray")
    hands.until(lambda: len(session.window.timer.recents) == 2, "the recent work")
    yield Story(session, hands, records, clock, profile)
    session.quit()
    hands.until(lambda: session.jobs.closed, "the last backup")
    present(session.tray).deleteLater()
    session.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
