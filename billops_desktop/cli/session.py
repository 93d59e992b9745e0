"""One run of a command: the profile, the workspace once it is needed, progress, Ctrl-C."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from billops_desktop.clock import Clock, SystemClock
from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import _, format_percent, use_language

if TYPE_CHECKING:
    from billops_desktop.services.workspace import Workspace

Progress = Callable[[int, int], None]


class Cancelled(KeyboardInterrupt):
    """Ctrl-C during long work: it stopped between two steps and left nothing half written."""


class Session:
    """What a command is given: where the profile is, the clock, and where its words go."""

    def __init__(
        self,
        profile: Path,
        as_json: bool = False,
        *,
        clock: Clock | None = None,
        out: TextIO | None = None,
        err: TextIO | None = None,
    ) -> None:
        self.profile = profile
        self.as_json = as_json
        self.clock = clock or SystemClock()
        self.out = out or sys.stdout
        self.err = err or sys.stderr
        self.grab: Callable[[Path, Path], object] | None = None
        self.opened: Workspace | None = None
        self.remarks: list[str] = []

    @property
    def workspace(self) -> Workspace:
        """Return the open profile, opened at first use."""
        return self.opened or self.open()

    def open(self) -> Workspace:
        """Open the profile; a fresh one is set up neutrally so that work can start."""
        if self.opened is None:
            from billops_desktop.bootstrap import open_workspace

            with self.progress(_("Preparing the profile")) as report:
                self.opened = open_workspace(self.profile, clock=self.clock, progress=report)
            self._prepare(self.opened)
        return self.opened

    def _prepare(self, workspace: Workspace) -> None:
        """Set a fresh profile up, speak the language that its settings name."""
        from billops_desktop.services.profile import onboarding, settings

        if not workspace.read(onboarding.is_set_up):
            workspace.execute(onboarding.set_up_neutrally)
        self.speak(workspace.read(settings.preference, "appearance.language"))

    def speak_first(self) -> None:
        """Speak the profile's language before it is opened, for help and slips of the finger.

        A profile that is not there, or cannot be looked at, leaves the system's.
        """
        from billops_desktop.bootstrap import glance

        with suppress(BillOpsError, OSError):
            found = glance(self.profile, self.clock)
            if found is not None:
                self.speak(found.settings.get("appearance.language"))

    def speak(self, language: object) -> None:
        """Speak the language that the settings name; nothing named is the system's."""
        use_language(language if isinstance(language, str) else "system")

    def close(self) -> None:
        """Close the workspace when one was opened."""
        if self.opened is not None:
            self.opened.close()
            self.opened = None

    def remark(self, text: str) -> None:
        """Keep what the answer has to say about how the words were taken, each once."""
        if text not in self.remarks:
            self.remarks.append(text)

    def today(self) -> date:
        """Return the day it is for the person: in their zone, after the workspace's day start."""
        from billops_desktop.services.entries.entry_rows import current_day

        return self.workspace.read(current_day)

    def width(self) -> int | None:
        """Return the columns of the terminal, or None when the output goes elsewhere."""
        if self.out is not sys.stdout or not self.out.isatty():
            return None
        import shutil  # as slow to load as all of argparse

        return shutil.get_terminal_size().columns

    @contextmanager
    def progress(self, title: str) -> Iterator[Progress]:
        """Show ``title`` with a share on stderr while it is a terminal, and wipe it at the end."""
        if self.as_json or not self.err.isatty():
            yield lambda *_steps: None
            return
        shown = ""

        def report(done: int, total: int) -> None:
            nonlocal shown
            line = f"{title} {format_percent(done * 100 // total if total else 0)}"
            if line != shown:
                self.err.write(f"\r{line}")
                self.err.flush()
                shown = line

        try:
            yield report
        finally:
            if shown:
                self.err.write(f"\r{' ' * len(shown)}\r")
                self.err.flush()

    @contextmanager
    def cancelling(self) -> Iterator[Callable[[], bool]]:
        """Let Ctrl-C ask long work to stop at its next step; a second one interrupts at once."""
        import signal  # only long work listens

        asked = False

        def on_interrupt(_number: int, _frame: object) -> None:
            nonlocal asked
            if asked:
                raise KeyboardInterrupt
            asked = True

        before = signal.signal(signal.SIGINT, on_interrupt)
        try:
            yield lambda: asked
        except BillOpsError:
            if not asked:
                raise
        finally:
            signal.signal(signal.SIGINT, before)
        if asked:
            raise Cancelled


def debugging() -> bool:
    """Tell whether BILLOPS_DEBUG asks for tracebacks on the terminal."""
    return os.environ.get("BILLOPS_DEBUG", "") not in {"", "0"}
