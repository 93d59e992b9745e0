"""The application: one window per profile, first frame before the records, tray, clean end."""

from __future__ import annotations

import contextlib
import gc
import logging
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from billops_desktop import bootstrap
from billops_desktop.clock import Clock, SystemClock
from billops_desktop.config import declared
from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import use_language
from billops_desktop.paths import make_private_folder
from billops_desktop.ui import fonts, theme
from billops_desktop.ui.feedback import install_crash_hook
from billops_desktop.ui.jobs import Jobs
from billops_desktop.ui.live.directory import set_preference
from billops_desktop.ui.main_window import MainWindow
from billops_desktop.ui.shell.window_state import FILE_NAME, WindowState
from billops_desktop.ui.starting.qt_words import speak_qt
from billops_desktop.ui.starting.single_instance import COMMANDS, SingleInstance, send

if TYPE_CHECKING:
    from billops_desktop.domain.changes import Changes
    from billops_desktop.services.workspace import Workspace
    from billops_desktop.ui.growing import Growing
    from billops_desktop.ui.live.keeper import BackupKeeper
    from billops_desktop.ui.timer.tray import Tray

NAME: Final = "billops"
# Read when a widget is made: when one of them changes, the window is made anew.
NEW_WINDOW: Final = ("appearance.language", "appearance.text_size")
LANDING: Final = {"consultant": "time", "office": "invoices"}
EXIT_BUSY: Final = 3
# A lane hands Python over to the window this soon; the usual 5 ms add up to stalls.
SWITCH_SECONDS: Final = 0.001
# What nobody waits for leaves room for a frame between its steps, which has a turn of its own then.
REST_MS: Final = 15
# Apart from the other things that follow the frame: it imports the network, they import theirs.
LISTEN_MS: Final = 40
# The last backup may take so long; then the end does not wait any more.
LAST_BACKUP_MS: Final = 20_000
log = logging.getLogger(__name__)


def run(
    profile: Path,
    *,
    glance: Callable[[], Any] | None = None,
    open_workspace: Callable[..., Workspace] | None = None,
    argv: Sequence[str] = (),
    clock: Clock | None = None,
) -> int:
    """Run the window of a profile until it is quit; return the exit code.

    ``glance()`` gives the first rows or None, by plain SQL; ``open_workspace(progress=report)``
    opens the records, on the db lane; ``report(done, total)`` may be called from there. Both are
    bootstrap's unless given. A word of ``argv`` among show, toggle, stop is done by the window,
    by a running one if there is one.
    """
    gc.disable()
    sys.setswitchinterval(SWITCH_SECONDS)
    chosen = clock or SystemClock()
    application = QApplication([NAME])
    application.setApplicationName(NAME)
    application.setApplicationDisplayName("BillOps")
    application.setDesktopFileName(NAME)
    application.setQuitOnLastWindowClosed(False)
    make_private_folder(profile)
    command = next((word for word in argv if word in COMMANDS), "show")
    instance = SingleInstance(profile)
    if not instance.acquire():
        return 0 if send(profile, command) else EXIT_BUSY
    try:
        look = glance or partial(bootstrap.glance, profile, chosen)
        session = Session(application, profile, chosen, look)
        instance.commanded.connect(session.on_command)
        session.painted.connect(partial(QTimer.singleShot, LISTEN_MS, instance.listen))
        session.start(open_workspace or partial(bootstrap.open_workspace, profile, clock=chosen))
        if command != "show":
            session.on_command(command)
        with contextlib.ExitStack() as at_end:
            session.painted.connect(partial(_hear_signals, at_end, session.quit))
            return application.exec()
    finally:
        instance.release()


class Session(QObject):
    """From the first frame to the end: window, tray, and what closing means."""

    painted = Signal()
    settled = Signal()
    progressed = Signal(int, int)

    def __init__(
        self, application: QApplication, profile: Path, clock: Clock, glance: Callable[[], Any]
    ) -> None:
        super().__init__()
        self.application = application
        self.first = _look(glance)
        self.settings: Mapping[str, Any] = self.first.settings if self.first is not None else {}
        self._speak()
        theme.SWITCH.install(application, str(self.setting("appearance.theme")))
        self.jobs = Jobs()
        self.window = MainWindow(self.jobs, clock, state=WindowState(profile / FILE_NAME))
        self._hear_window()
        install_crash_hook(lambda: self.window.feedback)
        self.tray: Tray | None = None
        self.keeper: BackupKeeper | None = None
        self._renewing: Growing[MainWindow] | None = None
        self._opener: Callable[..., Workspace] | None = None
        self._painted = False
        self._ended = False
        self.progressed.connect(self._on_progress)
        self.jobs.changed.connect(self._on_changed)
        self.window.may_close = False
        self.window.installEventFilter(self)

    def _hear_window(self) -> None:
        self.window.quit_wanted.connect(self.quit)
        self.window.close_asked.connect(self._on_close_asked)

    def setting(self, name: str) -> Any:
        """Return a preference as the first glance read it, or its default."""
        return self.settings.get(name, declared(name).default)

    def _speak(self) -> None:
        use_language(str(self.setting("appearance.language")))
        speak_qt(self.application)
        fonts.install(self.application, int(self.setting("appearance.text_size")))

    def start(self, open_workspace: Callable[..., Workspace]) -> None:
        """Show the window with the first rows; the records are opened after its first frame."""
        self._opener = open_workspace
        self.window.show_first(self.first)
        maximised = self.window.state.place(self.window)
        if maximised:
            self.window.showMaximized()
        else:
            self.window.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the records once the first frame has been painted."""
        if event.type() == QEvent.Type.Paint and not self._painted:
            self._painted = True
            self.window.removeEventFilter(self)
            QTimer.singleShot(0, self.open_records)
            QTimer.singleShot(0, self.painted.emit)
        return False

    def open_records(self) -> None:
        """Open the records on the db lane; the window stays alive meanwhile."""
        # Imported after the first frame, as nearly everything is.
        from billops_desktop.ui.starting.loading import class_steps, open_and_load

        opener = self._opener
        if opener is not None:
            self._go_on(class_steps())
            self.jobs.open(
                partial(open_and_load, opener, self.progressed.emit),
                done=self._on_opened,
                failed=self._on_open_failed,
            )

    def on_command(self, command: str) -> None:
        """Do what a later start or the desktop asks: show, toggle, stop."""
        if command == "toggle":
            self.window.timer.toggle()
        elif command == "stop":
            self.window.timer.stop()
        else:
            self.window.bring_forward()

    def quit(self) -> None:
        """End: keep the window's place, let running jobs end, close the records."""
        if self._ended:
            return
        self._ended = True
        self.window.state.keep(self.window)
        self.window.state.save()
        self.window.hide()
        if self.tray is not None:
            self.tray.release()
        if self.keeper is None:
            self._close()
        else:
            QTimer.singleShot(LAST_BACKUP_MS, self._close)
            self.keeper.finish(self._close)

    def _close(self) -> None:
        if self.jobs.closed:
            return
        if not self.jobs.close():
            log.warning("A job did not end in time; its transaction is rolled back")
        self.application.quit()

    def _on_opened(self, workspace: Workspace) -> None:
        self.jobs.adopt(workspace)
        gc.enable()
        gc.freeze()
        self.jobs.query(_start_values, done=self._on_start_values)

    def _on_start_values(self, values: tuple[bool, Mapping[str, Any]]) -> None:
        set_up, self.settings = values
        theme.SWITCH.choose(str(self.setting("appearance.theme")))
        from billops_desktop.ui.starting.loading import page_steps

        page = LANDING[str(self.setting("window.role"))]
        steps: list[Callable[[], object]] = [
            *page_steps(),
            partial(self.window.view, page),
            lambda: self.window.view(page).load_ahead(),
            # The lane answers in turn: the page is filled when this is answered.
            partial(self.jobs.query, _nothing, done=lambda _none: self._on_filled(page)),
            # Only now: lists and badges read much, and the page shall not wait for them.
            partial(self.jobs.opened.emit, self.jobs.workspace),
            partial(self._connect_entrances, first_run=not set_up),
            fonts.add_italic,
            fonts.add_scripts,
            self._show_tray,
            self._keep_backups,
        ]
        self._go_on(iter(steps))

    def _on_changed(self, changes: Changes) -> None:
        if changes.meets({"setting"}):
            self.jobs.query(_start_values, done=lambda values: self._take_effect(values[1]))

    def _take_effect(self, settings: Mapping[str, Any]) -> None:
        """Let changed settings take effect at once, whoever changed them."""
        before = [self.setting(name) for name in NEW_WINDOW]
        self.settings = settings
        theme.SWITCH.choose(str(self.setting("appearance.theme")))
        if before != [self.setting(name) for name in NEW_WINDOW]:
            self._renew_window()
        elif self.tray is not None:
            self.tray.show(bool(self.setting("tray.shown")))

    def _renew_window(self) -> None:
        # Imported when it happens: nothing in a start needs it.
        from billops_desktop.ui.growing import Growing, at_once
        from billops_desktop.ui.renewal import renewal

        if self._renewing is not None:
            # Half of it speaks as was chosen before.
            self._renewing.stop()
        # A font that changes asks every widget to paint itself; those of a new window will.
        self.window.setUpdatesEnabled(False)
        self._speak()
        if self.jobs.inline:
            self._take_window(at_once(renewal(self.window)))
            return
        growing = self._renewing = Growing(self, partial(renewal, self.window))
        growing.grow(lambda: self._take_window(growing.whole()))

    def _take_window(self, window: MainWindow) -> None:
        from billops_desktop.ui.renewal import put_in_place

        self._renewing = None
        put_in_place(window, self.window)
        self.window = window
        self._hear_window()
        self._connect_entrances(first_run=False)
        if self.tray is not None:
            self.tray.release()
            self._show_tray()
        if self.keeper is not None:
            self._keep_backups()

    def _go_on(self, steps: Iterator[Callable[[], object]], rest_ms: int = 0) -> None:
        """Do the next step, and the others in later turns: the window answers between them."""
        step = next(steps, None)
        if step is not None and not self._ended:
            step()
            QTimer.singleShot(rest_ms, partial(self._go_on, steps, rest_ms))

    def _connect_entrances(self, *, first_run: bool) -> None:
        entrances = import_module("billops_desktop.ui.dialogs.entrances")
        entrances.connect(self.window, first_run=first_run)

    def _on_filled(self, page: str) -> None:
        from billops_desktop.ui.starting.loading import LATER, page_steps

        self.window.start_page(page)
        self.settled.emit()
        # Only now: beside the lane that fills the page they would hold it up by their own length.
        QTimer.singleShot(REST_MS, partial(self._go_on, page_steps(LATER), REST_MS))

    def _show_tray(self) -> None:
        self.tray = self._make_tray()
        self.tray.show(bool(self.setting("tray.shown")))

    def _keep_backups(self) -> None:
        # Imported after the first frame, which has no use for it.
        from billops_desktop.ui.dialogs.backup_notes import tell_of_backups

        self.keeper = tell_of_backups(self.window)
        self.keeper.start()

    def _make_tray(self) -> Tray:
        # Imported after the first frame, which has no use for it.
        from billops_desktop.ui.timer.tray import Tray

        tray = Tray(self.window.timer)
        tray.window_wanted.connect(self.window.bring_forward)
        tray.page_wanted.connect(self._on_page_wanted)
        tray.past_wanted.connect(lambda: self._on_page_wanted("time", log_past=True))
        tray.quit_wanted.connect(self.quit)
        return tray

    def _on_page_wanted(self, page: str, **place: Any) -> None:
        self.window.bring_forward()
        self.window.go(page, **place)

    def _on_progress(self, done: int, total: int) -> None:
        from billops_desktop.ui.starting.opening import OpeningPage

        page = self.window.first_page
        if page is not None:
            OpeningPage.report(page, done, total)

    def _on_open_failed(self, error: BillOpsError) -> None:
        from billops_desktop.ui.starting.opening import OpeningPage

        gc.enable()
        page = self.window.first_page
        if page is not None:
            OpeningPage.fail(page, error, again=self.open_records, leave=self.quit)

    def _on_close_asked(self) -> None:
        choice = str(self.setting("window.close_to_tray"))
        if choice == "keep" and self.jobs.ready:
            self.window.hide()
        elif choice == "ask" and self.jobs.ready:
            from billops_desktop.ui.shell.leaving import ask_leave

            ask_leave(
                self.window,
                running=self.window.timer.running is not None,
                keep=partial(self._leave, "keep"),
                leave=partial(self._leave, "quit"),
            )
        else:
            self.quit()

    def _leave(self, choice: str) -> None:
        self.settings = {**self.settings, "window.close_to_tray": choice}
        self.jobs.run(set_preference, "window.close_to_tray", choice)
        self._on_close_asked()


def _look(glance: Callable[[], Any]) -> Any:
    """Return the first rows, or None: what cannot be read now is told when the records open."""
    try:
        return glance()
    except BillOpsError as error:
        log.info("No first look: %s", error)
        return None


def _start_values(work: Any) -> tuple[bool, Mapping[str, Any]]:
    from billops_desktop.services.profile import onboarding, settings

    return onboarding.is_set_up(work), settings.preferences(work)


def _nothing(work: Any) -> None:
    """Read nothing: what was asked before is answered then."""


def _hear_signals(at_end: contextlib.ExitStack, end: Callable[[], None]) -> None:
    # Imported after the first frame: until then nothing is open that would have to be closed.
    from billops_desktop.ui.shell.signals import ends_on_signals

    at_end.enter_context(ends_on_signals(end))
